//! The server logs people in before anything is encrypted.

use crate::model::{
    Citation, Evidence, GreetingKind, Opening, Protocol, Reason, Severity, Spoken, Standard, Value,
    Verb, Verdict,
};
use crate::policy::Policy;

use super::example::{foreign, term};
use super::{Check, EndpointCase, Rule, need};

/// `preauth-before-tls`: IMAP greets with PREAUTH on a clear-text port. STARTTLS is not allowed in
/// that state, so the connection can never be encrypted. Whom a server knows by his address it may
/// greet so and nobody else, itself above all; no other protocol has such a greeting.
pub const RULE: Rule = Rule {
    id: "preauth-before-tls",
    severity: Severity::High,
    variants: &[],
    citations: &[
        Citation::new(Standard::Rfc9051, "§7.1.4", Verb::Must),
        Citation::new(Standard::Rfc8314, "§3.2", Verb::States),
    ],
    check: Check::Endpoint(judge),
    example: || {
        Evidence::new()
            .seen_in(Protocol::Imap)
            .with("server", term("mail.example.com:143"))
            .with("greeting", foreign("* PREAUTH ready"))
    },
};

fn judge(case: &EndpointCase<'_>, _: &Policy) -> Verdict {
    case.each_address(|address| {
        if *need(&address.visit.opening)? == Opening::Tls {
            return Ok(Verdict::NotApplicable);
        }
        let greeting = need(&address.visit.greeting)?;
        if greeting.spoken != Spoken::Imap {
            return Ok(Verdict::NotApplicable);
        }
        address.need_view_of_clear_login()?;
        Ok(match greeting.kind {
            GreetingKind::Preauth => Verdict::Violation(
                Evidence::new()
                    .seen_in(Protocol::Imap)
                    .with("server", Value::Term(case.endpoint.to_string()))
                    .with("greeting", Value::Foreign(greeting.raw.lossy())),
            ),
            GreetingKind::Ready => Verdict::Compliant,
            // How it greets those whom it lets in was not seen.
            GreetingKind::Refusal | GreetingKind::Other => {
                Verdict::Undetermined(Reason::Unreachable)
            }
        })
    })
}
