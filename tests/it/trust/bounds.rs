//! Certificates that are large or deep.

use mailfleet::wire::cert;

use super::der::*;

#[test]
fn large_certificates_are_read_and_larger_ones_say_so() {
    let many: Vec<Vec<u8>> = (0..2_048)
        .map(|n| {
            value(
                0x82,
                format!("host-{n:04}.a-rather-long-domain.example.com").as_bytes(),
            )
        })
        .collect();
    let mut made = Handmade::good();
    made.set("2.5.29.17", false, sequence(&many));
    let der = made.der();
    assert!(der.len() > 78_000, "{}", der.len());
    let facts = cert::read(&der).expect("a certificate");
    assert_eq!(facts.dns_names.len(), 500);
    let names = facts.extensions.alternative_names.expect("names");
    assert_eq!(names.count, 2_048);
    let padded = |octets: usize| {
        let mut made = Handmade::good();
        made.set("1.3.9.7", false, vec![0; octets]);
        made.der()
    };
    let base = padded(65_000).len() - 65_000;
    let just_below = padded(65_535 - base);
    assert_eq!(just_below.len(), 65_535);
    assert!(cert::read(&just_below).is_ok());
    let why = cert::read(&padded(1_000_000)).expect_err("too large");
    assert_eq!(why.message, "malformed-too-large");
}

/// Extensions that limit what a certificate is for: where one is not understood, that is said.
const LIMITS: [&str; 5] = [
    "2.5.29.15",
    "2.5.29.17",
    "2.5.29.19",
    "2.5.29.30",
    "2.5.29.37",
];

#[test]
fn nesting_inside_extensions_costs_no_stack() {
    let ids = [
        "2.5.29.14",
        "2.5.29.15",
        "2.5.29.17",
        "2.5.29.19",
        "2.5.29.30",
        "2.5.29.31",
        "2.5.29.32",
        "2.5.29.35",
        "2.5.29.37",
        "1.3.6.1.5.5.7.1.1",
        "1.3.6.1.5.5.7.1.24",
        "1.3.6.1.4.1.11129.2.4.2",
    ];
    let work = move || {
        for tag in [SEQUENCE, 0xa0, 0xa4, 0x31] {
            let mut deep = Vec::new();
            for _ in 0..40_000 {
                let mut outer = header(tag, deep.len());
                outer.reverse();
                // Built from the inside out, back to front.
                deep.extend(outer);
            }
            deep.reverse();
            for id in ids {
                let mut made = Handmade::good();
                made.set(id, false, deep.clone());
                let read = cert::read(&made.der());
                let is_told = read
                    .as_ref()
                    .map_or(true, |facts| !facts.extensions.unreadable.is_empty());
                assert!(is_told || !LIMITS.contains(&id), "{id} {tag:#x} {read:?}");
            }
        }
    };
    let small = std::thread::Builder::new().stack_size(512 * 1024);
    small
        .spawn(work)
        .expect("a thread")
        .join()
        .expect("no overflow");
}

fn header(tag: u8, length: usize) -> Vec<u8> {
    let octets = u32::try_from(length).expect("short").to_be_bytes();
    match length {
        0..=0x7f => vec![tag, octets[3]],
        0x80..=0xff => vec![tag, 0x81, octets[3]],
        0x100..=0xffff => vec![tag, 0x82, octets[2], octets[3]],
        _ => vec![tag, 0x83, octets[1], octets[2], octets[3]],
    }
}
