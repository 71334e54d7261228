//! Long lists, read row by row: a row is kept as what it is made into, and never twice.

use std::collections::HashSet;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer, Error as _, SeqAccess, Visitor};

use crate::model::Text;

/// A list of which each row is taken in at once.
pub(super) struct Gathered<T>(pub(super) T);

/// What rows are taken into.
pub(super) trait Gather: Default {
    /// A row as it stands.
    type Row: DeserializeOwned;

    /// Takes a row in, or says what is wrong with it.
    fn take(&mut self, row: Self::Row) -> Result<(), String>;
}

impl<'de, T: Gather> Deserialize<'de> for Gathered<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(Gathering(PhantomData))
    }
}

struct Gathering<T>(PhantomData<T>);

impl<'de, T: Gather> Visitor<'de> for Gathering<T> {
    type Value = Gathered<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut rows: A) -> Result<Self::Value, A::Error> {
        let mut gathered = T::default();
        while let Some(row) = rows.next_element()? {
            gathered.take(row).map_err(A::Error::custom)?;
        }
        Ok(Gathered(gathered))
    }
}

/// Texts that stand in many rows, each kept once.
#[derive(Default)]
pub(super) struct Texts(HashSet<Text>);

impl Texts {
    pub(super) fn shared(&mut self, text: String) -> Text {
        match self.0.get(&*text) {
            Some(known) => Arc::clone(known),
            None => {
                let text = Text::from(text);
                self.0.insert(Arc::clone(&text));
                text
            }
        }
    }
}
