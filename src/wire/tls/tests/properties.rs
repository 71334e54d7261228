//! What holds of any bytes and of any sequence of messages.

use std::cell::Cell;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use super::*;
use crate::wire::tls::bounds::FLIGHT;
use crate::wire::tls::said::ORDER;
use crate::wire::tls::server::RETRY;
use crate::wire::tls::server_says;

/// What came of bytes, and after how many of them.
type Outcome = (Option<Heard>, usize);

/// Hears the bytes in pieces of these sizes, over and over.
fn in_pieces(hello: &Hello, bytes: &[u8], sizes: &[usize]) -> Outcome {
    let mut flight = Flight::new(hello);
    let mut taken = 0;
    let mut sizes = sizes.iter().cycle();
    while taken < bytes.len() {
        let size = sizes.next().map_or(1, |size| *size).max(1);
        let piece = &bytes[taken..bytes.len().min(taken + size)];
        if let Some(heard) = flight.take(piece) {
            return (Some(heard), taken + piece.len());
        }
        taken += piece.len();
    }
    (flight.cut_off(), taken)
}

/// The answer, which is the same in any pieces, and comes with the octet that makes it whole.
fn is_one_answer(
    hello: &Hello,
    bytes: &[u8],
    sizes: &[usize],
) -> Result<Option<Heard>, TestCaseError> {
    let (single, ends) = in_pieces(hello, bytes, &[1]);
    prop_assert!(ends <= FLIGHT + 1);
    let at_once = in_pieces(hello, bytes, &[bytes.len()]).0;
    prop_assert_eq!(&at_once, &single);
    prop_assert_eq!(&in_pieces(hello, bytes, sizes).0, &single);
    let until_then = in_pieces(hello, &bytes[..ends], &[bytes.len()]).0;
    prop_assert_eq!(&until_then, &single);
    Ok(single)
}

fn hellos() -> impl Strategy<Value = Hello> {
    let mut with_compression = hello_of_all();
    with_compression.compression = true;
    proptest::sample::select(vec![
        hello_of_all(),
        with_compression,
        hello(TlsVersion::TLS_1_3, &[0x1301]),
        hello(TlsVersion::SSL_2_0, &[]),
        hello(TlsVersion::SSL_3_0, &[0x0003, 0x0018]),
        hello(TlsVersion::TLCP, &[0xe013, 0xe011]),
    ])
}

/// A ServerHello with a choice that was offered.
fn fitting(hello: &Hello, choice: prop::sample::Index) -> Vec<u8> {
    let suites = &hello.suites;
    let suite = suites.get(choice.index(suites.len().max(1)));
    let suite = suite.map_or(0, |suite| suite.0);
    let server_hello = match hello.highest {
        TlsVersion::TLS_1_3 => {
            let extensions: &[(u16, &[u8])] = &[(43, &[3, 4]), (51, &[0, 0x1d])];
            server_hello_with(0x0303, RETRY, suite, 0, extensions)
        }
        version => server_hello(version.0, suite),
    };
    record(22, &server_hello)
}

/// A message behind a ServerHello, which parses more often than not.
fn any_message() -> impl Strategy<Value = Vec<u8>> {
    let exchanges = proptest::sample::select(vec![
        vec![0, 1, 9],
        vec![3, 0, 0x17, 1, 4],
        vec![3, 0, 0x17, 1, 4, 0, 1, 9],
        vec![3, 0, 0x17, 1, 4, 4, 1, 0, 1, 9],
        vec![1, 2, 0x7f, 0xff, 9],
        vec![0, 1, 5, 0, 1, 2, 0, 1, 9],
        vec![0, 1, 5, 0, 1, 2, 0, 1, 9, 4, 1, 0, 1, 9],
        vec![0, 1, 5, 0, 1, 3, 0, 1, 9],
    ]);
    let chains = vec(vec(any::<u8>(), 0..30), 0..4);
    prop_oneof![
        chains.prop_map(|chain| certificate(&chain.iter().map(|der| &der[..]).collect::<Vec<_>>())),
        Just(message(22, &[1, 0, 0, 2, 0x30, 0])),
        exchanges.prop_map(|body| message(12, &body)),
        Just(message(13, &[1, 1, 0, 0])),
        Just(done()),
    ]
}

/// What does not belong there.
fn any_noise() -> impl Strategy<Value = Vec<u8>> {
    let numbers = proptest::sample::select(vec![0_u8, 40, 70, 80, 90, 112]);
    let kinds = proptest::sample::select(vec![0_u8, 1, 2, 4, 16, 20, 23]);
    prop_oneof![
        (1..=2_u8, numbers).prop_map(|(level, number)| alert(level, number)),
        kinds.prop_map(|kind| record(22, &message(kind, &[]))),
        (18..26_u8, vec(any::<u8>(), 0..20)).prop_map(|(kind, bytes)| record(kind, &bytes)),
        vec(any::<u8>(), 1..20),
        Just(record(22, &server_hello(0x0303, 0x002f))),
        Just(record(
            22,
            &server_hello_with(0x0302, RETRY, 0x002f, 1, &[])
        )),
        Just(b"220 mail.yourcompany.test ESMTP\r\n".to_vec()),
        Just(vec![0x80, 11, 4, 0, 1, 0, 2, 0, 0, 0, 0, 0, 0]),
    ]
}

/// A ServerHello and messages, in their order or in any, and now and then what does not belong there.
fn any_sequence() -> impl Strategy<Value = (Hello, Vec<u8>, Vec<usize>)> {
    let noises = vec((any::<prop::sample::Index>(), any_noise()), 0..2);
    (
        (hellos(), any::<prop::sample::Index>()),
        (vec(any_message(), 0..7), any::<bool>()),
        noises,
        vec(1..40_usize, 1..8),
    )
        .prop_map(
            |((hello, choice), (mut messages, ordered), noises, sizes)| {
                if ordered {
                    let place =
                        |message: &Vec<u8>| ORDER.iter().position(|kind| *kind == message[0]);
                    messages.sort_by_key(place);
                    messages.dedup_by_key(|message| message[0]);
                }
                let mut sequence = vec![fitting(&hello, choice)];
                sequence.extend(messages.iter().map(|message| record(22, message)));
                for (at, noise) in noises {
                    sequence.insert(at.index(sequence.len() + 1), noise);
                }
                (hello, sequence.concat(), sizes)
            },
        )
}

/// Runs this many sequences of records by the state machine (threat model B14).
fn sequences(cases: u32) {
    let config = Config {
        cases,
        failure_persistence: None,
        ..Config::default()
    };
    let agreements = Cell::new(0);
    let ran = TestRunner::new(config).run(&any_sequence(), |(hello, bytes, sizes)| {
        server_says(&bytes);
        let heard = is_one_answer(&hello, &bytes, &sizes)?;
        let answer = heard.and_then(|heard| heard.answer.ok());
        if matches!(answer, Some(HelloAnswer::Agreed(_))) {
            agreements.set(agreements.get() + 1);
        }
        Ok(())
    });
    ran.unwrap();
    assert!(
        agreements.get() > cases / 4,
        "too few of them lead anywhere"
    );
}

#[test]
fn any_sequence_of_records_has_one_answer() {
    sequences(2_000);
}

#[test]
#[ignore = "a million sequences take a while: tests/run --long runs this"]
fn long_a_million_sequences_have_one_answer_each() {
    sequences(1_000_000);
}

proptest! {
    #[test]
    fn any_bytes_have_one_answer(
        hello in hellos(),
        bytes in vec(any::<u8>(), 0..400),
        sizes in vec(1..60_usize, 1..8),
    ) {
        server_says(&bytes);
        is_one_answer(&hello, &bytes, &sizes)?;
    }

    /// A real answer with octets changed, put in and left out.
    #[test]
    fn a_damaged_answer_has_one_answer(
        edits in vec((any::<prop::sample::Index>(), any::<u8>(), 0..3_u8), 0..6),
        sizes in vec(1..60_usize, 1..8),
    ) {
        let mut bytes = whole_answer();
        for (at, octet, edit) in edits {
            let at = at.index(bytes.len());
            match edit {
                0 => bytes[at] = octet,
                1 => bytes.insert(at, octet),
                _ => drop(bytes.remove(at)),
            }
        }
        server_says(&bytes);
        is_one_answer(&hello_of_all(), &bytes, &sizes)?;
    }

    /// How messages are cut into records makes no difference either.
    #[test]
    fn records_of_any_size_have_one_answer(sizes in vec(1..90_usize, 1..20)) {
        let messages = [
            server_hello(0x0303, 0xc013),
            certificate(&[b"leaf", b"issuer"]),
            on_curve(),
            done(),
        ];
        let stream = messages.concat();
        let mut rest = &stream[..];
        let mut bytes = Vec::new();
        for size in sizes.iter().cycle() {
            let (part, after) = rest.split_at(rest.len().min(*size));
            bytes.extend(record(22, part));
            rest = after;
            if rest.is_empty() {
                break;
            }
        }
        prop_assert_eq!(heard(&hello_of_all(), &bytes), heard(&hello_of_all(), &whole_answer()));
    }
}
