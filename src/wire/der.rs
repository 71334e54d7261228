//! DER, value by value, for structures that are small.
//!
//! Definite lengths in their shortest form and tags of one byte, as DER has them (X.690 §10.1);
//! nothing is copied, and nothing that claims to be longer than its parent is read.

use jiff::Timestamp;
use jiff::civil::date;
use jiff::tz::TimeZone;

/// SEQUENCE.
pub const SEQUENCE: u8 = 0x30;
/// INTEGER.
pub const INTEGER: u8 = 0x02;
/// BIT STRING.
pub const BIT_STRING: u8 = 0x03;
/// OCTET STRING.
pub const OCTET_STRING: u8 = 0x04;
/// OBJECT IDENTIFIER.
pub const OBJECT_IDENTIFIER: u8 = 0x06;
/// ENUMERATED.
pub const ENUMERATED: u8 = 0x0a;
/// BOOLEAN.
pub const BOOLEAN: u8 = 0x01;
const UTC_TIME: u8 = 0x17;
const GENERALIZED_TIME: u8 = 0x18;

/// Part of a structure does not parse, or has conditions that are not known here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unreadable;

/// Values that follow one another.
#[derive(Clone, Copy, Debug)]
pub struct Values<'a>(&'a [u8]);

/// One value.
#[derive(Clone, Copy, Debug)]
pub struct Value<'a> {
    /// The identifier octet.
    pub tag: u8,
    /// What stands inside.
    pub contents: &'a [u8],
    /// The value with its tag and length.
    pub whole: &'a [u8],
}

/// The tag `[number]` of a constructed value.
pub const fn tagged(number: u8) -> u8 {
    0xa0 | number
}

/// The one value that the bytes are, with this tag.
pub fn only(der: &[u8], tag: u8) -> Option<Value<'_>> {
    let mut values = Values(der);
    values.expect(tag).filter(|_| values.is_empty())
}

impl<'a> Values<'a> {
    /// Whether none is left.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The next value, whatever it is.
    pub fn any(&mut self) -> Option<Value<'a>> {
        let (&tag, after) = self.0.split_first()?;
        let (&first, mut after) = after.split_first()?;
        let length = match first {
            0..=0x7f => usize::from(first),
            0x81..=0x84 => {
                let (octets, rest) = after.split_at_checked(usize::from(first & 0x7f))?;
                after = rest;
                let length = octets
                    .iter()
                    .fold(0_u64, |sum, octet| sum << 8 | u64::from(*octet));
                let shortest = octets.first() != Some(&0) && length > 0x7f;
                usize::try_from(length).ok().filter(|_| shortest)?
            }
            _ => return None,
        };
        if tag & 0x1f == 0x1f {
            return None;
        }
        let (contents, rest) = after.split_at_checked(length)?;
        let whole = &self.0[..self.0.len() - rest.len()];
        self.0 = rest;
        Some(Value {
            tag,
            contents,
            whole,
        })
    }

    /// The next value, which must have this tag.
    pub fn expect(&mut self, tag: u8) -> Option<Value<'a>> {
        self.any().filter(|value| value.tag == tag)
    }

    /// The next value if it has this tag; otherwise it stays.
    pub fn take_if(&mut self, tag: u8) -> Option<Value<'a>> {
        match self.0.first() {
            Some(first) if *first == tag => self.any(),
            _ => None,
        }
    }
}

impl<'a> Value<'a> {
    /// The values inside.
    pub fn inside(&self) -> Values<'a> {
        Values(self.contents)
    }

    /// The one value inside, with this tag.
    pub fn wrapped(&self, tag: u8) -> Option<Value<'a>> {
        only(self.contents, tag)
    }

    /// The octets of a bit string that has no unused bits.
    pub fn octets(&self) -> Option<&'a [u8]> {
        match self.contents.split_first() {
            Some((0, octets)) if self.tag == BIT_STRING => Some(octets),
            _ => None,
        }
    }

    /// The moment of a time in Zulu, without fractions of a second (RFC 5280 §4.1.2.5).
    pub fn time(&self) -> Option<Timestamp> {
        let (digits, zone) = self.contents.split_last_chunk::<1>()?;
        if zone != b"Z" || !digits.iter().all(u8::is_ascii_digit) {
            return None;
        }
        let number = |range: std::ops::Range<usize>| -> Option<i16> {
            std::str::from_utf8(digits.get(range)?).ok()?.parse().ok()
        };
        let (year, at) = match (self.tag, digits.len()) {
            (UTC_TIME, 12) => match number(0..2)? {
                short @ 0..50 => (2000 + short, 2),
                short => (1900 + short, 2),
            },
            (GENERALIZED_TIME, 14) => (number(0..4)?, 4),
            _ => return None,
        };
        let part = |place: usize| -> Option<i8> {
            number(at + 2 * place..at + 2 * place + 2)?.try_into().ok()
        };
        let (month, day) = (part(0)?, part(1)?);
        if !(1..=12).contains(&month) || !(1..=31).contains(&day) || year < 1 {
            return None;
        }
        let (hour, minute, second) = (part(2)?, part(3)?, part(4)?);
        if hour > 23 || minute > 59 || second > 59 {
            return None;
        }
        let first = date(year, month, 1);
        (day <= first.days_in_month()).then_some(())?;
        let moment = date(year, month, day).at(hour, minute, second, 0);
        Some(moment.to_zoned(TimeZone::UTC).ok()?.timestamp())
    }
}

/// Whether a list of extensions (RFC 5280 §4.1) holds a critical one that `known` does not name,
/// or cannot be read.
pub fn has_unknown_critical(extensions: Value<'_>, known: &[&[u8]]) -> bool {
    let mut list = extensions.inside();
    while !list.is_empty() {
        match extension(&mut list) {
            Some((_, false, _)) => {}
            Some((oid, true, _)) if known.contains(&oid) => {}
            _ => return true,
        }
    }
    false
}

/// The contents of the extension of that identifier.
pub fn find_extension<'a>(extensions: Value<'a>, wanted: &[u8]) -> Option<&'a [u8]> {
    let mut list = extensions.inside();
    while let Some((oid, _, contents)) = extension(&mut list) {
        if oid == wanted {
            return Some(contents);
        }
    }
    None
}

fn extension<'a>(list: &mut Values<'a>) -> Option<(&'a [u8], bool, &'a [u8])> {
    let mut parts = list.expect(SEQUENCE)?.inside();
    let oid = parts.expect(OBJECT_IDENTIFIER)?.contents;
    let critical = parts
        .take_if(BOOLEAN)
        .is_some_and(|flag| flag.contents != [0]);
    Some((oid, critical, parts.expect(OCTET_STRING)?.contents))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_shortest_definite_form_is_read() {
        for bad in [
            &[][..],
            &[0x30],
            &[0x30, 0x80, 0, 0],
            &[0x30, 0x81, 0x01, 0],
            &[0x30, 0x82, 0x00, 0x80],
            &[0x30, 0x02, 0],
            &[0x3f, 0x01, 0],
            &[0x30, 0x84, 0xff, 0xff, 0xff, 0xff],
            &[0x30, 0x00, 0x00],
        ] {
            assert!(only(bad, 0x30).is_none(), "{bad:02x?}");
        }
        let value = only(&[0x30, 3, 0x04, 1, 7], SEQUENCE).expect("a sequence");
        assert_eq!(value.wrapped(OCTET_STRING).expect("octets").contents, [7]);
    }

    #[test]
    fn times_are_zulu_to_the_second() {
        let time = |tag, text: &str| {
            let contents = text.as_bytes();
            let value = Value {
                tag,
                contents,
                whole: contents,
            };
            value.time().map(|time| time.to_string())
        };
        let expected = Some("2026-06-15T12:30:59Z".to_owned());
        assert_eq!(time(0x18, "20260615123059Z"), expected);
        assert_eq!(time(0x17, "260615123059Z"), expected);
        assert_eq!(time(0x17, "500101000000Z").expect("a time")[..4], *"1950");
        for bad in [
            "20260615123059",
            "20260615123059.5Z",
            "20260230000000Z",
            "20261301000000Z",
            "20260600000000Z",
            "20260615240000Z",
            "20260615126000Z",
            "00000615120000Z",
            "2026061512305 Z",
            "",
        ] {
            assert_eq!(time(0x18, bad), None, "{bad}");
        }
    }
}
