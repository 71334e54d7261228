//! The names that issuers may vouch for, and whether a chain keeps to them (RFC 5280 §4.2.1.10).

use crate::model::{Bearing, CertificateFacts, ChainReport, Host, NameConstraints, Subtree};

/// How a chain keeps to the constraints of its issuers.
#[derive(Debug)]
pub(super) enum Bounds<'c> {
    /// No issuer has any.
    None,
    /// Every name lies within.
    Kept,
    /// Every name lies within, as far as the constraints are kept here; there are more.
    KeptSoFar,
    /// A name lies outside.
    Left {
        /// The name.
        name: String,
        /// Who bears it.
        bearer: &'c CertificateFacts,
        /// Who may not vouch for it.
        issuer: &'c CertificateFacts,
    },
}

/// Looks at the issuers that were sent, from the server's certificate upwards. Libraries compare
/// the alternative names; here the common name, the subject and mail addresses count as well.
pub(super) fn bounds(chain: &ChainReport) -> Bounds<'_> {
    let way = way_up(chain);
    let mut kept = Bounds::None;
    for (place, issuer) in way.iter().enumerate() {
        let Some(constraints) = &issuer.extensions.name_constraints else {
            continue;
        };
        for bearer in &way[..place] {
            // RFC 5280 §6.1.3 (b): not to what an authority issued to itself.
            if bearer.id != way[0].id && bearer.subject == bearer.issuer {
                continue;
            }
            if let Some(name) = outside(constraints, bearer) {
                return Bounds::Left {
                    name,
                    bearer,
                    issuer,
                };
            }
        }
        kept = match (kept, constraints.more) {
            (Bounds::KeptSoFar, _) | (_, true) => Bounds::KeptSoFar,
            _ => Bounds::Kept,
        };
    }
    kept
}

/// The server's certificate and its issuers, by name; each is passed once.
fn way_up(chain: &ChainReport) -> Vec<&CertificateFacts> {
    let sent: Vec<&CertificateFacts> = chain.certificates.iter().flatten().map(|c| &**c).collect();
    let mut way: Vec<&CertificateFacts> = chain.leaf().into_iter().collect();
    while let Some(last) = way.last()
        && let Some(issuer) = sent
            .iter()
            .find(|one| one.subject == last.issuer && way.iter().all(|passed| passed.id != one.id))
    {
        way.push(issuer);
    }
    way
}

/// The first name of the certificate that is excluded, or that no subtree of its kind permits.
fn outside(constraints: &NameConstraints, certificate: &CertificateFacts) -> Option<String> {
    let common_name = certificate
        .common_name
        .as_deref()
        .filter(|name| names_a_host(name));
    let address = common_name.and_then(|name| name.parse().ok());
    let names = certificate.extensions.alternative_names.as_ref();
    let lists = names.map(|names| (&names.emails, &names.uris, &names.directories));
    let others = lists.into_iter().flat_map(|(emails, uris, directories)| {
        (emails.iter().map(|name| Bearing::Email(name)))
            .chain(uris.iter().map(|name| Bearing::Uri(name)))
            .chain(directories.iter().map(|name| Bearing::Directory(name)))
    });
    let hosts = certificate.dns_names.iter().map(|name| Bearing::Dns(name));
    let addresses = certificate.ip_addresses.iter().map(|one| Bearing::Ip(*one));
    let subject = Some(certificate.subject.as_str()).filter(|subject| !subject.is_empty());
    hosts
        .chain(addresses.chain(address.map(Bearing::Ip)))
        .chain(common_name.filter(|_| address.is_none()).map(Bearing::Dns))
        .chain(others)
        .chain(subject.map(Bearing::Directory))
        .find(|name| !is_allowed(constraints, *name))
        .map(text)
}

/// A common name that is a title ("Mail service") is no host.
fn names_a_host(name: &str) -> bool {
    let plain = name.strip_prefix("*.").unwrap_or(name);
    match plain.parse() {
        Ok(Host::Ip(_)) => true,
        Ok(Host::Name(_)) => plain.contains('.'),
        Err(_) => false,
    }
}

fn is_allowed(constraints: &NameConstraints, name: Bearing<'_>) -> bool {
    if (constraints.excluded.iter()).any(|subtree| subtree.meets(name) == Some(true)) {
        return false;
    }
    let holds = |subtree: &Subtree| subtree.holds(name);
    let mut permitted = constraints.permitted.iter().filter_map(holds).peekable();
    permitted.peek().is_none() || permitted.any(|held| held)
}

fn text(name: Bearing<'_>) -> String {
    match name {
        Bearing::Ip(address) => address.to_string(),
        Bearing::Dns(name)
        | Bearing::Email(name)
        | Bearing::Uri(name)
        | Bearing::Directory(name) => name.to_owned(),
    }
}
