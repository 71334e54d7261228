//! What a server chooses must have been offered, in TLS 1.3 too.

use super::*;
use crate::model::{Fact, Gap, KeyExchange, NamedGroup, Phase, ServerSays, Skip};
use crate::wire::tls::server::RETRY;
use crate::wire::tls::server_says;

fn contradicts(hello: &Hello, server_hello: &[u8]) {
    let answer = heard(hello, &record(22, server_hello)).answer;
    let excerpt = &server_hello[..server_hello.len().min(200)];
    assert_eq!(answer, Err(malformed(excerpt)));
}

fn hello13() -> Hello {
    hello(TlsVersion::TLS_1_3, &[0x1301, 0x00c6])
}

#[test]
fn a_choice_that_was_not_offered_is_no_answer() {
    let old = hello(TlsVersion::TLS_1_1, &[0x002f]);
    for version in [0x0300, 0x0301, 0x0302] {
        let bytes = records(&[server_hello(version, 0x002f), done()]);
        assert_eq!(agreed(&old, &bytes).version, TlsVersion(version));
    }
    for version in [0x0002, 0x0101, 0x02ff, 0x0303, 0x0304, 0xffff] {
        contradicts(&old, &server_hello(version, 0x002f));
    }
    for suite in [0x0035, 0x00ff, 0x5600] {
        contradicts(&old, &server_hello(0x0301, suite));
    }
    let tls13: &[u8] = &[3, 4];
    contradicts(
        &old,
        &server_hello_with(0x0303, [9; 32], 0x002f, 0, &[(43, tls13)]),
    );
    contradicts(&old, &server_hello_with(0x0302, RETRY, 0x002f, 0, &[]));
    let tlcp = hello(TlsVersion::TLCP, &[0xe013]);
    contradicts(&tlcp, &server_hello(0x0301, 0xe013));
}

#[test]
fn compression_must_have_been_offered() {
    let mut asked = hello(TlsVersion::TLS_1_2, &[0x002f]);
    let with = |method| server_hello_with(0x0303, [9; 32], 0x002f, method, &[]);
    contradicts(&asked, &with(1));
    asked.compression = true;
    let bytes = records(&[with(1), done()]);
    assert_eq!(agreed(&asked, &bytes).compression, 1);
    contradicts(&asked, &with(64));
}

#[test]
fn a_server_hello_that_does_not_parse_is_no_answer() {
    let asked = hello_of_all();
    let good = server_hello_with(0x0303, [9; 32], 0x002f, 0, &[(23, &[])]);
    for end in 4..good.len() {
        // Without its extensions it is whole again.
        if end != good.len() - 6 {
            contradicts(&asked, &message(2, &good[4..end]));
        }
    }
    contradicts(&asked, &message(2, &[&good[4..], &[0]].concat()));
    let twice = server_hello_with(0x0303, [9; 32], 0x002f, 0, &[(23, &[]), (23, &[])]);
    contradicts(&asked, &twice);
    let many: Vec<(u16, &[u8])> = (1000..1065).map(|number| (number, &[][..])).collect();
    contradicts(
        &asked,
        &server_hello_with(0x0303, [9; 32], 0x002f, 0, &many),
    );
    let alpn: &[u8] = &[0, 4, 1, b'a', 1, b'b'];
    contradicts(
        &asked,
        &server_hello_with(0x0303, [9; 32], 0x002f, 0, &[(16, alpn)]),
    );
    let mut long_id = good[4..].to_vec();
    long_id[34] = 33;
    long_id.insert(35, 7);
    contradicts(&asked, &message(2, &long_id));
}

#[test]
fn tls13_says_suite_and_group() {
    let share: &[u8] = &[0, 0x1d, 0, 2, 1, 1];
    for (random, share, retry) in [(RETRY, &[0, 0x1d][..], true), ([9; 32], share, false)] {
        let hello = server_hello_with(0x0303, random, 0x1301, 0, &[(43, &[3, 4]), (51, share)]);
        let agreed = agreed(&hello13(), &record(22, &hello));
        assert_eq!(agreed.version, TlsVersion::TLS_1_3);
        assert_eq!(agreed.suite, Suite(0x1301));
        assert_eq!(agreed.extensions, [43, 51]);
        assert_eq!(agreed.retry, retry);
        let group = NamedGroup(0x001d);
        let exchange = KeyExchange::Group {
            group,
            scheme: None,
        };
        assert_eq!(agreed.key_exchange, Fact::Seen(exchange));
        assert_eq!(agreed.chain, Fact::NotAsked(Skip::NotApplicable));
        assert_eq!(
            agreed.client_certificate,
            Fact::NotAsked(Skip::NotApplicable)
        );
    }
}

#[test]
fn tls13_without_a_group_leaves_it_unknown() {
    let cookie: &[u8] = &[0, 1, 7];
    let hello = server_hello_with(0x0303, RETRY, 0x1301, 0, &[(43, &[3, 4]), (44, cookie)]);
    let agreed = agreed(&hello13(), &record(22, &hello));
    let gap = Gap::new(Phase::Handshake, malformed(&hello));
    assert_eq!(agreed.key_exchange, Fact::Unknown(gap));
}

#[test]
fn tls13_alone_was_offered() {
    contradicts(&hello13(), &server_hello(0x0303, 0x1301));
    for version in [&[3, 3][..], &[3, 5], &[3], &[3, 4, 0]] {
        let bad = server_hello_with(0x0303, RETRY, 0x1301, 0, &[(43, version)]);
        contradicts(&hello13(), &bad);
    }
    let key_of_hello: &[u8] = &[0, 0x1d, 0, 1, 1];
    let bad = server_hello_with(
        0x0303,
        RETRY,
        0x1301,
        0,
        &[(43, &[3, 4]), (51, key_of_hello)],
    );
    contradicts(&hello13(), &bad);
}

#[test]
fn the_server_hello_of_a_session_is_found() {
    let says = |extensions: &[u16]| {
        Some(ServerSays {
            compression: 0,
            extensions: extensions.to_vec(),
        })
    };
    assert_eq!(server_says(&whole_answer()), says(&[]));

    let share: &[u8] = &[0, 0x1d, 0, 1, 1];
    let versions: (u16, &[u8]) = (43, &[3, 4]);
    let retry = server_hello_with(0x0303, RETRY, 0x1301, 0, &[versions, (51, &[0, 0x1d])]);
    let hello = server_hello_with(0x0303, [9; 32], 0x1301, 0, &[versions, (51, share)]);
    let pretence = record(20, &[1]);
    let encrypted = record(23, &[0; 99]);
    let (retry, hello) = (record(22, &retry), record(22, &hello));
    let session = [retry.clone(), pretence, hello.clone(), encrypted].concat();
    assert_eq!(server_says(&session), says(&[43, 51]));
    assert_eq!(
        server_says(&[retry.clone(), retry.clone(), hello].concat()),
        None
    );
    assert_eq!(server_says(&retry), None);

    // The record is cut off in the middle, behind the ServerHello.
    let big = vec![0; 9000];
    let first = records(&[server_hello(0x0303, 0x002f), certificate(&[&big])]);
    assert_eq!(server_says(&first[..4096]), says(&[]));
    assert_eq!(server_says(&first[..40]), None);
    assert_eq!(server_says(&alert(2, 40)), None);
    assert_eq!(server_says(b"220 mail.yourcompany.test ESMTP\r\n"), None);
}
