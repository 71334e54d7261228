//! The journal: observations as they come, one line each, every line bound to the one before.
//!
//! A line is `{"sha256":H,"observation":O}` with H the SHA-256 of the previous line's H (64 zeros
//! for the first) followed by the bytes of O. A line that was changed, dropped, swapped or added
//! breaks the chain (threat model K4). A torn end, as a power cut leaves it, is told apart from
//! damage (J2).
//!
//! What other versions wrote (J13): a field that a record lacks was not asked then; one that is not
//! known here was not asked by this version, and is passed over. A kind of record, or an answer, that
//! is not known here cannot be passed over, and refuses the file. Whatever changes the meaning of
//! what older versions read takes another [`SCHEMA`].

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde::Deserialize;
use serde_json::value::RawValue;

use super::json;
use crate::model::{Hashing, Observation, Observations, Sha256};

/// What is learned is on its way to the disk at the latest after this time.
const FLUSH_AT_LEAST_EACH: Duration = Duration::from_secs(1);

/// One record's bound when it is read back: 20 certificates as base64 and every dialogue at its
/// own limit stay far below it.
const LONGEST_LINE: u64 = 4 * 1024 * 1024;

/// What the first line's hash is chained to.
const NO_HEAD: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// A journal that is being written.
#[derive(Debug)]
pub struct Journal {
    file: BufWriter<File>,
    head: String,
    flushed: Instant,
}

impl Journal {
    /// Begins a journal in a file that is open and empty.
    pub fn begin(file: File) -> Self {
        Journal {
            file: BufWriter::new(file),
            head: NO_HEAD.to_owned(),
            flushed: Instant::now(),
        }
    }

    /// Appends one record; it is handed to the system at once if the last time is a second ago.
    ///
    /// # Errors
    ///
    /// The file cannot take it.
    pub fn append(&mut self, observation: &Observation) -> io::Result<()> {
        let mut bytes = Vec::with_capacity(1024);
        json::write_compact(&mut bytes, observation)?;
        self.head = chained(&self.head, &bytes);
        self.file.write_all(&framed(&self.head, &bytes))?;
        if self.flushed.elapsed() >= FLUSH_AT_LEAST_EACH {
            self.flush()?;
        }
        Ok(())
    }

    /// Hands everything to the system.
    ///
    /// # Errors
    ///
    /// The file cannot take it.
    pub fn flush(&mut self) -> io::Result<()> {
        self.flushed = Instant::now();
        self.file.flush()
    }

    /// Ends the journal on the disk itself; the hash of its last line.
    ///
    /// # Errors
    ///
    /// The file, or the disk, cannot take what is left.
    pub fn finish(mut self) -> io::Result<String> {
        self.file.flush()?;
        self.file.get_ref().sync_all()?;
        Ok(self.head)
    }
}

/// A line of the journal.
fn framed(head: &str, observation: &[u8]) -> Vec<u8> {
    let mut line = format!("{{\"sha256\":\"{head}\",\"observation\":").into_bytes();
    line.extend_from_slice(observation);
    line.extend_from_slice(b"}\n");
    line
}

fn chained(head: &str, observation: &[u8]) -> String {
    let mut hashing = Hashing::default();
    hashing.update(head.as_bytes());
    hashing.update(observation);
    hashing.finish().to_string()
}

/// A journal read back.
#[derive(Debug, Default)]
pub struct StoredRun {
    /// What it holds.
    pub observations: Observations,
    /// The hash of its last whole line.
    pub head: String,
    /// The byte at which an unfinished last line begins, if there is one.
    pub torn_at: Option<u64>,
}

/// Why a journal cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// It cannot be opened or read.
    #[error("{path}: {source}; name the observations.ndjson of a finished run", path = path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A line is not what was written.
    #[error(
        "{path}: the line that begins at byte {byte} was altered or damaged ({what}); \
         take the file from a backup, or run the audit again", path = path.display()
    )]
    Damaged {
        /// The file.
        path: PathBuf,
        /// Where the line begins.
        byte: u64,
        /// What does not fit.
        what: &'static str,
    },
    /// It was never a journal.
    #[error("{path}: this is no journal of mailfleet; name the observations.ndjson of a run", path = path.display())]
    NoJournal {
        /// The file.
        path: PathBuf,
    },
    /// A record is whole, and says what this version has no word for.
    #[error(
        "{path}: the record that begins at byte {byte} is whole and of a shape that this version does \
         not know; it was written by mailfleet {version}: use that version, or a newer one", path = path.display()
    )]
    UnknownRecord {
        /// The file.
        path: PathBuf,
        /// Where the record begins.
        byte: u64,
        /// The version that the file names, made visible.
        version: String,
    },
    /// The file is of a version that this program does not know.
    #[error("{path}: written as `{schema}`, which this version does not read; use the version that wrote it", path = path.display())]
    OtherVersion {
        /// The file.
        path: PathBuf,
        /// The schema it names, made visible.
        schema: String,
    },
}

#[derive(Deserialize)]
struct Line<'a> {
    sha256: &'a str,
    #[serde(borrow)]
    observation: &'a RawValue,
}

/// The journal's name in the directory of a run.
pub const JOURNAL: &str = "observations.ndjson";

/// Whether a journal came to its end; looks at its last line only.
///
/// # Errors
///
/// It is not there, or cannot be read.
pub fn is_finished(path: &Path) -> io::Result<bool> {
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    file.seek(SeekFrom::Start(length.saturating_sub(LONGEST_LINE)))?;
    let mut end = Vec::new();
    file.take(LONGEST_LINE).read_to_end(&mut end)?;
    let Some(whole) = end.strip_suffix(b"\n") else {
        return Ok(false);
    };
    let last = whole
        .rsplit(|byte| *byte == b'\n')
        .next()
        .unwrap_or_default();
    let record = serde_json::from_slice::<Line<'_>>(last)
        .and_then(|line| serde_json::from_str(line.observation.get()));
    Ok(matches!(record, Ok(Observation::Close(_))))
}

/// The schema that this version writes and reads.
pub const SCHEMA: &str = "mailfleet.observations/1";

/// Reads a journal and checks its chain. A torn end is no error: [`StoredRun::torn_at`] tells of it.
///
/// # Errors
///
/// It cannot be read, is no journal, was altered, or is of another version: see [`JournalError`].
pub fn read(path: &Path) -> Result<StoredRun, JournalError> {
    let unreadable = |source| JournalError::Unreadable {
        path: path.to_owned(),
        source,
    };
    // Opening a pipe would wait for a writer.
    if !std::fs::metadata(path).map_err(unreadable)?.is_file() {
        return Err(JournalError::NoJournal {
            path: path.to_owned(),
        });
    }
    let mut lines = BufReader::new(File::open(path).map_err(unreadable)?);
    let mut run = StoredRun {
        head: NO_HEAD.to_owned(),
        ..StoredRun::default()
    };
    let mut byte = 0;
    let mut line = Vec::new();
    loop {
        line.clear();
        let read = (&mut lines)
            .take(LONGEST_LINE)
            .read_until(b'\n', &mut line)
            .map_err(unreadable)? as u64;
        if read == 0 {
            return Ok(run);
        }
        let damaged = |what| JournalError::Damaged {
            path: path.to_owned(),
            byte,
            what,
        };
        if line.last() != Some(&b'\n') {
            if read == LONGEST_LINE {
                return Err(damaged("longer than any record"));
            }
            run.torn_at = Some(byte);
            return Ok(run);
        }
        if byte == 0 && serde_json::from_slice::<Line<'_>>(&line).is_err() {
            return Err(JournalError::NoJournal {
                path: path.to_owned(),
            });
        }
        let (head, record) = read_line(&run.head, &line).map_err(damaged)?;
        if byte == 0
            && let Ok(Named { schema }) = serde_json::from_str(record)
            && schema != SCHEMA
        {
            return Err(JournalError::OtherVersion {
                path: path.to_owned(),
                schema: crate::model::visible(&schema, 60),
            });
        }
        let observation: Observation = serde_json::from_str(record).map_err(|_| {
            let header = run.observations.run.as_ref();
            JournalError::UnknownRecord {
                path: path.to_owned(),
                byte,
                version: header.map_or_else(
                    || "of a version that it does not name".to_owned(),
                    |header| crate::model::visible(&header.version, 60),
                ),
            }
        })?;
        fits(&run.observations, &observation).map_err(damaged)?;
        run.head = head;
        run.observations.add(observation);
        byte += read;
    }
}

/// What the header of any version names.
#[derive(Deserialize)]
struct Named {
    schema: String,
}

/// The hash of a line, and the record that it binds to the lines before.
fn read_line<'l>(head: &str, line: &'l [u8]) -> Result<(String, &'l str), &'static str> {
    let read: Line<'_> = serde_json::from_slice(line).map_err(|_| "no record of a journal")?;
    let expected = chained(head, read.observation.get().as_bytes());
    if read.sha256 != expected {
        return Err("its hash does not follow from the line before");
    }
    // The hash covers the observation; around it nothing may stand but what we write.
    if line != framed(&expected, read.observation.get().as_bytes()) {
        return Err("there is more in it than a record");
    }
    Ok((expected, read.observation.get()))
}

/// Whether a record may stand here: one header first, nothing behind the end, counts and ids true.
fn fits(before: &Observations, record: &Observation) -> Result<(), &'static str> {
    if before.run.is_none() != matches!(record, Observation::Run(_)) {
        return Err("a run has one header, and it is the first record");
    }
    if before.close.is_some() {
        return Err("it stands behind the end of the run");
    }
    match record {
        Observation::Certificate(record) if Sha256::of(&record.der).0 != record.id.0 => {
            Err("the certificate is not the one that its id names")
        }
        Observation::Close(close) => {
            let visits = before.visits.values().map(|seen| seen.len() as u64);
            match close.visits == visits.sum::<u64>() {
                true => Ok(()),
                false => Err("the end counts other visits than there are"),
            }
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Close, DnsAnswer, Resolution, RunHeader};

    fn written() -> Vec<u8> {
        let directory = tempfile::tempdir().expect("a directory");
        let path = directory.path().join("journal");
        let mut journal = Journal::begin(File::create(&path).expect("a file"));
        let at = jiff::Timestamp::UNIX_EPOCH;
        journal
            .append(&Observation::Run(RunHeader {
                schema: SCHEMA.into(),
                version: "0".into(),
                run_id: "0".into(),
                started: at,
                vantage: "here".into(),
                resolver: "none".into(),
                depth: "standard".into(),
                limits: Default::default(),
                options: Default::default(),
                questions: "0".into(),
            }))
            .expect("written");
        for name in ["a.example", "b.example"] {
            journal
                .append(&Observation::Resolution(Resolution::new(
                    name.parse().expect("a host"),
                    at,
                    DnsAnswer::Failed,
                )))
                .expect("written");
        }
        journal
            .append(&Observation::Close(Close {
                finished: at,
                complete: true,
                visits: 0,
                connections: 0,
                why: None,
            }))
            .expect("written");
        journal.finish().expect("finished");
        std::fs::read(path).expect("read")
    }

    fn read_bytes(bytes: &[u8]) -> Result<StoredRun, JournalError> {
        let directory = tempfile::tempdir().expect("a directory");
        let path = directory.path().join("journal");
        std::fs::write(&path, bytes).expect("written");
        read(&path)
    }

    #[test]
    fn a_journal_reads_back() {
        let run = read_bytes(&written()).expect("a whole journal");
        assert_eq!(run.observations.resolutions.len(), 2);
        assert!(run.observations.close.is_some());
        assert_eq!(run.torn_at, None);
    }

    #[test]
    fn a_torn_end_is_dropped_wherever_it_is_cut() {
        let whole = written();
        let last = whole[..whole.len() - 1]
            .iter()
            .rposition(|byte| *byte == b'\n')
            .expect("several lines")
            + 1;
        for cut in last + 1..whole.len() {
            let run = read_bytes(&whole[..cut]).expect("a torn end is no damage");
            assert_eq!(run.torn_at, Some(last as u64));
            assert!(run.observations.close.is_none());
        }
    }

    #[test]
    fn a_change_a_swap_and_a_gap_are_found() {
        let whole = written();
        for at in 0..whole.len() {
            let mut changed = whole.clone();
            changed[at] ^= 1;
            if changed[at] == b'\n' || whole[at] == b'\n' {
                continue;
            }
            assert!(
                read_bytes(&changed).is_err(),
                "a change at byte {at} went unseen"
            );
        }
        let lines: Vec<&[u8]> = whole.split_inclusive(|byte| *byte == b'\n').collect();
        assert!(read_bytes(&[lines[0], lines[2], lines[1], lines[3]].concat()).is_err());
        assert!(read_bytes(&[lines[0], lines[2], lines[3]].concat()).is_err());
        assert!(read_bytes(&[lines[0], lines[1], lines[1], lines[2], lines[3]].concat()).is_err());
    }
}
