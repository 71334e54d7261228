//! Words and addresses within free text.

use std::ops::Range;

use crate::model::folded;

/// A word of a text, and how it compares with others.
pub(super) struct Word {
    /// Where it stands, in bytes.
    pub place: Range<usize>,
    /// Without case and width.
    pub folded: String,
}

/// Letters and digits that stand together; of scripts without blanks, each character.
pub(super) fn words(text: &str) -> impl Iterator<Item = Word> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let start = from + text[from..].find(char::is_alphanumeric)?;
        let mut rest = text[start..].char_indices();
        let alone = rest.next().is_some_and(|(_, c)| stands_alone(c));
        let belongs = |c: char| !alone && is_of_word(c) && !stands_alone(c);
        let end = rest.find(|(_, c)| !belongs(*c));
        from = end.map_or(text.len(), |(length, _)| start + length);
        Some(Word {
            place: start..from,
            folded: folded(&text[start..from]),
        })
    })
}

/// Letters, digits, and marks on them; a character that does not show parts no word.
fn is_of_word(c: char) -> bool {
    c.is_alphanumeric()
        || matches!(c, '\u{300}'..='\u{36f}')
        || !crate::model::is_plain(c) && !c.is_control()
}

/// Han, kana and Hangul are written without blanks between words.
fn stands_alone(c: char) -> bool {
    matches!(c,
        '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}')
}

/// Where addresses stand: around each `@` as far as characters can belong to it, rather too many
/// than too few. Where words are written without blanks, the script beside the `@` says which are
/// meant.
pub(super) fn addresses(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let at = from + text[from..].find(['@', '＠'])?;
            let behind = at + text[at..].chars().next().map_or(1, char::len_utf8);
            let local = text[from..at].chars().rev();
            let alone = local.clone().next().is_some_and(stands_alone);
            let local = local.take_while(|c| !ends_local(*c) && (alone || !stands_alone(*c)));
            let start = at - local.map(char::len_utf8).sum::<usize>();
            let domain = text[behind..].chars();
            let alone = domain.clone().next().is_some_and(stands_alone);
            let domain = domain.take_while(|c| is_of_domain(*c) && (alone || !stands_alone(*c)));
            let end = behind + domain.map(char::len_utf8).sum::<usize>();
            let end = behind + text[behind..end].trim_end_matches(['.', '-']).len();
            from = end;
            if start < at && behind < end {
                return Some(start..end);
            }
        }
    })
}

fn ends_local(c: char) -> bool {
    const AROUND: &str = "=/<>()[]{},;:\"'`|“”‘’《》「」、，。；：（）！？";
    c.is_whitespace() || c.is_control() || AROUND.contains(c)
}

fn is_of_domain(c: char) -> bool {
    is_of_word(c) || matches!(c, '.' | '-' | '_' | '。' | '．')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_scripts_with_and_without_blanks() {
        let found = |text| words(text).map(|word| word.folded).collect::<Vec<_>>();
        assert_eq!(
            found("Anna-Maria O'Hara, 3F"),
            ["anna", "maria", "o", "hara", "3f"]
        );
        assert_eq!(
            found("请Ｌｉ张伟处理"),
            ["请", "li", "张", "伟", "处", "理"]
        );
        assert_eq!(found("Mu\u{308}ller Li\u{200b}na"), ["müller", "lina"]);
        assert_eq!(found(" .,"), [""; 0]);
    }

    #[test]
    fn addresses_are_found_whatever_stands_around_them() {
        for (text, address) in [
            ("ask <li@corp.test>.", "li@corp.test"),
            ("mailto:li.na+x@corp.test?subject", "li.na+x@corp.test"),
            ("请联系li@corp.test处理", "li@corp.test"),
            ("李娜@公司.cn", "李娜@公司.cn"),
            ("联系（li@corp.test）。", "li@corp.test"),
            ("li＠corp.test", "li＠corp.test"),
            ("at li@corp.test.", "li@corp.test"),
        ] {
            let found: Vec<&str> = addresses(text).map(|place| &text[place]).collect();
            assert_eq!(found, [address], "{text}");
        }
        let two: Vec<_> = addresses("a@b.c, d@e.f").collect();
        assert_eq!(two, [0..5, 7..12]);
        for none in ["", "@", "a@ b", "@b", "a@.", "＠＠"] {
            assert_eq!(addresses(none).count(), 0, "{none}");
        }
    }
}
