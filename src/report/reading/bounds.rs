//! Numbers of a `report.json` that are added up: none may be beyond what it is a part of. And lists
//! that stand in memory and on the page as wholes: none is longer than any run makes it.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::{Deserializer, Error as _, MapAccess, SeqAccess, Visitor};

use crate::model::{AccountCounts, Endpoint, EndpointJudgement, Finding, VerdictWord};
use crate::report::Summary;

use super::run::RunPart;

/// More rows than any input holds.
const ROWS: u64 = 1 << 40;

/// Whether a number can be added to others.
pub(super) fn is_countable(number: usize) -> bool {
    u32::try_from(number).is_ok()
}

/// Whether a text is a SHA-256 as it is written everywhere.
pub(super) fn is_hash(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

/// Whether accounts by verdict are so many in all.
pub(super) fn whole(counts: &AccountCounts) -> Result<(), &'static str> {
    let parts = VerdictWord::ALL.map(|verdict| counts.with(verdict) as u128);
    match parts.iter().sum::<u128>() == counts.total as u128 && counts.total <= u32::MAX as usize {
        true => Ok(()),
        false => Err("accounts by verdict are not all of them"),
    }
}

/// Checks every number that is added to others later.
pub(super) fn check(
    run: &RunPart,
    summary: &Summary,
    accounts: usize,
    findings: &[Finding],
    endpoints: &BTreeMap<Endpoint, EndpointJudgement>,
) -> Result<(), &'static str> {
    let mut touched = findings.iter().map(|finding| finding.accounts);
    let mut used = endpoints.values().map(|judged| judged.accounts);
    let mut groups = run.policies.iter().flat_map(|policy| &policy.groups);
    if touched.any(|count| count > accounts)
        || used.any(|count| count > accounts)
        || groups.any(|group| group.accounts > accounts)
    {
        return Err("more accounts are counted somewhere than are listed");
    }
    let policies = summary.policies.iter();
    policies
        .map(|policy| &policy.accounts)
        .try_for_each(whole)?;
    let mut rows = run.input_rows();
    match rows.all(|rows| rows <= ROWS) {
        true => Ok(()),
        false => Err("an input has more rows than any file holds"),
    }
}

/// A list of at most `MOST` rows; a longer one is refused before it is in memory.
pub(super) fn few<'de, const MOST: usize, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<T>, D::Error> {
    deserializer.deserialize_seq(Few::<MOST, T>(PhantomData))
}

/// Values by name, likewise.
pub(super) fn few_named<'de, const MOST: usize, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<BTreeMap<String, T>, D::Error> {
    deserializer.deserialize_map(FewNamed::<MOST, T>(PhantomData))
}

struct Few<const MOST: usize, T>(PhantomData<T>);

impl<'de, const MOST: usize, T: Deserialize<'de>> Visitor<'de> for Few<MOST, T> {
    type Value = Vec<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a list of at most {MOST}")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut rows: A) -> Result<Vec<T>, A::Error> {
        let mut few = Vec::new();
        while let Some(row) = rows.next_element()? {
            if few.len() == MOST {
                return Err(A::Error::invalid_length(MOST + 1, &self));
            }
            few.push(row);
        }
        Ok(few)
    }
}

struct FewNamed<const MOST: usize, T>(PhantomData<T>);

impl<'de, const MOST: usize, T: Deserialize<'de>> Visitor<'de> for FewNamed<MOST, T> {
    type Value = BTreeMap<String, T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "at most {MOST} values by name")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut values: A) -> Result<Self::Value, A::Error> {
        let mut few = BTreeMap::new();
        while let Some((name, value)) = values.next_entry()? {
            few.insert(name, value);
            if few.len() > MOST {
                return Err(A::Error::invalid_length(few.len(), &self));
            }
        }
        Ok(few)
    }
}
