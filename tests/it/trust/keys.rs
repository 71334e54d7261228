//! Keys that are weak by kind, size or numbers, and keys that no one should calculate with.

use mailfleet::model::KeyAlgorithm;
use mailfleet::trust::Roots;
use mailfleet::wire::cert;

use super::authority::{HOST, now};
use super::case::{evidence_of, report};
use super::der::*;

/// What `cert-weak-key` says of a leaf with that key: its variant, `short`, or `fine`.
fn told(key: Vec<u8>) -> &'static str {
    let made = Handmade {
        key,
        ..Handmade::good()
    };
    let roots = Roots::of_certificates("none", []);
    let report = report(&[made.der()], HOST, &roots, now());
    assert!(report.leaf().is_some(), "{:?}", report.certificates);
    match evidence_of("cert-weak-key", &report, HOST, now()) {
        None => "fine",
        Some(evidence) => evidence.variant.unwrap_or("short"),
    }
}

/// 65537 to the 128th power, of 2049 bits: a modulus as the faulty library made them.
fn fingerprinted() -> Vec<u8> {
    let mut number = vec![1_u8];
    for _ in 0..128 {
        let shifted = [number.clone(), vec![0, 0]].concat();
        let mut sum = Vec::with_capacity(shifted.len() + 1);
        let mut carry = 0_u16;
        for place in 0..shifted.len() {
            let one = u16::from(shifted[shifted.len() - 1 - place]);
            let other = number
                .len()
                .checked_sub(place + 1)
                .map_or(0, |at| number[at]);
            let total = one + u16::from(other) + carry;
            sum.push((total & 0xff) as u8);
            carry = total >> 8;
        }
        assert_eq!(carry, 0);
        sum.reverse();
        number = sum;
    }
    number
}

const USUAL: [u8; 3] = [1, 0, 1];

#[test]
fn rsa_keys_are_weighed_by_their_numbers() {
    let odd = modulus(256);
    let mut even = odd.clone();
    even[255] &= 0xfe;
    for (modulus, exponent, expected) in [
        (odd.clone(), &USUAL[..], "fine"),
        (odd.clone(), &[3], "small-exponent"),
        (odd.clone(), &[17], "small-exponent"),
        (odd.clone(), &[1, 0, 0], "numbers"),
        (odd.clone(), &[1], "numbers"),
        (odd.clone(), &[2], "numbers"),
        (odd.clone(), &[], "numbers"),
        (odd.clone(), &[0xff; 256], "numbers"),
        (odd.clone(), &[1, 0, 0, 0, 1], "fine"),
        (even, &USUAL, "numbers"),
        (fingerprinted(), &USUAL, "roca"),
        (fingerprinted(), &[3], "roca"),
        (fingerprinted()[..128].to_vec(), &USUAL, "short"),
        (super::der::modulus(255), &USUAL, "short"),
        (vec![], &USUAL, "short"),
    ] {
        let key = rsa(&modulus, exponent);
        assert_eq!(told(key), expected, "{exponent:?} {}", modulus.len());
    }
}

#[test]
fn kinds_that_have_gone_out_of_use_are_named() {
    let numbers = |octets: usize| {
        let numbers = sequence(&[integer(&modulus(octets)), integer(&[7]), integer(&[2])]);
        let algorithm = sequence(&[oid("1.2.840.10040.4.1"), numbers]);
        key(algorithm, &integer(&modulus(octets)))
    };
    assert_eq!(told(numbers(256)), "kind");
    assert_eq!(told(numbers(128)), "short");
    // A curve that is spelled out: version, field, and so on.
    let spelled = sequence(&[
        integer(&[1]),
        sequence(&[oid("1.2.840.10045.1.1"), integer(&[7])]),
    ]);
    let algorithm = sequence(&[oid("1.2.840.10045.2.1"), spelled]);
    assert_eq!(told(key(algorithm, &[&[4][..], &[7; 64]].concat())), "kind");
    let named = |curve: &str| sequence(&[oid("1.2.840.10045.2.1"), oid(curve)]);
    let point = [&[4][..], &[7; 48]].concat();
    assert_eq!(told(key(named("1.2.840.10045.3.1.1"), &point)), "short");
    let ed25519 = sequence(&[oid("1.3.101.112")]);
    assert_eq!(told(key(ed25519, &[7; 32])), "fine");
}

#[test]
fn absurd_keys_are_measured_and_not_calculated_with() {
    for octets in [2_048, 4_096, 8_192] {
        let made = Handmade {
            key: rsa(&modulus(octets), &USUAL),
            ..Handmade::good()
        };
        let facts = cert::read(&made.der()).expect("a certificate");
        assert_eq!(facts.key.bits as usize, octets * 8);
        assert_eq!(facts.rsa, None);
        assert_eq!(told(made.key), "fine");
    }
    let nothing = Handmade {
        key: key(sequence(&[oid("1.2.840.113549.1.1.1"), vec![5, 0]]), &[]),
        ..Handmade::good()
    };
    let facts = cert::read(&nothing.der()).expect("a certificate");
    assert_eq!(
        (facts.key.algorithm, facts.key.bits),
        (KeyAlgorithm::Rsa, 0)
    );
    assert_eq!(told(nothing.key), "short");
}
