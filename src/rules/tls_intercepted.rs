//! The vantage sits behind TLS inspection.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Citation, Evidence, Severity, Standard, Subject, Value, Verb, Verdict};
use crate::policy::Policy;

use super::antivirus::is_antivirus;
use super::example::{foreign, list};
use super::kinship::Kinship;
use super::{Check, FleetAnswer, FleetCase, Rule};

/// Families of domains that must show one private authority.
const LEAST: usize = 3;
/// The share of all families that must show it, as a fraction.
const SHARE: (usize, usize) = (4, 5);
/// Domains that the evidence lists; the rest is counted.
const LISTED: usize = 10;

/// `tls-intercepted`: servers of domains that have nothing to do with each other all show one
/// authority that the public does not know. No such authority certifies them all; somebody
/// between them and this machine does.
pub const RULE: Rule = Rule {
    id: "tls-intercepted",
    severity: Severity::Info,
    variants: &[("antivirus", Severity::Info)],
    citations: &[Citation::new(Standard::Mailfleet, "", Verb::Interpretation)],
    check: Check::Fleet(judge),
    example: || {
        Evidence::new()
            .with("authority", foreign("CN=Example Gateway CA"))
            .with(
                "domains",
                list(&["one.example", "two.example", "three.example"]),
            )
            .with("shown", 3_i64)
            .with("all", 3_i64)
    },
};

/// Hosts in our own domains count neither for nor against: an authority of our own on them is
/// what it should be.
fn judge(case: &FleetCase<'_>, policy: &Policy) -> FleetAnswer {
    let kinship = Kinship::of(case.leaves().map(|(_, _, leaf)| leaf));
    let mut families = BTreeSet::new();
    let mut by_authority: BTreeMap<&str, BTreeMap<String, &str>> = BTreeMap::new();
    for (endpoint, chain, _) in case.leaves() {
        let host = &endpoint.endpoint.host;
        let Some(domain) = host.registrable_domain().filter(|_| !policy.owns(host)) else {
            continue;
        };
        let family = kinship.family(host);
        families.insert(family.clone());
        if let Some(authority) = chain.private_authority() {
            let shown = by_authority.entry(authority).or_default();
            shown.entry(family).or_insert(domain);
        }
    }
    let widest = by_authority.iter().max_by_key(|(_, shown)| shown.len());
    let Some((authority, shown)) = widest.filter(|(_, shown)| {
        shown.len() >= LEAST && shown.len() * SHARE.1 >= families.len() * SHARE.0
    }) else {
        return Vec::new();
    };
    let listed = shown.values().take(LISTED).map(ToString::to_string);
    let evidence = Evidence::new()
        .with("authority", Value::Foreign((*authority).to_owned()))
        .with("domains", Value::List(listed.collect()))
        .with("shown", shown.len())
        .with("all", families.len());
    let evidence = match is_antivirus(authority) {
        true => evidence.variant("antivirus"),
        false => evidence,
    };
    vec![(Subject::Fleet, Verdict::Violation(evidence))]
}
