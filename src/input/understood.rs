//! How each word of the protocol and security columns was understood, and how often.
//!
//! A word is kept only once it is understood, so it is one of [`super::vocabulary`]: no cell that
//! holds something else by mistake, such as a password, is among them.

use std::collections::BTreeMap;

use super::fields::Column;
use crate::model::{Protocol, Security, Text};

/// What a word was taken for, and what it was decided by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Meaning {
    /// A protocol; `None` where nothing says which.
    Protocol(Option<Protocol>, DecidedBy),
    /// How the connection is secured, and whether any certificate is accepted.
    Security(Security, DecidedBy, bool),
}

/// What a meaning was decided by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DecidedBy {
    /// The word alone.
    Word,
    /// The port of the row.
    Port,
    /// A name that means TLS from the first byte, such as `POP3S` or `imaps://`, or a protocol's
    /// name before the host.
    Name,
    /// Nothing: it stays open.
    Nothing,
}

impl DecidedBy {
    /// The word of message keys (`check-by-<word>`).
    pub const fn word(self) -> &'static str {
        match self {
            DecidedBy::Word => "word",
            DecidedBy::Port => "port",
            DecidedBy::Name => "name",
            DecidedBy::Nothing => "nothing",
        }
    }
}

/// A word of one column and one of its meanings, over the accepted rows of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Understood {
    /// The file.
    pub file: Text,
    /// The field of the column.
    pub field: &'static str,
    /// The word in lower case, without space, `_` and `-`; empty for blank cells and for a column
    /// that there is not.
    pub word: Text,
    /// What it was taken for.
    pub meaning: Meaning,
    /// How often: a row may have several services.
    pub times: u64,
    /// The line of the first one, from 1.
    pub first_line: u64,
}

/// A word with its column and meaning, as one row has it.
pub(super) type Heard = (Column, Text, Meaning);

/// The words of one file so far. They are few: the vocabulary is closed.
#[derive(Debug, Default)]
pub(super) struct Words(BTreeMap<Heard, (u64, u64)>);

impl Words {
    pub(super) fn count(&mut self, heard: Heard, line: u64) {
        let (times, _) = self.0.entry(heard).or_insert((0, line));
        *times += 1;
    }

    /// The security columns that hold a `1`, read as "yes", among numbers of Thunderbird's: how
    /// often, and the line of the first one.
    pub(super) fn ones_among_numbers(&self) -> Vec<(Column, u64, u64)> {
        let mut found: BTreeMap<Column, (bool, u64, u64)> = BTreeMap::new();
        for ((column, word, meaning), (times, line)) in &self.0 {
            let place = found.entry(*column).or_insert((false, 0, u64::MAX));
            match (&**word, meaning) {
                ("2" | "3", _) => place.0 = true,
                ("1", Meaning::Security(Security::Auto, ..)) => {}
                ("1", _) => *place = (place.0, place.1 + times, place.2.min(*line)),
                _ => {}
            }
        }
        let among = found
            .into_iter()
            .filter(|(_, found)| found.0 && found.1 > 0);
        among
            .map(|(column, (_, times, line))| (column, times, line))
            .collect()
    }

    pub(super) fn into_understood(self, file: &Text) -> impl Iterator<Item = Understood> {
        self.0.into_iter().map(
            |((column, word, meaning), (times, first_line))| Understood {
                file: file.clone(),
                field: column.word(),
                word,
                meaning,
                times,
                first_line,
            },
        )
    }
}
