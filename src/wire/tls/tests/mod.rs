//! Answers made by hand and captured, and what holds of any.

mod answers;
mod breaks;
mod captured;
mod choices;
mod keys;
mod properties;
mod spellings;

use super::codec::Writer;
use super::{Flight, Heard};
use crate::model::{Agreed, Cause, Hello, HelloAnswer, Raw, Suite, TlsVersion};

const NAME: &str = "mail.yourcompany.test";

/// A hello that offers these suites, and no more than a server needs to know.
fn hello(highest: TlsVersion, suites: &[u16]) -> Hello {
    Hello {
        highest,
        suites: suites.iter().copied().map(Suite).collect(),
        groups: Vec::new(),
        schemes: Vec::new(),
        alpn: Vec::new(),
        name: false,
        compression: false,
        fallback: false,
        bare: false,
    }
}

/// A hello of TLS 1.2 with one suite of each way to agree on keys.
fn hello_of_all() -> Hello {
    hello(
        TlsVersion::TLS_1_2,
        &[0x002f, 0x0003, 0x0039, 0x0034, 0xc013, 0xc018, 0xc004],
    )
}

fn written(write: impl FnOnce(&mut Writer)) -> Vec<u8> {
    let mut out = Writer::default();
    write(&mut out);
    out.into_bytes()
}

/// A record of TLS 1.2.
fn record(kind: u8, bytes: &[u8]) -> Vec<u8> {
    written(|out| {
        out.u8(kind);
        out.u16(0x0303);
        out.vector::<2>(|out| out.bytes(bytes));
    })
}

fn alert(level: u8, number: u8) -> Vec<u8> {
    record(21, &[level, number])
}

/// Messages in as few records as hold them.
fn records(messages: &[Vec<u8>]) -> Vec<u8> {
    let stream = messages.concat();
    stream
        .chunks(1 << 14)
        .flat_map(|part| record(22, part))
        .collect()
}

fn message(kind: u8, body: &[u8]) -> Vec<u8> {
    written(|out| {
        out.u8(kind);
        out.vector::<3>(|out| out.bytes(body));
    })
}

fn server_hello_with(
    version: u16,
    random: [u8; 32],
    suite: u16,
    compression: u8,
    extensions: &[(u16, &[u8])],
) -> Vec<u8> {
    let body = written(|out| {
        out.u16(version);
        out.bytes(&random);
        out.vector::<1>(|id| id.bytes(&[7; 32]));
        out.u16(suite);
        out.u8(compression);
        if !extensions.is_empty() {
            out.vector::<2>(|out| {
                for (number, body) in extensions {
                    out.u16(*number);
                    out.vector::<2>(|out| out.bytes(body));
                }
            });
        }
    });
    message(2, &body)
}

fn server_hello(version: u16, suite: u16) -> Vec<u8> {
    server_hello_with(version, [9; 32], suite, 0, &[])
}

fn certificate(chain: &[&[u8]]) -> Vec<u8> {
    let body = written(|out| {
        out.vector::<3>(|list| {
            for der in chain {
                list.vector::<3>(|out| out.bytes(der));
            }
        });
    });
    message(11, &body)
}

/// A ServerKeyExchange on secp256r1, signed with rsa_pkcs1_sha256.
fn on_curve() -> Vec<u8> {
    message(12, &[3, 0, 0x17, 2, 4, 4, 0x04, 0x01, 0, 1, 9])
}

fn done() -> Vec<u8> {
    message(14, &[])
}

/// A whole answer of TLS 1.2 with ECDHE.
fn whole_answer() -> Vec<u8> {
    records(&[
        server_hello(0x0303, 0xc013),
        certificate(&[b"leaf", b"issuer"]),
        on_curve(),
        done(),
    ])
}

/// What is heard when all of this comes at once.
fn heard(hello: &Hello, bytes: &[u8]) -> Heard {
    let mut flight = Flight::new(hello);
    let heard = flight.take(bytes);
    assert_eq!(flight.take(bytes), None, "an answer is given once");
    heard.expect("this is a whole answer")
}

/// What the server agreed to, when all of this comes at once.
fn agreed(hello: &Hello, bytes: &[u8]) -> Agreed {
    match heard(hello, bytes).answer {
        Ok(HelloAnswer::Agreed(agreed)) => *agreed,
        other => panic!("this agrees on nothing: {other:?}"),
    }
}

fn malformed(excerpt: &[u8]) -> Cause {
    Cause::Malformed(Raw::from(excerpt))
}
