//! What a policy is called, which document it follows, and what of it no document says.

use toml::de::DeTable;

use super::mistake::{shown, suggest};
use super::sheet::Sheet;
use super::thresholds;
use crate::model::Standard;

/// Where a policy comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// What the policy is called in a line; empty where its file does not say.
    pub title: String,
    /// The document that it follows, with its edition and date; `None` where there is none.
    pub standard: Option<Standard>,
    /// The keys whose values are in no clause of the document: mailfleet's own interpretation.
    pub interpreted: Vec<&'static str>,
}

impl Document {
    /// Whether the value of a key is mailfleet's own interpretation.
    pub fn interprets(&self, key: &str) -> bool {
        self.interpreted.contains(&key)
    }
}

/// The keys beside the thresholds that a policy may have to interpret.
const OTHERS: [&str; 7] = [
    "breach_from",
    "certificate_keys",
    "dane",
    "handshake",
    "key_exchange",
    "revocation",
    "suites",
];

/// The keys that a policy may have to interpret.
pub(super) fn interpretable() -> impl Iterator<Item = &'static str> {
    thresholds::KEYS.into_iter().chain(OTHERS)
}

/// Lets a file change it. Whoever changes what a policy asks does not change what its document is.
pub(super) fn read<'t>(sheet: &mut Sheet<'t>, table: &DeTable<'t>, document: &mut Document) {
    if let Some(title) = table.get("title").and_then(|cell| sheet.name(cell)) {
        document.title = title.to_owned();
    }
    if let Some(cell) = table.get("document")
        && let Some(word) = sheet.words(cell)
    {
        document.standard = Standard::ALL.iter().copied().find(|s| s.key() == word);
        if document.standard.is_none() {
            let what = format!("there is no standard `{}`", shown(word));
            let keys = Standard::ALL.iter().map(|standard| standard.key());
            sheet.note(cell.span(), what, suggest(word, keys));
        }
    }
    let Some(cell) = table.get("interpreted") else {
        return;
    };
    let known = interpretable;
    document.interpreted.clear();
    for cell in sheet.list(cell) {
        let Some(word) = sheet.words(cell) else {
            continue;
        };
        match known().find(|key| *key == word) {
            Some(key) => document.interpreted.push(key),
            None => {
                let what = format!("there is nothing to interpret called `{}`", shown(word));
                sheet.note(cell.span(), what, suggest(word, known()));
            }
        }
    }
}
