//! Parts of the space of names, and whether a name lies in one (RFC 5280 §4.2.1.10).

use std::net::IpAddr;

/// A part of the space of names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subtree {
    /// A host and everything below it; with a leading dot only what is below.
    Dns(String),
    /// A mailbox, a host, or with a leading dot everything below a domain.
    Email(String),
    /// A host of a URI, or with a leading dot everything below a domain.
    Uri(String),
    /// An address and its mask, octet by octet: eight octets, or thirty-two.
    Ip(Vec<u8>),
    /// A distinguished name and everything below it, as RFC 4514 text.
    Directory(String),
    /// Of a kind that is not compared here.
    Other,
}

/// A name that a certificate bears, by its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bearing<'n> {
    /// A host, or a wildcard.
    Dns(&'n str),
    /// A mail address.
    Email(&'n str),
    /// A URI.
    Uri(&'n str),
    /// An IP address.
    Ip(IpAddr),
    /// A distinguished name, as RFC 4514 text.
    Directory(&'n str),
}

impl Subtree {
    /// Whether the name lies in it; `None` where the kinds differ.
    pub fn holds(&self, name: Bearing<'_>) -> Option<bool> {
        match (self, name) {
            (Subtree::Dns(base), Bearing::Dns(name)) => Some(is_below(name, base)),
            (Subtree::Email(base), Bearing::Email(name)) => Some(holds_mailbox(base, name)),
            (Subtree::Uri(base), Bearing::Uri(name)) => {
                Some(host_of(name).is_some_and(|host| is_host_in(host, base)))
            }
            (Subtree::Ip(base), Bearing::Ip(address)) => Some(holds_address(base, address)),
            (Subtree::Directory(base), Bearing::Directory(name)) => {
                Some(is_below_in_directory(name, base))
            }
            _ => None,
        }
    }

    /// Whether some host that the wildcard stands for lies in it, though the wildcard itself may
    /// not: what is excluded must hold none of them.
    pub fn meets(&self, name: Bearing<'_>) -> Option<bool> {
        let held = self.holds(name)?;
        let (Subtree::Dns(base), Bearing::Dns(name)) = (self, name) else {
            return Some(held);
        };
        let one_label_more = name.strip_prefix("*.").is_some_and(|parent| {
            base.split_once('.')
                .is_some_and(|(label, rest)| !label.is_empty() && rest.eq_ignore_ascii_case(parent))
        });
        Some(held || one_label_more)
    }
}

/// An empty base holds everything.
fn is_below(name: &str, base: &str) -> bool {
    let below = base.strip_prefix('.').unwrap_or(base);
    if below.is_empty() {
        return true;
    }
    match tail(name, below) {
        Some("") => !base.starts_with('.'),
        Some(rest) => rest.ends_with('.'),
        None => false,
    }
}

/// What stands before the ending, if the text ends so; case does not count.
fn tail<'t>(text: &'t str, ending: &str) -> Option<&'t str> {
    let at = text.len().checked_sub(ending.len())?;
    let (before, after) = text.split_at_checked(at)?;
    after.eq_ignore_ascii_case(ending).then_some(before)
}

/// A host itself, or with a leading dot one that has labels before it.
fn is_host_in(host: &str, base: &str) -> bool {
    match base.strip_prefix('.') {
        Some(_) => is_below(host, base),
        None => host.eq_ignore_ascii_case(base),
    }
}

fn holds_mailbox(base: &str, mailbox: &str) -> bool {
    let Some((local, host)) = mailbox.rsplit_once('@') else {
        return false;
    };
    match base.rsplit_once('@') {
        // Of a mailbox only the host is compared without regard to case.
        Some((user, domain)) => user == local && domain.eq_ignore_ascii_case(host),
        None => is_host_in(host, base),
    }
}

/// RFC 3986 §3.2: between `//` and the path, without user and port.
fn host_of(uri: &str) -> Option<&str> {
    let (_, rest) = uri.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit_once('@').map_or(authority, |(_, h)| h);
    let host = host.split_once(':').map_or(host, |(h, _)| h);
    (!host.is_empty()).then_some(host)
}

fn holds_address(base: &[u8], address: IpAddr) -> bool {
    let octets = match address {
        IpAddr::V4(address) => address.octets().to_vec(),
        IpAddr::V6(address) => address.octets().to_vec(),
    };
    if base.len() != 2 * octets.len() {
        return false;
    }
    let (network, mask) = base.split_at(octets.len());
    (octets.iter().zip(network).zip(mask)).all(|((octet, net), mask)| octet & mask == net & mask)
}

/// RFC 4514 writes the most general part last, so a name below ends like the base.
fn is_below_in_directory(name: &str, base: &str) -> bool {
    if base.is_empty() {
        return true;
    }
    let (name, base) = (name.to_lowercase(), base.to_lowercase());
    let Some(before) = name.strip_suffix(&base) else {
        return false;
    };
    match before.strip_suffix(',') {
        None => before.is_empty(),
        // A comma behind an odd number of backslashes is part of a value.
        Some(before) => before.chars().rev().take_while(|c| *c == '\\').count() % 2 == 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_lie_in_a_domain_label_by_label() {
        for (name, base, held) in [
            ("mail.example.com", "example.com", true),
            ("EXAMPLE.com", "example.COM", true),
            ("badexample.com", "example.com", false),
            ("example.com", ".example.com", false),
            ("mail.example.com", ".example.com", true),
            ("*.example.com", "example.com", true),
            ("com", "example.com", false),
            ("anything", "", true),
            ("mäil.example.com", "äil.example.com", false),
        ] {
            let base = Subtree::Dns(base.into());
            assert_eq!(
                base.holds(Bearing::Dns(name)),
                Some(held),
                "{name} {base:?}"
            );
        }
        let excluded = Subtree::Dns("secret.example.com".into());
        assert_eq!(excluded.holds(Bearing::Dns("*.example.com")), Some(false));
        assert_eq!(excluded.meets(Bearing::Dns("*.example.com")), Some(true));
        assert_eq!(excluded.meets(Bearing::Dns("*.other.com")), Some(false));
    }

    #[test]
    fn mailboxes_uris_and_addresses_have_their_own_ways() {
        let email = |base: &str, name| Subtree::Email(base.into()).holds(Bearing::Email(name));
        assert_eq!(email("li@example.com", "li@EXAMPLE.com"), Some(true));
        assert_eq!(email("li@example.com", "Li@example.com"), Some(false));
        assert_eq!(email("example.com", "li@example.com"), Some(true));
        assert_eq!(email("example.com", "li@mail.example.com"), Some(false));
        assert_eq!(email(".example.com", "li@mail.example.com"), Some(true));
        let uri = |base: &str, name| Subtree::Uri(base.into()).holds(Bearing::Uri(name));
        assert_eq!(uri("example.com", "https://u@example.com:1/x"), Some(true));
        assert_eq!(uri("example.com", "https://a.example.com/"), Some(false));
        assert_eq!(uri(".example.com", "https://a.example.com/"), Some(true));
        assert_eq!(uri("example.com", "urn:example.com"), Some(false));
        let net = Subtree::Ip(vec![10, 0, 0, 0, 255, 0, 0, 0]);
        let at = |text: &str| Bearing::Ip(text.parse().expect("an address"));
        assert_eq!(net.holds(at("10.9.8.7")), Some(true));
        assert_eq!(net.holds(at("11.9.8.7")), Some(false));
        assert_eq!(net.holds(at("::ffff:10.9.8.7")), Some(false));
        assert_eq!(net.holds(Bearing::Dns("10.0.0.1")), None);
    }

    #[test]
    fn a_directory_ends_like_its_base() {
        let base = Subtree::Directory("O=Acme,C=DE".into());
        let holds = |name| base.holds(Bearing::Directory(name)).expect("a directory");
        assert!(holds("CN=x,O=acme,C=DE") && holds("O=Acme,C=DE"));
        assert!(!holds("CN=x,O=Other,C=DE") && !holds("CN=x\\,O=Acme,C=DE"));
        assert!(holds("CN=x\\\\,O=Acme,C=DE"));
    }
}
