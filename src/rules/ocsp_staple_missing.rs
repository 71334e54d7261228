//! The certificate demands a stapled answer about its revocation, and the server sends none.

use crate::model::{Citation, Evidence, Severity, Standard, Value, Verb, Verdict};
use crate::policy::Policy;

use super::example::{LEAF, foreign};
use super::{Check, EndpointCase, Rule};

/// `ocsp-staple-missing`
pub const RULE: Rule = Rule {
    id: "ocsp-staple-missing",
    severity: Severity::Medium,
    variants: &[],
    citations: &[Citation::new(Standard::Rfc7633, "", Verb::States)],
    check: Check::Endpoint(judge),
    example: || Evidence::new().with("subject", foreign(LEAF)),
};

/// Without the demand there is nothing to miss, whatever became of the handshake.
fn judge(case: &EndpointCase<'_>, _: &Policy) -> Verdict {
    case.each_address(|seen| {
        let (_, leaf) = seen.need_leaf()?;
        if !leaf.extensions.must_staple {
            return Ok(Verdict::NotApplicable);
        }
        Ok(match seen.need_staple()? {
            Some(_) => Verdict::Compliant,
            None => {
                let subject = Value::Foreign(leaf.subject.clone());
                Verdict::Violation(Evidence::new().with("subject", subject))
            }
        })
    })
}
