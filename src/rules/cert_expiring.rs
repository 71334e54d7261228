//! The server's certificate ends soon.

use crate::model::{Citation, Evidence, Severity, Standard, Value, Verb, Verdict};
use crate::policy::Policy;

use super::example::{LEAF, day, foreign};
use super::{Check, EndpointCase, Rule};

/// `cert-expiring`
pub const RULE: Rule = Rule {
    id: "cert-expiring",
    severity: Severity::Medium,
    variants: &[("urgent", Severity::High)],
    citations: &[Citation::new(Standard::Mailfleet, "", Verb::Interpretation)],
    check: Check::Endpoint(judge),
    example: || {
        Evidence::new()
            .with("ends", day(2026, 12, 10))
            .with("days", 17_i64)
            .with("subject", foreign(LEAF))
    },
};

/// One that has ended already is `cert-expired` and no longer this.
fn judge(case: &EndpointCase<'_>, policy: &Policy) -> Verdict {
    let now = case.at.as_second();
    let within = |left: i64, days: u32| left <= i64::from(days) * 86_400;
    case.each_address(|seen| {
        let (_, leaf) = seen.need_leaf()?;
        let left = leaf.not_after.saturating_sub(now);
        if left < 0 {
            return Ok(Verdict::NotApplicable);
        }
        let evidence = Evidence::new()
            .with("ends", leaf.ends())
            .with("days", left / 86_400)
            .with("subject", Value::Foreign(leaf.subject.clone()));
        Ok(if within(left, policy.thresholds.expiry_urgent_days) {
            Verdict::Violation(evidence.variant("urgent"))
        } else if within(left, policy.thresholds.expiry_days) {
            Verdict::Violation(evidence)
        } else {
            Verdict::Compliant
        })
    })
}
