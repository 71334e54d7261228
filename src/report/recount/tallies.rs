//! What is kept of the rows of a `report.json` while they are counted again.

use std::collections::HashSet;
use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer, IgnoredAny, SeqAccess, Visitor};

use crate::model::{AccountCounts, Severity, VerdictWord};
use crate::report::totals::{EndpointCounts, FindingCounts};

/// A list of which only a tally is kept.
pub(super) struct Counted<T>(pub(super) T);

/// What is kept of the rows of a list.
pub(super) trait Tally: Default {
    /// What is read of a row.
    type Row: DeserializeOwned;

    fn take(&mut self, row: Self::Row);
}

impl<'de, T: Tally> Deserialize<'de> for Counted<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(Counting(PhantomData))
    }
}

struct Counting<T>(PhantomData<T>);

impl<'de, T: Tally> Visitor<'de> for Counting<T> {
    type Value = Counted<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut rows: A) -> Result<Self::Value, A::Error> {
        let mut tally = T::default();
        while let Some(row) = rows.next_element()? {
            tally.take(row);
        }
        Ok(Counted(tally))
    }
}

#[derive(Default)]
pub(super) struct Accounts {
    pub(super) counts: AccountCounts,
    pub(super) merged: u64,
    pub(super) without_port: u64,
    pub(super) named: HashSet<String>,
}

#[derive(Deserialize)]
pub(super) struct AccountPart {
    sources: Vec<IgnoredAny>,
    port: Option<u16>,
    verdict: VerdictWord,
    findings: Vec<String>,
}

impl Tally for Accounts {
    type Row = AccountPart;

    fn take(&mut self, row: AccountPart) {
        self.counts.count(row.verdict);
        self.merged += (row.sources.len() as u64).saturating_sub(1);
        self.without_port += u64::from(row.port.is_none());
        // Accounts share findings, so this stays as small as the list of findings.
        self.named.extend(row.findings);
    }
}

/// Accounts that stand worse under a measure that is supposed to hold.
#[derive(Default)]
pub(super) struct Changed {
    pub(super) failing: u64,
    pub(super) unverified: u64,
}

#[derive(Deserialize)]
pub(super) struct ChangedPart {
    then: VerdictWord,
}

impl Tally for Changed {
    type Row = ChangedPart;

    fn take(&mut self, row: ChangedPart) {
        match row.then {
            VerdictWord::NotVerified => self.unverified += 1,
            _ => self.failing += 1,
        }
    }
}

#[derive(Default)]
pub(super) struct Endpoints {
    pub(super) counts: EndpointCounts,
    pub(super) addresses: u64,
    pub(super) named: HashSet<String>,
}

#[derive(Deserialize)]
pub(super) struct EndpointPart {
    reached: bool,
    addresses: Vec<IgnoredAny>,
    findings: Vec<String>,
}

impl Tally for Endpoints {
    type Row = EndpointPart;

    fn take(&mut self, row: EndpointPart) {
        self.counts.total += 1;
        *match row.reached {
            true => &mut self.counts.reached,
            false => &mut self.counts.unreached,
        } += 1;
        self.addresses += row.addresses.len() as u64;
        self.named.extend(row.findings);
    }
}

#[derive(Default)]
pub(super) struct Findings {
    pub(super) counts: FindingCounts,
    pub(super) rows: u64,
    pub(super) waived: u64,
    pub(super) fingerprints: HashSet<String>,
}

#[derive(Deserialize)]
pub(super) struct FindingPart {
    fingerprint: String,
    severity: Severity,
    #[serde(default)]
    waiver: Option<IgnoredAny>,
}

impl Tally for Findings {
    type Row = FindingPart;

    fn take(&mut self, row: FindingPart) {
        self.counts.count(row.severity);
        self.rows += 1;
        self.waived += u64::from(row.waiver.is_some());
        self.fingerprints.insert(row.fingerprint);
    }
}

/// Rows that gave no account.
#[derive(Default)]
pub(super) struct Rejected(pub(super) u64);

impl Tally for Rejected {
    type Row = IgnoredAny;

    fn take(&mut self, _: Self::Row) {
        self.0 += 1;
    }
}
