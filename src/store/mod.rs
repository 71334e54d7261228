//! What is kept on disk: the journal of observations, atomic output files, the manifest.
//!
//! Bytes and meaning of outputs are the report's; here is only how they get to the disk whole.

pub mod json;

mod files;
mod journal;
mod manifest;

pub use files::{OutputDirectory, OutputError, WrittenFile};
pub use journal::{Journal, JournalError, SCHEMA, StoredRun, read};
pub use manifest::{InputEntry, Manifest, measure, write_manifest};

use crate::model::Sha256;

/// SHA-256 in hexadecimal.
pub fn sha256_hex(bytes: &[u8]) -> String {
    Sha256::of(bytes).to_string()
}

/// Lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
