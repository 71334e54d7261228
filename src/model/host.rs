//! The one strict reading of a host.

use std::borrow::Cow;
use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use unicode_normalization::UnicodeNormalization as _;

use super::Text;

/// A host as the network knows it: an A-label in lower case without a trailing dot, or an address.
///
/// Two spellings of one host are equal (threat model I8, D13).
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Host {
    /// A DNS name, as an A-label.
    Name(Text),
    /// An IP address, which no certificate of a usual kind can prove.
    Ip(IpAddr),
}

/// Why a text is no host. The words carry no part of the text: it may hold a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HostError {
    /// Nothing but space.
    #[error("the host is empty: write a name such as mail.example.com")]
    Empty,
    /// More than 253 octets as an A-label (RFC 1035 §2.3.4).
    #[error("the host is longer than 253 octets: check the cell")]
    TooLong,
    /// `user@host`, or `user:secret@host`: what stands before the `@` is not read.
    #[error("the host holds user information before an @: keep only the server's name")]
    UserInfo,
    /// Space or a control character inside, a line end above all.
    #[error(
        "the host holds a space, a line end or a control character: keep only the server's name"
    )]
    Blank,
    /// A number that some systems take for an address and others do not (`127.1`, `0x7f000001`).
    #[error("the host is a number that is no address in full: write all four parts, or the name")]
    OddNumber,
    /// `fe80::1%eth0`.
    #[error("the address has a zone, which means nothing on another machine: leave out %…")]
    Zone,
    /// `*.example.com`.
    #[error("the host is a pattern: write the name of one server")]
    Wildcard,
    /// Not a host name by RFC 1123 §2.1 and IDNA.
    #[error("the host is no valid name: use letters, digits, hyphens and dots")]
    Invalid,
}

impl Host {
    /// The registrable domain, such as `example.co.uk`; `None` for an address or a public suffix.
    pub fn registrable_domain(&self) -> Option<&str> {
        match self {
            Host::Name(name) => psl::domain_str(name),
            Host::Ip(_) => None,
        }
    }

    /// Whether anyone may register a name right below it, as below `com` and `co.uk`: the part of
    /// the public suffix list that registries stand behind, and every single label. Suffixes that
    /// a company opened to its customers are its own.
    pub fn is_public_suffix(&self) -> bool {
        match self {
            Host::Name(name) => {
                !name.contains('.')
                    || psl::suffix(name.as_bytes()).is_some_and(|suffix| {
                        suffix.as_bytes() == name.as_bytes()
                            && suffix.typ() == Some(psl::Type::Icann)
                    })
            }
            Host::Ip(_) => false,
        }
    }

    /// The name, if this is one.
    pub fn name(&self) -> Option<&str> {
        match self {
            Host::Name(name) => Some(name),
            Host::Ip(_) => None,
        }
    }
}

impl FromStr for Host {
    type Err = HostError;

    /// Reads a name or an address; full-width forms are folded first (NFKC).
    fn from_str(text: &str) -> Result<Self, HostError> {
        let folded = fold(text.trim());
        let text = folded.trim();
        if text.is_empty() {
            return Err(HostError::Empty);
        }
        if text.contains('@') {
            return Err(HostError::UserInfo);
        }
        if text.chars().any(|c| c.is_whitespace() || c.is_control()) {
            return Err(HostError::Blank);
        }
        if text.chars().any(is_punctuation) {
            return Err(HostError::Invalid);
        }
        if text.contains('*') {
            return Err(HostError::Wildcard);
        }
        let bare = text
            .strip_prefix('[')
            .and_then(|rest| rest.strip_suffix(']'));
        if let Some(address) = bare.or(text.contains(':').then_some(text)) {
            return read_ipv6(address);
        }
        if let Ok(address) = text.parse::<IpAddr>() {
            return Ok(Host::Ip(address));
        }
        let name = idna::domain_to_ascii_strict(text.strip_suffix('.').unwrap_or(text))
            .map_err(|_| HostError::Invalid)?;
        if name.len() > 253 {
            return Err(HostError::TooLong);
        }
        if name.is_empty()
            || name
                .split('.')
                .any(|label| label.is_empty() || label.len() > 63)
        {
            return Err(HostError::Invalid);
        }
        // A last label of digits would make the URL standard and inet_aton read a number.
        if let Some(last) = name.rsplit('.').next()
            && is_number(last)
        {
            return Err(HostError::OddNumber);
        }
        Ok(Host::Name(name.into()))
    }
}

/// NFKC, which leaves ASCII as it is.
fn fold(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        Cow::Borrowed(text)
    } else {
        text.nfkc().collect()
    }
}

fn read_ipv6(text: &str) -> Result<Host, HostError> {
    if text.contains('%') {
        return Err(HostError::Zone);
    }
    match text.parse::<IpAddr>() {
        Ok(address) => Ok(Host::Ip(address.to_canonical())),
        Err(_) => Err(HostError::Invalid),
    }
}

/// Punctuation that UTS 46 lets into a label and RFC 5892 does not: a list of hosts, joined by
/// U+3001, would else be one name that nobody has. (U+3002 is a full stop between labels.)
fn is_punctuation(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{205e}' | '\u{3001}' | '\u{3003}' | '\u{3004}' | '\u{3008}'..='\u{3020}')
}

fn is_number(label: &str) -> bool {
    label.bytes().all(|b| b.is_ascii_digit())
        || label
            .strip_prefix("0x")
            .is_some_and(|hex| hex.bytes().all(|b| b.is_ascii_hexdigit()))
}

impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Host::Name(name) => f.write_str(name),
            Host::Ip(address) => address.fmt(f),
        }
    }
}

impl Serialize for Host {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Host {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_host_are_equal() {
        for spelling in [
            "mail.example.com",
            "MAIL.Example.COM",
            "mail.example.com.",
            "  mail.example.com ",
            "ｍａｉｌ．example．com",
            "mail。example。com",
        ] {
            assert_eq!(
                spelling.parse::<Host>(),
                Ok(Host::Name("mail.example.com".into()))
            );
        }
        assert_eq!(
            "BÜCHER.example".parse::<Host>(),
            "xn--bcher-kva.example".parse()
        );
        for (spelling, shown) in [
            ("[2001:DB8:0::1]", "2001:db8::1"),
            ("2001:0db8:0000:0000:0000:0000:0000:0001", "2001:db8::1"),
            ("2001:db8::0:1", "2001:db8::1"),
            ("2001:DB8:0:0:1::1", "2001:db8::1:0:0:1"),
            ("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"),
            ("::FFFF:192.0.2.1", "192.0.2.1"),
            ("192.0.2.1", "192.0.2.1"),
            ("Bücher.Example.", "xn--bcher-kva.example"),
            ("XN--BCHER-KVA.example", "xn--bcher-kva.example"),
        ] {
            // Addresses are shown as RFC 5952 §4 has it.
            let host: Host = spelling.parse().expect("a host");
            assert_eq!(host.to_string(), shown);
            assert_eq!(Ok(host), shown.parse());
        }
    }

    #[test]
    fn what_is_no_host_says_why() {
        for (text, why) in [
            ("", HostError::Empty),
            ("u:p@host", HostError::UserInfo),
            ("a.test\r\nEHLO x", HostError::Blank),
            ("*.example.com", HostError::Wildcard),
            ("127.1", HostError::OddNumber),
            ("0x7f000001", HostError::OddNumber),
            ("2130706433", HostError::OddNumber),
            ("fe80::1%eth0", HostError::Zone),
            ("a..b", HostError::Invalid),
            ("a_b.example", HostError::Invalid),
            ("-a.example", HostError::Invalid),
            ("a.test、b.test", HostError::Invalid),
        ] {
            assert_eq!(text.parse::<Host>(), Err(why), "{text:?}");
        }
        assert!("a".repeat(300).parse::<Host>().is_err());
    }

    #[test]
    fn the_registrable_domain_is_by_the_public_suffix_list() {
        let host: Host = "pop.mail.example.co.uk".parse().expect("a host");
        assert_eq!(host.registrable_domain(), Some("example.co.uk"));
    }
}
