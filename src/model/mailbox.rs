//! An e-mail address, however it is spelled.

use std::fmt;

use super::{Host, folded};

/// An e-mail address as it is compared: spellings of one address are equal.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Mailbox {
    /// What stands before the `@`, folded.
    pub local: String,
    /// The domain as the network knows it (see [`Host`]); one that is no host's name, folded.
    pub domain: String,
}

impl Mailbox {
    /// Reads an address; `None` without an `@` or with nothing on one side of it.
    pub fn read(text: &str) -> Option<Mailbox> {
        let text = folded(text);
        let (local, domain) = text.rsplit_once('@')?;
        let host: Option<Host> = domain.parse().ok();
        let domain = match host.as_ref().and_then(Host::name) {
            Some(name) => name,
            None => domain.strip_suffix('.').unwrap_or(domain),
        };
        (!local.is_empty() && !domain.is_empty()).then(|| Mailbox {
            local: local.to_owned(),
            domain: domain.to_owned(),
        })
    }
}

impl fmt::Display for Mailbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}", self.local, self.domain)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_address_are_equal() {
        for (spelling, address) in [
            ("Li@Example.COM.", "li@example.com"),
            ("ｌｉ＠ｅｘａｍｐｌｅ．ｃｏｍ", "li@example.com"),
            ("l\u{200b}i@exa\u{ad}mple.com", "li@example.com"),
            ("li@MÜNCHEN.example", "li@xn--mnchen-3ya.example"),
            ("li@xn--mnchen-3ya.example", "li@xn--mnchen-3ya.example"),
            ("li@a_b.example.", "li@a_b.example"),
        ] {
            let read = Mailbox::read(spelling).map(|mailbox| mailbox.to_string());
            assert_eq!(read.as_deref(), Some(address), "{spelling:?}");
        }
        for text in ["", "li", "@example.com", "li@", "li@."] {
            assert_eq!(Mailbox::read(text), None, "{text:?}");
        }
    }
}
