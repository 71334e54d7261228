//! One run at a time in a directory, so that no file of one lies beside those of another.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::path::PathBuf;

use jiff::Timestamp;

use super::OutputDirectory;

/// The name of the file that is locked; it stays behind, unlocked.
const NAME: &str = ".mailfleet.lock";

/// What is read of the other run's note; a process id and a time are shorter.
const LONGEST_NOTE: u64 = 100;

/// The right to write into a directory, until it is dropped or the process ends.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

/// Why a directory cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum LockError {
    /// Another run has it.
    #[error(
        "{path}: another run is writing there ({other}): wait until it has ended, or choose another --out",
        path = path.display()
    )]
    Taken {
        /// The directory.
        path: PathBuf,
        /// Its process and start, as it noted them.
        other: String,
    },
    /// The lock file cannot be made.
    #[error("{path}: {source}; choose a directory for --out that can be written", path = path.display())]
    Unusable {
        /// The lock file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl Lock {
    /// Takes the directory for this run, or says who has it.
    pub fn take(out: &OutputDirectory, started: Timestamp) -> Result<Lock, LockError> {
        let path = out.file(NAME);
        let unusable = |source| LockError::Unusable {
            path: path.clone(),
            source,
        };
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&path).map_err(unusable)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut other = String::new();
                let _ = (&mut file).take(LONGEST_NOTE).read_to_string(&mut other);
                return Err(LockError::Taken {
                    path: out.path().to_owned(),
                    other: crate::model::visible(other.trim(), LONGEST_NOTE as usize),
                });
            }
            Err(TryLockError::Error(source)) => return Err(unusable(source)),
        }
        file.set_len(0).map_err(unusable)?;
        write!(file, "process {}, since {started:.0}", std::process::id()).map_err(unusable)?;
        Ok(Lock { _file: file })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_one_is_told_who_has_it() {
        let directory = tempfile::tempdir().expect("a directory");
        let out = OutputDirectory::open(directory.path()).expect("opens");
        let first = Lock::take(&out, Timestamp::UNIX_EPOCH).expect("free");
        let second = Lock::take(&out, Timestamp::UNIX_EPOCH).expect_err("taken");
        let told = second.to_string();
        assert!(told.contains(&std::process::id().to_string()), "{told}");
        assert!(told.contains("1970-01-01T00:00:00Z"), "{told}");
        drop(first);
        Lock::take(&out, Timestamp::UNIX_EPOCH).expect("free again");
    }
}
