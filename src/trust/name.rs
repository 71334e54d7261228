//! Whether a certificate bears a name (RFC 9525 §6).

use std::net::IpAddr;

use crate::model::{Host, NameMatch};
use crate::wire::cert::Certificate;

/// Compares octets with octets: a NUL or another control character in a name is one octet more,
/// which no host has. The common name is not looked at.
pub(super) fn compare(certificate: &Certificate<'_>, host: &Host) -> NameMatch {
    let matching = match host {
        Host::Name(name) => certificate
            .dns_names()
            .find(|presented| bears(presented, name.as_bytes()))
            .map(|presented| String::from_utf8_lossy(presented).into_owned()),
        Host::Ip(address) => certificate
            .ip_addresses()
            .find(|presented: &IpAddr| presented == address)
            .map(|presented| presented.to_string()),
    };
    match matching {
        Some(name) => NameMatch::Matches(name),
        None if has_names(certificate) => NameMatch::Differs,
        None => NameMatch::NoNames,
    }
}

fn has_names(certificate: &Certificate<'_>) -> bool {
    certificate.dns_names().next().is_some() || certificate.ip_addresses().next().is_some()
}

/// RFC 9525 §6.3: labels are equal but for case; one wildcard may be the whole left-most label
/// and stands for exactly one. At least two labels must follow it, as path libraries ask.
fn bears(presented: &[u8], host: &[u8]) -> bool {
    match presented.strip_prefix(b"*.") {
        None => presented.eq_ignore_ascii_case(host),
        Some(parent) => {
            let dot = host.iter().position(|octet| *octet == b'.');
            parent.contains(&b'.')
                && dot.is_some_and(|dot| dot > 0 && host[dot + 1..].eq_ignore_ascii_case(parent))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_by_rfc_9525() {
        for (presented, host, bears_it) in [
            ("mail.example.com", "mail.example.com", true),
            ("MAIL.Example.Com", "mail.example.com", true),
            ("*.example.com", "mail.example.com", true),
            ("*.example.com", "example.com", false),
            ("*.example.com", "a.mail.example.com", false),
            ("*.com", "example.com", false),
            ("m*.example.com", "mail.example.com", false),
            ("mail.*.com", "mail.example.com", false),
            ("*.*.com", "mail.example.com", false),
            ("*", "mail", false),
            ("mail.example.com.", "mail.example.com", false),
            ("mail.example.com\0.evil.example", "mail.example.com", false),
            ("*.example.com\0.evil.example", "mail.example.com", false),
            (
                "mail.example.com\0.evil.example",
                "mail.example.com.evil.example",
                false,
            ),
            (" mail.example.com", "mail.example.com", false),
            ("", "mail.example.com", false),
        ] {
            assert_eq!(
                bears(presented.as_bytes(), host.as_bytes()),
                bears_it,
                "{presented:?} {host}"
            );
        }
    }
}
