//! The server's key is of a kind that the policy does not allow, or one that it advises to replace.

use crate::model::{Citation, Evidence, KeyAlgorithm, Severity, Standard, Value, Verb, Verdict};
use crate::policy::{Policy, Stance};

use super::example::{LEAF, foreign, term};
use super::{Check, EndpointCase, Rule};

/// `cert-key-outside-policy`: the kinds of key are those of the policy's list. What it allows for now is
/// `discouraged`, as a kind, or `short`, as an RSA key that others should be longer than. What is weak
/// by any measure is `cert-weak-key`.
pub const RULE: Rule = Rule {
    id: "cert-key-outside-policy",
    severity: Severity::Medium,
    variants: &[("discouraged", Severity::Low), ("short", Severity::Low)],
    citations: &[Citation::new(Standard::Mailfleet, "", Verb::Interpretation)],
    check: Check::Endpoint(judge),
    example: || {
        Evidence::new()
            .with("key", term("RSA 2048"))
            .with("subject", foreign(LEAF))
            .with("allowed", Value::terms(["P-256", "P-384"]))
    },
};

/// Documents that list kinds of key mean the server's own, not those of authorities.
fn judge(case: &EndpointCase<'_>, policy: &Policy) -> Verdict {
    let (kinds, thresholds) = (&policy.certificate_keys, &policy.thresholds);
    let advised = thresholds.rsa_advised_bits;
    if kinds.is_silent() && advised <= thresholds.rsa_bits {
        return Verdict::NotApplicable;
    }
    case.each_address(|seen| {
        let (_, leaf) = seen.need_leaf()?;
        let key = &leaf.key;
        let evidence = Evidence::new()
            .with("key", Value::Term(key.to_string()))
            .with("subject", Value::Foreign(leaf.subject.clone()));
        let is_short = key.algorithm == KeyAlgorithm::Rsa && key.bits < advised;
        Ok(match kinds.stance(|kind| *kind == key.kind()) {
            Stance::Outside => {
                let allowed = kinds.allow.iter().flatten();
                Verdict::Violation(evidence.with("allowed", Value::terms(allowed)))
            }
            Stance::Discouraged => Verdict::Violation(evidence.variant("discouraged")),
            Stance::Allowed if is_short => {
                Verdict::Violation(evidence.variant("short").with("advised", advised))
            }
            Stance::Allowed => Verdict::Compliant,
        })
    })
}
