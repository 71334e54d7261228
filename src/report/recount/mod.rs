//! The totals of a finished `report.json`, counted again from its rows (threat model K1, K4).
//!
//! The file is read row by row, so that 500,000 accounts need no memory of their own; only the
//! fingerprints of the findings are kept, to see that each one that an account names is there.

mod tallies;

use std::io::Read;

use serde::Deserialize;

use super::json::SCHEMA;
use super::totals::Summary;
use crate::model::{AccountCounts, VerdictWord};
use tallies::{Accounts, Changed, Counted, Endpoints, Findings, Rejected};

/// What a report says of itself, and what its rows say.
#[derive(Debug)]
pub struct Recount {
    /// The hash that names the report.
    pub report_id: String,
    /// Whether every visit that was planned was made.
    pub complete: bool,
    /// The policies by which it was judged: name and SHA-256.
    pub policies: Vec<(String, String)>,
    /// The roots that it trusted: name and SHA-256.
    pub trust: (String, String),
    /// The input: each file's name and SHA-256.
    pub inputs: Vec<(String, String)>,
    /// Accounts listed.
    pub accounts: usize,
    /// Each total that is not what the rows give.
    pub differences: Vec<Miscount>,
}

/// A total that does not add up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Miscount {
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
        policies: document.run.policies.into_iter().map(Named::told).collect(),
        trust: document.run.trust.told(),
        inputs: document
            .run
            .inputs
            .into_iter()
            .map(|input| (input.file, input.sha256))
            .collect(),
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
    #[serde(default)]
    what_if: Vec<WhatIfPart>,
}

/// What is said of one measure that is supposed to hold, and its rows.
#[derive(Deserialize)]
struct WhatIfPart {
    then: AccountCounts,
    failing: u64,
    unverified: u64,
    accounts: Counted<Changed>,
}

#[derive(Deserialize)]
struct RunPart {
    report_id: String,
    complete: bool,
    policies: Vec<Named>,
    trust: Named,
    inputs: Vec<InputPart>,
}

#[derive(Deserialize)]
struct Named {
    name: String,
    sha256: String,
}

impl Named {
    fn told(self) -> (String, String) {
        (self.name, self.sha256)
    }
}

#[derive(Deserialize)]
struct InputPart {
    file: String,
    sha256: String,
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
    fn differences(&self) -> Vec<Miscount> {
        let mut sums = Sums(Vec::new());
        self.input(&mut sums);
        let accounts = &self.accounts.0;
        let counted = &accounts.counts;
        sums.verdicts("summary.accounts", &self.summary.accounts, counted);
        for policy in &self.summary.policies {
            // Of the others the rows tell how many accounts there are, and not their verdicts.
            match policy.decides {
                true => sums.verdicts("summary.policies[].accounts", &policy.accounts, counted),
                false => sums.whole("summary.policies[].accounts", &policy.accounts, counted),
            }
        }
        for what_if in &self.what_if {
            sums.whole("what_if[].then", &what_if.then, counted);
            let changed = &what_if.accounts.0;
            sums.equal("what_if[].failing", what_if.failing, changed.failing);
            sums.equal(
                "what_if[].unverified",
                what_if.unverified,
                changed.unverified,
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
        let all = |of: fn(&InputPart) -> u64| inputs.iter().map(of).fold(0, u64::saturating_add);
        for input in inputs {
            let parts = input.accepted.saturating_add(input.rejected);
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

struct Sums(Vec<Miscount>);

impl Sums {
    fn verdicts(&mut self, of: &str, said: &AccountCounts, counted: &AccountCounts) {
        let total = format!("{of}.total");
        self.equal(&total, said.total as u64, counted.total as u64);
        for verdict in VerdictWord::ALL {
            let total = format!("{of}.{}", verdict.word().replace('-', "_"));
            self.equal(
                &total,
                said.with(verdict) as u64,
                counted.with(verdict) as u64,
            );
        }
    }

    /// Every account has one verdict.
    fn whole(&mut self, of: &str, said: &AccountCounts, counted: &AccountCounts) {
        let parts = VerdictWord::ALL.map(|verdict| said.with(verdict));
        let total = format!("{of}.total");
        self.equal(&total, said.total as u64, counted.total as u64);
        self.equal(
            &total,
            said.total as u64,
            parts
                .into_iter()
                .fold(0, |all, part| all.saturating_add(part as u64)),
        );
    }

    fn equal(&mut self, total: &str, said: u64, counted: u64) {
        if said != counted {
            self.0.push(Miscount {
                total: total.to_owned(),
                said,
                counted,
            });
        }
    }
}
