//! Hellos of our own, octet by octet and rule by rule.

use proptest::prelude::*;

use super::*;
use crate::model::{NamedGroup, SignatureScheme};
use crate::wire::tls::codec::{Reader, whole};
use crate::wire::tls::spelled;

const RANDOM: [u8; 32] = [7; 32];

/// A ClientHello, read again by its rules.
struct Read {
    record_version: u16,
    length: usize,
    version: u16,
    session: Vec<u8>,
    suites: Vec<u16>,
    compression: Vec<u8>,
    extensions: Vec<(u16, Vec<u8>)>,
}

impl Read {
    fn of(hello: &Hello, name: Option<&str>) -> Read {
        let bytes = spelled(hello, name, RANDOM);
        Read::parse(&bytes).expect("a hello follows its own rules")
    }

    fn parse(bytes: &[u8]) -> Option<Read> {
        let mut records = Reader::new(bytes);
        let mut message = Vec::new();
        let mut record_version = 0;
        while !records.is_empty() {
            assert_eq!(records.u8()?, 22);
            record_version = records.u16()?;
            let fragment = records.vector16()?;
            assert!((1..=1 << 14).contains(&fragment.len()));
            message.extend_from_slice(fragment);
        }
        let body = whole(&message, |reader| {
            assert_eq!(reader.u8()?, 1);
            reader.vector24()
        })?;
        whole(body, |reader| {
            let version = reader.u16()?;
            assert_eq!(reader.array()?, RANDOM);
            let session = reader.vector8()?.to_vec();
            let suites = reader.vector16()?.chunks(2).map(u16_of).collect();
            let compression = reader.vector8()?.to_vec();
            let mut extensions = Vec::new();
            if !reader.is_empty() {
                let mut list = Reader::new(reader.vector16()?);
                while !list.is_empty() {
                    extensions.push((list.u16()?, list.vector16()?.to_vec()));
                }
                assert!(
                    !extensions.is_empty(),
                    "no list is better than an empty one"
                );
            }
            Some(Read {
                record_version,
                length: message.len(),
                version,
                session,
                suites,
                compression,
                extensions,
            })
        })
    }

    fn numbers(&self) -> Vec<u16> {
        self.extensions.iter().map(|(number, _)| *number).collect()
    }

    fn body(&self, wanted: u16) -> Option<&[u8]> {
        let mut all = self.extensions.iter();
        all.find_map(|(number, body)| (*number == wanted).then_some(&body[..]))
    }
}

fn u16_of(pair: &[u8]) -> u16 {
    pair.iter()
        .fold(0, |sum, octet| sum << 8 | u16::from(*octet))
}

fn full(highest: TlsVersion) -> Hello {
    Hello {
        groups: vec![NamedGroup(0x001d), NamedGroup(0x0017)],
        schemes: vec![SignatureScheme(0x0804), SignatureScheme(0x0201)],
        alpn: vec!["pop3".to_owned(), "imap".to_owned()],
        name: true,
        ..hello(highest, &[0xc02f, 0x002f])
    }
}

#[test]
fn ssl2_offers_all_its_kinds() {
    let mut expected = vec![0x80, 0x2e, 1, 0, 2, 0, 21, 0, 0, 0, 16];
    expected.extend([1, 0, 0x80, 2, 0, 0x80, 3, 0, 0x80, 4, 0, 0x80]);
    expected.extend([5, 0, 0x80, 6, 0, 0x40, 7, 0, 0xc0]);
    expected.extend([7; 16]);
    let bytes = spelled(&full(TlsVersion::SSL_2_0), Some(NAME), RANDOM);
    assert_eq!(bytes, expected);
}

#[test]
fn ssl3_has_no_extensions() {
    let mut expected = vec![22, 3, 0, 0, 49, 1, 0, 0, 45, 3, 0];
    expected.extend(RANDOM);
    expected.extend([0, 0, 6, 0xc0, 0x2f, 0, 0x2f, 0, 0xff, 1, 0]);
    let bytes = spelled(&full(TlsVersion::SSL_3_0), Some(NAME), RANDOM);
    assert_eq!(bytes, expected);
}

#[test]
fn each_version_has_its_form() {
    for (highest, record_version, version, session) in [
        (TlsVersion::TLCP, 0x0101, 0x0101, 0),
        (TlsVersion::TLS_1_0, 0x0301, 0x0301, 0),
        (TlsVersion::TLS_1_1, 0x0301, 0x0302, 0),
        (TlsVersion::TLS_1_2, 0x0301, 0x0303, 0),
        (TlsVersion::TLS_1_3, 0x0301, 0x0303, 32),
    ] {
        let read = Read::of(&full(highest), Some(NAME));
        assert_eq!(read.record_version, record_version, "{highest}");
        assert_eq!(read.version, version, "{highest}");
        assert_eq!(read.session.len(), session, "{highest}");
        assert_eq!(read.compression, [0], "{highest}");
    }
    let mut fallen = full(TlsVersion::TLS_1_1);
    (fallen.fallback, fallen.compression) = (true, true);
    let read = Read::of(&fallen, None);
    assert_eq!(read.suites, [0xc02f, 0x002f, 0x00ff, 0x5600]);
    assert_eq!(read.compression, [1, 0]);
}

#[test]
fn each_version_has_its_extensions() {
    let numbers = |highest| Read::of(&full(highest), Some(NAME)).numbers();
    let until_tls11 = [0, 22, 23, 35, 18, 5, 16, 10, 11];
    assert_eq!(numbers(TlsVersion::TLS_1_0), until_tls11);
    assert_eq!(numbers(TlsVersion::TLS_1_1), until_tls11);
    let tls12 = [0, 22, 23, 35, 18, 5, 16, 10, 11, 13];
    assert_eq!(numbers(TlsVersion::TLS_1_2), tls12);
    assert_eq!(numbers(TlsVersion::TLS_1_3), [0, 16, 10, 13, 51, 45, 43]);
    let mut tlcp = full(TlsVersion::TLCP);
    tlcp.alpn.clear();
    assert_eq!(Read::of(&tlcp, Some(NAME)).numbers(), [0, 10]);

    let tls13 = Read::of(&full(TlsVersion::TLS_1_3), Some(NAME));
    for (number, body) in [
        (0, [&[0, 24, 0, 0, 21][..], NAME.as_bytes()].concat()),
        (10, vec![0, 4, 0, 0x1d, 0, 0x17]),
        (13, vec![0, 4, 8, 4, 2, 1]),
        (16, [&[0, 10, 4][..], b"pop3", &[4], b"imap"].concat()),
        (43, vec![2, 3, 4]),
        (45, vec![1, 1]),
        (51, vec![0, 0]),
    ] {
        assert_eq!(tls13.body(number), Some(&body[..]), "{number}");
    }
}

#[test]
fn a_bare_hello_has_the_name_and_what_it_lists() {
    let mut bare = full(TlsVersion::TLS_1_2);
    bare.bare = true;
    assert_eq!(Read::of(&bare, Some(NAME)).numbers(), [0, 16, 10, 11, 13]);
    (bare.alpn, bare.schemes) = (Vec::new(), Vec::new());
    assert_eq!(Read::of(&bare, Some(NAME)).numbers(), [0, 10, 11]);
    bare.groups.clear();
    assert_eq!(Read::of(&bare, Some(NAME)).numbers(), [0]);
    assert!(Read::of(&bare, None).extensions.is_empty());
    bare.highest = TlsVersion::TLS_1_3;
    assert_eq!(Read::of(&bare, None).numbers(), [51, 45, 43]);
}

#[test]
fn no_hello_has_a_length_at_which_load_balancers_hang() {
    let hangs = |length| (256..=511).contains(&length);
    let mut padded = Vec::new();
    let mut bare_hangs = false;
    // A suite takes two octets, so that names of odd and even length are needed.
    for (suites, name) in (0..300).flat_map(|count| [(count, "a.test"), (count, "ab.test")]) {
        let mut asked = hello(TlsVersion::TLS_1_2, &vec![0x002f; suites]);
        asked.name = true;
        let read = Read::of(&asked, Some(name));
        assert!(!hangs(read.length), "{} octets", read.length);
        padded.extend(read.body(21).map(|_| read.length));
        asked.bare = true;
        bare_hangs |= hangs(Read::of(&asked, Some(name)).length);
    }
    // To 512 octets, or as far beyond as an extension takes.
    assert_eq!(padded.len(), 256);
    assert!(padded.iter().all(|length| (512..=516).contains(length)));
    // A bare one stays as it is: it is for servers that would not know the padding either.
    assert!(bare_hangs);
}

#[test]
fn an_address_is_no_name() {
    let asked = full(TlsVersion::TLS_1_2);
    let sent = |name| {
        Read::of(&asked, name)
            .body(0)
            .map(|body| body[5..].to_vec())
    };
    assert_eq!(
        sent(Some("mail.example.com.")),
        sent(Some("mail.example.com"))
    );
    assert_eq!(
        sent(Some("mail.example.com")),
        Some(b"mail.example.com".to_vec())
    );
    for none in [
        Some("192.0.2.1"),
        Some("2001:db8::1"),
        Some("."),
        Some(""),
        None,
    ] {
        assert_eq!(sent(none), None);
    }
    let nameless = hello(TlsVersion::TLS_1_2, &[0xc02f]);
    assert_eq!(Read::of(&nameless, Some(NAME)).body(0), None);
}

/// Any hello in TLS, within reason.
fn any_hello() -> impl Strategy<Value = Hello> {
    let lists = (
        proptest::collection::vec(any::<u16>(), 0..300),
        proptest::collection::vec(any::<u16>(), 0..50),
        proptest::collection::vec(any::<u16>(), 0..30),
        proptest::collection::vec("[a-z/.0-9]{1,12}", 0..4),
    );
    let flags = proptest::array::uniform4(any::<bool>());
    (0x0301_u16..=0x0304, lists, flags).prop_map(
        |(version, (suites, groups, schemes, alpn), flags)| {
            let [name, compression, fallback, bare] = flags;
            Hello {
                highest: TlsVersion(version),
                suites: suites.into_iter().map(Suite).collect(),
                groups: groups.into_iter().map(NamedGroup).collect(),
                schemes: schemes.into_iter().map(SignatureScheme).collect(),
                alpn,
                name,
                compression,
                fallback,
                bare,
            }
        },
    )
}

proptest! {
    #[test]
    fn every_hello_follows_its_rules(hello in any_hello()) {
        let read = Read::of(&hello, Some(NAME));
        let offered: Vec<u16> = hello.suites.iter().map(|suite| suite.0).collect();
        prop_assert_eq!(&read.suites[..offered.len()], &offered[..]);
        let numbers = read.numbers();
        let mut distinct = numbers.clone();
        distinct.sort();
        distinct.dedup();
        prop_assert_eq!(distinct.len(), numbers.len());
        prop_assert!(!numbers.contains(&41) && !numbers.contains(&42), "no early data");
        if !hello.bare {
            prop_assert!(!(256..512).contains(&read.length), "{} octets", read.length);
            let last = read.extensions.last();
            prop_assert!(last.is_none_or(|(_, body)| !body.is_empty()));
        }
    }
}
