//! The server offers the upgrade to TLS inside TLS.

use crate::model::{Citation, Evidence, Protocol, Severity, Standard, Value, Verb, Verdict};
use crate::policy::Policy;

use super::example::{SERVER, term};
use super::{Check, EndpointCase, Rule, need};

/// `starttls-offered-in-tls`: STARTTLS still stands among the capabilities once TLS is there: the
/// server did not begin anew, as it must. Nobody is harmed by that alone, so it is a rule of its own
/// and weighs little. POP3 does not forbid it (RFC 2595 §4).
pub const RULE: Rule = Rule {
    id: "starttls-offered-in-tls",
    severity: Severity::Low,
    variants: &[],
    citations: &[
        Citation::of(Protocol::Smtp, Standard::Rfc3207, "§4.2", Verb::Must),
        Citation::of(Protocol::Imap, Standard::Rfc9051, "§6.2.1", Verb::Should),
        Citation::of(
            Protocol::Managesieve,
            Standard::Rfc5804,
            "§2.2",
            Verb::States,
        ),
    ],
    check: Check::Endpoint(judge),
    example: || {
        Evidence::new()
            .seen_in(Protocol::Imap)
            .with("server", term(SERVER))
    },
};

fn judge(case: &EndpointCase<'_>, _: &Policy) -> Verdict {
    case.each_address(|address| {
        let protocol = match need(&address.visit.greeting)?.spoken.protocol() {
            Some(Protocol::Pop3) | None => return Ok(Verdict::NotApplicable),
            Some(protocol) => protocol,
        };
        Ok(match need(&address.visit.capabilities_in_tls)?.starttls {
            true => Verdict::Violation(
                Evidence::new()
                    .seen_in(protocol)
                    .with("server", Value::Term(case.endpoint.to_string())),
            ),
            false => Verdict::Compliant,
        })
    })
}
