//! The server's certificate is its own issuer.

use crate::model::{Citation, Evidence, Path, Reason, Severity, Standard, Value, Verb, Verdict};
use crate::policy::Policy;

use super::example::{LEAF, foreign};
use super::{Check, EndpointCase, Rule};

/// `cert-self-signed`
pub const RULE: Rule = Rule {
    id: "cert-self-signed",
    severity: Severity::High,
    variants: &[],
    citations: &[
        Citation::new(Standard::Rfc8314, "§4.4", Verb::Must),
        Citation::new(Standard::Rfc5280, "§6.1.3", Verb::Must),
    ],
    check: Check::Endpoint(judge),
    example: || Evidence::new().with("subject", foreign(LEAF)),
};

fn judge(case: &EndpointCase<'_>, _: &Policy) -> Verdict {
    case.each_address(|seen| {
        let (chain, leaf) = seen.need_leaf()?;
        Ok(match chain.path {
            Path::TooCostly => Verdict::Undetermined(Reason::ChainTooCostly),
            Path::SelfSigned => {
                let subject = Value::Foreign(leaf.subject.clone());
                Verdict::Violation(Evidence::new().with("subject", subject))
            }
            _ => Verdict::Compliant,
        })
    })
}
