//! Words of ours as a value: which message, not which language.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Value;

/// A message of the locales as part of another, with its own values.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Phrase {
    /// The key.
    pub message: String,
    /// The values, by the names that the message uses.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub values: BTreeMap<String, Value>,
}

impl Phrase {
    /// A phrase without values so far.
    pub fn new(key: impl Into<String>) -> Self {
        Phrase {
            message: key.into(),
            values: BTreeMap::new(),
        }
    }

    /// The same, with one value more.
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.values.insert(name.to_owned(), value.into());
        self
    }

    /// The same, with an offset in bytes, or another count of what is in memory.
    pub fn count(self, name: &str, count: usize) -> Self {
        self.with(name, count)
    }
}

impl From<Phrase> for Value {
    fn from(phrase: Phrase) -> Self {
        Value::Phrase(phrase)
    }
}
