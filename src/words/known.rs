//! The keys of all messages, as the locales spell them.

use std::collections::BTreeSet;
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
    }
}
