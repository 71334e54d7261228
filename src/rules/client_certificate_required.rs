//! Nobody is served who has no certificate of their own.

use crate::model::{Citation, Evidence, Severity, Standard, Value, Verb, Verdict};
use crate::policy::Policy;

use super::example::{SERVER, term};
use super::insistence::Insistence;
use super::upgrade::alert_name;
use super::{Check, EndpointCase, Rule, need};

/// `client-certificate-required`: the server ends the handshake, or the conversation right after it,
/// with an alert or with words for want of a certificate of the client's. Merely to ask for one, and go
/// on without, is nothing.
pub const RULE: Rule = Rule {
    id: "client-certificate-required",
    severity: Severity::Medium,
    variants: &[("alert", Severity::Medium), ("words", Severity::Medium)],
    citations: &[Citation::new(Standard::Rfc8314, "§4.2", Verb::Must)],
    check: Check::Endpoint(judge),
    example: || {
        Evidence::new()
            .variant("alert")
            .with("alert", term("certificate_required"))
            .with("server", term(SERVER))
    },
};

fn judge(case: &EndpointCase<'_>, _: &Policy) -> Verdict {
    case.each_address(|address| {
        if let Some(insistence) = address.insists_on_certificate() {
            let evidence = Evidence::new().with("server", Value::Term(case.endpoint.to_string()));
            return Ok(Verdict::Violation(match insistence {
                Insistence::Alert(number) => evidence
                    .variant("alert")
                    .with("alert", Value::Term(alert_name(number))),
                Insistence::Words(words) => evidence
                    .variant("words")
                    .with("reply", Value::Foreign(words.lossy())),
            }));
        }
        need(&address.visit.tls)?;
        let conversation = &address.visit.capabilities_in_tls;
        match address.allowed().asks_for_certificate() {
            Some(false) => Ok(Verdict::Compliant),
            // Whether it goes on without one shows in what it says inside TLS.
            Some(true) => need(conversation).map(|_| Verdict::Compliant),
            None if conversation.seen().is_some() => Ok(Verdict::Compliant),
            None => Ok(Verdict::NotApplicable),
        }
    })
}
