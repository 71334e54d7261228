//! Answers of servers that few machines still have (`tests/cases/hellos/README.md`).

use super::*;
use crate::model::{Fact, KeyExchange, NamedGroup, Refusal, SignatureScheme, Ssl2Agreed};
use crate::wire::cert;

/// The answer of that name.
macro_rules! captured {
    ($name:literal) => {
        include_bytes!(concat!("../../../../tests/cases/hellos/", $name, ".bin"))
    };
}

fn is_certificate(der: &[u8]) {
    cert::read(der).expect("it is a certificate");
}

#[test]
fn ssl2_names_its_kinds_and_shows_its_certificate() {
    let heard = heard(&hello(TlsVersion::SSL_2_0, &[]), captured!("ssl2"));
    let [der] = &heard.certificates[..] else {
        panic!("it sent one certificate: {heard:?}");
    };
    is_certificate(der);
    let kinds = vec![
        0x01_00_80, 0x02_00_80, 0x03_00_80, 0x04_00_80, 0x05_00_80, 0x06_00_40, 0x07_00_c0,
    ];
    let chain = vec![cert::id(der)];
    assert_eq!(
        heard.answer,
        Ok(HelloAnswer::Ssl2(Ssl2Agreed { kinds, chain }))
    );
}

#[test]
fn ssl2_can_say_no() {
    let asked = hello(TlsVersion::SSL_2_0, &[]);
    // ERROR: no cipher in common.
    let error = heard(&asked, &[0x80, 3, 0, 0, 1]).answer;
    assert_eq!(error, Ok(HelloAnswer::Refused(Refusal::Alert(40))));
    let refused = heard(&asked, &alert(2, 70)).answer;
    assert_eq!(refused, Ok(HelloAnswer::Refused(Refusal::Alert(70))));
    let tls = record(22, &server_hello(0x0301, 0x0004));
    assert_eq!(heard(&asked, &tls).answer, Err(malformed(&tls[5..])));
    // No kinds at all is an answer (CVE-2015-3197 is about such a server).
    let none = heard(&asked, &[0x80, 11, 4, 0, 1, 0, 2, 0, 0, 0, 0, 0, 0]).answer;
    let (kinds, chain) = (Vec::new(), Vec::new());
    let no_kinds = Ok(HelloAnswer::Ssl2(Ssl2Agreed { kinds, chain }));
    assert_eq!(none, no_kinds);
    // A certificate of another kind than X.509 is not kept.
    let odd = heard(&asked, &[0x80, 12, 4, 0, 2, 0, 2, 0, 1, 0, 0, 0, 0, 7]);
    assert_eq!(odd.answer, no_kinds);
    assert!(odd.certificates.is_empty());
    for bad in [
        &[0x80, 1, 4][..],
        &[0x80, 3, 0, 0, 2],
        &[0x80, 1, 0],
        &[0x80, 11, 4, 0, 1, 3, 0, 0, 0, 0, 0, 0, 0],
        &[0x80, 11, 4, 1, 1, 0, 2, 0, 0, 0, 0, 0, 0],
        &[0x80, 12, 4, 0, 1, 0, 2, 0, 0, 0, 1, 0, 0, 7],
        &[0x80, 12, 4, 0, 1, 0, 2, 0, 0, 0, 0, 0, 0, 7],
    ] {
        assert_eq!(heard(&asked, bad).answer, Err(malformed(&bad[2..])));
    }
    let whole = captured!("ssl2");
    let mut flight = Flight::new(&asked);
    assert_eq!(flight.take(&whole[..whole.len() - 1]), None);
    assert_eq!(flight.cut_off(), None);
}

#[test]
fn export_suites_have_weak_keys_of_their_own() {
    let asked = hello(TlsVersion::SSL_3_0, &[0x0003]);
    let export_rsa = agreed(&asked, captured!("ssl3-export-rsa"));
    assert_eq!(export_rsa.version, TlsVersion::SSL_3_0);
    let exchange = KeyExchange::TemporaryRsa { bits: 512 };
    assert_eq!(export_rsa.key_exchange, Fact::Seen(exchange));
    let asked = hello(TlsVersion::TLS_1_0, &[0x0014]);
    let export_dhe = agreed(&asked, captured!("tls10-export-dhe"));
    assert_eq!(export_dhe.key_exchange, Fact::Seen(weak_prime(None)));
    // It understood the signal for secure renegotiation, in SSL 3.0 too.
    assert!(export_rsa.has(0xff01) && export_dhe.has(0xff01));
}

fn weak_prime(scheme: Option<SignatureScheme>) -> KeyExchange {
    KeyExchange::FiniteField {
        bits: 512,
        known: None,
        scheme,
    }
}

#[test]
fn an_anonymous_server_shows_and_signs_nothing() {
    let asked = hello(TlsVersion::TLS_1_0, &[0x0018]);
    let agreed = agreed(&asked, captured!("tls10-anon"));
    assert_eq!(agreed.key_exchange, Fact::Seen(weak_prime(None)));
    assert_eq!(agreed.chain, Fact::Seen(Vec::new()));
}

#[test]
fn compression_is_heard() {
    let mut asked = hello(TlsVersion::TLS_1_2, &[0x009a]);
    asked.compression = true;
    let agreed = agreed(&asked, captured!("tls12-dhe-compression"));
    assert_eq!(agreed.compression, 1);
    // Without schemes in the hello a server signs with SHA-1 (RFC 5246 §7.4.1.4.1).
    let sha1 = Some(SignatureScheme(0x0201));
    assert_eq!(agreed.key_exchange, Fact::Seen(weak_prime(sha1)));
}

#[test]
fn national_suites_of_tls13_are_heard() {
    let asked = hello(TlsVersion::TLS_1_3, &[0x00c6]);
    let agreed = agreed(&asked, captured!("tls13-sm4"));
    assert!(agreed.retry);
    let group = NamedGroup(0x0029);
    let exchange = KeyExchange::Group {
        group,
        scheme: None,
    };
    assert_eq!(agreed.key_exchange, Fact::Seen(exchange));
}

#[test]
fn tlcp_shows_two_certificates_and_their_issuer() {
    let group = NamedGroup(0x0029);
    let on_sm2 = KeyExchange::Group {
        group,
        scheme: None,
    };
    for (bytes, suites, suite, exchange, asks) in [
        (
            &captured!("tlcp-ecc")[..],
            &[0xe053, 0xe013][..],
            0xe013,
            KeyExchange::Certificate,
            false,
        ),
        (captured!("tlcp-ecdhe"), &[0xe051], 0xe051, on_sm2, true),
    ] {
        let asked = hello(TlsVersion::TLCP, suites);
        let heard = heard(&asked, bytes);
        assert_eq!(heard.certificates.len(), 3);
        heard
            .certificates
            .iter()
            .for_each(|der| is_certificate(der));
        assert_eq!(heard.farewell()[1..3], [1, 1]);
        let Ok(HelloAnswer::Agreed(agreed)) = heard.answer else {
            panic!("{:?}", heard.answer);
        };
        assert_eq!(agreed.version, TlsVersion::TLCP);
        assert_eq!(agreed.suite, Suite(suite));
        assert_eq!(agreed.key_exchange, Fact::Seen(exchange));
        assert_eq!(agreed.client_certificate, Fact::Seen(asks));
    }
}
