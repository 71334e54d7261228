//! Which mail client the cell of an account means.

use std::collections::HashMap;

use crate::model::ClientKind;

use super::{MERGED, Source};

/// Where the input says none.
pub(super) const NOT_STATED: &str = "not-stated";

/// What a cell means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Client {
    /// One of ours, or any other.
    Known(ClientKind),
    /// Several that redaction merged.
    Merged,
    /// There is no cell.
    NotStated,
}

impl Client {
    /// The word of the message keys.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Client::Known(kind) => kind.word(),
            Client::Merged => MERGED,
            Client::NotStated => NOT_STATED,
        }
    }
}

/// What cells mean, each recognised once: a fleet has few of them.
pub(super) struct Clients<'a> {
    source: &'a Source<'a>,
    known: HashMap<&'a str, Client>,
}

impl<'a> Clients<'a> {
    pub(super) fn of(source: &'a Source<'a>) -> Self {
        Clients {
            source,
            known: HashMap::new(),
        }
    }

    pub(super) fn client(&mut self, cell: Option<&'a str>) -> Client {
        let Some(cell) = cell else {
            return Client::NotStated;
        };
        let source = self.source;
        let meant = || match source.is_merged(cell) {
            true => Client::Merged,
            false => Client::Known((source.recognise)(cell)),
        };
        *self.known.entry(cell).or_insert_with(meant)
    }
}
