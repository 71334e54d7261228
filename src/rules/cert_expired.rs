//! The server's certificate has ended.

use crate::model::{Citation, Evidence, Severity, Standard, Value, Verb, Verdict};
use crate::policy::Policy;

use super::example::{LEAF, day, foreign};
use super::{Check, EndpointCase, Rule};

/// `cert-expired`
pub const RULE: Rule = Rule {
    id: "cert-expired",
    severity: Severity::Critical,
    variants: &[],
    citations: &[
        Citation::new(Standard::Rfc8314, "§4.4", Verb::Must),
        Citation::new(Standard::Rfc5280, "§6.1.3", Verb::Must),
    ],
    check: Check::Endpoint(judge),
    example: || {
        Evidence::new()
            .with("ended", day(2026, 11, 20))
            .with("days", 3_i64)
            .with("subject", foreign(LEAF))
    },
};

/// The last second named in the certificate still counts as valid.
fn judge(case: &EndpointCase<'_>, _: &Policy) -> Verdict {
    let now = case.at.as_second();
    case.each_address(|seen| {
        let (_, leaf) = seen.need_leaf()?;
        if now <= leaf.not_after {
            return Ok(Verdict::Compliant);
        }
        Ok(Verdict::Violation(
            Evidence::new()
                .with("ended", leaf.ends())
                .with("days", now.saturating_sub(leaf.not_after) / 86_400)
                .with("subject", Value::Foreign(leaf.subject.clone())),
        ))
    })
}
