//! One key serves endpoints that have nothing to do with each other.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{
    CertificateFacts, Citation, Endpoint, Evidence, KeyId, Severity, Standard, Subject, Value,
    Verb, Verdict,
};
use crate::policy::Policy;

use super::example::{list, term};
use super::kinship::Kinship;
use super::{Check, FleetAnswer, FleetCase, Rule};

/// Endpoints that the evidence lists; the rest is counted.
const LISTED: usize = 20;

/// `key-shared`: whoever holds the key of one of them can pass for the others. Keys that an
/// appliance was delivered with are known to everybody who has one.
pub const RULE: Rule = Rule {
    id: "key-shared",
    severity: Severity::Low,
    variants: &[],
    citations: &[Citation::new(Standard::Mailfleet, "", Verb::Interpretation)],
    check: Check::Fleet(judge),
    example: || {
        Evidence::new()
            .with("key", term("RSA 2048"))
            .with("others", list(&["mail.other.example:993"]))
            .with("more", 0_i64)
    },
};

/// Endpoints of one registrable domain, or of domains that one certificate with this key names
/// together, have to do with each other.
fn judge(case: &FleetCase<'_>, _: &Policy) -> FleetAnswer {
    type Users<'a> = (BTreeSet<&'a Endpoint>, Vec<&'a CertificateFacts>);
    let mut by_key: BTreeMap<KeyId, Users<'_>> = BTreeMap::new();
    for (endpoint, _, leaf) in case.leaves() {
        let (endpoints, leaves) = by_key.entry(leaf.key_id).or_default();
        endpoints.insert(endpoint.endpoint);
        leaves.push(leaf);
    }
    let mut answers: BTreeMap<&Endpoint, Evidence> = BTreeMap::new();
    for (endpoints, leaves) in by_key.values() {
        let kinship = Kinship::of(leaves.iter().copied());
        let mut families: BTreeMap<String, Vec<&Endpoint>> = BTreeMap::new();
        for endpoint in endpoints {
            let family = families.entry(kinship.family(&endpoint.host)).or_default();
            family.push(endpoint);
        }
        for (family, members) in &families {
            let strangers = || families.iter().filter(|(other, _)| *other != family);
            let total: usize = strangers().map(|(_, others)| others.len()).sum();
            if total == 0 {
                continue;
            }
            let listed = strangers().flat_map(|(_, others)| others).take(LISTED);
            let listed: Vec<String> = listed.map(|other| other.to_string()).collect();
            let more = total.saturating_sub(LISTED);
            let key = leaves.first().map(|leaf| leaf.key.to_string());
            for endpoint in members {
                answers.entry(endpoint).or_insert_with(|| {
                    Evidence::new()
                        .with("key", Value::Term(key.clone().unwrap_or_default()))
                        .with("others", Value::List(listed.clone()))
                        .with("more", more)
                });
            }
        }
    }
    answers
        .into_iter()
        .map(|(endpoint, evidence)| {
            let subject = Subject::Endpoint(endpoint.clone());
            (subject, Verdict::Violation(evidence))
        })
        .collect()
}
