//! A fault of our own.

use crate::model::{Cause, Citation, Evidence, Gap, Severity, Standard, Value, Verb, Verdict};
use crate::policy::Policy;

use super::example::{SERVER, foreign, term};
use super::{Check, EndpointCase, Rule};

/// `internal-error`: the program failed at this endpoint. What was asked there is not verified.
pub const RULE: Rule = Rule {
    id: "internal-error",
    severity: Severity::Info,
    variants: &[],
    citations: &[Citation::new(Standard::Mailfleet, "", Verb::Interpretation)],
    check: Check::Endpoint(judge),
    example: || {
        Evidence::new()
            .with("server", term(SERVER))
            .with("why", foreign("an answer was read twice"))
    },
};

fn judge(case: &EndpointCase<'_>, _: &Policy) -> Verdict {
    let fault = |gap: &Gap| match &gap.cause {
        Cause::Internal(why) => Some(Verdict::Violation(
            Evidence::new()
                .with("server", Value::Term(case.endpoint.to_string()))
                .with("why", Value::Foreign(why.clone())),
        )),
        _ => None,
    };
    if let Some(violation) = case.gap.as_ref().and_then(fault) {
        return violation;
    }
    case.each_address(|address| {
        Ok(address
            .visit
            .gaps()
            .find_map(fault)
            .unwrap_or(Verdict::Compliant))
    })
}
