//! Names with a `*`: of hosts, endpoints and e-mail addresses that are made alike.

use std::fmt;

use crate::model::{Endpoint, Host, Mailbox, folded};

/// A name, mostly with a `*`, which stands for any characters of one part between dots, or of what stands
/// before the `@`. It ends in a registrable domain, so that it never reaches beyond one owner.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Pattern {
    /// What stands before the `@` of an e-mail address.
    local: Option<Part>,
    /// The parts of the host's name or of the address's domain.
    labels: Vec<Part>,
    port: Option<u16>,
}

/// A part of a name, with one `*` at most.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Part {
    Exactly(String),
    Between(String, String),
}

impl Part {
    fn of(text: &str) -> Option<Part> {
        let Some((before, after)) = text.split_once('*') else {
            return Some(Part::Exactly(text.to_owned()));
        };
        let part = Part::Between(before.to_owned(), after.to_owned());
        (!after.contains('*')).then_some(part)
    }

    fn matches(&self, text: &str) -> bool {
        match self {
            Part::Exactly(whole) => whole == text,
            Part::Between(before, after) => text
                .strip_prefix(before.as_str())
                .is_some_and(|rest| rest.ends_with(after.as_str())),
        }
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Part::Exactly(whole) => f.write_str(whole),
            Part::Between(before, after) => write!(f, "{before}*{after}"),
        }
    }
}

impl Pattern {
    /// Reads `mail-*.example.com`, the same with a port, `*@example.com`, or a name without any `*`.
    /// `None` for one with two in one part, or with one that reaches into the registrable domain.
    pub fn read(text: &str) -> Option<Pattern> {
        if text.contains(|c: char| c.is_whitespace() || c.is_control()) {
            return None;
        }
        let text = folded(text);
        let (local, name) = match text.rsplit_once('@') {
            Some(("", _)) => return None,
            Some((local, name)) => (Some(Part::of(local)?), name),
            None => (None, text.as_str()),
        };
        let (name, port) = match name.rsplit_once(':') {
            Some((name, port)) if local.is_none() => {
                (name, Some(port.parse().ok().filter(|port| *port != 0)?))
            }
            _ => (name, None),
        };
        let name = name.strip_suffix('.').unwrap_or(name);
        // What the `*` stands for is a part that any host may have.
        let spelled: Host = name.replace('*', "x").parse().ok()?;
        let spelled = spelled.name()?.to_owned();
        let registrable = Host::registrable_domain(&spelled.parse().ok()?)?.to_owned();
        let fixed = name.rsplit_once('*').map(|(_, after)| after);
        let is_below = fixed.is_none_or(|fixed| {
            let above = fixed.strip_suffix(registrable.as_str());
            above.is_some_and(|above| above.ends_with('.'))
        });
        // Labels of other scripts are compared as the host names are: as A-labels, which a part of one
        // does not have.
        let name = match fixed {
            Some(_) => name,
            None => &spelled,
        };
        let labels = name.split('.').map(Part::of).collect::<Option<Vec<_>>>()?;
        (is_below && name.is_ascii()).then_some(Pattern {
            local,
            labels,
            port,
        })
    }

    /// Whether it is one of e-mail addresses.
    pub fn is_of_emails(&self) -> bool {
        self.local.is_some()
    }

    /// Whether an e-mail address is made like this; the case of letters does not matter.
    pub fn matches_email(&self, email: &str) -> bool {
        Mailbox::read(email).is_some_and(|mailbox| self.matches_mailbox(&mailbox))
    }

    /// The same of an address that was read.
    pub fn matches_mailbox(&self, mailbox: &Mailbox) -> bool {
        let mut local = self.local.iter();
        local.any(|part| part.matches(&mailbox.local)) && self.matches_name(&mailbox.domain)
    }

    /// The one address that it names, if it has no `*`.
    pub fn mailbox(&self) -> Option<Mailbox> {
        let Some(Part::Exactly(local)) = &self.local else {
            return None;
        };
        let labels = self.labels.iter().map(|part| match part {
            Part::Exactly(label) => Some(label.as_str()),
            Part::Between(..) => None,
        });
        Some(Mailbox {
            local: local.clone(),
            domain: labels.collect::<Option<Vec<_>>>()?.join("."),
        })
    }

    /// Whether a host, on that port, is named like this. A pattern without a port means every one.
    pub fn matches_host(&self, host: &Host, port: Option<u16>) -> bool {
        let port_fits = self.port.is_none() || self.port == port;
        let named = || host.name().is_some_and(|name| self.matches_name(name));
        self.local.is_none() && port_fits && named()
    }

    /// Whether that host is named like this, on the port that the pattern names, if it names one.
    pub fn matches_host_of_its_port(&self, host: &Host) -> bool {
        self.matches_host(host, self.port)
    }

    /// As [`Pattern::matches_host`].
    pub fn matches_endpoint(&self, endpoint: &Endpoint) -> bool {
        self.matches_host(&endpoint.host, Some(endpoint.port))
    }

    fn matches_name(&self, name: &str) -> bool {
        let mut labels = name.split('.');
        self.labels
            .iter()
            .all(|part| labels.next().is_some_and(|label| part.matches(label)))
            && labels.next().is_none()
    }
}

/// As it is written in a file.
impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(local) = &self.local {
            write!(f, "{local}@")?;
        }
        for (place, label) in self.labels.iter().enumerate() {
            write!(f, "{}{label}", if place == 0 { "" } else { "." })?;
        }
        match self.port {
            Some(port) => write!(f, ":{port}"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stays_within_its_part_and_below_the_registrable_domain() {
        let host = |text: &str| text.parse::<Host>().expect("a host");
        let pattern = Pattern::read("mail-*.Example.com").expect("a pattern");
        assert_eq!(pattern.to_string(), "mail-*.example.com");
        for (name, like) in [
            ("mail-1.example.com", true),
            ("mail-1.b.example.com", false),
            ("mail-1.example.org", false),
            ("mail.example.com", false),
            ("192.0.2.1", false),
        ] {
            assert_eq!(pattern.matches_host(&host(name), Some(110)), like, "{name}");
        }
        let with_port = Pattern::read("mail-*.example.com:110").expect("a pattern");
        assert!(with_port.matches_endpoint(&"mail-1.example.com:110".parse().expect("one")));
        assert!(!with_port.matches_endpoint(&"mail-1.example.com:995".parse().expect("one")));
        assert!(!with_port.matches_host(&host("mail-1.example.com"), None));
        let people = Pattern::read("svc-*@example.com").expect("a pattern");
        assert!(people.matches_email("SVC-7@example.com"));
        assert!(
            !people.matches_email("svc-7@b.example.com") && !people.matches_email("li@example.com")
        );
        assert!(!people.matches_host(&host("example.com"), None));
        // As much before as after the star is needed, and neither twice.
        let both = Pattern::read("ab*ba.example.com").expect("a pattern");
        assert!(!both.matches_host(&host("aba.example.com"), None));
    }

    #[test]
    fn what_would_reach_beyond_one_owner_is_no_pattern() {
        for text in [
            "*",
            "*.com",
            "mail.*",
            "mail*.co.uk",
            "*example.com",
            "*@*",
            "*@*.com",
            "li@exam*.com",
            "@*.example.com",
            "a*b*c.example.com",
            "mail-*.example.com:0",
            "mail-*.example.com:*",
            "a b*.example.com",
            "192.0.2.*",
            "192.0.2.1",
        ] {
            assert_eq!(Pattern::read(text), None, "{text}");
        }
    }

    #[test]
    fn an_address_is_matched_however_it_is_spelled() {
        for (pattern, email) in [
            ("*@example.com.", "li@example.com"),
            ("*@example.com", "li@example.com."),
            ("*@münchen.example", "li@xn--mnchen-3ya.example"),
            ("*@xn--mnchen-3ya.example", "li@MÜNCHEN.example"),
            ("ｌｉ@example.com", "Li@ｅxample.com"),
        ] {
            let read = Pattern::read(pattern).expect("a pattern");
            assert!(read.matches_email(email), "{pattern} {email}");
        }
    }
}
