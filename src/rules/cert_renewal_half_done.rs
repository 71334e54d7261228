//! One service of a host still shows the certificate that another has already replaced.

use std::collections::BTreeMap;

use crate::model::{
    CertificateFacts, Citation, Evidence, Host, Severity, Standard, Subject, Value, Verb, Verdict,
};
use crate::policy::Policy;

use super::example::{day, term};
use super::{Check, EndpointCase, FleetAnswer, FleetCase, Rule};

/// `cert-renewal-half-done`: the renewed certificate was installed, and one service was not
/// reloaded or has a copy of its own.
pub const RULE: Rule = Rule {
    id: "cert-renewal-half-done",
    severity: Severity::Low,
    variants: &[("ended", Severity::Low)],
    citations: &[Citation::new(Standard::Mailfleet, "", Verb::Interpretation)],
    check: Check::Fleet(judge),
    example: || {
        Evidence::new()
            .with("ends", day(2026, 11, 29))
            .with("other", term("mail.example.com:465"))
            .with("renewed", day(2027, 2, 1))
    },
};

type Shown<'a> = (&'a EndpointCase<'a>, &'a CertificateFacts);

/// Each endpoint whose certificate another port of the same host has replaced: same names, same
/// kind of key, begun and ending later. Only in the last third of its life: before that, two
/// services that renew apart from each other are in order.
fn judge(case: &FleetCase<'_>, _: &Policy) -> FleetAnswer {
    let mut by_host: BTreeMap<&Host, Vec<Shown<'_>>> = BTreeMap::new();
    for (endpoint, _, leaf) in case.leaves() {
        let shown = by_host.entry(&endpoint.endpoint.host).or_default();
        shown.push((endpoint, leaf));
    }
    let now = case.at.as_second();
    let mut answers: FleetAnswer = Vec::new();
    for shown in by_host.values() {
        let mut answered = None;
        for (endpoint, old) in shown {
            // One port that shows both, at one address or at several, is told by other rules.
            let mut others = shown
                .iter()
                .filter(|(o, _)| o.endpoint != endpoint.endpoint);
            let newer = others.find(|(_, new)| replaces(new, old));
            let Some((other, new)) = newer.filter(|_| is_due(old, now)) else {
                continue;
            };
            // Several certificates of one endpoint make one finding.
            if answered.replace(endpoint.endpoint) == Some(endpoint.endpoint) {
                continue;
            }
            let evidence = Evidence::new()
                .with("ends", old.ends())
                .with("other", Value::Term(other.endpoint.to_string()))
                .with("renewed", new.ends());
            let evidence = match now > old.not_after {
                true => evidence.variant("ended"),
                false => evidence,
            };
            let subject = Subject::Endpoint(endpoint.endpoint.clone());
            answers.push((subject, Verdict::Violation(evidence)));
        }
    }
    answers
}

fn replaces(new: &CertificateFacts, old: &CertificateFacts) -> bool {
    new.not_before > old.not_before
        && new.not_after > old.not_after
        && new.key.algorithm == old.key.algorithm
        && names(new) == names(old)
}

fn names(leaf: &CertificateFacts) -> Vec<String> {
    let mut names: Vec<String> = leaf.dns_names.iter().map(|n| n.to_lowercase()).collect();
    names.sort();
    names.dedup();
    names
}

fn is_due(leaf: &CertificateFacts, now: i64) -> bool {
    let life = leaf.not_after.saturating_sub(leaf.not_before);
    now >= leaf.not_after.saturating_sub(life / 3)
}
