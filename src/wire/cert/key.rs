//! Kinds and sizes of public keys, read from the encoding, and the shape of RSA keys.

use x509_parser::asn1_rs::{Any, FromDer as _, Oid};
use x509_parser::x509::SubjectPublicKeyInfo;

use super::oid::dotted;
use super::roca;
use crate::model::{KeyAlgorithm, PublicKey, RsaShape};

/// Octets of the largest modulus whose remainders are taken.
const MODULUS: usize = 1_024;

/// Named curves: object identifier, name, bits of the field.
const CURVES: &[(&str, &str, u32)] = &[
    ("1.2.840.10045.3.1.1", "P-192", 192),
    ("1.3.132.0.33", "P-224", 224),
    ("1.2.840.10045.3.1.7", "P-256", 256),
    ("1.3.132.0.34", "P-384", 384),
    ("1.3.132.0.35", "P-521", 521),
    ("1.3.132.0.10", "secp256k1", 256),
    ("1.3.36.3.3.2.8.1.1.7", "brainpoolP256r1", 256),
    ("1.3.36.3.3.2.8.1.1.11", "brainpoolP384r1", 384),
    ("1.3.36.3.3.2.8.1.1.13", "brainpoolP512r1", 512),
    ("1.2.156.10197.1.301", "SM2", 256),
];

pub(super) fn read(info: &SubjectPublicKeyInfo<'_>) -> PublicKey {
    let oid = dotted(&info.algorithm.algorithm);
    let bits = &*info.subject_public_key.data;
    let parameters = info.algorithm.parameters.as_ref();
    match oid.as_str() {
        // rsaEncryption, and a key for RSA-PSS alone.
        "1.2.840.113549.1.1.1" | "1.2.840.113549.1.1.10" => PublicKey {
            algorithm: KeyAlgorithm::Rsa,
            bits: first_integer_of_sequence(bits).map_or(0, width),
        },
        "1.2.840.10045.2.1" => curve(parameters, bits),
        "1.3.101.112" => edwards(256),
        "1.3.101.113" => edwards(456),
        "1.2.840.10040.4.1" => PublicKey {
            algorithm: KeyAlgorithm::Dsa,
            bits: parameters
                .and_then(|sequence| first_integer(sequence.data))
                .map_or(0, width),
        },
        _ => PublicKey {
            algorithm: KeyAlgorithm::Other(oid),
            bits: 0,
        },
    }
}

/// The shape of an RSA key whose numbers parse and whose modulus has at most 8,192 bits.
pub(super) fn rsa(info: &SubjectPublicKeyInfo<'_>) -> Option<RsaShape> {
    if read(info).algorithm != KeyAlgorithm::Rsa {
        return None;
    }
    let (_, sequence) = Any::from_der(&info.subject_public_key.data).ok()?;
    let (rest, modulus) = Any::from_der(sequence.data).ok()?;
    let (_, exponent) = Any::from_der(rest).ok()?;
    let both = [&modulus, &exponent];
    let are_integers = both
        .iter()
        .all(|number| number.tag() == x509_parser::asn1_rs::Tag::Integer);
    let modulus = without_zeros(modulus.data);
    if !are_integers || modulus.len() > MODULUS {
        return None;
    }
    let exponent = without_zeros(exponent.data);
    Some(RsaShape {
        exponent: (exponent.len() <= 8).then(|| {
            exponent
                .iter()
                .fold(0, |number, octet| number << 8 | u64::from(*octet))
        }),
        modulus_odd: modulus.last().is_some_and(|octet| octet & 1 == 1),
        roca: roca::has_fingerprint(modulus),
    })
}

fn without_zeros(octets: &[u8]) -> &[u8] {
    let zeros = octets.iter().take_while(|octet| **octet == 0).count();
    &octets[zeros..]
}

fn edwards(bits: u32) -> PublicKey {
    PublicKey {
        algorithm: KeyAlgorithm::Edwards,
        bits,
    }
}

/// The name of the curve that the parameters give, or `explicit` where they spell one out.
fn curve(parameters: Option<&Any<'_>>, point: &[u8]) -> PublicKey {
    let oid = parameters
        .filter(|parameters| parameters.tag() == x509_parser::asn1_rs::Tag::Oid)
        .and_then(|parameters| Oid::try_from(parameters.clone()).ok())
        .map(|oid| dotted(&oid));
    let known = CURVES
        .iter()
        .find(|(known, _, _)| oid.as_deref() == Some(known));
    let (name, bits) = match (known, oid) {
        (Some((_, name, bits)), _) => ((*name).to_owned(), *bits),
        (None, Some(oid)) => (oid, field_of(point)),
        (None, None) => ("explicit".to_owned(), field_of(point)),
    };
    PublicKey {
        algorithm: KeyAlgorithm::Ec(name),
        bits,
    }
}

/// The bits of the field that a point's octets fill (SEC 1 §2.3.3).
fn field_of(point: &[u8]) -> u32 {
    let octets = match point {
        [4, coordinates @ ..] => coordinates.len() / 2,
        [2 | 3, coordinate @ ..] => coordinate.len(),
        _ => 0,
    };
    u32::try_from(octets).map_or(u32::MAX, |octets| octets.saturating_mul(8))
}

fn first_integer_of_sequence(der: &[u8]) -> Option<&[u8]> {
    let (_, sequence) = Any::from_der(der).ok()?;
    first_integer(sequence.data)
}

fn first_integer(contents: &[u8]) -> Option<&[u8]> {
    let (_, integer) = Any::from_der(contents).ok()?;
    (integer.tag() == x509_parser::asn1_rs::Tag::Integer).then_some(integer.data)
}

/// The bits of a non-negative integer, leading zeros not counted.
fn width(octets: &[u8]) -> u32 {
    let zeros = octets.iter().take_while(|octet| **octet == 0).count();
    let Some(first) = octets.get(zeros) else {
        return 0;
    };
    u32::try_from(octets.len() - zeros).map_or(u32::MAX, |octets| {
        octets.saturating_mul(8) - first.leading_zeros()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_policy_can_name_every_curve() {
        for (_, name, _) in CURVES {
            assert!(PublicKey::KINDS.contains(name), "{name}");
        }
    }

    #[test]
    fn leading_zeros_are_no_part_of_a_size() {
        assert_eq!(width(&[0, 0x80, 0]), 16);
        assert_eq!(width(&[0x7f, 0]), 15);
        assert_eq!(width(&[0, 0]), 0);
        assert_eq!(width(&[]), 0);
    }
}
