//! Object identifiers as text.

use std::fmt::Write as _;

use x509_parser::asn1_rs::Oid;

/// Octets of an identifier that are decoded; the longest in use have fewer than 20.
const OCTETS: usize = 64;

/// The identifier with dots (X.660); hexadecimal after `#` if it is too long, has a number above
/// 64 bits or breaks off, so that two identifiers never look alike.
pub(super) fn dotted(oid: &Oid<'_>) -> String {
    decode(oid.as_bytes()).unwrap_or_else(|| {
        let mut text = "#".to_owned();
        for octet in oid.as_bytes().iter().take(OCTETS) {
            let _ = write!(text, "{octet:02x}");
        }
        text
    })
}

fn decode(octets: &[u8]) -> Option<String> {
    if octets.is_empty() || octets.len() > OCTETS || octets.last()? & 0x80 != 0 {
        return None;
    }
    let mut text = String::new();
    let mut number = 0_u64;
    for octet in octets {
        number = number
            .checked_mul(128)?
            .checked_add(u64::from(octet & 0x7f))?;
        if octet & 0x80 != 0 {
            continue;
        }
        if text.is_empty() {
            // The first number carries two: 40 times the first arc, which is at most 2.
            let first = (number / 40).min(2);
            let _ = write!(text, "{first}.{}", number - 40 * first);
        } else {
            let _ = write!(text, ".{number}");
        }
        number = 0;
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_are_decoded_or_shown_as_they_are() {
        let text = |octets: &'static [u8]| dotted(&Oid::new(octets.into()));
        assert_eq!(
            text(&[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d]),
            "1.2.840.113549"
        );
        assert_eq!(text(&[0x55, 0x1d, 0x11]), "2.5.29.17");
        assert_eq!(text(&[0x88, 0x37, 0x03]), "2.999.3");
        assert_eq!(text(&[]), "#");
        assert_eq!(text(&[0x2a, 0x86]), "#2a86");
        assert!(text(&[0xff; 4_000]).len() < 200);
    }
}
