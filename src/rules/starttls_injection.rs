//! What was said in the clear is carried out as if it had been said inside TLS.

use crate::model::{Citation, Evidence, Protocol, Severity, Standard, Value, Verb, Verdict};
use crate::policy::Policy;

use super::example::{foreign, term};
use super::{Check, EndpointCase, Rule, need};

/// `starttls-injection`: a harmless command that stood in the clear right behind STARTTLS, in the
/// same packet, is answered inside TLS. A handshake that fails because of it, and a command that is
/// dropped, are both in order.
pub const RULE: Rule = Rule {
    id: "starttls-injection",
    severity: Severity::High,
    variants: &[],
    citations: &[
        Citation::of(Protocol::Imap, Standard::Rfc9051, "§6.2.1", Verb::Must),
        Citation::of(Protocol::Smtp, Standard::Rfc3207, "§4.2", Verb::Must),
        Citation::of(Protocol::Pop3, Standard::Rfc2595, "§4", Verb::States),
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
            .with("server", term("mail.example.com:143"))
            .with("command", term("NOOP"))
            .with("answer", foreign("a3 OK done"))
    },
};

fn judge(case: &EndpointCase<'_>, _: &Policy) -> Verdict {
    case.each_address(|address| {
        let seen = need(&address.visit.injection)?;
        let Some(protocol) = need(&address.visit.greeting)?.spoken.protocol() else {
            return Ok(Verdict::NotApplicable);
        };
        Ok(match seen.carried_out {
            true => Verdict::Violation(
                Evidence::new()
                    .seen_in(protocol)
                    .with("server", Value::Term(case.endpoint.to_string()))
                    .with("command", Value::Term(seen.command.clone()))
                    .with("answer", Value::Foreign(seen.answer.lossy())),
            ),
            false => Verdict::Compliant,
        })
    })
}
