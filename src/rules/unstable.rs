//! The same question gets one answer now and another one then.

use std::collections::BTreeSet;

use crate::model::{
    Cause, Citation, Evidence, Gap, Severity, Standard, TlsVersion, Twist, Value, Verb, Verdict,
    Visited,
};
use crate::policy::Policy;

use super::example::{SERVER, list, term};
use super::wall::is_wall;
use super::{AddressCase, Check, EndpointCase, Rule};

/// `unstable`: one address shows other certificates or versions from handshake to handshake, so that
/// different machines stand behind it (threat model B12, I3); some of the addresses answer and others
/// do not; or attempts came to nothing before one did. What was seen is a sample.
pub const RULE: Rule = Rule {
    id: "unstable",
    severity: Severity::Info,
    variants: &[
        ("certificates", Severity::Info),
        ("versions", Severity::Info),
        ("addresses", Severity::Info),
        ("attempts", Severity::Info),
    ],
    citations: &[Citation::new(Standard::Mailfleet, "", Verb::Interpretation)],
    check: Check::Endpoint(judge),
    example: || {
        Evidence::new()
            .variant("addresses")
            .with("server", term(SERVER))
            .with("answering", list(&["192.0.2.10"]))
            .with("silent", list(&["192.0.2.11"]))
    },
};

fn judge(case: &EndpointCase<'_>, _: &Policy) -> Verdict {
    let of_handshakes = case.each_address(|address| {
        Ok(match address.visit.reached() {
            true => certificates(case, address)
                .or_else(|| versions(case, address.visit))
                .map_or(Verdict::Compliant, Verdict::Violation),
            false => Verdict::NotApplicable,
        })
    });
    if matches!(of_handshakes, Verdict::Violation(_)) {
        return of_handshakes;
    }
    if let Some(evidence) = between_addresses(case) {
        return Verdict::Violation(evidence);
    }
    let of_attempts = case.each_address(|address| {
        let failed = attempts(case, address.visit);
        Ok(failed.map_or(Verdict::NotApplicable, Verdict::Violation))
    });
    match of_attempts {
        Verdict::Violation(_) => of_attempts,
        _ => of_handshakes,
    }
}

/// Different leaves at one address, in answer to the same question.
fn certificates(case: &EndpointCase<'_>, address: &AddressCase<'_>) -> Option<Evidence> {
    let here = || {
        let same = |other: &&AddressCase<'_>| other.visit.address == address.visit.address;
        case.addresses.iter().filter(same)
    };
    let leaf = address.leaf()?;
    let other = here().find_map(|other| {
        let second = other.leaf()?;
        (second.id != leaf.id && other.is_comparable(address)).then_some(second)
    })?;
    let shown: BTreeSet<_> = here()
        .filter_map(|one| one.leaf())
        .map(|leaf| leaf.id)
        .collect();
    let evidence = evidence(case).variant("certificates");
    Some(
        evidence
            .with("certificates", shown.len())
            .with("one", Value::Foreign(leaf.subject.clone()))
            .with("one-ends", leaf.ends())
            .with("other", Value::Foreign(other.subject.clone()))
            .with("other-ends", other.ends()),
    )
}

/// Another version in a handshake in which nothing was other than in the first.
fn versions(case: &EndpointCase<'_>, visit: &Visited) -> Option<Evidence> {
    let again = visit
        .sessions
        .iter()
        .filter(|one| one.twist == Twist::Again);
    let again = again.filter_map(|session| Some(session.shown.seen()?.version));
    let first = visit.tls.seen().map(|session| session.version);
    let versions: BTreeSet<TlsVersion> = again.chain(first).collect();
    let listed = versions.iter().map(TlsVersion::to_string).collect();
    let evidence = evidence(case).variant("versions");
    (versions.len() > 1).then(|| evidence.with("versions", Value::List(listed)))
}

/// Addresses of which some answered, and others not at all.
fn between_addresses(case: &EndpointCase<'_>) -> Option<Evidence> {
    let dialled = || case.addresses.iter().filter(|address| address.has_route());
    let listed = |addresses: BTreeSet<String>| Value::List(addresses.into_iter().collect());
    let answering: BTreeSet<String> = dialled()
        .filter(|address| address.visit.reached())
        .map(|address| address.visit.address.to_string())
        .collect();
    let silent: BTreeSet<String> = dialled()
        .filter(|address| !address.visit.reached())
        .filter(|address| address.visit.gaps().next().is_some_and(is_failure))
        .map(|address| address.visit.address.to_string())
        .collect();
    let evidence = evidence(case).variant("addresses");
    (!answering.is_empty() && !silent.is_empty()).then(|| {
        evidence
            .with("answering", listed(answering))
            .with("silent", listed(silent))
    })
}

/// Attempts that came to nothing, before the one that did not.
fn attempts(case: &EndpointCase<'_>, visit: &Visited) -> Option<Evidence> {
    let failed = || visit.failed_attempts.iter().filter(|gap| is_failure(gap));
    let first = failed().next().filter(|_| visit.reached())?;
    Some(
        evidence(case)
            .variant("attempts")
            .with("attempts", failed().count())
            .with("how", Value::Term(first.cause.word().to_owned())),
    )
}

/// Whether it is the network's or the server's failure. A server that asks to come back later keeps
/// its word.
fn is_failure(gap: &Gap) -> bool {
    is_wall(gap) || matches!(gap.cause, Cause::Alert(_))
}

fn evidence(case: &EndpointCase<'_>) -> Evidence {
    Evidence::new().with("server", Value::Term(case.endpoint.to_string()))
}
