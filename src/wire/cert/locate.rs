//! Where in a certificate the encoding breaks.

use crate::model::Phrase;

/// Values inside one another, from the certificate inwards. A usual certificate has eight or nine.
const DEPTH: usize = 32;

/// The phrases for the fields of a certificate's signed part, in order (RFC 5280 §4.1), without the
/// version, which may be absent.
const FIELDS: [&str; 6] = [
    "certificate-field-serial",
    "certificate-field-algorithm",
    "certificate-field-issuer",
    DATES,
    "certificate-field-subject",
    "certificate-field-key",
];

const DATES: &str = "certificate-field-dates";

/// A fault of the encoding itself, with its offset; `None` if every value lies whole within its
/// parent. Walks constructed values only, so octet strings may hold anything.
pub(super) fn fault(der: &[u8]) -> Option<Phrase> {
    let mut at = 0;
    let mut ends = Vec::with_capacity(DEPTH);
    let mut end = der.len().min(match header(der, 0, der.len()) {
        Some(outer) => outer.start.saturating_add(outer.length),
        None => return Some(Phrase::new("malformed-no-value")),
    });
    loop {
        while at == end {
            end = ends.pop()?;
        }
        let Some(value) = header(der, at, end) else {
            return Some(Phrase::new("malformed-encoding").count("at", at));
        };
        if !value.constructed {
            at = value.start + value.length;
        } else if ends.len() == DEPTH {
            let fault = Phrase::new("malformed-too-deep").count("depth", DEPTH);
            return Some(fault.count("at", at));
        } else {
            ends.push(end);
            at = value.start;
            end = value.start + value.length;
        }
    }
}

/// Which field does not parse although the encoding holds: the first whose tag is wrong, or a
/// statement about the whole.
pub(super) fn field(der: &[u8]) -> Phrase {
    let whole = |at| Phrase::new("malformed-structure").count("at", at);
    let Some(outer) = header(der, 0, der.len()) else {
        return whole(0);
    };
    let Some(signed) = header(der, outer.start, der.len()) else {
        return whole(0);
    };
    let end = (signed.start + signed.length).min(der.len());
    let mut at = signed.start;
    if der.get(at) == Some(&0xa0)
        && let Some(version) = header(der, at, end)
    {
        at = version.start + version.length;
    }
    for (index, name) in FIELDS.iter().enumerate() {
        let Some(value) = header(der, at, end) else {
            let fault = Phrase::new("malformed-field-missing").with("field", Phrase::new(*name));
            return fault.count("at", at);
        };
        let expected = if index == 0 { 0x02 } else { 0x30 };
        if der[at] != expected || (*name == DATES && !dates(&der[value.start..][..value.length])) {
            let fault = Phrase::new("malformed-field").with("field", Phrase::new(*name));
            return fault.count("at", at);
        }
        at = value.start + value.length;
    }
    whole(at)
}

fn dates(bytes: &[u8]) -> bool {
    use x509_parser::certificate::Validity;
    use x509_parser::prelude::FromDer as _;
    let Ok(length) = u8::try_from(bytes.len()) else {
        return false;
    };
    // `Validity` reads the sequence, so its header goes before again; two dates are short.
    let sequence = [&[0x30, length][..], bytes].concat();
    length < 0x80 && Validity::from_der(&sequence).is_ok()
}

struct Header {
    start: usize,
    length: usize,
    constructed: bool,
}

/// The header at `at` of a value that ends at or before `end`; no indefinite lengths, no tags of
/// several octets above two.
fn header(der: &[u8], at: usize, end: usize) -> Option<Header> {
    let bytes = der.get(at..end)?;
    let tag = *bytes.first()?;
    let mut used = 1;
    if tag & 0x1f == 0x1f {
        if *bytes.get(1)? & 0x80 != 0 {
            return None;
        }
        used = 2;
    }
    let first = *bytes.get(used)?;
    used += 1;
    let length = match first {
        0..=0x7f => usize::from(first),
        0x81..=0x84 => {
            let octets = usize::from(first & 0x7f);
            let digits = bytes.get(used..used + octets)?;
            used += octets;
            digits
                .iter()
                .fold(0_usize, |length, digit| length << 8 | usize::from(*digit))
        }
        _ => return None,
    };
    (length <= bytes.len() - used).then_some(Header {
        start: at + used,
        length,
        constructed: tag & 0x20 != 0,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_of_a_fault_is_named() {
        assert_eq!(fault(&[0x30, 0x03, 0x02, 0x01, 0x05]), None);
        assert!(fault(&[]).is_some());
        // A value longer than its parent.
        let fault_at = fault(&[0x30, 0x03, 0x02, 0x05, 0x05]).expect("a fault");
        assert_eq!(
            fault_at,
            Phrase::new("malformed-encoding").with("at", 2_i64)
        );
        // An indefinite length.
        assert!(fault(&[0x30, 0x80, 0x00, 0x00]).is_some());
    }

    #[test]
    fn depth_is_bounded_without_recursion() {
        let mut der = vec![];
        for _ in 0..20_000 {
            let mut outer = vec![0x30, 0x83];
            outer.extend_from_slice(&u32::try_from(der.len()).expect("short").to_be_bytes()[1..]);
            outer.append(&mut der);
            der = outer;
        }
        let words = fault(&der).expect("a fault");
        assert_eq!(words.message, "malformed-too-deep");
    }
}
