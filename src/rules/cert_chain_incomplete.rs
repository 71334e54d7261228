//! A certificate between the server's and a root is missing.

use crate::model::{Citation, Evidence, Path, Reason, Severity, Standard, Value, Verb, Verdict};
use crate::policy::Policy;

use super::{Check, EndpointCase, Rule};

/// `cert-chain-incomplete`
pub const RULE: Rule = Rule {
    id: "cert-chain-incomplete",
    severity: Severity::High,
    variants: &[("address-known", Severity::High)],
    citations: &[
        Citation::new(Standard::Rfc8314, "§4.4", Verb::Must),
        Citation::new(Standard::Rfc5280, "", Verb::States),
    ],
    check: Check::Endpoint(judge),
};

/// Whether the missing one is an intermediate or the root of an authority that is not trusted
/// here cannot be told from what was sent: a root need not be sent.
fn judge(case: &EndpointCase<'_>, _: &Policy) -> Verdict {
    case.each_address(|seen| {
        Ok(match &seen.need_chain()?.path {
            Path::TooCostly => Verdict::Undetermined(Reason::ChainTooCostly),
            Path::NoLeaf => Verdict::NotApplicable,
            Path::Incomplete { missing, url } => {
                let missing = Value::Foreign(missing.clone());
                let evidence = Evidence::new().with("missing", missing);
                Verdict::Violation(match url {
                    None => evidence,
                    Some(url) => evidence
                        .variant("address-known")
                        .with("url", Value::Foreign(url.clone())),
                })
            }
            _ => Verdict::Compliant,
        })
    })
}
