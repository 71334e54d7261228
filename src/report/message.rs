//! A message of the locales with its values, before it is said in any language.

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::{Evidence, Value};
use crate::words::{Segment, Words};

/// A message of the locales with its values: language-neutral.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Message {
    /// The key.
    pub message: String,
    /// The values, by the names that the message uses.
    pub values: BTreeMap<Cow<'static, str>, Value>,
}

impl Message {
    /// A message without values so far.
    pub fn new(key: impl Into<String>) -> Self {
        Message {
            message: key.into(),
            values: BTreeMap::new(),
        }
    }

    /// The same, with one value more.
    pub fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.values.insert(Cow::Borrowed(name), value.into());
        self
    }

    /// What was seen, as the message of the rule's form where it has one of its own.
    pub fn of_evidence(rule: &str, evidence: &Evidence, words: &Words) -> Self {
        let own = evidence
            .variant
            .map(|variant| format!("{rule}-evidence-{variant}"))
            .filter(|key| words.has(key));
        Message {
            message: own.unwrap_or_else(|| format!("{rule}-evidence")),
            values: evidence.values.clone(),
        }
    }

    /// What any rule's evidence may have to say besides, right behind its own words: which of
    /// several addresses and chains it was, that the host answers elsewhere, and that a proxy stands
    /// between.
    pub fn beside(evidence: &Evidence) -> Vec<Self> {
        let said = ["address", "handshake", "elsewhere", "proxy"].into_iter();
        said.filter_map(|name| {
            let value = evidence.values.get(name)?.clone();
            Some(Message::new(format!("evidence-{name}")).with(name, value))
        })
        .collect()
    }

    /// The message in a language, as plain text.
    pub fn say(&self, words: &Words) -> String {
        let values: Vec<(&str, Value)> = self
            .values
            .iter()
            .map(|(name, value)| (&**name, value.clone()))
            .collect();
        words.say(&self.message, &values)
    }

    /// The message in a language, in pieces that a writer escapes each by its kind.
    pub(super) fn segments(&self, words: &Words) -> Vec<Segment> {
        let values = self.values.iter().map(|(name, value)| (&**name, value));
        words.segments(&self.message, values)
    }
}
