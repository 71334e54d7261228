//! Bytes of CSV files and workbooks into accounts.
//!
//! A file passes, in the order that [`reading`] has: [`mod@file`] opens and hashes it, [`encoding`]
//! tells what it is written in and [`decoded`] makes it UTF-8, [`header`] finds the header row and
//! the delimiter (comma, semicolon or tab), [`columns`] tells which column fills which of the
//! [`fields`] (by the tables in [`aliases`]), [`records`] holds a bounded window of the file,
//! [`split`] has csv's own engine split the record at its start, [`rows`] makes accounts of it with
//! the words of [`cells`] and [`vocabulary`], [`merge`] joins equal ones, and [`table`] counts, the
//! words ([`understood`]) too. The
//! rows of a [`workbook`] come with their cells, and go the same way from there.
//!
//! What clients keep of their settings becomes such a file by [`mod@import`], which `mailfleet import` prints.
//!
//! Every row is accounted for: it gives accounts, or it is [`Rejected`] with its file, line and
//! fault. No cell of a column that holds secrets or login names is kept, and no message holds the
//! text of a cell.

mod aliases;
mod cells;
mod columns;
mod decoded;
mod encoding;
mod error;
mod fields;
mod file;
mod header;
mod import;
mod limits;
mod merge;
mod note;
mod reading;
mod records;
mod rows;
mod split;
mod table;
mod understood;
mod vocabulary;
mod workbook;

use std::path::PathBuf;

use crate::model::{Account, InputFile, Rejected};

pub use encoding::{Encoding, UnknownEncoding};
pub use error::InputError;
pub use import::{SOURCES, Service, Source, accounts_file, import};
pub use limits::Limits;
pub use note::Note;
pub use understood::{DecidedBy, Meaning, Understood};

use reading::Reading;

/// How the input is read.
#[derive(Clone, Debug, Default)]
pub struct ReadOptions {
    /// Headers as they are written, and the field that each fills (`--map COLUMN=FIELD`).
    pub map: Vec<(String, String)>,
    /// What texts without a byte order mark are written in (`--encoding NAME`); guessed if left out.
    pub encoding: Option<Encoding>,
    /// How much is read at most.
    pub limits: Limits,
}

/// What was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Input {
    /// The accounts, equal ones once, in the order in which they first stand in the files.
    pub accounts: Vec<Account>,
    /// The rows that gave none, in order.
    pub rejected: Vec<Rejected>,
    /// Each file with its control totals, in order.
    pub files: Vec<InputFile>,
    /// How the words for protocols and security were understood, file by file.
    pub understood: Vec<Understood>,
    /// What else is to be said.
    pub notes: Vec<Note>,
}

/// Reads CSV files and workbooks; `-` is standard input.
///
/// # Errors
///
/// Everything that makes a file or the map unusable, of all files at once: nothing may be visited.
/// A row that cannot be used is no error; it is in [`Input::rejected`].
pub fn read(files: &[PathBuf], options: &ReadOptions) -> Result<Input, Vec<InputError>> {
    let mut reading = Reading::begin(options);
    let mut seen: Vec<(PathBuf, String)> = Vec::new();
    for path in files {
        let name = path.display().to_string();
        // Where the path cannot be resolved, opening the file says why.
        let resolved = match path.canonicalize() {
            Ok(resolved) if name != "-" => resolved,
            _ => path.clone(),
        };
        if let Some((_, other)) = seen.iter().find(|(other, _)| *other == resolved) {
            let other = other.clone();
            reading.errors.push(InputError::Twice { file: name, other });
            continue;
        }
        seen.push((resolved, name.clone()));
        let outcome = if name == "-" {
            reading.source(&name, std::io::stdin().lock()).map(|_| ())
        } else {
            reading.file(path, &name)
        };
        reading.errors.extend(outcome.err());
    }
    reading.finish()
}

/// Reads the bytes of one file that is called `name`.
///
/// # Errors
///
/// As [`read`].
pub fn read_bytes(
    name: &str,
    bytes: &[u8],
    options: &ReadOptions,
) -> Result<Input, Vec<InputError>> {
    let mut reading = Reading::begin(options);
    let outcome = reading.source(name, bytes);
    reading.errors.extend(outcome.err());
    reading.finish()
}
