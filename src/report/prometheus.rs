//! `report.prom`: the counts of a run as Prometheus text, such as a textfile collector reads it.
//!
//! The number of series is bounded: verdicts, reasons, severities and rules are closed lists, and of
//! the endpoints with certificates the [`CERTIFICATES`] whose certificates end first are told one by
//! one, since those are what an alarm waits for. People, accounts and hosts without a certificate are
//! no labels.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::io::{self, Write};

use jiff::Timestamp;

use crate::model::{AccountVerdict, Reason, Severity, VerdictWord};
use crate::rules::RULES;
use crate::words::Words;

use super::Report;
use super::escape::label;
use super::format::WriteError;

/// Endpoints whose certificate's end is a series of its own.
const CERTIFICATES: usize = 1_000;

/// Writes `report.prom`. The words are of no consequence: names of metrics have no language.
///
/// # Errors
///
/// What the output cannot take.
pub fn prometheus(
    report: &Report<'_>,
    _words: &Words,
    out: &mut dyn Write,
) -> Result<(), WriteError> {
    let mut metrics = Metrics(out);
    run(report, &mut metrics)?;
    accounts(report, &mut metrics)?;
    findings(report, &mut metrics)?;
    certificates(report, &mut metrics)?;
    Ok(())
}

struct Metrics<'w>(&'w mut dyn Write);

impl Metrics<'_> {
    /// Begins a gauge; its samples follow.
    fn gauge(&mut self, name: &str, help: &str) -> io::Result<()> {
        writeln!(self.0, "# HELP mailfleet_{name} {help}")?;
        writeln!(self.0, "# TYPE mailfleet_{name} gauge")
    }

    fn sample(
        &mut self,
        name: &str,
        labels: &[(&str, &str)],
        value: impl Display,
    ) -> io::Result<()> {
        write!(self.0, "mailfleet_{name}")?;
        for (index, (key, text)) in labels.iter().enumerate() {
            let before = if index == 0 { '{' } else { ',' };
            write!(self.0, "{before}{key}=\"{}\"", label(text))?;
        }
        let end = if labels.is_empty() { "" } else { "}" };
        writeln!(self.0, "{end} {value}")
    }

    fn one(&mut self, name: &str, help: &str, value: impl Display) -> io::Result<()> {
        self.gauge(name, help)?;
        self.sample(name, &[], value)
    }
}

fn seconds(time: Timestamp) -> f64 {
    time.as_millisecond() as f64 / 1_000.0
}

fn run(report: &Report<'_>, metrics: &mut Metrics<'_>) -> io::Result<()> {
    let run = &report.run;
    metrics.gauge("run_info", "What the run was, always 1.")?;
    let mut labels = vec![("version", env!("CARGO_PKG_VERSION")), ("depth", run.depth)];
    labels.extend(run.policies.first().map(|policy| ("policy", &*policy.name)));
    metrics.sample("run_info", &labels, 1)?;
    let (off, by_groups) = report.left_out();
    metrics.gauge(
        "policy_rules",
        "Rules by whether the policy asks them; a group may have settings of its own.",
    )?;
    metrics.sample("policy_rules", &[("asked", "true")], RULES.len() - off)?;
    metrics.sample("policy_rules", &[("asked", "false")], off)?;
    metrics.one(
        "accounts_judged_by_groups",
        "Accounts that were judged by groups with settings of their own.",
        by_groups,
    )?;
    metrics.one(
        "run_complete",
        "1 if every visit that was planned was made, 0 if the run is incomplete.",
        u8::from(run.complete),
    )?;
    metrics.one(
        "run_started_timestamp_seconds",
        "When the visits began.",
        seconds(run.started),
    )?;
    metrics.one(
        "run_finished_timestamp_seconds",
        "When the visits ended, complete or not.",
        seconds(run.finished),
    )?;
    metrics.one(
        "run_judged_timestamp_seconds",
        "The time as of which it was judged.",
        seconds(run.at),
    )?;
    metrics.gauge(
        "last_success_timestamp_seconds",
        "When the visits of a run ended that is complete and verified something; no sample otherwise.",
    )?;
    if run.complete && verified_something(report) {
        metrics.sample("last_success_timestamp_seconds", &[], seconds(run.finished))?;
    }
    Ok(())
}

fn verified_something(report: &Report<'_>) -> bool {
    let accounts = &report.summary.accounts;
    match accounts.total {
        0 => report.summary.endpoints.reached > 0,
        total => accounts.not_verified < total,
    }
}

fn accounts(report: &Report<'_>, metrics: &mut Metrics<'_>) -> io::Result<()> {
    let counts = &report.summary.accounts;
    metrics.gauge(
        "accounts",
        "Accounts by verdict; not-verified is neither good nor bad.",
    )?;
    for verdict in VerdictWord::ALL {
        let labels = [("verdict", verdict.word())];
        metrics.sample("accounts", &labels, counts.with(verdict))?;
    }
    let mut by_reason: BTreeMap<Reason, usize> = BTreeMap::new();
    for judged in &report.source.judgement.accounts {
        if let AccountVerdict::NotVerified(reason) = judged.verdict {
            *by_reason.entry(reason).or_default() += 1;
        }
    }
    metrics.gauge(
        "accounts_not_verified",
        "Accounts that could not be verified, by the reason.",
    )?;
    for reason in Reason::ALL {
        let accounts = by_reason.get(&reason).copied().unwrap_or(0);
        metrics.sample(
            "accounts_not_verified",
            &[("reason", reason.word())],
            accounts,
        )?;
    }
    metrics.gauge(
        "accounts_verified_ratio",
        "Share of the accounts that could be verified, 0 to 1; no sample without accounts.",
    )?;
    if counts.total > 0 {
        let verified = (counts.total - counts.not_verified) as f64;
        metrics.sample(
            "accounts_verified_ratio",
            &[],
            verified / counts.total as f64,
        )?;
    }
    let endpoints = &report.summary.endpoints;
    metrics.gauge("endpoints", "Endpoints by whether they were reached.")?;
    metrics.sample("endpoints", &[("reached", "true")], endpoints.reached)?;
    metrics.sample("endpoints", &[("reached", "false")], endpoints.unreached)?;
    metrics.one(
        "rejected_rows",
        "Rows of the input that gave no account.",
        report.control.rejected,
    )
}

fn findings(report: &Report<'_>, metrics: &mut Metrics<'_>) -> io::Result<()> {
    const WAIVED: [(bool, &str); 2] = [(false, "false"), (true, "true")];
    let mut by_severity: BTreeMap<(&str, bool), usize> = BTreeMap::new();
    let mut by_rule: BTreeMap<(&str, bool), usize> = BTreeMap::new();
    for finding in &report.source.judgement.findings {
        let waived = finding.waiver.is_some();
        *by_severity
            .entry((finding.severity.word(), waived))
            .or_default() += 1;
        *by_rule.entry((finding.rule, waived)).or_default() += 1;
    }
    metrics.gauge(
        "findings",
        "Findings by severity, and whether an exception accepts them for everyone whom they concern.",
    )?;
    for severity in Severity::WORST_FIRST {
        for (waived, word) in WAIVED {
            let labels = [("severity", severity.word()), ("waived", word)];
            let count = by_severity
                .get(&(severity.word(), waived))
                .copied()
                .unwrap_or(0);
            metrics.sample("findings", &labels, count)?;
        }
    }
    metrics.gauge(
        "rule_findings",
        "Findings by rule, and whether an exception accepts them for everyone whom they concern.",
    )?;
    for rule in RULES {
        for (waived, word) in WAIVED {
            let labels = [("rule", rule.id), ("waived", word)];
            let count = by_rule.get(&(rule.id, waived)).copied().unwrap_or(0);
            metrics.sample("rule_findings", &labels, count)?;
        }
    }
    Ok(())
}

fn certificates(report: &Report<'_>, metrics: &mut Metrics<'_>) -> io::Result<()> {
    let mut ends: Vec<(i64, String)> = report
        .source
        .judgement
        .endpoints
        .iter()
        .filter_map(|(endpoint, judged)| {
            let chains = judged.chains.values().flatten();
            let leaves = chains.filter_map(|chain| chain.report.leaf());
            let first = leaves.map(|leaf| leaf.not_after).min()?;
            Some((first, endpoint.to_string()))
        })
        .collect();
    ends.sort();
    metrics.one(
        "endpoints_with_certificate",
        &format!(
            "Endpoints that showed a certificate; of those that end first, at most {CERTIFICATES} are listed."
        ),
        ends.len(),
    )?;
    metrics.gauge(
        "certificate_expiry_timestamp_seconds",
        "When the certificate of an endpoint ends, the first to end where it shows several.",
    )?;
    for (ends, endpoint) in ends.iter().take(CERTIFICATES) {
        metrics.sample(
            "certificate_expiry_timestamp_seconds",
            &[("endpoint", endpoint)],
            ends,
        )?;
    }
    Ok(())
}
