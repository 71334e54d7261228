//! What is kept on disk: the journal of observations, atomic output files, the manifest.
//!
//! Bytes and meaning of outputs are the report's; here is only how they get to the disk whole.

pub mod json;

mod files;
mod journal;
mod lock;
mod manifest;
mod schema;

pub use files::{OutputDirectory, OutputError, WrittenFile};
pub use journal::{JOURNAL, Journal, JournalError, SCHEMA, StoredRun, read};
pub use lock::{Lock, LockError};
pub use manifest::{
    InputEntry, MANIFEST, MANIFEST_SCHEMA, Manifest, ManifestError, listed_before, measure,
    program, read_manifest, trust_beside, write_manifest,
};

pub use schema::schema_of_observations;

/// Keeps what an unfinished run had learned, before the next one takes its journal's name. The name
/// under which it is kept, if there was one.
///
/// # Errors
///
/// The journal cannot be read or renamed.
pub fn keep_interrupted(out: &OutputDirectory) -> Result<Option<String>, OutputError> {
    let path = out.file(JOURNAL);
    match journal::is_finished(&path) {
        Ok(true) => Ok(None),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Ok(false) => out
            .put_aside(JOURNAL, "observations.interrupted", "ndjson")
            .map(Some),
        Err(source) => Err(OutputError { path, source }),
    }
}

/// Lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
