//! A signature of the chain uses MD5, SHA-1 or something older.

use crate::model::{Citation, Evidence, Severity, Standard, Value, Verb, Verdict};
use crate::policy::Policy;

use super::example::{LEAF, foreign, term};
use super::{Check, EndpointCase, Rule};

/// `cert-weak-signature`
pub const RULE: Rule = Rule {
    id: "cert-weak-signature",
    severity: Severity::High,
    variants: &[],
    citations: &[Citation::new(Standard::Rfc9325, "§4.5", Verb::Must)],
    check: Check::Endpoint(judge),
    example: || {
        Evidence::new()
            .with("hash", term("SHA-1"))
            .with("subject", foreign(LEAF))
    },
};

/// A root is trusted as it stands, so its own signature does not count. A leaf that is its own
/// issuer does: it is no root.
fn judge(case: &EndpointCase<'_>, _: &Policy) -> Verdict {
    case.each_address(|seen| {
        let (chain, _) = seen.need_leaf()?;
        let weak = chain
            .below_root()
            .find_map(|certificate| Some((certificate, certificate.broken_hash()?)));
        Ok(match weak {
            None => Verdict::Compliant,
            Some((certificate, hash)) => Verdict::Violation(
                Evidence::new()
                    .with("hash", Value::Term(hash.to_owned()))
                    .with("subject", Value::Foreign(certificate.subject.clone())),
            ),
        })
    })
}
