//! What is said about the input beside its accounts and rejected rows.

use std::fmt;

use crate::model::{Text, visible};

/// A remark for standard error and the report. None stops the audit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// A column of secrets; it was not read.
    PasswordColumn {
        /// The file.
        file: Text,
        /// The header as it stands.
        header: String,
    },
    /// A column that was left alone, and whose header sounds like one of secrets.
    SoundsSecret {
        /// The file.
        file: Text,
        /// The header as it stands.
        header: String,
    },
    /// The header is not the first row; what stands above it is no data.
    HeaderFurtherDown {
        /// The file.
        file: Text,
        /// The header's line, from 1.
        line: u64,
        /// Rows above it that are not blank.
        rows: usize,
    },
    /// A second column for a field that an earlier one fills; it was left alone.
    SecondColumn {
        /// The file.
        file: Text,
        /// The header as it stands.
        header: String,
    },
    /// A column whose header is not known; it was left alone.
    UnknownColumn {
        /// The file.
        file: Text,
        /// The header as it stands.
        header: String,
    },
    /// Rows that are not UTF-8 in a file whose header is; they were rejected.
    EncodingRows {
        /// The file.
        file: Text,
        /// How many.
        rows: u64,
        /// The line of the first one, from 1.
        first_line: u64,
    },
    /// Rows whose host, port or address held full-width or invisible characters. They were read
    /// as the plain ones; people may have typed the same into their client.
    OddCharacters {
        /// The file.
        file: Text,
        /// How many.
        rows: u64,
        /// The line of the first one, from 1.
        first_line: u64,
    },
    /// Rows that contradict themselves: `imaps://` beside POP3, or POP3S beside "none". The
    /// protocol and security columns were believed.
    ContradictoryRows {
        /// The file.
        file: Text,
        /// How many.
        rows: u64,
        /// The line of the first one, from 1.
        first_line: u64,
    },
    /// The size or time of the file changed while it was read.
    ChangedWhileRead {
        /// The file.
        file: Text,
    },
}

impl Note {
    /// The word of message keys (`note-<word>`).
    pub const fn word(&self) -> &'static str {
        match self {
            Note::PasswordColumn { .. } => "password-column",
            Note::SoundsSecret { .. } => "sounds-secret",
            Note::HeaderFurtherDown { .. } => "header-further-down",
            Note::SecondColumn { .. } => "second-column",
            Note::UnknownColumn { .. } => "unknown-column",
            Note::EncodingRows { .. } => "encoding-rows",
            Note::OddCharacters { .. } => "odd-characters",
            Note::ContradictoryRows { .. } => "contradictory-rows",
            Note::ChangedWhileRead { .. } => "changed-while-read",
        }
    }
}

/// A sentence for standard error; foreign text in it is made visible.
impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |text: &str| visible(text, 200);
        match self {
            Note::PasswordColumn { file, header } => write!(
                f,
                "{}: column \"{}\" holds secrets; it was not read. Delete the file, or the column",
                shown(file),
                shown(header)
            ),
            Note::SoundsSecret { file, header } => write!(
                f,
                "{}: column \"{}\" was left alone; if it holds secrets, delete the column",
                shown(file),
                shown(header)
            ),
            Note::HeaderFurtherDown { file, line, rows } => write!(
                f,
                "{}: the header was found in line {line}; rows above it, taken for titles: {rows}",
                shown(file)
            ),
            Note::SecondColumn { file, header } => write!(
                f,
                "{}: column \"{}\" was left alone, an earlier one says the same; --map decides otherwise",
                shown(file),
                shown(header)
            ),
            Note::UnknownColumn { file, header } => write!(
                f,
                "{}: column \"{}\" is not known and was left alone; --map says what it is",
                shown(file),
                shown(header)
            ),
            Note::EncodingRows {
                file,
                rows,
                first_line,
            } => write!(
                f,
                "{}: rows that are not UTF-8, from line {first_line} on: {rows}. Save the sheet as \"CSV UTF-8\"",
                shown(file)
            ),
            Note::OddCharacters {
                file,
                rows,
                first_line,
            } => write!(
                f,
                "{}: rows with full-width or invisible characters in host, port or address, from line {first_line} on: {rows}. \
                 They were read as plain ones; check what was typed into the clients",
                shown(file)
            ),
            Note::ContradictoryRows {
                file,
                rows,
                first_line,
            } => write!(
                f,
                "{}: rows whose host or protocol cell contradicts their other cells, from line {first_line} on: {rows}. \
                 The protocol and security columns were believed; check the rows",
                shown(file)
            ),
            Note::ChangedWhileRead { file } => write!(
                f,
                "{}: changed while it was read; its SHA-256 is of what was read",
                shown(file)
            ),
        }
    }
}
