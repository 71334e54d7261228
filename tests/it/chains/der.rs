//! DER written by hand, so that a certificate may be wrong in any way.

/// A value with its tag and length.
pub fn value(tag: u8, contents: &[u8]) -> Vec<u8> {
    let length = contents.len();
    let mut der = vec![tag];
    match u8::try_from(length) {
        Ok(short @ 0..=0x7f) => der.push(short),
        _ => {
            let octets = length.to_be_bytes();
            let zeros = octets.iter().take_while(|octet| **octet == 0).count();
            der.push(0x80 | u8::try_from(octets.len() - zeros).expect("eight at most"));
            der.extend_from_slice(&octets[zeros..]);
        }
    }
    der.extend_from_slice(contents);
    der
}

pub fn sequence(parts: &[&[u8]]) -> Vec<u8> {
    value(0x30, &parts.concat())
}

/// An object identifier from its dotted text.
pub fn oid(text: &str) -> Vec<u8> {
    let arcs: Vec<u64> = text
        .split('.')
        .map(|arc| arc.parse().expect("a number"))
        .collect();
    let mut contents = Vec::new();
    let first = 40 * arcs[0] + arcs[1];
    for arc in [first].iter().chain(&arcs[2..]) {
        let mut groups = vec![(arc & 0x7f) as u8];
        let mut rest = arc >> 7;
        while rest > 0 {
            groups.push((rest & 0x7f) as u8 | 0x80);
            rest >>= 7;
        }
        contents.extend(groups.iter().rev());
    }
    value(6, &contents)
}

/// A BIT STRING without unused bits.
pub fn bits(octets: &[u8]) -> Vec<u8> {
    value(3, &[&[0], octets].concat())
}

/// A named bit list: the bits of these numbers are set.
pub fn named_bits(set: &[u8]) -> Vec<u8> {
    let Some(last) = set.iter().max() else {
        return value(3, &[0]);
    };
    let mut octets = vec![0; usize::from(last / 8) + 1];
    for bit in set {
        octets[usize::from(bit / 8)] |= 0x80 >> (bit % 8);
    }
    value(3, &[&[7 - last % 8], octets.as_slice()].concat())
}

/// A distinguished name of parts in RFC 4514's words: `CN=...`, `O=...`, `C=...`.
pub fn name(parts: &[&str]) -> Vec<u8> {
    let rdn = |part: &&str| {
        let (kind, text) = part.split_once('=').expect("a kind and a text");
        let (oid, tag) = match kind {
            "CN" => ("2.5.4.3", 12),
            "O" => ("2.5.4.10", 12),
            "C" => ("2.5.4.6", 19),
            other => unreachable!("{other}"),
        };
        let attribute = sequence(&[&self::oid(oid), &value(tag, text.as_bytes())]);
        value(0x31, &attribute)
    };
    value(0x30, &parts.iter().map(rdn).collect::<Vec<_>>().concat())
}

/// A moment as RFC 5280 §4.1.2.5 asks: UTCTime through 2049, then GeneralizedTime. `YYYYMMDDHHMMSS`.
pub fn moment(digits: &str) -> Vec<u8> {
    match digits < "2050" {
        true => value(0x17, format!("{}Z", &digits[2..]).as_bytes()),
        false => value(0x18, format!("{digits}Z").as_bytes()),
    }
}
