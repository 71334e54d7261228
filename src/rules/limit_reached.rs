//! A bound of ours was met, so that something was left unread.

use crate::model::{
    Cause, Citation, DnsAnswer, Evidence, Limit, Severity, Standard, Value, Verb, Verdict, Visited,
};
use crate::policy::Policy;

use super::example::{SERVER, term};
use super::{Check, EndpointCase, Rule};

/// `limit-reached`: a reply, a chain, a time or a number of addresses went past a limit; which one
/// is the variant. Where several did, the first in the order of the variants is told.
pub const RULE: Rule = Rule {
    id: "limit-reached",
    severity: Severity::Info,
    variants: &[
        ("line", Severity::Info),
        ("reply-lines", Severity::Info),
        ("reply-bytes", Severity::Info),
        ("connection-bytes", Severity::Info),
        ("handshake-bytes", Severity::Info),
        ("connection-time", Severity::Info),
        ("address-time", Severity::Info),
        ("connections", Severity::Info),
        ("certificates", Severity::Info),
        ("addresses", Severity::Info),
    ],
    citations: &[Citation::new(Standard::Mailfleet, "", Verb::Interpretation)],
    check: Check::Endpoint(judge),
    example: || {
        Evidence::new()
            .variant("reply-lines")
            .with("server", term(SERVER))
    },
};

fn judge(case: &EndpointCase<'_>, _: &Policy) -> Verdict {
    let reached = |limit: Limit| {
        Verdict::Violation(
            Evidence::new()
                .variant(limit.word())
                .with("server", Value::Term(case.endpoint.to_string())),
        )
    };
    let of_addresses = case.each_address(|address| {
        Ok(match limits(address.visit).min() {
            Some(limit) => reached(limit),
            None => Verdict::Compliant,
        })
    });
    match (
        &of_addresses,
        case.resolution.map(|resolution| &resolution.answer),
    ) {
        (Verdict::Violation(_), _) => of_addresses,
        (_, Some(DnsAnswer::Addresses { beyond: 1.., .. })) => reached(Limit::Addresses),
        _ => of_addresses,
    }
}

/// The limits that a visit met, told by itself or as the reason of a gap.
fn limits(visit: &Visited) -> impl Iterator<Item = Limit> {
    let in_gaps = visit.gaps().filter_map(|gap| match gap.cause {
        Cause::LimitReached(limit) => Some(limit),
        _ => None,
    });
    visit.limits.iter().copied().chain(in_gaps)
}
