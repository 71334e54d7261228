//! Private authorities that look like the organisation's own: one thing to do each, however many
//! servers show it.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{Finding, Host, Severity, Subject, Value};

use super::sights::touched;
use super::{Message, SUBJECTS_LISTED, Source};

/// One of them, over every rule that it breaks.
#[derive(Debug)]
pub(super) struct Authority {
    /// As it calls itself.
    pub name: String,
    /// The rules that it breaks, the one with the most findings first.
    pub rules: Vec<&'static str>,
    /// The worst severity among them.
    pub severity: Severity,
    /// Whether any of them breaks the policy, or the settings of a group that it concerns.
    pub breach: bool,
    /// How many hosts show it.
    pub hosts: usize,
    /// How many people use them.
    pub people: usize,
}

/// What one rule found of one authority, once for all of its endpoints.
#[derive(Debug, Serialize, JsonSchema)]
pub struct AuthoritySight {
    /// What it looks like, and what to do.
    pub hint: Message,
    /// The endpoints that show it, as far as listed.
    pub endpoints: Vec<ShownBy>,
    /// How many there are.
    pub count: usize,
    /// How many of them are not listed.
    pub beyond: usize,
    /// How many accounts use them.
    pub accounts: usize,
}

/// An endpoint that shows an authority.
#[derive(Debug, Serialize, JsonSchema)]
#[allow(missing_docs)]
pub struct ShownBy {
    pub fingerprint: String,
    pub subject: String,
    pub accounts: usize,
}

/// The authority that would have to be trusted to settle a finding, where it looks like our own. An
/// exception settles it already.
pub(super) fn authority_of(finding: &Finding) -> Option<&str> {
    if finding.waiver.is_some() || finding.evidence.variant != Some("private") {
        return None;
    }
    match finding.evidence.values.get("authority") {
        Some(Value::Foreign(name)) => Some(name),
        _ => None,
    }
}

/// What is counted of one.
struct Tally<'t> {
    severity: Severity,
    breach: bool,
    /// How many findings of each rule.
    rules: BTreeMap<&'static str, usize>,
    hosts: BTreeSet<&'t Host>,
    people: HashSet<u32>,
}

/// Every authority of that kind, by name.
pub(super) fn authorities(source: &Source<'_>, persons: &[u32]) -> Vec<Authority> {
    let findings = &source.judgement.findings;
    let mut tallies: BTreeMap<&str, Tally<'_>> = BTreeMap::new();
    for finding in findings {
        if let (Some(name), Subject::Endpoint(endpoint)) = (authority_of(finding), &finding.subject)
        {
            let tally = tallies.entry(name).or_insert_with(|| Tally {
                severity: finding.severity,
                breach: false,
                rules: BTreeMap::new(),
                hosts: BTreeSet::new(),
                people: HashSet::new(),
            });
            tally.severity = finding.severity.max(tally.severity);
            tally.breach |= finding.breach;
            *tally.rules.entry(finding.rule).or_default() += 1;
            tally.hosts.insert(&endpoint.host);
        }
    }
    if tallies.is_empty() {
        return Vec::new();
    }
    for (index, judged) in source.judgement.accounts.iter().enumerate() {
        let own = judged.findings.iter().copied();
        for finding in own.chain(source.judgement.perhaps(&source.accounts[index])) {
            let name = authority_of(&findings[finding as usize]);
            if let Some(tally) = name.and_then(|name| tallies.get_mut(name)) {
                tally.people.insert(persons[index]);
            }
        }
    }
    let authority = |(name, tally): (&str, Tally<'_>)| {
        let mut rules: Vec<(&'static str, usize)> = tally.rules.into_iter().collect();
        rules.sort_by_key(|(_, findings)| std::cmp::Reverse(*findings));
        Authority {
            name: name.to_owned(),
            rules: rules.into_iter().map(|(rule, _)| rule).collect(),
            severity: tally.severity,
            breach: tally.breach,
            hosts: tally.hosts.len(),
            people: tally.people.len(),
        }
    };
    tallies.into_iter().map(authority).collect()
}

/// What one rule found of such authorities, by name.
pub(super) fn sights(source: &Source<'_>, findings: &[&Finding]) -> Vec<AuthoritySight> {
    let mut by_name: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for finding in findings {
        if let Some(name) = authority_of(finding) {
            by_name.entry(name).or_default().push(finding);
        }
    }
    let sights = by_name.into_iter().map(|(name, findings)| {
        let hosts: BTreeSet<&Host> = findings
            .iter()
            .filter_map(|finding| match &finding.subject {
                Subject::Endpoint(endpoint) => Some(&endpoint.host),
                _ => None,
            })
            .collect();
        let shown: Vec<ShownBy> = findings.iter().map(|one| shown_by(source, one)).collect();
        AuthoritySight {
            hint: Message::new("authority-hint")
                .with("authority", Value::Foreign(name.to_owned()))
                .with("hosts", hosts.len()),
            count: shown.len(),
            beyond: shown.len().saturating_sub(SUBJECTS_LISTED),
            accounts: shown.iter().map(|one| one.accounts).sum(),
            endpoints: shown.into_iter().take(SUBJECTS_LISTED).collect(),
        }
    });
    sights.collect()
}

fn shown_by(source: &Source<'_>, finding: &Finding) -> ShownBy {
    ShownBy {
        fingerprint: finding.fingerprint.to_string(),
        subject: finding.subject.to_string(),
        accounts: touched(source, finding),
    }
}
