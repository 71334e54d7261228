//! The server's certificate has not begun.

use crate::model::{Citation, Evidence, Severity, Standard, Value, Verb, Verdict};
use crate::policy::Policy;

use super::example::{LEAF, day, foreign};
use super::{Check, EndpointCase, Rule};

/// `cert-not-yet-valid`
pub const RULE: Rule = Rule {
    id: "cert-not-yet-valid",
    severity: Severity::Critical,
    variants: &[],
    citations: &[
        Citation::new(Standard::Rfc8314, "§4.4", Verb::Must),
        Citation::new(Standard::Rfc5280, "§6.1.3", Verb::Must),
    ],
    check: Check::Endpoint(judge),
    example: || {
        Evidence::new()
            .with("begins", day(2026, 12, 1))
            .with("subject", foreign(LEAF))
    },
};

fn judge(case: &EndpointCase<'_>, _: &Policy) -> Verdict {
    case.each_address(|seen| {
        let (_, leaf) = seen.need_leaf()?;
        if case.at.as_second() >= leaf.not_before {
            return Ok(Verdict::Compliant);
        }
        Ok(Verdict::Violation(
            Evidence::new()
                .with("begins", leaf.begins())
                .with("subject", Value::Foreign(leaf.subject.clone())),
        ))
    })
}
