//! A certificate above the server's is out of its time.

use jiff::Timestamp;

use crate::model::{Citation, Evidence, Path, Reason, Severity, Standard, Value, Verb, Verdict};
use crate::policy::Policy;

use super::example::{day, foreign};
use super::{Check, EndpointCase, Rule};

/// `cert-intermediate-expired`
pub const RULE: Rule = Rule {
    id: "cert-intermediate-expired",
    severity: Severity::High,
    variants: &[("not-yet-valid", Severity::High)],
    citations: &[
        Citation::new(Standard::Rfc8314, "§4.4", Verb::Must),
        Citation::new(Standard::Rfc5280, "§6.1.3", Verb::Must),
    ],
    check: Check::Endpoint(judge),
    example: || {
        Evidence::new()
            .with("subject", foreign("CN=Example Issuing CA"))
            .with("ended", day(2026, 11, 20))
    },
};

fn judge(case: &EndpointCase<'_>, _: &Policy) -> Verdict {
    case.each_address(|seen| {
        Ok(match &seen.need_chain()?.path {
            Path::TooCostly => Verdict::Undetermined(Reason::ChainTooCostly),
            Path::NoLeaf => Verdict::NotApplicable,
            Path::IntermediateOutOfTime { subject, not_after } => {
                let evidence = Evidence::new().with("subject", Value::Foreign(subject.clone()));
                // Out of its time, and not ended: it has not begun.
                Verdict::Violation(match case.at.as_second() <= *not_after {
                    true => evidence.variant("not-yet-valid"),
                    false => evidence.with("ended", moment(*not_after)),
                })
            }
            _ => Verdict::Compliant,
        })
    })
}

fn moment(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap_or(Timestamp::MAX)
}
