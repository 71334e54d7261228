//! The chain ends at a root that is not trusted, or breaks in a way that no other rule names.

use crate::model::{Citation, Evidence, Path, Reason, Severity, Standard, Value, Verb, Verdict};
use crate::policy::Policy;

use super::{Check, EndpointCase, Rule};

/// `cert-untrusted`
pub const RULE: Rule = Rule {
    id: "cert-untrusted",
    severity: Severity::High,
    variants: &[
        ("broken", Severity::High),
        ("no-certificate", Severity::High),
    ],
    citations: &[
        Citation::new(Standard::Rfc8314, "§4.4", Verb::Must),
        Citation::new(Standard::Rfc5280, "", Verb::States),
    ],
    check: Check::Endpoint(judge),
};

/// Compliant only where a path holds: each other outcome is this rule's or another's by name.
fn judge(case: &EndpointCase<'_>, _: &Policy) -> Verdict {
    case.each_address(|seen| {
        let chain = seen.need_chain()?;
        Ok(match &chain.path {
            Path::Holds { .. } => Verdict::Compliant,
            Path::TooCostly => Verdict::Undetermined(Reason::ChainTooCostly),
            Path::Untrusted { root } => {
                let root = Value::Foreign(root.clone());
                Verdict::Violation(Evidence::new().with("root", root))
            }
            Path::Broken { why } => {
                Verdict::Violation(Evidence::new().variant("broken").with("why", why.clone()))
            }
            Path::NoLeaf if chain.certificates.is_empty() => {
                Verdict::Violation(Evidence::new().variant("no-certificate"))
            }
            Path::SelfSigned
            | Path::Incomplete { .. }
            | Path::IntermediateOutOfTime { .. }
            | Path::NoLeaf => Verdict::NotApplicable,
        })
    })
}
