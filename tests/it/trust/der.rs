//! Certificates by hand, octet by octet, where a library would refuse to make them.

use super::authority::HOST;

pub const SEQUENCE: u8 = 0x30;
pub const INTEGER: u8 = 0x02;
pub const BIT_STRING: u8 = 0x03;
pub const OCTETS: u8 = 0x04;
pub const OID: u8 = 0x06;
pub const UTC_TIME: u8 = 0x17;
pub const GENERALIZED_TIME: u8 = 0x18;

/// One value: tag, length, contents.
pub fn value(tag: u8, contents: &[u8]) -> Vec<u8> {
    let length = contents.len();
    let mut der = vec![tag];
    match u8::try_from(length) {
        Ok(short @ 0..=0x7f) => der.push(short),
        _ => {
            let octets = u32::try_from(length).expect("short enough").to_be_bytes();
            der.push(0x84);
            der.extend(octets);
            // DER wants the fewest octets.
            while der[2] == 0 {
                der.remove(2);
                der[1] -= 1;
            }
        }
    }
    der.extend_from_slice(contents);
    der
}

pub fn sequence(parts: &[Vec<u8>]) -> Vec<u8> {
    value(SEQUENCE, &parts.concat())
}

/// An object identifier whose numbers are below 2^28.
pub fn oid(text: &str) -> Vec<u8> {
    let numbers: Vec<u32> = text
        .split('.')
        .map(|n| n.parse().expect("a number"))
        .collect();
    let mut octets = Vec::new();
    let first = numbers[0] * 40 + numbers[1];
    for number in std::iter::once(first).chain(numbers[2..].iter().copied()) {
        let digits = [21, 14, 7, 0].map(|shift| (number >> shift & 0x7f) as u8);
        let zeros = digits[..3].iter().take_while(|digit| **digit == 0).count();
        for (place, digit) in digits.iter().enumerate().skip(zeros) {
            octets.push(if place < 3 { digit | 0x80 } else { *digit });
        }
    }
    value(OID, &octets)
}

/// A non-negative integer.
pub fn integer(magnitude: &[u8]) -> Vec<u8> {
    let mut octets = magnitude.to_vec();
    if octets.first().is_none_or(|octet| octet & 0x80 != 0) {
        octets.insert(0, 0);
    }
    value(INTEGER, &octets)
}

/// A distinguished name of one common name, or of nothing.
pub fn name(common_name: &str) -> Vec<u8> {
    if common_name.is_empty() {
        return sequence(&[]);
    }
    let attribute = sequence(&[oid("2.5.4.3"), value(0x0c, common_name.as_bytes())]);
    sequence(&[value(0x31, &attribute)])
}

/// An RSA key of these numbers.
pub fn rsa(modulus: &[u8], exponent: &[u8]) -> Vec<u8> {
    let numbers = sequence(&[integer(modulus), integer(exponent)]);
    key(
        sequence(&[oid("1.2.840.113549.1.1.1"), vec![5, 0]]),
        &numbers,
    )
}

/// A key of that algorithm.
pub fn key(algorithm: Vec<u8>, bits: &[u8]) -> Vec<u8> {
    sequence(&[algorithm, value(BIT_STRING, &[&[0], bits].concat())])
}

/// A modulus of that many octets without a meaning, odd.
pub fn modulus(octets: usize) -> Vec<u8> {
    let mut number: Vec<u8> = (0..octets).map(|n| (n * 151 + 7) as u8).collect();
    number[0] |= 0x80;
    number[octets - 1] |= 1;
    number
}

pub fn algorithm(text: &str) -> Vec<u8> {
    sequence(&[oid(text)])
}

/// A certificate in parts; unsigned, since nobody asks its signature.
#[derive(Clone)]
pub struct Handmade {
    pub version: Option<u8>,
    /// The integer's octets as they are.
    pub serial: Vec<u8>,
    pub inner: Vec<u8>,
    pub outer: Vec<u8>,
    pub issuer: Vec<u8>,
    pub dates: [(u8, &'static str); 2],
    pub subject: Vec<u8>,
    pub key: Vec<u8>,
    pub unique_id: bool,
    pub extensions: Vec<(&'static str, bool, Vec<u8>)>,
}

impl Handmade {
    /// One that breaks nothing.
    pub fn good() -> Self {
        let ecdsa = "1.2.840.10045.4.3.2";
        let curve = sequence(&[oid("1.2.840.10045.2.1"), oid("1.2.840.10045.3.1.7")]);
        let mut made = Handmade {
            version: Some(2),
            serial: vec![1],
            inner: algorithm(ecdsa),
            outer: algorithm(ecdsa),
            issuer: name("Issuer"),
            dates: [
                (UTC_TIME, "260101000000Z"),
                (GENERALIZED_TIME, "20600101000000Z"),
            ],
            subject: name("Mail service"),
            key: key(curve, &[&[4][..], &[7; 64]].concat()),
            unique_id: false,
            extensions: Vec::new(),
        };
        made.set("2.5.29.17", false, names(&[(0x82, HOST.as_bytes())]));
        made.set("2.5.29.35", false, sequence(&[value(0x80, &[7; 20])]));
        made
    }

    /// Puts an extension in the place of the one of that identifier, or behind the others.
    pub fn set(&mut self, oid: &'static str, critical: bool, value: Vec<u8>) {
        self.extensions.retain(|(known, _, _)| *known != oid);
        self.extensions.push((oid, critical, value));
    }

    pub fn without(&mut self, oid: &str) {
        self.extensions.retain(|(known, _, _)| *known != oid);
    }

    pub fn der(&self) -> Vec<u8> {
        let mut parts = Vec::new();
        if let Some(version) = self.version {
            parts.push(value(0xa0, &value(INTEGER, &[version])));
        }
        parts.push(value(INTEGER, &self.serial));
        parts.push(self.inner.clone());
        parts.push(self.issuer.clone());
        let date = |(tag, text): (u8, &str)| value(tag, text.as_bytes());
        parts.push(sequence(&self.dates.map(date)));
        parts.push(self.subject.clone());
        parts.push(self.key.clone());
        if self.unique_id {
            parts.push(value(0x82, &[0, 7]));
        }
        let extension = |(id, critical, contents): &(&'static str, bool, Vec<u8>)| {
            let mark = if *critical { vec![1, 1, 0xff] } else { vec![] };
            sequence(&[oid(id), mark, value(OCTETS, contents)])
        };
        let extensions: Vec<_> = self.extensions.iter().map(extension).collect();
        if !extensions.is_empty() {
            parts.push(value(0xa3, &sequence(&extensions)));
        }
        let signature = value(BIT_STRING, &[0, 1, 2, 3]);
        sequence(&[sequence(&parts), self.outer.clone(), signature])
    }
}

/// A list of general names by their tags.
pub fn names(names: &[(u8, &[u8])]) -> Vec<u8> {
    let each = names.iter().map(|(tag, octets)| value(*tag, octets));
    sequence(&each.collect::<Vec<_>>())
}
