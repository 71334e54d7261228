//! Answers that break off, break the rules, or never end.

use super::*;
use crate::model::{Fact, Gap, Limit, Phase, Refusal};
use crate::wire::cert;
use crate::wire::tls::bounds::{CERTIFICATES, EXCERPT, FLIGHT, IDLE, MESSAGE};

const TOO_MUCH: Cause = Cause::LimitReached(Limit::HandshakeBytes);

fn unknown<T>(cause: Cause) -> Fact<T> {
    Fact::Unknown(Gap::new(Phase::Handshake, cause))
}

/// The answer when all of this comes at once and has no end.
fn unfinished(bytes: &[u8]) -> Flight {
    let mut flight = Flight::new(&hello_of_all());
    assert_eq!(flight.take(bytes), None);
    flight
}

#[test]
fn text_in_place_of_tls_is_shown_to_its_line_end() {
    let answer = |bytes: &[u8]| heard(&hello_of_all(), bytes).answer;
    assert_eq!(answer(b"220 hi\r\nmore"), Err(malformed(b"220 hi\r")));
    let endless = [b'A'; 3 * EXCERPT];
    assert_eq!(answer(&endless), Err(malformed(&endless[..EXCERPT])));
    let cut = unfinished(b"* BYE").cut_off().expect("text is an answer");
    assert_eq!(cut.answer, Err(malformed(b"* BYE")));
    let mut flight = unfinished(b"* BYE");
    assert!(flight.take(b"\r\n").is_some());
    assert_eq!(flight.cut_off(), None, "an answer is given once");
    // Text in the middle of an answer leaves what was said before.
    let begun = records(&[server_hello(0x0301, 0x002f)]);
    let agreed = agreed(&hello_of_all(), &[&begun, &b"421 no\n"[..]].concat());
    assert_eq!(agreed.key_exchange, unknown(malformed(b"421 no")));
}

#[test]
fn bytes_that_are_no_record_are_told_at_once() {
    for (bytes, excerpt) in [
        (&b"\x00\x01"[..], &b"\x00"[..]),
        (b"\x80\x2e\x01", b"\x80"),
        (b"\x16\x02\x00\x00\x01", b"\x16\x02"),
        (b"\x16\x01\x03", b"\x16\x01\x03"),
        (b"\x16\x03\x03\x40\x01\x00", b"\x16\x03\x03\x40\x01"),
        (b"\x17\x03\x03\x00\x01\x00", b"\x17\x03\x03\x00\x01"),
        (b"\x14\x03\x03\x00\x01\x01", b"\x14\x03\x03\x00\x01"),
    ] {
        assert_eq!(
            heard(&hello_of_all(), bytes).answer,
            Err(malformed(excerpt))
        );
    }
}

#[test]
fn an_answer_cut_off_anywhere_says_what_was_said() {
    let bytes = whole_answer();
    let hello_ends = 5 + server_hello(0x0303, 0xc013).len();
    let chain_ends = hello_ends + certificate(&[b"leaf", b"issuer"]).len();
    let keys_end = chain_ends + on_curve().len();
    for end in 0..bytes.len() {
        let flight = unfinished(&bytes[..end]);
        let Some(heard) = flight.cut_off_by(Cause::Reset) else {
            assert!(end < hello_ends, "cut off at {end}");
            continue;
        };
        assert!(end >= hello_ends, "cut off at {end}");
        let Ok(HelloAnswer::Agreed(agreed)) = heard.answer else {
            panic!("{:?}", heard.answer);
        };
        assert_eq!(agreed.suite, Suite(0xc013));
        assert_eq!(agreed.client_certificate, unknown(Cause::Reset));
        let chain = Fact::Seen(vec![cert::id(b"leaf"), cert::id(b"issuer")]);
        let expected = if end < chain_ends {
            unknown(Cause::Reset)
        } else {
            chain
        };
        assert_eq!(agreed.chain, expected, "cut off at {end}");
        assert_eq!(agreed.key_exchange.seen().is_some(), end >= keys_end);
    }
    let mut flight = Flight::new(&hello_of_all());
    assert!(flight.take(&bytes).is_some());
    assert_eq!(flight.cut_off(), None, "an answer is given once");
}

#[test]
fn a_second_server_hello_takes_back_the_first() {
    let hello = server_hello(0x0303, 0xc013);
    for twice in [
        vec![hello.clone(), hello.clone()],
        vec![hello.clone(), certificate(&[b"leaf"]), hello.clone()],
    ] {
        let heard = heard(&hello_of_all(), &records(&twice));
        assert_eq!(heard.answer, Err(malformed(&hello)));
    }
}

#[test]
fn messages_out_of_order_end_it() {
    let (chain, keys) = (certificate(&[b"leaf"]), on_curve());
    for wrong in [chain.clone(), done(), message(1, &[])] {
        let answer = heard(&hello_of_all(), &record(22, &wrong)).answer;
        assert_eq!(answer, Err(malformed(&wrong)));
    }
    for wrong in [
        vec![chain.clone(), chain.clone()],
        vec![keys.clone(), chain],
        vec![keys.clone(), keys],
        vec![message(20, &[0; 12])],
        vec![message(4, &[])],
    ] {
        let last = wrong.last().expect("there is a message").clone();
        let messages = [vec![server_hello(0x0303, 0xc013)], wrong].concat();
        let agreed = agreed(&hello_of_all(), &records(&messages));
        assert_eq!(agreed.client_certificate, unknown(malformed(&last)));
    }
}

#[test]
fn certificates_that_do_not_parse_are_unknown_by_themselves() {
    for body in [
        &[][..],
        &[0, 0, 1],
        &[0, 0, 3, 0, 0, 0],
        &[0, 0, 0, 0],
        &[0, 0, 4, 0, 0, 2, 1],
    ] {
        let chain = message(11, body);
        let messages = [
            server_hello(0x0303, 0xc013),
            chain.clone(),
            on_curve(),
            done(),
        ];
        let agreed = agreed(&hello_of_all(), &records(&messages));
        assert_eq!(agreed.chain, unknown(malformed(&chain)));
        assert!(agreed.key_exchange.seen().is_some());
        assert_eq!(agreed.client_certificate, Fact::Seen(false));
    }
}

#[test]
fn certificates_are_kept_up_to_their_bound() {
    for (sent, beyond) in [
        (CERTIFICATES - 1, 0),
        (CERTIFICATES, 0),
        (CERTIFICATES + 1, 1),
    ] {
        let chain = certificate(&vec![&b"same"[..]; sent]);
        let heard = heard(
            &hello_of_all(),
            &records(&[server_hello(0x0303, 0x002f), chain, done()]),
        );
        assert_eq!(heard.certificates.len(), sent - beyond);
        assert_eq!(heard.beyond, beyond);
    }
}

#[test]
fn what_leads_nowhere_is_bounded() {
    let request = record(22, &message(0, &[]));
    for nothing in [record(22, &[]), record(21, &[]), alert(1, 90), request] {
        let most = nothing.repeat(IDLE);
        let patient = [most.clone(), whole_answer()].concat();
        assert!(heard(&hello_of_all(), &patient).answer.is_ok());
        let flood = [most, nothing].concat();
        assert_eq!(heard(&hello_of_all(), &flood).answer, Err(TOO_MUCH));
    }
}

/// The table of limits in the threat model.
#[test]
fn the_bounds_are_those_of_the_threat_model() {
    assert_eq!((MESSAGE, FLIGHT), (128 << 10, 256 << 10));
    assert_eq!(CERTIFICATES, 20);
}

#[test]
fn a_message_is_read_up_to_its_bound() {
    let begin = server_hello(0x0303, 0x002f);
    let of = |octets: usize| {
        // What stands around one certificate: three lengths and the kind.
        let der = vec![7; octets - 10];
        certificate(&[&der])
    };
    for octets in [MESSAGE - 1, MESSAGE] {
        let bytes = records(&[begin.clone(), of(octets), done()]);
        assert!(agreed(&hello_of_all(), &bytes).chain.seen().is_some());
    }
    let long = of(MESSAGE + 1);
    let agreed = agreed(&hello_of_all(), &records(&[begin, long[..5].to_vec()]));
    assert_eq!(agreed.chain, unknown(TOO_MUCH), "told by its length alone");
    let long = heard(&hello_of_all(), &records(&[long[..5].to_vec()]));
    assert_eq!(long.answer, Err(TOO_MUCH));
}

#[test]
fn an_answer_is_read_up_to_its_bound() {
    // A record of one octet takes six: a message of this size never ends.
    let body = vec![0; FLIGHT / 6];
    let slow = message(2, &body);
    let mut bytes: Vec<u8> = slow
        .iter()
        .flat_map(|octet| record(22, &[*octet]))
        .collect();
    assert!(bytes.len() > FLIGHT);
    bytes.truncate(FLIGHT);
    let mut flight = unfinished(&bytes);
    let end = flight.take(&[0]).expect("one more is too many");
    assert_eq!(end.answer, Err(TOO_MUCH));
    // What comes with too much is heard, if it comes before.
    let late = [alert(1, 90).repeat(IDLE), alert(2, 40), vec![0; FLIGHT]].concat();
    let refused = Ok(HelloAnswer::Refused(Refusal::Alert(40)));
    assert_eq!(heard(&hello_of_all(), &late).answer, refused);
}
