//! Control totals: what went in is what comes out, or nothing is published (threat model K1).

use std::collections::{BTreeMap, HashSet};

use serde::{Deserialize, Serialize};

use crate::model::{Severity, VerdictWord};

use super::Source;

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
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
pub struct Summary {
    /// Accounts by verdict.
    pub accounts: AccountCounts,
    /// Endpoints by whether they were reached.
    pub endpoints: EndpointCounts,
    /// Findings by severity, waived ones included.
    pub findings: FindingCounts,
}

/// Accounts by verdict.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
pub struct AccountCounts {
    /// All.
    pub total: usize,
    /// Meet the policy.
    pub compliant: usize,
    /// Break it.
    pub non_compliant: usize,
    /// Could not be seen.
    pub not_verified: usize,
    /// Break it, accepted.
    pub waived: usize,
}

/// Endpoints by whether they were reached.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
pub struct EndpointCounts {
    /// All.
    pub total: usize,
    /// Some word or handshake was seen.
    pub reached: usize,
    /// None was.
    pub unreached: usize,
}

/// Findings by severity, waived ones included.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
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

/// The sums that prove that nothing is lost, beyond those of the summary.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
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
    let mut summary = Summary::default();
    for judged in &judgement.accounts {
        let counts = &mut summary.accounts;
        counts.total += 1;
        *match judged.verdict.word() {
            VerdictWord::Compliant => &mut counts.compliant,
            VerdictWord::NonCompliant => &mut counts.non_compliant,
            VerdictWord::NotVerified => &mut counts.not_verified,
            VerdictWord::Waived => &mut counts.waived,
        } += 1;
        let within = judged
            .findings
            .iter()
            .all(|&index| (index as usize) < judgement.findings.len());
        equal("findings that an account names", usize::from(within), 1)?;
    }
    for finding in &judgement.findings {
        let counts = &mut summary.findings;
        *match finding.severity {
            Severity::Critical => &mut counts.critical,
            Severity::High => &mut counts.high,
            Severity::Medium => &mut counts.medium,
            Severity::Low => &mut counts.low,
            Severity::Info => &mut counts.info,
        } += 1;
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
    control.connections = source.observations.connections();
    control.waived_findings = judgement
        .findings
        .iter()
        .filter(|f| f.waiver.is_some())
        .count();
    let counts = &summary.accounts;
    control.verified_percent = match counts.total {
        0 => 100,
        total => (total - counts.not_verified) * 100 / total,
    };
    equal(
        "accounts and their verdicts",
        source.accounts.len(),
        counts.total,
    )?;
    rows(source, &mut control)?;
    Ok((summary, control))
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
