//! The keys of all messages, as the locales spell them.

use std::collections::BTreeSet;
use std::ops::Bound;
use std::sync::LazyLock;

use super::Language;

/// A message begins at the first column of a line; every language has the same ones.
static KEYS: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| {
    let files = Language::En.files().iter();
    let lines = files.flat_map(|(_, text)| text.lines());
    let keys = lines
        .filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()))
        .filter_map(|line| line.split_once('='));
    keys.map(|(key, _)| key.trim_end()).collect()
});

/// The key of a message, if there is one of that name: for keys that come from a file.
pub fn known(key: &str) -> Option<&'static str> {
    KEYS.get(key).copied()
}

/// Whether the key of any message begins so.
pub fn begins(beginning: &str) -> bool {
    let from = (Bound::Included(beginning), Bound::Unbounded);
    let mut keys = KEYS.range::<str, _>(from);
    keys.next().is_some_and(|key| key.starts_with(beginning))
}

/// The key that a word was likely meant to be.
pub fn nearest(word: &str) -> Option<&'static str> {
    let distances = KEYS
        .iter()
        .map(|key| (strsim::levenshtein(word, key), *key));
    let (steps, key) = distances.min()?;
    (steps <= 1 + key.len() / 6).then_some(key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Words;

    #[test]
    fn what_is_known_is_what_can_be_said() {
        let words = Words::of(Language::En);
        assert!(KEYS.len() > 100, "no messages were found");
        for key in KEYS.iter() {
            assert!(words.has(key), "{key}");
        }
        assert_eq!(known("verdict-compliant"), Some("verdict-compliant"));
        assert_eq!(known("verdict-compliant "), None);
        assert_eq!(known("no-such-key"), None);
        assert!(begins("verdict-") && !begins("verdikt-"));
        assert_eq!(nearest("report-titel"), Some("report-title"));
        assert_eq!(nearest("x".repeat(40).as_str()), None);
    }
}
