//! What is wrong with a key.

use crate::model::{CertificateFacts, KeyAlgorithm, PublicKey, RsaShape};
use crate::policy::Thresholds;

/// The exponent of nearly every RSA key; smaller ones leave no room for mistakes in padding.
const USUAL_EXPONENT: u64 = 65_537;

/// What is wrong with a key, worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Flaw {
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

/// What is wrong with the key of a certificate, by these thresholds.
pub(super) fn flaw(certificate: &CertificateFacts, thresholds: &Thresholds) -> Option<Flaw> {
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
