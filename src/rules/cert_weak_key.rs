//! A key of the chain is too small.

use crate::model::{
    Citation, Evidence, KeyAlgorithm, PublicKey, Severity, Standard, Value, Verb, Verdict,
};
use crate::policy::{Policy, Thresholds};

use super::{Check, EndpointCase, Rule};

/// `cert-weak-key`
pub const RULE: Rule = Rule {
    id: "cert-weak-key",
    severity: Severity::High,
    variants: &[],
    citations: &[Citation::new(Standard::Rfc9325, "§4.5", Verb::Must)],
    check: Check::Endpoint(judge),
};

/// The server's key, and those of the authorities between it and the root.
fn judge(case: &EndpointCase<'_>, policy: &Policy) -> Verdict {
    case.each_address(|seen| {
        let chain = seen.need_chain()?;
        if chain.leaf().is_none() {
            return Ok(Verdict::NotApplicable);
        }
        let weak = chain.below_root().find_map(|certificate| {
            let least = least(&certificate.key, &policy.thresholds)?;
            (certificate.key.bits < least).then_some((certificate, least))
        });
        Ok(match weak {
            None => Verdict::Compliant,
            Some((certificate, least)) => Verdict::Violation(
                Evidence::new()
                    .with("key", Value::Term(certificate.key.to_string()))
                    .with("least", least)
                    .with("subject", Value::Foreign(certificate.subject.clone())),
            ),
        })
    })
}

/// The bits that the policy asks of a key; of kinds that have one size it asks nothing.
fn least(key: &PublicKey, thresholds: &Thresholds) -> Option<u32> {
    match key.algorithm {
        KeyAlgorithm::Rsa | KeyAlgorithm::Dsa => Some(thresholds.rsa_bits),
        KeyAlgorithm::Ec(_) => Some(thresholds.ec_bits),
        KeyAlgorithm::Edwards | KeyAlgorithm::Other(_) => None,
    }
}
