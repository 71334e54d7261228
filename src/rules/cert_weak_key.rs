//! A key in the chain is too short, of a kind that has gone out of use, or badly made.

use crate::model::{Citation, Evidence, Severity, Standard, Value, Verb, Verdict};
use crate::policy::Policy;

use super::example::{LEAF, foreign, term};
use super::flaw::{Flaw, flaw};
use super::{Check, EndpointCase, Rule};

/// `cert-weak-key`
pub const RULE: Rule = Rule {
    id: "cert-weak-key",
    severity: Severity::High,
    variants: &[
        ("kind", Severity::High),
        ("roca", Severity::High),
        ("numbers", Severity::High),
        ("small-exponent", Severity::Low),
    ],
    citations: &[
        Citation::new(Standard::Rfc9325, "§4.5", Verb::Must),
        Citation::new(Standard::Mailfleet, "", Verb::Interpretation),
    ],
    check: Check::Endpoint(judge),
    example: || {
        Evidence::new()
            .with("key", term("RSA 1024"))
            .with("subject", foreign(LEAF))
            .with("least", 2048_i64)
    },
};

/// The server's key, and those of the authorities between it and the root.
fn judge(case: &EndpointCase<'_>, policy: &Policy) -> Verdict {
    case.each_address(|seen| {
        let (chain, _) = seen.need_leaf()?;
        let worst = chain
            .below_root()
            .filter_map(|one| Some((flaw(one, &policy.thresholds)?, one)))
            .min_by_key(|(flaw, _)| *flaw);
        let Some((flaw, certificate)) = worst else {
            return Ok(Verdict::Compliant);
        };
        let evidence = Evidence::new()
            .with("key", Value::Term(certificate.key.to_string()))
            .with("subject", Value::Foreign(certificate.subject.clone()));
        Ok(Verdict::Violation(match flaw {
            Flaw::Short(least) => evidence.with("least", least),
            Flaw::Kind => evidence.variant("kind"),
            Flaw::Roca => evidence.variant("roca"),
            Flaw::Numbers => evidence.variant("numbers"),
            Flaw::SmallExponent(exponent) => evidence
                .variant("small-exponent")
                .with("exponent", Value::Term(exponent.to_string())),
        }))
    })
}
