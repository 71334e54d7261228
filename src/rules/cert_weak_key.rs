//! A key in the chain is too short, of a kind that has gone out of use, or badly made.

use crate::model::{
    CertificateFacts, Citation, Evidence, KeyAlgorithm, PublicKey, RsaShape, Severity, Standard,
    Value, Verb, Verdict,
};
use crate::policy::{Policy, Thresholds};

use super::{Check, EndpointCase, Rule};

/// The exponent of nearly every RSA key; smaller ones leave no room for mistakes in padding.
const USUAL_EXPONENT: u64 = 65_537;

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
};

/// What is wrong with a key, worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Flaw {
    /// Below the bits that the policy asks for.
    Short(u32),
    /// DSA, or a curve that the certificate spells out itself.
    Kind,
    /// Its primes can be found from the modulus (CVE-2017-15361).
    Roca,
    /// An even modulus, or an exponent that is even, one, or longer than any in use.
    Numbers,
    /// An exponent below the usual one.
    SmallExponent(u64),
}

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

fn flaw(certificate: &CertificateFacts, thresholds: &Thresholds) -> Option<Flaw> {
    let key = &certificate.key;
    let short = least(key, thresholds).filter(|least| key.bits < *least);
    let gone = match &key.algorithm {
        KeyAlgorithm::Dsa => true,
        KeyAlgorithm::Ec(curve) => curve == "explicit",
        _ => false,
    };
    (short.map(Flaw::Short))
        .or(gone.then_some(Flaw::Kind))
        .or_else(|| of_numbers(certificate.rsa?))
}

fn of_numbers(rsa: RsaShape) -> Option<Flaw> {
    if rsa.roca {
        return Some(Flaw::Roca);
    }
    match rsa.exponent {
        _ if !rsa.modulus_odd => Some(Flaw::Numbers),
        None => Some(Flaw::Numbers),
        Some(exponent) if exponent < 3 || exponent % 2 == 0 => Some(Flaw::Numbers),
        Some(exponent) if exponent < USUAL_EXPONENT => Some(Flaw::SmallExponent(exponent)),
        Some(_) => None,
    }
}

/// The bits that the policy asks of a key; of kinds that have one size it asks nothing.
fn least(key: &PublicKey, thresholds: &Thresholds) -> Option<u32> {
    match key.algorithm {
        KeyAlgorithm::Rsa | KeyAlgorithm::Dsa => Some(thresholds.rsa_bits),
        KeyAlgorithm::Ec(_) => Some(thresholds.ec_bits),
        KeyAlgorithm::Edwards | KeyAlgorithm::Other(_) => None,
    }
}
