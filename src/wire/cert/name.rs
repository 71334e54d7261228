//! Distinguished names as text (RFC 4514).

use std::fmt::Write as _;

use x509_parser::asn1_rs::Tag;
use x509_parser::prelude::{AttributeTypeAndValue, FromDer as _, X509Name};
use x509_parser::x509::RelativeDistinguishedName;

use super::oid::dotted;

/// Characters of one name that are kept.
const LENGTH: usize = 1_000;

/// Short names by object identifier: RFC 4514 §3, and those that people know.
const SHORT: &[(&str, &str)] = &[
    ("2.5.4.3", "CN"),
    ("2.5.4.5", "serialNumber"),
    ("2.5.4.6", "C"),
    ("2.5.4.7", "L"),
    ("2.5.4.8", "ST"),
    ("2.5.4.9", "STREET"),
    ("2.5.4.10", "O"),
    ("2.5.4.11", "OU"),
    ("0.9.2342.19200300.100.1.1", "UID"),
    ("0.9.2342.19200300.100.1.25", "DC"),
    ("1.2.840.113549.1.9.1", "emailAddress"),
];

/// The name in the contents of a `Name` (without the outer SEQUENCE), as RFC 4514 text.
pub fn name_text(contents: &[u8]) -> String {
    let mut rest = contents;
    let mut parts = Vec::new();
    while let Ok((after, part)) = RelativeDistinguishedName::from_der(rest) {
        parts.push(part);
        if after.is_empty() || after.len() == rest.len() {
            break;
        }
        rest = after;
    }
    join(&parts)
}

pub(super) fn text(name: &X509Name<'_>) -> String {
    join(&name.iter().cloned().collect::<Vec<_>>())
}

/// The last common name: the one that counts where there are several.
pub(super) fn common_name(name: &X509Name<'_>) -> Option<String> {
    let last = name.iter_common_name().last()?;
    words(last).map(|words| words.chars().take(LENGTH).collect())
}

/// RFC 4514 §2.1 begins with the last part.
fn join(parts: &[RelativeDistinguishedName<'_>]) -> String {
    let mut text = String::new();
    for part in parts.iter().rev() {
        if !text.is_empty() {
            text.push(',');
        }
        for (index, attribute) in part.iter().enumerate() {
            if index > 0 {
                text.push('+');
            }
            write_attribute(&mut text, attribute);
        }
        if text.len() > LENGTH {
            return text.chars().take(LENGTH).collect::<String>() + "…";
        }
    }
    text
}

fn write_attribute(text: &mut String, attribute: &AttributeTypeAndValue<'_>) {
    let oid = dotted(attribute.attr_type());
    let short = SHORT.iter().find(|(known, _)| *known == oid);
    text.push_str(short.map_or(&oid, |(_, short)| short));
    text.push('=');
    match words(attribute) {
        Some(words) => write_escaped(text, &words),
        None => {
            text.push('#');
            for byte in attribute.as_slice().iter().take(LENGTH / 2) {
                let _ = write!(text, "{byte:02x}");
            }
        }
    }
}

/// RFC 4514 §2.4. Other control characters stay as they are: whoever shows them escapes them.
fn write_escaped(text: &mut String, words: &str) {
    let last = words.chars().count().saturating_sub(1);
    for (index, c) in words.chars().enumerate() {
        match c {
            '\0' => text.push_str("\\00"),
            '"' | '+' | ',' | ';' | '<' | '>' | '\\' => {
                text.push('\\');
                text.push(c);
            }
            ' ' if index == 0 || index == last => text.push_str("\\ "),
            '#' if index == 0 => text.push_str("\\#"),
            _ => text.push(c),
        }
    }
}

/// The value as text, if it is of a kind of string. Octets that are no UTF-8 are read as Latin-1,
/// which is what those who encode them so mean.
fn words(attribute: &AttributeTypeAndValue<'_>) -> Option<String> {
    let value = attribute.attr_value();
    let octets = value.data;
    match value.tag() {
        Tag::Utf8String
        | Tag::PrintableString
        | Tag::T61String
        | Tag::Ia5String
        | Tag::NumericString
        | Tag::VisibleString => Some(match std::str::from_utf8(octets) {
            Ok(text) => text.to_owned(),
            Err(_) => octets.iter().copied().map(char::from).collect(),
        }),
        Tag::BmpString => {
            let units = octets
                .chunks_exact(2)
                .map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
            Some(
                char::decode_utf16(units)
                    .map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER))
                    .collect(),
            )
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn special_characters_are_escaped() {
        for (words, escaped) in [
            ("Example, Inc.", "Example\\, Inc."),
            (" a ", "\\ a\\ "),
            ("#1", "\\#1"),
            ("a\0b", "a\\00b"),
        ] {
            let mut text = String::new();
            write_escaped(&mut text, words);
            assert_eq!(text, escaped);
        }
    }
}
