//! `manifest.json`: what a run consists of, written last, so that its presence says "whole".

use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::files::WrittenFile;
use super::{OutputDirectory, OutputError, json};
use crate::model::{Hashing, Sha256, visible};

/// Its name in the directory of a run.
pub const MANIFEST: &str = "manifest.json";

/// The schema that this version writes and reads.
pub const MANIFEST_SCHEMA: &str = "mailfleet.manifest/1";

/// Largest manifest that is read, in bytes: ten thousand inputs with long names stay below it.
const LARGEST_MANIFEST: u64 = 16 << 20;

/// Everything that a run was made of and made.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct Manifest {
    /// [`MANIFEST_SCHEMA`].
    pub schema: String,
    /// The program's version.
    pub version: String,
    /// The program's SHA-256, where it could read itself.
    #[serde(default)]
    pub program: Option<String>,
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
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub what_if: Vec<(String, String)>,
    /// The trust store: name and SHA-256.
    pub trust: (String, String),
    /// The outputs.
    pub files: Vec<WrittenFile>,
}

/// An input file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct InputEntry {
    /// Its name as given.
    pub file: String,
    /// SHA-256 of what was read.
    pub sha256: String,
}

/// Why the manifest of a directory cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ManifestError {
    /// It cannot be read.
    #[error("{path}: {source}; name the directory that --out gave to the run", path = path.display())]
    Unreadable {
        /// Where it should be.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// It is none.
    #[error(
        "{path} is no manifest of mailfleet ({what}); name the directory of a finished run, or run the audit again",
        path = path.display()
    )]
    NoManifest {
        /// Where it is.
        path: PathBuf,
        /// What is wrong with it.
        what: String,
    },
}

/// A manifest as it was read, with the SHA-256 of its own bytes.
///
/// # Errors
///
/// It is not there, larger than 16 MiB, or no manifest of this version.
pub fn read_manifest(directory: &Path) -> Result<(Manifest, Sha256), ManifestError> {
    let path = directory.join(MANIFEST);
    let bytes = match bytes_of(&path) {
        Ok(bytes) => bytes,
        Err(source) => return Err(ManifestError::Unreadable { path, source }),
    };
    let none = |what: String| ManifestError::NoManifest {
        path: path.clone(),
        what,
    };
    if bytes.len() as u64 > LARGEST_MANIFEST {
        return Err(none("it is larger than 16 MiB".to_owned()));
    }
    let manifest: Manifest =
        serde_json::from_slice(&bytes).map_err(|error| none(visible(&error.to_string(), 200)))?;
    match manifest.schema == MANIFEST_SCHEMA {
        true => Ok((manifest, Sha256::of(&bytes))),
        false => Err(none(format!(
            "its schema is {}",
            visible(&manifest.schema, 60)
        ))),
    }
}

/// The bytes of a manifest, and at most one more than it may have.
fn bytes_of(path: &Path) -> io::Result<Vec<u8>> {
    // Opening a pipe would wait for a writer.
    if !fs::metadata(path)?.is_file() {
        return Err(io::Error::other("it is no file"));
    }
    let mut bytes = Vec::new();
    fs::File::open(path)?
        .take(LARGEST_MANIFEST + 1)
        .read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// What alone is read to learn by which roots a run was judged, whatever else the manifest says.
#[derive(Deserialize)]
struct Judged {
    observations_head: String,
    trust: (String, String),
}

/// The trust store, name and SHA-256, by which the run beside a journal was judged. `None` where no
/// manifest lies there that can be read, or it is of other observations than those that end with
/// `head`: then it is not known.
pub fn trust_beside(journal: &Path, head: &str) -> Option<(String, String)> {
    let bytes = bytes_of(&journal.with_file_name(MANIFEST)).ok()?;
    let judged: Judged = serde_json::from_slice(&bytes).ok()?;
    (judged.observations_head == head).then_some(judged.trust)
}

/// The files that the manifest of the last run in a directory lists; none if there is no manifest
/// that can be read.
pub fn listed_before(out: &OutputDirectory) -> Vec<String> {
    let before = read_manifest(out.path()).map(|(manifest, _)| manifest.files);
    let files = before.unwrap_or_default();
    files.into_iter().map(|written| written.file).collect()
}

/// The SHA-256 of the program that runs, if it can read itself.
pub fn program() -> Option<String> {
    let written = std::env::current_exe().ok().map(|path| measure(&path));
    Some(written?.ok()?.sha256)
}

/// Writes the manifest, its files by name.
///
/// # Errors
///
/// The directory cannot take it.
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
