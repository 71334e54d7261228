//! Answers in TLS up to 1.2, message by message.

use super::*;
use crate::model::{Fact, Gap, KeyExchange, NamedGroup, Phase, Refusal, SignatureScheme};
use crate::wire::cert;

#[test]
fn all_is_heard_from_one_record() {
    let alpn: &[u8] = &[0, 5, 4, b'i', b'm', b'a', b'p'];
    let bytes = records(&[
        server_hello_with(
            0x0303,
            [9; 32],
            0xc013,
            0,
            &[(0xff01, &[0]), (16, alpn), (18, b"timestamps"), (23, &[])],
        ),
        certificate(&[b"leaf", b"issuer"]),
        message(22, &[1, 0, 0, 2, 0x30, 0x00]),
        on_curve(),
        message(13, &[1, 1, 0, 2, 4, 1, 0, 0]),
        done(),
    ]);
    let heard = heard(&hello_of_all(), &bytes);
    let expected = Agreed {
        version: TlsVersion::TLS_1_2,
        suite: Suite(0xc013),
        compression: 0,
        extensions: vec![0xff01, 16, 18, 23],
        retry: false,
        alpn: Some(Raw::from(&b"imap"[..])),
        key_exchange: Fact::Seen(KeyExchange::Group {
            group: NamedGroup(0x0017),
            scheme: Some(SignatureScheme(0x0401)),
        }),
        chain: Fact::Seen(vec![cert::id(b"leaf"), cert::id(b"issuer")]),
        staple: Some(Raw::from(&[0x30, 0x00][..])),
        timestamps: Some(Raw::from(&b"timestamps"[..])),
        client_certificate: Fact::Seen(true),
    };
    assert_eq!(heard.answer, Ok(HelloAnswer::Agreed(Box::new(expected))));
    assert_eq!(heard.certificates, [&b"leaf"[..], b"issuer"]);
    assert_eq!(heard.beyond, 0);
}

#[test]
fn what_does_not_come_is_no_or_none() {
    let bytes = records(&[server_hello(0x0300, 0x002f), done()]);
    let agreed = agreed(&hello_of_all(), &bytes);
    assert_eq!(agreed.version, TlsVersion::SSL_3_0);
    assert!(agreed.extensions.is_empty());
    assert_eq!((&agreed.alpn, &agreed.staple), (&None, &None));
    assert_eq!(agreed.key_exchange, Fact::Seen(KeyExchange::Certificate));
    assert_eq!(agreed.chain, Fact::Seen(Vec::new()));
    assert_eq!(agreed.client_certificate, Fact::Seen(false));
}

#[test]
fn a_staple_of_another_kind_is_none() {
    for body in [
        &[2, 0, 0, 1, 7][..],
        &[1, 0, 0, 2, 7],
        &[1, 0, 0, 1, 7, 7],
        &[],
    ] {
        let messages = [server_hello(0x0303, 0x002f), message(22, body), done()];
        assert_eq!(agreed(&hello_of_all(), &records(&messages)).staple, None);
    }
}

#[test]
fn a_message_may_take_many_records() {
    let messages = [
        server_hello(0x0303, 0xc013),
        certificate(&[b"leaf"]),
        on_curve(),
        done(),
    ];
    let whole = heard(&hello_of_all(), &records(&messages));
    for size in [1, 2, 3, 7, 60] {
        let stream = messages.concat();
        let bytes: Vec<u8> = stream
            .chunks(size)
            .flat_map(|part| record(22, part))
            .collect();
        assert_eq!(heard(&hello_of_all(), &bytes), whole, "records of {size}");
    }
}

#[test]
fn an_alert_refuses_or_tells_of_an_accident() {
    for number in [40, 47, 70, 71, 86, 112] {
        let refused = Ok(HelloAnswer::Refused(Refusal::Alert(number)));
        assert_eq!(heard(&hello_of_all(), &alert(2, number)).answer, refused);
    }
    for number in [10, 20, 50, 80, 120, 255] {
        let accident = Err(Cause::Alert(number));
        assert_eq!(heard(&hello_of_all(), &alert(2, number)).answer, accident);
    }
    let in_two = [record(21, &[2]), record(21, &[40])].concat();
    let refused = Ok(HelloAnswer::Refused(Refusal::Alert(40)));
    assert_eq!(heard(&hello_of_all(), &in_two).answer, refused);
}

#[test]
fn a_warning_ends_nothing_but_a_goodbye_does() {
    let bytes = [alert(1, 112), whole_answer()].concat();
    let with_warning = heard(&hello_of_all(), &bytes);
    assert_eq!(with_warning, heard(&hello_of_all(), &whole_answer()));
    for level in [1, 2] {
        let closed = heard(&hello_of_all(), &alert(level, 0)).answer;
        assert_eq!(closed, Err(Cause::Closed));
    }
}

#[test]
fn an_alert_behind_a_server_hello_refuses_it_or_leaves_the_rest_unknown() {
    let begun = records(&[server_hello(0x0301, 0xc013), certificate(&[b"leaf"])]);
    let refused = heard(&hello_of_all(), &[begun.clone(), alert(2, 40)].concat());
    assert_eq!(refused.answer, Ok(HelloAnswer::Refused(Refusal::Alert(40))));
    assert_eq!(refused.certificates, [b"leaf"]);
    for (end, cause) in [
        (alert(2, 80), Cause::Alert(80)),
        (alert(1, 0), Cause::Closed),
    ] {
        let agreed = agreed(&hello_of_all(), &[begun.clone(), end].concat());
        let gap = Gap::new(Phase::Handshake, cause);
        assert_eq!(agreed.version, TlsVersion::TLS_1_0);
        assert_eq!(agreed.chain, Fact::Seen(vec![cert::id(b"leaf")]));
        assert_eq!(agreed.key_exchange, Fact::Unknown(gap.clone()));
        assert_eq!(agreed.client_certificate, Fact::Unknown(gap));
    }
}

#[test]
fn a_farewell_is_in_the_version_agreed_on() {
    let of = |hello: &Hello, bytes: &[u8]| heard(hello, bytes).farewell()[1..3].to_vec();
    let old = records(&[server_hello(0x0300, 0x002f), done()]);
    assert_eq!(of(&hello_of_all(), &old), [3, 0]);
    assert_eq!(of(&hello_of_all(), &whole_answer()), [3, 3]);
    assert_eq!(of(&hello_of_all(), &alert(2, 40)), [3, 1]);
    let tls13 = server_hello_with(0x0303, [9; 32], 0x1301, 0, &[(43, &[3, 4])]);
    let asked = hello(TlsVersion::TLS_1_3, &[0x1301]);
    assert_eq!(of(&asked, &record(22, &tls13)), [3, 3]);
    let farewell = crate::wire::tls::farewell();
    assert_eq!(farewell, [21, 3, 1, 0, 2, 1, 90, 21, 3, 1, 0, 2, 1, 0]);
    // It reads as what it is: a warning, and the end.
    assert_eq!(heard(&hello_of_all(), farewell).answer, Err(Cause::Closed));
}
