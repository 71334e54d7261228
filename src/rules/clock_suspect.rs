//! This machine's clock contradicts what many servers show.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{
    CertificateFacts, Citation, Evidence, Open, Path, Severity, Standard, Status, Subject, Value,
    Verb, Verdict,
};
use crate::policy::Policy;

use super::distinguished::organisation;
use super::example::{day, list};
use super::kinship::Kinship;
use super::{Check, FleetAnswer, FleetCase, Rule};

/// 2026-11-01T00:00:00Z: a clock that shows less is older than this version of the program.
const RELEASED: i64 = 1_793_491_200;
/// Issuers that must contradict the clock, and families of domains whose certificates must all.
const LEAST: usize = 3;
/// Issuers that the evidence lists; the rest is counted.
const LISTED: usize = 10;

/// `clock-suspect`: the clock shows a time before this program was made, several issuers that
/// have nothing to do with each other issue for the future, an issuer answers from the future, or
/// everything has ended everywhere.
pub const RULE: Rule = Rule {
    id: "clock-suspect",
    severity: Severity::Info,
    variants: &[
        ("before-release", Severity::Info),
        ("not-yet-valid", Severity::Info),
        ("answer-ahead", Severity::Info),
        ("all-ended", Severity::Info),
    ],
    citations: &[Citation::new(Standard::Mailfleet, "", Verb::Interpretation)],
    check: Check::Fleet(judge),
    example: || {
        Evidence::new()
            .variant("not-yet-valid")
            .with("issuers", list(&["Example CA", "Another CA", "Third CA"]))
            .with("count", 3_i64)
            .with("clock", day(2026, 11, 3))
    },
};

/// A time that was given by hand says nothing about the clock.
fn judge(case: &FleetCase<'_>, _: &Policy) -> FleetAnswer {
    if case.at_given {
        return Vec::new();
    }
    let evidence = before_release(case)
        .or_else(|| not_yet_valid(case))
        .or_else(|| answer_ahead(case))
        .or_else(|| all_ended(case));
    let violation = |evidence: Evidence| {
        let evidence = evidence.with("clock", case.at);
        (Subject::Fleet, Verdict::Violation(evidence))
    };
    evidence.into_iter().map(violation).collect()
}

fn before_release(case: &FleetCase<'_>) -> Option<Evidence> {
    let before = case.at.as_second() < RELEASED;
    before.then(|| Evidence::new().variant("before-release"))
}

/// One issuer may err, or have a clock of its own; several do not at the same time.
fn not_yet_valid(case: &FleetCase<'_>) -> Option<Evidence> {
    let now = case.at.as_second();
    let early = issued(case).filter(|leaf| now < leaf.not_before);
    let issuers: BTreeSet<String> = early.map(|leaf| organisation(&leaf.issuer)).collect();
    (issuers.len() >= LEAST).then(|| told(&issuers).variant("not-yet-valid"))
}

/// Whoever stapled or published an answer that is signed, it was made before it came. Of public
/// issuers one is enough, since many watch their clocks; a private one may err like ours.
fn answer_ahead(case: &FleetCase<'_>) -> Option<Evidence> {
    let (mut issuers, mut is_public, mut latest) = (BTreeSet::new(), false, None);
    for address in case.endpoints.iter().flat_map(|case| &case.addresses) {
        let Ok((chain, leaf)) = address.need_leaf() else {
            continue;
        };
        let above = address.attested.authorities.iter();
        let above = above.flat_map(|authority| &authority.revocation);
        let made = address.attested.revocation.iter().chain(above);
        let made = made.filter_map(|said| match said.status {
            Status::Open(Open::NotYet(made)) => Some(made),
            _ => None,
        });
        if let (Some(made), Path::Holds { .. }) = (made.max(), &chain.path) {
            issuers.insert(organisation(&leaf.issuer));
            is_public |= chain.public_root;
            latest = latest.max(Some(made));
        }
    }
    let made = latest.filter(|_| is_public || issuers.len() >= LEAST)?;
    Some(told(&issuers).variant("answer-ahead").with("made", made))
}

/// That one certificate has ended is common; that every one has, of every issuer and everywhere,
/// is not.
fn all_ended(case: &FleetCase<'_>) -> Option<Evidence> {
    let now = case.at.as_second();
    if issued(case).any(|leaf| now <= leaf.not_after) {
        return None;
    }
    let kinship = Kinship::of(issued(case));
    let mut families: BTreeMap<String, ()> = BTreeMap::new();
    for (endpoint, _, leaf) in case.leaves() {
        if !leaf.self_signed {
            families.insert(kinship.family(&endpoint.endpoint.host), ());
        }
    }
    let issuers: BTreeSet<String> = issued(case)
        .map(|leaf| organisation(&leaf.issuer))
        .collect();
    (issuers.len() >= LEAST && families.len() >= LEAST).then(|| told(&issuers).variant("all-ended"))
}

/// Certificates that somebody else vouches for; one that is its own issuer has any dates.
fn issued<'c>(case: &'c FleetCase<'_>) -> impl Iterator<Item = &'c CertificateFacts> {
    let leaves = case.leaves().map(|(_, _, leaf)| leaf);
    leaves.filter(|leaf| !leaf.self_signed && leaf.subject != leaf.issuer)
}

fn told(issuers: &BTreeSet<String>) -> Evidence {
    let listed = issuers.iter().take(LISTED).cloned().collect();
    Evidence::new()
        .with("issuers", Value::List(listed))
        .with("count", issuers.len())
}
