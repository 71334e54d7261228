//! Bytes that a server sent, kept exactly.

use std::fmt;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// Bytes from outside: shown escaped, stored without loss.
///
/// In JSON they are a string where they are UTF-8, and `{"base64": "..."}` otherwise.
#[derive(Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Raw(pub Vec<u8>);

impl Raw {
    /// The bytes as text, with U+FFFD for what is no UTF-8. For reading, never for storing.
    pub fn lossy(&self) -> String {
        String::from_utf8_lossy(&self.0).into_owned()
    }

    /// The bytes as text that is safe to show, at most `limit` characters;
    /// bytes that are no UTF-8 are spelled `\xNN`.
    pub fn visible(&self, limit: usize) -> String {
        let mut text = String::new();
        for chunk in self.0.utf8_chunks() {
            text.push_str(chunk.valid());
            // Latin-1 has the same numbers, and C1 controls and letters alike must be told
            // from the real characters, so these are spelled out whatever they would mean.
            for byte in chunk.invalid() {
                text.push_str(&format!("\\x{byte:02x}"));
            }
        }
        super::visible(&text, limit)
    }
}

impl From<&[u8]> for Raw {
    fn from(bytes: &[u8]) -> Self {
        Raw(bytes.to_vec())
    }
}

impl fmt::Debug for Raw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Raw({:?})", self.visible(200))
    }
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
enum Stored {
    Text(String),
    Tagged { base64: String },
}

impl Serialize for Raw {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match std::str::from_utf8(&self.0) {
            Ok(text) => serializer.serialize_str(text),
            Err(_) => Stored::Tagged {
                base64: BASE64_STANDARD.encode(&self.0),
            }
            .serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Stored::deserialize(deserializer)? {
            Stored::Text(text) => Ok(Raw(text.into_bytes())),
            Stored::Tagged { base64 } => BASE64_STANDARD
                .decode(base64)
                .map(Raw)
                .map_err(de::Error::custom),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_survives_json() {
        let all = Raw((0..=255).collect());
        let json = serde_json::to_string(&all).expect("bytes serialise");
        assert_eq!(
            serde_json::from_str::<Raw>(&json).expect("and read back"),
            all
        );
    }

    #[test]
    fn bytes_that_are_no_text_are_spelled_out() {
        assert_eq!(Raw(b"+OK \xff\x07".to_vec()).visible(200), "+OK \\xff\\x07");
    }
}
