//! Hellos of our own: whatever is asked for, what is spelled is well formed and holds it.

use libfuzzer_sys::arbitrary::{Result, Unstructured};
use mailfleet::model::{Hello, NamedGroup, SignatureScheme, Suite, TlsVersion};
use mailfleet::wire::tls::spelled;

/// Octets in a record (RFC 9846 §5.1).
const FRAGMENT: usize = 1 << 14;

pub fn hello(bytes: &[u8]) {
    let mut source = Unstructured::new(bytes);
    let Ok((hello, name)) = asked(&mut source) else {
        return;
    };
    let random = [0x5a; 32];
    let bytes = spelled(&hello, name.as_deref(), random);
    if hello.highest == TlsVersion::SSL_2_0 {
        let length = u16::from_be_bytes([bytes[0] & 0x7f, bytes[1]]);
        assert_eq!(usize::from(length), bytes.len() - 2);
        return;
    }
    read(&unwrapped(&bytes), &hello, random).expect("a ClientHello is well formed");
}

fn asked(source: &mut Unstructured<'_>) -> Result<(Hello, Option<String>)> {
    let versions = [
        TlsVersion::ALL.as_slice(),
        &[TlsVersion::TLCP, TlsVersion(source.arbitrary()?)],
    ]
    .concat();
    let hello = Hello {
        highest: *source.choose(&versions)?,
        name: source.arbitrary()?,
        compression: source.arbitrary()?,
        fallback: source.arbitrary()?,
        bare: source.arbitrary()?,
        alpn: source.arbitrary()?,
        groups: numbers(source, NamedGroup)?,
        schemes: numbers(source, SignatureScheme)?,
        suites: numbers(source, Suite)?,
    };
    Ok((hello, source.arbitrary()?))
}

fn numbers<T>(source: &mut Unstructured<'_>, of: fn(u16) -> T) -> Result<Vec<T>> {
    let numbers: Vec<u16> = source.arbitrary()?;
    Ok(numbers.into_iter().map(of).collect())
}

/// The message out of its records.
fn unwrapped(mut bytes: &[u8]) -> Vec<u8> {
    let mut message = Vec::new();
    while let [kind, _, _, high, low, rest @ ..] = bytes {
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        assert_eq!(*kind, 22);
        assert!((1..=FRAGMENT).contains(&length));
        message.extend(&rest[..length]);
        bytes = &rest[length..];
    }
    assert!(bytes.is_empty(), "a record is cut off");
    message
}

/// Takes `count` octets from the front.
fn take<'b>(bytes: &mut &'b [u8], count: usize) -> Option<&'b [u8]> {
    let (taken, rest) = bytes.split_at_checked(count)?;
    *bytes = rest;
    Some(taken)
}

fn vector<'b>(bytes: &mut &'b [u8], octets: usize) -> Option<&'b [u8]> {
    let length = take(bytes, octets)?;
    let length = length
        .iter()
        .fold(0, |length, octet| length << 8 | usize::from(*octet));
    take(bytes, length)
}

/// Reads the message, and holds it against what was asked for; `None` if it is not well formed.
fn read(message: &[u8], hello: &Hello, random: [u8; 32]) -> Option<()> {
    let mut rest = message;
    assert_eq!(take(&mut rest, 1)?, [1]);
    let mut body = vector(&mut rest, 3)?;
    assert!(rest.is_empty());
    let version = hello.highest.min(TlsVersion::TLS_1_2).0;
    assert_eq!(take(&mut body, 2)?, version.to_be_bytes());
    assert_eq!(take(&mut body, 32)?, random);
    assert!(vector(&mut body, 1)?.len() <= 32);
    let suites = vector(&mut body, 2)?;
    assert_eq!(suites.len() % 2, 0);
    let wanted = hello.suites.iter().flat_map(|suite| suite.0.to_be_bytes());
    assert!(
        suites
            .iter()
            .copied()
            .take(2 * hello.suites.len())
            .eq(wanted)
    );
    assert_eq!(vector(&mut body, 1)?.contains(&1), hello.compression);
    if !body.is_empty() {
        extensions(vector(&mut body, 2)?)?;
        assert!(body.is_empty());
    }
    Some(())
}

/// Each extension is whole and stands once.
fn extensions(mut list: &[u8]) -> Option<()> {
    assert!(!list.is_empty());
    let mut seen = Vec::new();
    while !list.is_empty() {
        let number = take(&mut list, 2)?;
        vector(&mut list, 2)?;
        assert!(!seen.contains(&number), "extension {number:?} twice");
        seen.push(number);
    }
    Some(())
}
