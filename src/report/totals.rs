//! Control totals: what went in is what comes out, or nothing is published (threat model K1).

use std::collections::{BTreeMap, HashSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::{AccountCounts, Severity};

use super::comparison::verdicts;
use super::{PolicyVerdicts, Source};

/// Totals that do not add up: a fault of our own, and no report may be published.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "the totals do not add up ({what}: {left} against {right}), so no report was written: \
     this is a fault of mailfleet, please report it with the file observations.ndjson"
)]
pub struct Inconsistent {
    /// What was compared.
    pub what: &'static str,
    /// One count.
    pub left: u64,
    /// The other.
    pub right: u64,
}

impl Inconsistent {
    /// The same of a report that comes from elsewhere, where it is no fault of ours.
    pub fn differ(&self) -> String {
        let Inconsistent { what, left, right } = self;
        format!("its totals do not add up ({what}: {left} against {right})")
    }
}

fn equal(what: &'static str, left: usize, right: usize) -> Result<(), Inconsistent> {
    match left == right {
        true => Ok(()),
        false => Err(Inconsistent {
            what,
            left: left as u64,
            right: right as u64,
        }),
    }
}

/// The counts of `report.json`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
pub struct Summary {
    /// Accounts by verdict.
    pub accounts: AccountCounts,
    /// The same under each policy, the one that decides first.
    #[serde(default)]
    pub policies: Vec<PolicyVerdicts>,
    /// Endpoints by whether they were reached.
    pub endpoints: EndpointCounts,
    /// Findings by severity, waived ones included.
    pub findings: FindingCounts,
}

/// Endpoints by whether they were reached.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
pub struct EndpointCounts {
    /// All.
    pub total: usize,
    /// Some word or handshake was seen.
    pub reached: usize,
    /// None was.
    pub unreached: usize,
}

/// Findings by severity, waived ones included.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
pub struct FindingCounts {
    /// Critical ones.
    pub critical: usize,
    /// High ones.
    pub high: usize,
    /// Medium ones.
    pub medium: usize,
    /// Low ones.
    pub low: usize,
    /// Remarks.
    pub info: usize,
}

impl FindingCounts {
    /// Counts one finding more.
    pub const fn count(&mut self, severity: Severity) {
        *match severity {
            Severity::Critical => &mut self.critical,
            Severity::High => &mut self.high,
            Severity::Medium => &mut self.medium,
            Severity::Low => &mut self.low,
            Severity::Info => &mut self.info,
        } += 1;
    }
}

/// The sums that prove that nothing is lost, beyond those of the summary.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
pub struct Control {
    /// Rows of all inputs.
    pub rows: u64,
    /// Rows that gave accounts.
    pub accepted: u64,
    /// Rows that gave none.
    pub rejected: u64,
    /// Rows that said the same as an earlier one, and were merged with it.
    pub merged: usize,
    /// Accounts without a port, which count at every endpoint that they may mean.
    pub without_port: usize,
    /// People.
    pub people: usize,
    /// Addresses visited behind the endpoints, candidates left out.
    pub addresses: usize,
    /// Connections begun, candidates included.
    pub connections: u64,
    /// Findings that a waiver accepts.
    pub waived_findings: usize,
    /// Whole percents of the accounts that could be verified, rounded down; 100 without accounts.
    pub verified_percent: usize,
}

/// Counts everything, and compares what must be equal.
pub(super) fn count(source: &Source<'_>) -> Result<(Summary, Control), Inconsistent> {
    let judgement = source.judgement;
    let mut summary = Summary {
        accounts: AccountCounts::of(&judgement.accounts),
        policies: verdicts(source),
        ..Summary::default()
    };
    for judged in &judgement.accounts {
        let within = judged
            .findings
            .iter()
            .all(|&index| (index as usize) < judgement.findings.len());
        equal("findings that an account names", usize::from(within), 1)?;
    }
    for finding in &judgement.findings {
        summary.findings.count(finding.severity);
    }
    let mut control = Control::default();
    for endpoint in judgement.endpoints.keys() {
        let mut visits = source.observations.visits_to(endpoint);
        summary.endpoints.total += 1;
        control.addresses += source.observations.visits_to(endpoint).count();
        match visits.any(|visit| visit.reached()) {
            true => summary.endpoints.reached += 1,
            false => summary.endpoints.unreached += 1,
        }
    }
    let people: HashSet<String> = source.accounts.iter().map(|a| a.person.key()).collect();
    control.people = people.len();
    let more = |account: &crate::model::Account| account.sources.len().saturating_sub(1);
    control.merged = source.accounts.iter().map(more).sum();
    let accounts = source.accounts.iter();
    control.without_port = accounts.filter(|account| account.port.is_none()).count();
    control.connections = source.course.connections;
    control.waived_findings = judgement
        .findings
        .iter()
        .filter(|f| f.waiver.is_some())
        .count();
    control.verified_percent = summary.accounts.verified_percent();
    equal(
        "accounts and their verdicts",
        source.accounts.len(),
        summary.accounts.total,
    )?;
    rows(source, &mut control)?;
    policies(source)?;
    Ok((summary, control))
}

/// Policies: each has its counts, over the same accounts, and the first one's are those of the
/// findings that are told.
fn policies(source: &Source<'_>) -> Result<(), Inconsistent> {
    equal(
        "policies and their counts",
        source.policies.len(),
        source.counts.len(),
    )?;
    for counts in &source.counts {
        equal(
            "accounts and their verdicts under each policy",
            source.accounts.len(),
            counts.accounts.total,
        )?;
    }
    for contrast in &source.contrasts {
        equal(
            "accounts and their verdicts if something else held",
            source.accounts.len(),
            contrast.contrast.then.total,
        )?;
    }
    let first = source.counts.first();
    let violations = first.map(|counts| counts.rules.iter().map(|rule| rule.violations).sum());
    equal(
        "findings and the rules that made them",
        source.judgement.findings.len(),
        violations.unwrap_or(0),
    )
}

/// Rows: each accepted one gave an account, each other one is listed as rejected.
fn rows(source: &Source<'_>, control: &mut Control) -> Result<(), Inconsistent> {
    let mut accepted: BTreeMap<&str, (u64, usize)> = BTreeMap::new();
    for input in source.inputs {
        equal(
            "rows, accepted and rejected ones",
            input.rows as usize,
            (input.accepted + input.rejected) as usize,
        )?;
        control.rows += input.rows;
        control.accepted += input.accepted;
        control.rejected += input.rejected;
        let (rows, files) = accepted.entry(&input.file).or_default();
        *rows += input.accepted;
        *files += 1;
    }
    equal(
        "rejected rows and their list",
        control.rejected as usize,
        source.rejected.len(),
    )?;
    let places: HashSet<(&str, u64)> = source
        .accounts
        .iter()
        .flat_map(|account| &account.sources)
        .map(|place| (&*place.file, place.line))
        .collect();
    let mut places_of: BTreeMap<&str, usize> = BTreeMap::new();
    for (file, _) in places {
        *places_of.entry(file).or_default() += 1;
    }
    for (file, (rows, files)) in accepted {
        // Two files whose names are no UTF-8 can look alike, and then so do their lines.
        if files == 1 {
            let seen = places_of.get(file).copied().unwrap_or(0);
            equal(
                "accepted rows and the accounts that they gave",
                rows as usize,
                seen,
            )?;
        }
    }
    Ok(())
}
