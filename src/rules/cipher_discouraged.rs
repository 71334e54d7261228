//! A suite is accepted that the policy allows for now and advises to leave.

use crate::model::{Citation, Evidence, Severity, Standard, Value, Verb, Verdict};
use crate::policy::{Policy, Stance};

use super::example::{SERVER, term};
use super::{Check, EndpointCase, Rule};

/// `cipher-discouraged`: what a document calls "phase out" or "legacy", allows until some year, or lists
/// although others rule it out. Which that is, the policy says.
pub const RULE: Rule = Rule {
    id: "cipher-discouraged",
    severity: Severity::Low,
    variants: &[],
    citations: &[Citation::new(Standard::Mailfleet, "", Verb::Interpretation)],
    check: Check::Endpoint(judge),
    example: || {
        Evidence::new().with("server", term(SERVER)).with(
            "suites",
            Value::terms(["TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA"]),
        )
    },
};

fn judge(case: &EndpointCase<'_>, policy: &Policy) -> Verdict {
    let suites = &policy.suites;
    if suites.discourage.is_empty() {
        return Verdict::NotApplicable;
    }
    case.each_address(|address| {
        let accepted = address.accepted(|suite| suites.stance(suite) == Stance::Discouraged)?;
        Ok(Verdict::Violation(
            Evidence::new()
                .with("server", Value::Term(case.endpoint.to_string()))
                .with("suites", Value::terms(accepted)),
        ))
    })
}
