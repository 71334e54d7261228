//! No conversation came about, or it broke off.

use crate::model::{Cause, Citation, Evidence, Gap, Severity, Standard, Value, Verb, Verdict};
use crate::policy::Policy;

use super::example::{HOST, SERVER, term};
use super::upgrade::REFUSES;
use super::{AddressCase, Check, EndpointCase, Rule};

/// `unreachable`: the name was not answered for, or a connection was refused, timed out, closed or
/// reset, at whatever step. It may lie with this network, so it is no breach.
pub const RULE: Rule = Rule {
    id: "unreachable",
    severity: Severity::Info,
    variants: &[
        ("no-such-name", Severity::Info),
        ("no-address", Severity::Info),
        ("dns-failed", Severity::Info),
        ("dns-refused", Severity::Info),
        ("dns-timed-out", Severity::Info),
        ("dns-invented", Severity::Info),
        ("refused", Severity::Info),
        ("unreachable", Severity::Info),
        ("timed-out", Severity::Info),
        ("closed", Severity::Info),
        ("reset", Severity::Info),
        ("alert", Severity::Info),
        ("no-route-here", Severity::Info),
        ("local", Severity::Info),
    ],
    citations: &[Citation::new(Standard::Mailfleet, "", Verb::Interpretation)],
    check: Check::Endpoint(judge),
    example: || {
        Evidence::new()
            .variant("refused")
            .with("server", term(SERVER))
            .with("host", term(HOST))
            .with("phase", term("connect"))
    },
};

fn judge(case: &EndpointCase<'_>, _: &Policy) -> Verdict {
    if let Some(evidence) = case.gap.as_ref().and_then(|gap| barrier(gap, case)) {
        return Verdict::Violation(evidence);
    }
    if let [first, ..] = case.addresses.as_slice()
        && !case.addresses.iter().any(AddressCase::has_route)
        && let Some(evidence) = first.visit.gaps().find_map(|gap| barrier(gap, case))
    {
        return Verdict::Violation(evidence);
    }
    case.each_address(|address| {
        Ok(
            match address.visit.gaps().find_map(|gap| barrier(gap, case)) {
                Some(evidence) => Verdict::Violation(evidence),
                None => Verdict::Compliant,
            },
        )
    })
}

/// The gap as evidence, if it is the network's or the resolver's.
fn barrier(gap: &Gap, case: &EndpointCase<'_>) -> Option<Evidence> {
    let stands = matches!(
        gap.cause,
        Cause::NoSuchName
            | Cause::NoAddress
            | Cause::DnsFailed
            | Cause::DnsRefused
            | Cause::DnsTimedOut
            | Cause::DnsInvented
            | Cause::Refused
            | Cause::Unreachable
            | Cause::TimedOut
            | Cause::Closed
            | Cause::Reset
            | Cause::NoRouteHere
            | Cause::Local(_)
    );
    // An alert that refuses is told by `tls-handshake-fails` or `starttls-broken`.
    let accident = matches!(gap.cause, Cause::Alert(number) if !REFUSES.contains(&number));
    (stands || accident).then(|| {
        let evidence = Evidence::new()
            .variant(gap.cause.word())
            .with("server", Value::Term(case.endpoint.to_string()))
            .with("host", Value::Term(case.endpoint.host.to_string()))
            .with("phase", Value::Term(gap.phase.word().to_owned()));
        match elsewhere(case) {
            ports if ports.is_empty() || !may_be_a_wall(gap) => evidence,
            ports => evidence.with("elsewhere", Value::List(ports)),
        }
    })
}

/// Whether a box on the way may have done it just as well.
fn may_be_a_wall(gap: &Gap) -> bool {
    matches!(
        gap.cause,
        Cause::Refused | Cause::Unreachable | Cause::TimedOut | Cause::Closed | Cause::Reset
    )
}

/// The other ports on which the host answers, where it does not on this one: the server may have
/// closed it, or somebody on the way. One host alone does not tell (threat model H3).
fn elsewhere(case: &EndpointCase<'_>) -> Vec<String> {
    match case.addresses.iter().any(|address| address.visit.reached()) {
        true => Vec::new(),
        false => {
            let ports = case.fleet.ports_answering(&case.endpoint.host);
            ports.map(|port| port.to_string()).collect()
        }
    }
}
