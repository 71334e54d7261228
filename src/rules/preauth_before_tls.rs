//! The server logs people in before anything is encrypted.

use crate::model::{
    Citation, Evidence, GreetingKind, Opening, Severity, Standard, Value, Verb, Verdict,
};
use crate::policy::Policy;

use super::{Check, EndpointCase, Rule, need};

/// `preauth-before-tls`: IMAP greets with PREAUTH on a clear-text port. STARTTLS is not allowed in
/// that state, so the connection can never be encrypted.
pub const RULE: Rule = Rule {
    id: "preauth-before-tls",
    severity: Severity::High,
    variants: &[],
    citations: &[
        Citation::new(Standard::Rfc9051, "§7.1.4", Verb::Must),
        Citation::new(Standard::Rfc8314, "§3.2", Verb::States),
    ],
    check: Check::Endpoint(judge),
};

fn judge(case: &EndpointCase<'_>, _: &Policy) -> Verdict {
    case.each_address(|address| {
        if *need(&address.visit.opening)? == Opening::Tls {
            return Ok(Verdict::NotApplicable);
        }
        let greeting = need(&address.visit.greeting)?;
        Ok(match greeting.kind {
            GreetingKind::Preauth => Verdict::Violation(
                Evidence::new()
                    .with("server", Value::Term(case.endpoint.to_string()))
                    .with("greeting", Value::Foreign(greeting.raw.lossy())),
            ),
            _ => Verdict::Compliant,
        })
    })
}
