//! The account upgrades from clear text where the same host offers TLS from the first byte.

use crate::model::{
    ChainReport, Citation, Evidence, NameMatch, Opening, Path, Protocol, Security, Severity,
    Standard, Value, Verb, Verdict,
};
use crate::policy::Policy;

use super::example::{SERVER, term};
use super::{AccountCase, AddressCase, Answer, Check, EndpointCase, Rule};

/// `starttls-configured`: `starttls`, where the policy prefers implicit TLS and the same host
/// offers it. A sibling port that was not visited, or did not convince, changes nothing.
pub const RULE: Rule = Rule {
    id: "starttls-configured",
    severity: Severity::Low,
    variants: &[],
    citations: &[
        Citation::new(Standard::Rfc9325, "§3.2", Verb::Must),
        Citation::new(Standard::Rfc8314, "§3", Verb::States),
    ],
    check: Check::Account(judge),
    example: || {
        Evidence::new()
            .with("server", term("mail.example.com:143"))
            .with("better", term(SERVER))
    },
};

fn judge(case: &AccountCase<'_>, policy: &Policy) -> Verdict {
    look(case, policy).unwrap_or_else(|cut_short| cut_short)
}

fn look(case: &AccountCase<'_>, policy: &Policy) -> Answer {
    if !policy.thresholds.prefer_implicit_tls || case.need_security()? != Security::Starttls {
        return Ok(Verdict::NotApplicable);
    }
    let protocol = case.need_protocol()?;
    let Some(port) = protocol.implicit_tls_port() else {
        return Ok(Verdict::NotApplicable);
    };
    let better = case
        .sibling(port)
        .filter(|_| case.account.port != Some(port))
        .is_some_and(|sibling| serves(sibling, protocol, policy));
    Ok(match better {
        true => Verdict::Violation(Evidence::new().with("server", case.server()).with(
            "better",
            Value::Term(format!("{}:{port}", case.account.host)),
        )),
        false => Verdict::NotApplicable,
    })
}

/// Whether every address that can be dialled serves the protocol over TLS, with a certificate
/// that holds.
fn serves(sibling: &EndpointCase<'_>, protocol: Protocol, policy: &Policy) -> bool {
    let mut dialled = sibling
        .addresses
        .iter()
        .filter(|a| a.has_route())
        .peekable();
    sibling.gap.is_none()
        && dialled.peek().is_some()
        && dialled.all(|address| {
            let visit = address.visit;
            let spoken = visit.greeting.seen().and_then(|g| g.spoken.protocol());
            let version = visit.tls.seen().map(|session| session.version);
            visit.opening.seen() == Some(&Opening::Tls)
                && spoken == Some(protocol)
                && version.is_some_and(|version| version >= policy.thresholds.tls_minimum)
                && certified(address, sibling.at.as_second())
        })
}

fn certified(address: &AddressCase<'_>, now: i64) -> bool {
    let holds = |chain: &ChainReport| {
        matches!(chain.path, Path::Holds { .. })
            && matches!(chain.name, NameMatch::Matches(_))
            && chain
                .leaf()
                .is_some_and(|leaf| (leaf.not_before..=leaf.not_after).contains(&now))
    };
    address.chain.as_deref().is_some_and(holds)
}
