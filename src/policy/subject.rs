//! Whom a waiver covers, told by the form in which it is written.

use std::fmt;

use super::Pattern;
use crate::model::{Endpoint, Host, Mailbox};

/// Whom a waiver covers.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum WaiverSubject {
    /// Every port of a host.
    Host(Host),
    /// One endpoint.
    Endpoint(Endpoint),
    /// One account, by the id that a report gives it: 32 hexadecimal digits.
    Account(String),
    /// Every account of one e-mail address, as [`Mailbox`] writes it.
    Email(String),
    /// Every host at or below a domain, and every e-mail address at it.
    Domain(String),
    /// Hosts, endpoints or e-mail addresses that are named alike.
    Pattern(Pattern),
}

impl WaiverSubject {
    /// `account:` makes one account, an `@` an e-mail address, a port an endpoint; a registrable domain
    /// (`example.com`) and `*.` before any name mean everything at or below it; a `*` elsewhere is one
    /// of a pattern; any other name or address is one host.
    pub fn read(text: &str) -> Option<WaiverSubject> {
        if let Some(id) = text.strip_prefix("account:") {
            let is_id = id.len() == 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit());
            return is_id.then(|| WaiverSubject::Account(id.to_lowercase()));
        }
        let is_domain = text
            .strip_prefix("*.")
            .is_some_and(|rest| !rest.contains(['*', ':', '@']));
        if text.contains('*') && !is_domain {
            return Pattern::read(text).map(WaiverSubject::Pattern);
        }
        if text.contains('@') {
            let blank = |c: char| c.is_whitespace() || c.is_control();
            let mailbox = Mailbox::read(text).filter(|_| !text.contains(blank));
            return mailbox.map(|mailbox| WaiverSubject::Email(mailbox.to_string()));
        }
        if let Some(domain) = text.strip_prefix("*.") {
            let host: Host = domain.parse().ok()?;
            // Everything below `com` is nobody's to accept.
            host.registrable_domain()?;
            return Some(WaiverSubject::Domain(host.name()?.to_owned()));
        }
        match text.parse::<Host>() {
            Ok(host) if host.name().is_some() && host.name() == host.registrable_domain() => {
                Some(WaiverSubject::Domain(host.to_string()))
            }
            Ok(host) => Some(WaiverSubject::Host(host)),
            Err(_) => text.parse::<Endpoint>().ok().map(WaiverSubject::Endpoint),
        }
    }
}

/// As it is written in a file.
impl fmt::Display for WaiverSubject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WaiverSubject::Host(host) => host.fmt(f),
            WaiverSubject::Endpoint(endpoint) => endpoint.fmt(f),
            WaiverSubject::Account(id) => write!(f, "account:{id}"),
            WaiverSubject::Pattern(pattern) => pattern.fmt(f),
            WaiverSubject::Email(email) => f.write_str(email),
            WaiverSubject::Domain(domain) => match WaiverSubject::read(domain) {
                Some(WaiverSubject::Domain(_)) => f.write_str(domain),
                _ => write!(f, "*.{domain}"),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_is_told_by_its_form_and_reads_back() {
        for (text, kind) in [
            ("legacy.example.com", "Host"),
            ("192.0.2.7", "Host"),
            ("2001:db8::1", "Host"),
            ("legacy.example.com:110", "Endpoint"),
            ("[2001:db8::1]:110", "Endpoint"),
            ("li.wei@example.com", "Email"),
            ("example.com", "Domain"),
            ("*.branch.example.com", "Domain"),
            ("account:0123456789abcdef0123456789abcdef", "Account"),
            ("mail-*.example.com", "Pattern"),
            ("*.example.com:110", "Pattern"),
            ("svc-*@example.com", "Pattern"),
        ] {
            let subject = WaiverSubject::read(text).expect("a subject");
            assert!(
                format!("{subject:?}").starts_with(kind),
                "{text}: {subject:?}"
            );
            assert_eq!(subject.to_string(), text);
        }
        for text in [
            "@example.com",
            "a b@example.com",
            "*",
            "host:0",
            "*.192.0.2.7",
            "mail.*",
            "*@*.com",
            "account:0123",
        ] {
            assert_eq!(WaiverSubject::read(text), None, "{text}");
        }
    }
}
