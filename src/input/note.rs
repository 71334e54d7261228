//! What is said about the input beside its accounts and rejected rows.

use super::Encoding;
use crate::model::Text;

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
    /// The sheet of a workbook that was read.
    SheetRead {
        /// The file.
        file: Text,
        /// The sheet's name.
        sheet: String,
        /// How many other sheets there are, which were not read.
        others: usize,
    },
    /// A second column for a field that an earlier one fills; it was left alone.
    SecondColumn {
        /// The file.
        file: Text,
        /// The header as it stands.
        header: String,
    },
    /// A port or security column of a service for which no column names a host; it was left alone.
    ColumnWithoutHost {
        /// The file.
        file: Text,
        /// The header as it stands.
        header: String,
    },
    /// A security column that holds `1`, read as "yes", among numbers that only Thunderbird writes,
    /// where a `1` would be "STARTTLS if available".
    OneAmongNumbers {
        /// The file.
        file: Text,
        /// The header as it stands.
        header: String,
        /// How many rows hold a `1`.
        rows: u64,
        /// The line of the first one, from 1.
        first_line: u64,
    },
    /// A column whose header is not known; it was left alone.
    UnknownColumn {
        /// The file.
        file: Text,
        /// The header as it stands.
        header: String,
    },
    /// The file is in another encoding than UTF-8, and says so by a byte order mark.
    EncodingMarked {
        /// The file.
        file: Text,
        /// Its encoding.
        encoding: Encoding,
    },
    /// The file was read in the encoding that was stated.
    EncodingStated {
        /// The file.
        file: Text,
        /// That encoding.
        encoding: Encoding,
    },
    /// The file is not UTF-8; its encoding was guessed, and may be another one.
    EncodingGuessed {
        /// The file.
        file: Text,
        /// What was guessed.
        encoding: Encoding,
    },
    /// Rows that are not valid in the encoding of their file; they were rejected.
    EncodingRows {
        /// The file.
        file: Text,
        /// How many.
        rows: u64,
        /// The line of the first one, from 1.
        first_line: u64,
        /// The encoding.
        encoding: Encoding,
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
            Note::SheetRead { .. } => "sheet-read",
            Note::SecondColumn { .. } => "second-column",
            Note::ColumnWithoutHost { .. } => "column-without-host",
            Note::OneAmongNumbers { .. } => "one-among-numbers",
            Note::UnknownColumn { .. } => "unknown-column",
            Note::EncodingMarked { .. } => "encoding-marked",
            Note::EncodingStated { .. } => "encoding-stated",
            Note::EncodingGuessed { .. } => "encoding-guessed",
            Note::EncodingRows { .. } => "encoding-rows",
            Note::OddCharacters { .. } => "odd-characters",
            Note::ContradictoryRows { .. } => "contradictory-rows",
            Note::ChangedWhileRead { .. } => "changed-while-read",
        }
    }
}
