//! The totals of a finished `report.json`, counted again from its rows (threat model K1, K4).
//!
//! The file is read row by row, so that 500,000 accounts need no memory of their own; only the
//! fingerprints of the findings are kept, to see that each one that an account names is there.

use std::collections::HashSet;
use std::fmt;
use std::io::Read;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer, IgnoredAny, SeqAccess, Visitor};

use super::json::SCHEMA;
use super::totals::{AccountCounts, EndpointCounts, FindingCounts, Summary};
use crate::model::Severity;

/// What a report says of itself, and what its rows say.
#[derive(Debug)]
pub struct Recount {
    /// The hash that names the report.
    pub report_id: String,
    /// Whether every visit that was planned was made.
    pub complete: bool,
    /// Accounts listed.
    pub accounts: usize,
    /// Each total that is not what the rows give.
    pub differences: Vec<Difference>,
}

/// A total that does not add up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Which, as a path within `report.json`.
    pub total: String,
    /// What the report says.
    pub said: u64,
    /// What its rows give.
    pub counted: u64,
}

/// Counts a `report.json` again.
///
/// # Errors
///
/// It cannot be read, or is no report of this version.
pub fn recount(file: impl Read) -> Result<Recount, serde_json::Error> {
    let document: Document = serde_json::from_reader(file)?;
    if document.schema != SCHEMA {
        let what = format!("its schema is not {SCHEMA}");
        return Err(serde::de::Error::custom(what));
    }
    Ok(Recount {
        accounts: document.accounts.0.counts.total,
        differences: document.differences(),
        report_id: document.run.report_id,
        complete: document.run.complete,
    })
}

#[derive(Deserialize)]
struct Document {
    schema: String,
    run: RunPart,
    summary: Summary,
    control: ControlPart,
    endpoints: Counted<Endpoints>,
    findings: Counted<Findings>,
    rejected: Counted<Rejected>,
    accounts: Counted<Accounts>,
}

#[derive(Deserialize)]
struct RunPart {
    report_id: String,
    complete: bool,
    inputs: Vec<InputPart>,
}

#[derive(Deserialize)]
struct InputPart {
    rows: u64,
    accepted: u64,
    rejected: u64,
}

/// The totals of `control` that rows can give again.
#[derive(Deserialize)]
struct ControlPart {
    rows: u64,
    accepted: u64,
    rejected: u64,
    merged: u64,
    without_port: u64,
    addresses: u64,
    waived_findings: u64,
}

impl Document {
    fn differences(&self) -> Vec<Difference> {
        let mut sums = Sums(Vec::new());
        self.input(&mut sums);
        let (said, accounts) = (&self.summary.accounts, &self.accounts.0);
        let counted = &accounts.counts;
        for (word, said, counted) in [
            ("total", said.total, counted.total),
            ("compliant", said.compliant, counted.compliant),
            ("non_compliant", said.non_compliant, counted.non_compliant),
            ("not_verified", said.not_verified, counted.not_verified),
            ("waived", said.waived, counted.waived),
        ] {
            sums.equal(
                &format!("summary.accounts.{word}"),
                said as u64,
                counted as u64,
            );
        }
        let (said, counted) = (&self.summary.endpoints, &self.endpoints.0.counts);
        for (word, said, counted) in [
            ("total", said.total, counted.total),
            ("reached", said.reached, counted.reached),
            ("unreached", said.unreached, counted.unreached),
        ] {
            sums.equal(
                &format!("summary.endpoints.{word}"),
                said as u64,
                counted as u64,
            );
        }
        let (said, counted) = (&self.summary.findings, &self.findings.0.counts);
        for (word, said, counted) in [
            ("critical", said.critical, counted.critical),
            ("high", said.high, counted.high),
            ("medium", said.medium, counted.medium),
            ("low", said.low, counted.low),
            ("info", said.info, counted.info),
        ] {
            sums.equal(
                &format!("summary.findings.{word}"),
                said as u64,
                counted as u64,
            );
        }
        let known = &self.findings.0.fingerprints;
        sums.equal(
            "findings[].fingerprint",
            self.findings.0.rows,
            known.len() as u64,
        );
        let named = accounts.named.union(&self.endpoints.0.named);
        let missing = named.filter(|fingerprint| !known.contains(*fingerprint));
        sums.equal(
            "findings that are named and missing",
            0,
            missing.count() as u64,
        );
        sums.0
    }

    /// Rows: of each input, of all inputs, and as the accounts and the rejected rows give them.
    fn input(&self, sums: &mut Sums) {
        let (control, inputs) = (&self.control, &self.run.inputs);
        let all = |of: fn(&InputPart) -> u64| inputs.iter().map(of).sum::<u64>();
        for input in inputs {
            let parts = input.accepted + input.rejected;
            sums.equal("run.inputs[].rows", input.rows, parts);
        }
        sums.equal("control.rows", control.rows, all(|input| input.rows));
        sums.equal(
            "control.accepted",
            control.accepted,
            all(|input| input.accepted),
        );
        sums.equal(
            "control.rejected",
            control.rejected,
            all(|input| input.rejected),
        );
        sums.equal("rejected[]", control.rejected, self.rejected.0.0);
        let accounts = &self.accounts.0;
        sums.equal("control.merged", control.merged, accounts.merged);
        sums.equal(
            "control.without_port",
            control.without_port,
            accounts.without_port,
        );
        sums.equal(
            "control.addresses",
            control.addresses,
            self.endpoints.0.addresses,
        );
        sums.equal(
            "control.waived_findings",
            control.waived_findings,
            self.findings.0.waived,
        );
    }
}

struct Sums(Vec<Difference>);

impl Sums {
    fn equal(&mut self, total: &str, said: u64, counted: u64) {
        if said != counted {
            self.0.push(Difference {
                total: total.to_owned(),
                said,
                counted,
            });
        }
    }
}

/// A list of which only a tally is kept.
struct Counted<T>(T);

/// What is kept of the rows of a list.
trait Tally: Default {
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
struct Accounts {
    counts: AccountCounts,
    merged: u64,
    without_port: u64,
    named: HashSet<String>,
}

#[derive(Deserialize)]
struct AccountPart {
    sources: Vec<IgnoredAny>,
    port: Option<u16>,
    verdict: VerdictPart,
    findings: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum VerdictPart {
    Compliant,
    NonCompliant,
    NotVerified,
    Waived,
}

impl Tally for Accounts {
    type Row = AccountPart;

    fn take(&mut self, row: AccountPart) {
        let counts = &mut self.counts;
        counts.total += 1;
        *match row.verdict {
            VerdictPart::Compliant => &mut counts.compliant,
            VerdictPart::NonCompliant => &mut counts.non_compliant,
            VerdictPart::NotVerified => &mut counts.not_verified,
            VerdictPart::Waived => &mut counts.waived,
        } += 1;
        self.merged += (row.sources.len() as u64).saturating_sub(1);
        self.without_port += u64::from(row.port.is_none());
        // Accounts share findings, so this stays as small as the list of findings.
        self.named.extend(row.findings);
    }
}

#[derive(Default)]
struct Endpoints {
    counts: EndpointCounts,
    addresses: u64,
    named: HashSet<String>,
}

#[derive(Deserialize)]
struct EndpointPart {
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
struct Findings {
    counts: FindingCounts,
    rows: u64,
    waived: u64,
    fingerprints: HashSet<String>,
}

#[derive(Deserialize)]
struct FindingPart {
    fingerprint: String,
    severity: Severity,
    #[serde(default)]
    waiver: Option<IgnoredAny>,
}

impl Tally for Findings {
    type Row = FindingPart;

    fn take(&mut self, row: FindingPart) {
        let counts = &mut self.counts;
        *match row.severity {
            Severity::Critical => &mut counts.critical,
            Severity::High => &mut counts.high,
            Severity::Medium => &mut counts.medium,
            Severity::Low => &mut counts.low,
            Severity::Info => &mut counts.info,
        } += 1;
        self.rows += 1;
        self.waived += u64::from(row.waiver.is_some());
        self.fingerprints.insert(row.fingerprint);
    }
}

/// Rows that gave no account.
#[derive(Default)]
struct Rejected(u64);

impl Tally for Rejected {
    type Row = IgnoredAny;

    fn take(&mut self, _: Self::Row) {
        self.0 += 1;
    }
}
