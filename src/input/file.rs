//! Opening a file safely, and hashing what is read of it.

use std::fs::{File, FileType, Metadata};
use std::io::{self, Read};
use std::path::Path;

use super::InputError;
use crate::model::{Hashing, Sha256};

/// Opens a regular file; whatever else it is, it is not opened, for a FIFO would never answer.
pub(super) fn open(path: &Path, limit: u64) -> Result<(File, Metadata), InputError> {
    let file = path.display().to_string();
    let unreadable = |error| InputError::Unreadable {
        file: file.clone(),
        error,
    };
    let before = std::fs::metadata(path).map_err(unreadable)?;
    check(&file, &before, limit)?;
    let opened = File::open(path).map_err(unreadable)?;
    let metadata = opened.metadata().map_err(unreadable)?;
    check(&file, &metadata, limit)?;
    Ok((opened, metadata))
}

fn check(file: &str, metadata: &Metadata, limit: u64) -> Result<(), InputError> {
    if let Some(what) = other_than_file(metadata.file_type()) {
        return Err(InputError::NotAFile {
            file: file.to_owned(),
            what,
        });
    }
    if metadata.len() > limit {
        return Err(InputError::TooLarge {
            file: file.to_owned(),
            limit,
        });
    }
    Ok(())
}

fn other_than_file(kind: FileType) -> Option<&'static str> {
    if kind.is_file() {
        return None;
    }
    if kind.is_dir() {
        return Some("a directory");
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt as _;
        if kind.is_fifo() {
            return Some("a FIFO");
        }
        if kind.is_socket() {
            return Some("a socket");
        }
    }
    Some("a device")
}

/// Whether size or time differ from what they were.
pub(super) fn has_changed(path: &Path, before: &Metadata, read: u64) -> bool {
    let is_same = |now: Metadata| {
        now.len() == before.len()
            && now.modified().ok() == before.modified().ok()
            && (before.len() == 0 || read == before.len())
    };
    !std::fs::metadata(path).is_ok_and(is_same)
}

/// A reader that hashes and counts what passes, and fails once it is more than the limit.
pub(super) struct Hashed<R> {
    source: R,
    hash: Hashing,
    read: u64,
    limit: u64,
}

impl<R: Read> Hashed<R> {
    pub(super) fn new(source: R, limit: u64) -> Self {
        Hashed {
            source,
            hash: Hashing::default(),
            read: 0,
            limit,
        }
    }

    pub(super) fn is_over(&self) -> bool {
        self.read > self.limit
    }

    /// How many bytes were read, and their SHA-256.
    pub(super) fn finish(self) -> (u64, Sha256) {
        (self.read, self.hash.finish())
    }
}

impl<R: Read> Read for Hashed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.source.read(buffer)?;
        self.hash.update(&buffer[..count]);
        self.read += count as u64;
        if self.is_over() {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_grows_has_changed() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.csv");
        std::fs::write(&path, "email,host\n").expect("written");
        let (_, before) = open(&path, 100).expect("opened");
        assert!(!has_changed(&path, &before, 11));
        assert!(has_changed(&path, &before, 10));
        std::fs::write(&path, "email,host\nx").expect("written");
        assert!(has_changed(&path, &before, 11));
        std::fs::remove_file(&path).expect("removed");
        assert!(has_changed(&path, &before, 11));
    }
}
