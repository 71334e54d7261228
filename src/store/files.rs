//! Output files that appear whole or not at all, for the auditor's eyes only.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::model::Hashing;

/// The directory of one run's outputs.
#[derive(Clone, Debug)]
pub struct OutputDirectory {
    path: PathBuf,
}

/// A file of a run that could not be written or read.
#[derive(Debug, thiserror::Error)]
#[error("{path}: {source}; {cure}", path = path.display(), cure = cure(source))]
pub struct OutputError {
    /// The file or directory.
    pub path: PathBuf,
    /// What the system said.
    pub source: io::Error,
}

fn cure(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            "give the right to write there, or choose another --out"
        }
        io::ErrorKind::NotADirectory | io::ErrorKind::AlreadyExists | io::ErrorKind::NotFound => {
            "choose a directory for --out that can be made or written"
        }
        _ => "free some space or choose another --out",
    }
}

/// A file that stands under its final name.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub struct WrittenFile {
    /// Its name within the directory.
    pub file: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// Its size in bytes.
    pub bytes: u64,
}

impl OutputDirectory {
    /// Opens the directory and makes it if it is missing, with mode 0700 whatever the umask.
    pub fn open(path: &Path) -> Result<Self, OutputError> {
        let mut builder = DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(path).map_err(|source| OutputError {
            path: path.to_owned(),
            source,
        })?;
        Ok(OutputDirectory {
            path: path.to_owned(),
        })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Where a file of it is.
    pub fn file(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    /// Whether a file lies directly in it.
    pub fn holds(&self, path: &Path) -> bool {
        let whole = |path: &Path| path.canonicalize().ok();
        whole(path).is_some_and(|file| file.parent() == whole(&self.path).as_deref())
    }

    /// Moves a file out of the way, under the first name that is free: `name.ending`, then
    /// `name-2.ending` and so on. The name that it has now.
    pub fn put_aside(&self, file: &str, name: &str, ending: &str) -> Result<String, OutputError> {
        let mut aside = format!("{name}.{ending}");
        let mut number = 1;
        while self.file(&aside).exists() {
            number += 1;
            aside = format!("{name}-{number}.{ending}");
        }
        let path = self.file(file);
        match fs::rename(&path, self.file(&aside)) {
            Ok(()) => Ok(aside),
            Err(source) => Err(OutputError { path, source }),
        }
    }

    /// Removes a file of it; that it is not there is as good.
    pub fn remove(&self, name: &str) -> Result<(), OutputError> {
        let path = self.file(name);
        match fs::remove_file(&path) {
            Err(source) if source.kind() != io::ErrorKind::NotFound => {
                Err(OutputError { path, source })
            }
            _ => Ok(()),
        }
    }

    /// Begins a file that grows under its final name, with mode 0600: the journal.
    pub fn grow(&self, name: &str) -> Result<File, OutputError> {
        let path = self.file(name);
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        // A new inode: whoever still reads the last run's file keeps what they read.
        let opened = match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => options.open(&path),
        };
        opened.map_err(|source| OutputError { path, source })
    }

    /// Writes a whole file: under a temporary name with mode 0600, to the disk, then renamed.
    pub fn write<E>(
        &self,
        name: &str,
        fill: impl FnOnce(&mut dyn Write) -> Result<(), E>,
    ) -> Result<WrittenFile, OutputError>
    where
        io::Error: From<E>,
    {
        self.try_write(name, fill).map_err(|source| OutputError {
            path: self.file(name),
            source,
        })
    }

    fn try_write<E>(
        &self,
        name: &str,
        fill: impl FnOnce(&mut dyn Write) -> Result<(), E>,
    ) -> io::Result<WrittenFile>
    where
        io::Error: From<E>,
    {
        let temporary = NamedTempFile::new_in(&self.path)?;
        let (sha256, bytes) = {
            let mut hashed = Hashed {
                out: BufWriter::new(temporary.as_file()),
                hash: Hashing::default(),
                bytes: 0,
            };
            fill(&mut hashed)?;
            hashed.flush()?;
            (hashed.hash.finish().to_string(), hashed.bytes)
        };
        temporary.as_file().sync_all()?;
        temporary
            .persist(self.file(name))
            .map_err(|error| error.error)?;
        // Without this the new name itself may be gone after a power cut.
        File::open(&self.path)?.sync_all()?;
        Ok(WrittenFile {
            file: name.to_owned(),
            sha256,
            bytes,
        })
    }
}

struct Hashed<W> {
    out: W,
    hash: Hashing,
    bytes: u64,
}

impl<W: Write> Write for Hashed<W> {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        let written = self.out.write(buffer)?;
        self.hash.update(&buffer[..written]);
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_fails_to_fill_leaves_the_old_one() {
        let directory = tempfile::tempdir().expect("a directory");
        let out = OutputDirectory::open(directory.path()).expect("opens");
        out.write("a", |file| file.write_all(b"old"))
            .expect("written");
        let failed = out.write("a", |file| {
            file.write_all(b"ne")?;
            Err(io::Error::other("disk full"))
        });
        assert!(failed.is_err());
        assert_eq!(fs::read(out.file("a")).expect("reads"), b"old");
        assert_eq!(fs::read_dir(directory.path()).expect("lists").count(), 1);
    }

    #[test]
    #[cfg(unix)]
    fn outputs_are_for_their_owner_only() {
        use std::os::unix::fs::PermissionsExt as _;
        let directory = tempfile::tempdir().expect("a directory");
        let path = directory.path().join("run");
        let out = OutputDirectory::open(&path).expect("opens");
        out.write("a", |file| file.write_all(b"x"))
            .expect("written");
        drop(out.grow("b").expect("begins"));
        let mode = |path: &Path| fs::metadata(path).expect("is there").permissions().mode() & 0o777;
        assert_eq!(mode(&path), 0o700);
        assert_eq!(mode(&out.file("a")), 0o600);
        assert_eq!(mode(&out.file("b")), 0o600);
    }
}
