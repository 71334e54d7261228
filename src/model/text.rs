//! Text that came from outside, and the one definition of "safe to show".

use std::fmt::Write as _;
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization as _;

/// Shared text from the input; equal cells of a large file share one copy.
pub type Text = Arc<str>;

/// Whether a character shows as itself and nothing else.
///
/// Not plain are C0, DEL, C1, the bidirectional controls, zero-width and other
/// format characters, line and paragraph separators, variation selectors, tags,
/// surrogate halves and private-use characters: each can hide or reorder text.
pub fn is_plain(c: char) -> bool {
    !matches!(c,
        '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{ad}' | '\u{34f}' | '\u{61c}'
        | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}'
        | '\u{fff0}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}' | '\u{e000}'..='\u{f8ff}'
        | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}' | '\u{f0000}'..='\u{10ffff}')
}

/// A name as people mean it, to compare with others: of full width or not (NFKC), in whatever case,
/// without characters that do not show, and with one blank where there are several.
pub fn folded(text: &str) -> String {
    let shown = text
        .nfkc()
        .filter(|c| c.is_whitespace() || is_plain(*c))
        .collect::<String>();
    let lower = shown.to_lowercase();
    lower.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text with every character that is not plain spelled out (`\x1b`, `\u{202e}`),
/// cut at `limit` characters with the count of those left out: `…(+12)`.
pub fn visible(text: &str, limit: usize) -> String {
    let mut shown = String::with_capacity(text.len().min(limit * 4));
    let mut characters = text.chars();
    for c in characters.by_ref().take(limit) {
        if is_plain(c) {
            shown.push(c);
        } else if (c as u32) < 0x100 {
            let _ = write!(shown, "\\x{:02x}", c as u32);
        } else {
            let _ = write!(shown, "\\u{{{:x}}}", c as u32);
        }
    }
    match characters.count() {
        0 => {}
        rest => {
            let _ = write!(shown, "…(+{rest})");
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_are_spelled_out_and_letters_are_not() {
        assert_eq!(
            visible("a\u{1b}[2J é 姓\u{202e}", 200),
            "a\\x1b[2J é 姓\\u{202e}"
        );
    }

    #[test]
    fn what_is_cut_off_is_counted() {
        assert_eq!(visible("abcdef", 4), "abcd…(+2)");
        assert_eq!(visible("abcd", 4), "abcd");
    }
}
