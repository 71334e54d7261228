//! `manifest.json`: what a run consists of, written last, so that its presence says "whole".

use std::fs;
use std::io;
use std::path::Path;

use serde::Serialize;

use super::files::WrittenFile;
use super::{OutputDirectory, OutputError, json};
use crate::model::Hashing;

/// Its name in the directory of a run.
pub const MANIFEST: &str = "manifest.json";

/// Everything that a run was made of and made.
#[derive(Debug, Serialize)]
pub struct Manifest {
    /// `mailfleet.manifest/1`.
    pub schema: &'static str,
    /// The program's version.
    pub version: &'static str,
    /// The hash that names the report.
    pub report_id: String,
    /// Whether every visit that was planned was made.
    pub complete: bool,
    /// The hash of the journal's last line.
    pub observations_head: String,
    /// The input files as they were read.
    pub inputs: Vec<InputEntry>,
    /// The policies by which it was judged, the one that decides first: name and SHA-256.
    pub policies: Vec<(String, String)>,
    /// The policies of which it was asked who would fail by them: name and SHA-256.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub what_if: Vec<(String, String)>,
    /// The trust store: name and SHA-256.
    pub trust: (String, String),
    /// The outputs.
    pub files: Vec<WrittenFile>,
}

/// An input file.
#[derive(Debug, Serialize)]
pub struct InputEntry {
    /// Its name as given.
    pub file: String,
    /// SHA-256 of what was read.
    pub sha256: String,
}

/// The files that the manifest of the last run in a directory lists; none if there is no manifest
/// that can be read.
pub fn listed_before(out: &OutputDirectory) -> Vec<String> {
    #[derive(serde::Deserialize)]
    struct Before {
        files: Vec<Named>,
    }
    #[derive(serde::Deserialize)]
    struct Named {
        file: String,
    }
    let before = fs::read(out.file(MANIFEST))
        .ok()
        .and_then(|bytes| serde_json::from_slice::<Before>(&bytes).ok());
    let files = before.map(|before| before.files).unwrap_or_default();
    files.into_iter().map(|named| named.file).collect()
}

/// Writes the manifest.
pub fn write_manifest(out: &OutputDirectory, mut manifest: Manifest) -> Result<(), OutputError> {
    manifest.files.sort_by(|a, b| a.file.cmp(&b.file));
    out.write(MANIFEST, |file| {
        json::write_pretty(&mut *file, &manifest)?;
        file.write_all(b"\n")
    })?;
    Ok(())
}

/// Name, SHA-256 and size of a file as it stands.
///
/// # Errors
///
/// It cannot be read.
pub fn measure(path: &Path) -> Result<WrittenFile, OutputError> {
    let mut hashing = Hashing::default();
    let bytes = fs::File::open(path)
        .and_then(|mut file| io::copy(&mut file, &mut hashing))
        .map_err(|source| OutputError {
            path: path.to_owned(),
            source,
        })?;
    let name = path.file_name().unwrap_or(path.as_os_str());
    Ok(WrittenFile {
        file: name.to_string_lossy().into_owned(),
        sha256: hashing.finish().to_string(),
        bytes,
    })
}
