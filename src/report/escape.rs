//! The one place where text becomes a medium's own (threat model C2, C4, C5, C7, C9, C12).

use crate::model::visible;
use crate::words::Segment;

/// Characters of a cell that are kept.
const CELL: usize = 4_096;
/// Characters of a label that are kept.
const LABEL: usize = 200;

/// A medium that templates are rendered for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Medium {
    /// HTML text and attribute values.
    Html,
    /// CommonMark with tables.
    Markdown,
    /// Text without markup: foreign text stands between quotation marks, on one line.
    Plain,
}

impl Medium {
    /// Our own words, so that no character of theirs is markup.
    pub fn ours(self, text: &str) -> String {
        match self {
            Medium::Html => html(text),
            Medium::Markdown => markdown(text),
            Medium::Plain => lines(text),
        }
    }

    /// A value that stands in a template by itself, wherever it comes from.
    pub(super) fn bare(self, text: &str) -> String {
        match self {
            Medium::Html | Medium::Markdown => self.ours(&lines(text)),
            Medium::Plain => visible(text, CELL),
        }
    }

    /// Foreign text, already visible, escaped and marked as such.
    pub fn foreign(self, visible: &str) -> String {
        match self {
            Medium::Html => format!("<code class=\"foreign\">{}</code>", html(visible)),
            Medium::Markdown => code_span(visible),
            Medium::Plain => format!("\"{}\"", visible.replace('"', "\\x22")),
        }
    }

    /// An item of a numbered list, already escaped.
    pub fn item(self, escaped: &str) -> String {
        match self {
            Medium::Html => format!("<li>{escaped}</li>\n"),
            Medium::Markdown => format!("1. {escaped}\n"),
            Medium::Plain => format!("- {escaped}\n"),
        }
    }

    /// Our own words with their lines as they stand.
    pub fn block(self, text: &str) -> String {
        match self {
            Medium::Html => format!("<pre tabindex=\"0\">{}</pre>\n", html(text)),
            Medium::Markdown | Medium::Plain => {
                text.lines().map(|line| format!("    {line}\n")).collect()
            }
        }
    }

    /// A message, each piece by its kind.
    pub fn segments(self, segments: &[Segment]) -> String {
        segments
            .iter()
            .map(|segment| match segment {
                Segment::Ours(text) => self.ours(text),
                Segment::Foreign(visible) => self.foreign(visible),
            })
            .collect()
    }
}

fn html(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '`' => escaped.push_str("&#96;"),
            c => escaped.push(c),
        }
    }
    escaped
}

fn markdown(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if "\\`*_[]<>|&~#@!$".contains(c) {
            escaped.push('\\');
        }
        // A line end would end the item, the row or the heading that the words stand in.
        escaped.push(if c == '\n' { ' ' } else { c });
    }
    escaped
}

/// A code span that its content cannot close. A pipe would end the cell of a table even there,
/// so it is spelled out like a control character.
fn code_span(visible: &str) -> String {
    let text = visible.replace('|', "\\x7c");
    if text.is_empty() {
        return "–".to_owned();
    }
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    // One space at each end is taken off by the reader: without it a backtick at the edge would
    // join the fence, and a space at both edges would be lost.
    match text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']) {
        true => format!("{fence} {text} {fence}"),
        false => format!("{fence}{text}{fence}"),
    }
}

/// The text of a cell in a CSV file, its quotes left to the writer: one whose first character a
/// spreadsheet takes for a formula gets `'` in front; controls are spelled out.
pub fn cell(text: &str) -> String {
    let shown = visible(text, CELL);
    let trigger = |c| "=+-@\t\r\n\0＝＋－＠".contains(c);
    match text.starts_with(trigger) || shown.starts_with(trigger) {
        true => format!("'{shown}"),
        false => shown,
    }
}

/// Foreign text as one line of a workbook's cell. A cell takes 32,767 units of UTF-16, and spelling
/// out makes a text longer.
pub(super) fn workbook_cell(text: &str) -> String {
    visible(&visible(text, CELL), 4 * CELL - 32)
}

/// The text of a SARIF message, where `](` would begin the target of a link (SARIF 2.1.0 §3.11.6)
/// and braces a placeholder (§3.11.5).
pub(super) fn sarif(text: &str) -> String {
    let text = text.replace('{', "\\x7b").replace('}', "\\x7d");
    text.replace("](", "]\\x28")
}

/// Text in XML: characters that XML 1.0 forbids even as references are spelled out; markup is
/// escaped by the writer.
pub(super) fn xml(text: &str) -> String {
    lines(text)
}

/// The text line by line, what is not plain spelled out.
fn lines(text: &str) -> String {
    let lines = text.split('\n').map(|line| visible(line, CELL));
    lines.collect::<Vec<_>>().join("\n")
}

/// The value of a Prometheus label, without its quotes.
pub(super) fn label(text: &str) -> String {
    let shown = visible(text, LABEL);
    shown.replace('\\', "\\\\").replace('"', "\\\"")
}

/// A path as a relative reference: everything that could be more than a path is encoded.
pub(super) fn uri(path: &str) -> String {
    let mut reference = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            // Two slashes in front would name another host.
            b'/' if reference == "/" => reference.push_str("%2F"),
            b'/' | b'-' | b'.' | b'_' | b'~' => reference.push(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() => reference.push(char::from(byte)),
            _ => reference.push_str(&format!("%{byte:02X}")),
        }
    }
    reference
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_sarif_message_holds_a_link_or_a_placeholder() {
        assert_eq!(
            sarif("[x](y) {0} [z] (w)"),
            "[x]\\x28y) \\x7b0\\x7d [z] (w)"
        );
    }

    #[test]
    fn xml_holds_no_forbidden_character_whatever_the_byte() {
        let every: String = (0..=255)
            .map(char::from)
            .chain(['\u{fffe}', '\u{ffff}'])
            .collect();
        let allowed = |c: char| c == '\n' || (c >= ' ' && c != '\u{fffe}' && c != '\u{ffff}');
        assert!(xml(&every).chars().all(allowed));
        assert_eq!(xml("a\0\nb"), "a\\x00\nb");
    }

    #[test]
    fn a_label_cannot_be_closed_from_inside() {
        assert_eq!(label("a\"} 1\n\\"), "a\\\"} 1\\\\x0a\\\\");
    }

    #[test]
    fn a_path_stays_a_path() {
        assert_eq!(uri("a b/c:d?#.csv"), "a%20b/c%3Ad%3F%23.csv");
        assert_eq!(uri("//evil.example/x"), "/%2Fevil.example/x");
        assert_eq!(uri("姓.csv"), "%E5%A7%93.csv");
    }

    #[test]
    fn no_cell_of_a_workbook_is_too_long() {
        let widest = "\u{e0041}".repeat(2 * CELL);
        assert!(workbook_cell(&widest).encode_utf16().count() < 32_767);
        let astral = "\u{1f512}".repeat(2 * CELL);
        assert!(workbook_cell(&astral).encode_utf16().count() < 32_767);
    }

    #[test]
    fn no_cell_begins_like_a_formula() {
        for (text, written) in [
            ("=cmd", "'=cmd"),
            ("+1", "'+1"),
            ("-1", "'-1"),
            ("@x", "'@x"),
            ("\tx", "'\\x09x"),
            ("\u{0}", "'\\x00"),
            ("＝x", "'＝x"),
            ("mail.example", "mail.example"),
            ("", ""),
        ] {
            assert_eq!(cell(text), written);
        }
    }

    #[test]
    fn a_code_span_cannot_be_closed_from_inside() {
        assert_eq!(code_span("a"), "`a`");
        assert_eq!(code_span("a``b"), "```a``b```");
        assert_eq!(code_span("`a"), "`` `a ``");
        assert_eq!(code_span("a|b"), "`a\\x7cb`");
    }

    #[test]
    fn two_dollars_make_no_formula() {
        assert_eq!(markdown("$x$"), "\\$x\\$");
    }

    #[test]
    fn nothing_in_html_is_markup() {
        assert_eq!(
            html("<a href=\"'x'\">&`"),
            "&lt;a href=&quot;&#39;x&#39;&quot;&gt;&amp;&#96;"
        );
    }
}
