//! Algorithms of signatures, and whether a key made one.

use aws_lc_rs::signature::{self as aws, UnparsedPublicKey, VerificationAlgorithm};
use x509_parser::asn1_rs::{Any, FromDer as _};
use x509_parser::x509::{AlgorithmIdentifier, SubjectPublicKeyInfo};

use super::oid::dotted;
use crate::model::KeyAlgorithm;

const RSA_PSS: &str = "1.2.840.113549.1.1.10";
/// The largest RSA key that is calculated with, in bits.
const RSA_BITS: u32 = 8_192;

/// Hashes by the object identifier of a signature's algorithm.
const HASHES: &[(&str, &str)] = &[
    ("1.2.840.113549.1.1.2", "MD2"),
    ("1.2.840.113549.1.1.3", "MD4"),
    ("1.2.840.113549.1.1.4", "MD5"),
    ("1.2.840.113549.1.1.5", "SHA-1"),
    ("1.3.14.3.2.29", "SHA-1"),
    ("1.3.14.3.2.27", "SHA-1"),
    ("1.2.840.113549.1.1.14", "SHA-224"),
    ("1.2.840.113549.1.1.11", "SHA-256"),
    ("1.2.840.113549.1.1.12", "SHA-384"),
    ("1.2.840.113549.1.1.13", "SHA-512"),
    ("1.2.840.10045.4.1", "SHA-1"),
    ("1.2.840.10045.4.3.1", "SHA-224"),
    ("1.2.840.10045.4.3.2", "SHA-256"),
    ("1.2.840.10045.4.3.3", "SHA-384"),
    ("1.2.840.10045.4.3.4", "SHA-512"),
    ("1.2.840.10040.4.3", "SHA-1"),
    ("2.16.840.1.101.3.4.3.1", "SHA-224"),
    ("2.16.840.1.101.3.4.3.2", "SHA-256"),
    ("1.2.156.10197.1.501", "SM3"),
];

/// Hashes by their own object identifier, as the parameters of RSA-PSS name them (RFC 4055 §2.1).
const PSS_HASHES: &[(&str, &str)] = &[
    ("1.2.840.113549.2.5", "MD5"),
    ("1.3.14.3.2.26", "SHA-1"),
    ("2.16.840.1.101.3.4.2.4", "SHA-224"),
    ("2.16.840.1.101.3.4.2.1", "SHA-256"),
    ("2.16.840.1.101.3.4.2.2", "SHA-384"),
    ("2.16.840.1.101.3.4.2.3", "SHA-512"),
];

/// The hash that the identifier names, if it names one that is known here.
pub(super) fn hash(algorithm: &AlgorithmIdentifier<'_>) -> Option<String> {
    let oid = dotted(&algorithm.algorithm);
    let name = match oid.as_str() {
        RSA_PSS => pss_hash(algorithm.parameters.as_ref())?,
        oid => HASHES.iter().find(|(known, _)| *known == oid)?.1,
    };
    Some(name.to_owned())
}

/// RFC 4055 §3.1: where the parameters leave the hash out, it is SHA-1.
fn pss_hash(parameters: Option<&Any<'_>>) -> Option<&'static str> {
    let Some(parameters) = parameters else {
        return Some("SHA-1");
    };
    if parameters.data.is_empty() {
        return Some("SHA-1");
    }
    let (_, first) = Any::from_der(parameters.data).ok()?;
    if first.header.raw_tag() != Some(&[0xa0]) {
        return Some("SHA-1");
    }
    let (_, hash) = AlgorithmIdentifier::from_der(first.data).ok()?;
    let oid = dotted(&hash.algorithm);
    Some(PSS_HASHES.iter().find(|(known, _)| *known == oid)?.1)
}

/// Whether the key made the signature over the message; `None` where that cannot be told.
pub(super) fn verifies(
    key: &[u8],
    algorithm: &AlgorithmIdentifier<'_>,
    message: &[u8],
    signature: &[u8],
) -> Option<bool> {
    let (_, info) = SubjectPublicKeyInfo::from_der(key).ok()?;
    let key = super::key::read(&info);
    let oid = dotted(&algorithm.algorithm);
    let hash = hash(algorithm).unwrap_or_default();
    let verification: &'static dyn VerificationAlgorithm = match (&key.algorithm, hash.as_str()) {
        (KeyAlgorithm::Rsa, _) if key.bits > RSA_BITS => return None,
        (KeyAlgorithm::Rsa, "SHA-256") if oid == RSA_PSS => &aws::RSA_PSS_2048_8192_SHA256,
        (KeyAlgorithm::Rsa, "SHA-384") if oid == RSA_PSS => &aws::RSA_PSS_2048_8192_SHA384,
        (KeyAlgorithm::Rsa, "SHA-512") if oid == RSA_PSS => &aws::RSA_PSS_2048_8192_SHA512,
        (KeyAlgorithm::Rsa, _) if oid == RSA_PSS || key.bits < 1_024 => return None,
        (KeyAlgorithm::Rsa, "SHA-1") => &aws::RSA_PKCS1_1024_8192_SHA1_FOR_LEGACY_USE_ONLY,
        (KeyAlgorithm::Rsa, "SHA-256") => &aws::RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY,
        (KeyAlgorithm::Rsa, "SHA-384") if key.bits >= 2_048 => &aws::RSA_PKCS1_2048_8192_SHA384,
        (KeyAlgorithm::Rsa, "SHA-512") => &aws::RSA_PKCS1_1024_8192_SHA512_FOR_LEGACY_USE_ONLY,
        (KeyAlgorithm::Edwards, _) if oid == "1.3.101.112" && key.bits == 256 => &aws::ED25519,
        (KeyAlgorithm::Ec(curve), hash) if oid.starts_with("1.2.840.10045.4.") => {
            match (curve.as_str(), hash) {
                ("P-256", "SHA-1") => &aws::ECDSA_P256_SHA1_ASN1,
                ("P-256", "SHA-256") => &aws::ECDSA_P256_SHA256_ASN1,
                ("P-256", "SHA-384") => &aws::ECDSA_P256_SHA384_ASN1,
                ("P-256", "SHA-512") => &aws::ECDSA_P256_SHA512_ASN1,
                ("P-384", "SHA-256") => &aws::ECDSA_P384_SHA256_ASN1,
                ("P-384", "SHA-384") => &aws::ECDSA_P384_SHA384_ASN1,
                ("P-384", "SHA-512") => &aws::ECDSA_P384_SHA512_ASN1,
                ("P-521", "SHA-256") => &aws::ECDSA_P521_SHA256_ASN1,
                ("P-521", "SHA-384") => &aws::ECDSA_P521_SHA384_ASN1,
                ("P-521", "SHA-512") => &aws::ECDSA_P521_SHA512_ASN1,
                _ => return None,
            }
        }
        // A key of one kind cannot have made a signature of another that is known here.
        (KeyAlgorithm::Rsa | KeyAlgorithm::Ec(_) | KeyAlgorithm::Edwards, hash)
            if !hash.is_empty() && !is_rsa(&oid) == matches!(key.algorithm, KeyAlgorithm::Rsa) =>
        {
            return Some(false);
        }
        _ => return None,
    };
    let public = UnparsedPublicKey::new(verification, &*info.subject_public_key.data);
    Some(public.verify(message, signature).is_ok())
}

fn is_rsa(oid: &str) -> bool {
    oid.starts_with("1.2.840.113549.1.1.") || oid == "1.3.14.3.2.29"
}
