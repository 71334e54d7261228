//! A service for sending mail lets nobody log in.

use crate::model::{
    Citation, Evidence, Protocol, Reason, Severity, Standard, Value, Verb, Verdict,
};
use crate::policy::Policy;

use super::example::term;
use super::{Check, EndpointCase, Rule, need};

/// `no-login-offered`: a submission service (by its port, or because accounts send mail there) lists
/// no mechanism even inside TLS. Some hide it from machines that they trust, the server itself among
/// them, so from there nothing can be said (threat model I9).
pub const RULE: Rule = Rule {
    id: "no-login-offered",
    severity: Severity::Low,
    variants: &[],
    citations: &[Citation::new(Standard::Rfc6409, "§7", Verb::Must)],
    check: Check::Endpoint(judge),
    example: || Evidence::new().with("server", term("mail.example.com:465")),
};

fn judge(case: &EndpointCase<'_>, _: &Policy) -> Verdict {
    let submits = matches!(case.endpoint.port, 465 | 587)
        || case.expected.protocols.contains(&Protocol::Smtp);
    case.each_address(|address| {
        let spoken = need(&address.visit.greeting)?.spoken;
        if spoken.protocol() != Some(Protocol::Smtp) || !submits {
            return Ok(Verdict::NotApplicable);
        }
        let listed = need(&address.visit.capabilities_in_tls)?;
        Ok(if !listed.mechanisms.is_empty() {
            Verdict::Compliant
        } else if address.is_this_machine() {
            Verdict::Undetermined(Reason::VantageIsServer)
        } else if listed.refused {
            Verdict::Undetermined(Reason::Unreachable)
        } else {
            let server = Value::Term(case.endpoint.to_string());
            Verdict::Violation(Evidence::new().with("server", server))
        })
    })
}
