//! ServerKeyExchange: how keys are agreed on.

use super::*;
use crate::model::{Fact, Gap, KeyExchange, NamedGroup, Phase, SignatureScheme};

/// What a server says about keys that chose `suite` and sends this ServerKeyExchange, if any.
fn said(version: u16, suite: u16, exchange: Option<&[u8]>) -> Fact<KeyExchange> {
    let mut asked = hello_of_all();
    if version == 0x0101 {
        asked = hello(TlsVersion::TLCP, &[0xe011, 0xe013, 0xe019]);
    }
    let mut messages = vec![server_hello(version, suite), certificate(&[b"leaf"])];
    messages.extend(exchange.map(|body| message(12, body)));
    messages.push(done());
    agreed(&asked, &records(&messages)).key_exchange
}

fn finite_field(prime: &[u8], signature: &[u8]) -> Vec<u8> {
    written(|out| {
        out.vector::<2>(|out| out.bytes(prime));
        out.vector::<2>(|out| out.u8(2));
        out.vector::<2>(|out| out.bytes(&[9; 16]));
        out.bytes(signature);
    })
}

const SIGNED: [u8; 4] = [0, 2, 7, 7];
const SIGNED_IN_TLS12: [u8; 6] = [8, 4, 0, 2, 7, 7];
const PSS: Option<SignatureScheme> = Some(SignatureScheme(0x0804));

#[test]
fn a_named_curve_is_named() {
    let group = NamedGroup(0x0018);
    let curve = [3, 0, 0x18, 3, 4, 1, 2];
    for (version, suite, signature, scheme) in [
        (0x0303, 0xc013, &SIGNED_IN_TLS12[..], PSS),
        (0x0302, 0xc013, &SIGNED[..], None),
        (0x0300, 0xc013, &SIGNED[..], None),
        (0x0303, 0xc018, &[][..], None),
        (0x0101, 0xe011, &SIGNED[..], None),
    ] {
        let body = [&curve[..], signature].concat();
        let expected = KeyExchange::Group { group, scheme };
        assert_eq!(said(version, suite, Some(&body)), Fact::Seen(expected));
    }
}

#[test]
fn the_size_of_a_prime_counts_no_zeros() {
    let known = [vec![0, 0], prime("RFC 2409 group 2")].concat();
    for (prime, bits, known) in [
        (&[0x01][..], 1, None),
        (&[0x7f, 0xff], 15, None),
        (&[0x00, 0x80, 0x01], 16, None),
        (&[0xff; 64], 512, None),
        (&known, 1024, Some("RFC 2409 group 2")),
        (&[0xff; 8191], 65528, None),
    ] {
        let known = known.map(str::to_owned);
        for (version, suite, signature, scheme) in [
            (0x0303, 0x0039, &SIGNED_IN_TLS12[..], PSS),
            (0x0301, 0x0039, &SIGNED[..], None),
            (0x0303, 0x0034, &[][..], None),
        ] {
            let body = finite_field(prime, signature);
            let known = known.clone();
            let expected = KeyExchange::FiniteField {
                bits,
                known,
                scheme,
            };
            assert_eq!(said(version, suite, Some(&body)), Fact::Seen(expected));
        }
    }
}

/// The prime of that name, as it stands in the table.
fn prime(name: &str) -> Vec<u8> {
    let table = include_str!("../primes.txt");
    let row = table
        .lines()
        .find_map(|row| row.strip_prefix(name)?.strip_prefix(": "));
    let digits = row.expect("the prime is in the table").as_bytes();
    let octet = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    digits.chunks(2).filter_map(octet).collect()
}

#[test]
fn a_curve_that_is_spelled_out_has_the_size_of_its_field() {
    let over_prime = [&[1, 3, 0x1f, 0, 1][..], &[7; 40]].concat();
    let over_bits = [&[2, 0, 163, 1][..], &[7; 40]].concat();
    for (body, bits) in [
        (&over_prime[..], Some(21)),
        (&over_bits, Some(163)),
        (&[1], None),
        (&[1, 9, 1], None),
        (&[2, 0], None),
    ] {
        let expected = KeyExchange::ExplicitCurve { bits };
        assert_eq!(said(0x0301, 0xc013, Some(body)), Fact::Seen(expected));
    }
}

#[test]
fn an_rsa_key_made_for_this_has_its_size() {
    let key = |signature: &[u8]| [&[0, 2, 0x01, 0xff, 0, 1, 3][..], signature].concat();
    let expected = Fact::Seen(KeyExchange::TemporaryRsa { bits: 9 });
    assert_eq!(said(0x0300, 0x0003, Some(&key(&SIGNED))), expected);
    assert_eq!(said(0x0303, 0x002f, Some(&key(&SIGNED_IN_TLS12))), expected);
}

#[test]
fn the_certificate_serves_where_nothing_is_said() {
    let by_certificate = Fact::Seen(KeyExchange::Certificate);
    for suite in [0x002f, 0x0003, 0xc004] {
        assert_eq!(said(0x0303, suite, None), by_certificate);
    }
    // TLCP signs the certificate that encrypts.
    for suite in [0xe013, 0xe019] {
        assert_eq!(said(0x0101, suite, Some(&SIGNED)), by_certificate);
        assert_eq!(said(0x0101, suite, None), by_certificate);
    }
}

#[test]
fn what_has_another_form_is_unknown() {
    let with_rest = finite_field(&[0xff; 64], &[&SIGNED[..], &[0]].concat());
    for (version, suite, body) in [
        (0x0303, 0xc013, &[][..]),
        (0x0303, 0xc013, &[4, 0, 0x17]),
        (0x0303, 0xc013, &[3, 0, 0x17, 1, 4]),
        (0x0303, 0xc018, &[3, 0, 0x17, 1, 4, 0]),
        (0x0301, 0x0039, &with_rest),
        (0x0301, 0x0039, &finite_field(&[0, 0], &SIGNED)),
        (0x0301, 0x0039, &finite_field(&[0xff; 8192], &SIGNED)),
        (0x0303, 0x0039, &finite_field(&[0xff; 64], &SIGNED[..3])),
        (0x0303, 0x0003, &[0, 0, 0, 1, 3, 8, 4, 0, 0]),
        (0x0303, 0xc004, &SIGNED),
        (0x0101, 0xe013, &[0, 2, 7]),
    ] {
        let excerpt = message(12, body);
        let excerpt = &excerpt[..excerpt.len().min(200)];
        let gap = Gap::new(Phase::Handshake, malformed(excerpt));
        assert_eq!(said(version, suite, Some(body)), Fact::Unknown(gap));
    }
    for suite in [0xc013, 0xc018, 0x0039, 0x0034] {
        let gap = Gap::new(Phase::Handshake, malformed(&done()));
        assert_eq!(said(0x0303, suite, None), Fact::Unknown(gap), "it is due");
    }
}
