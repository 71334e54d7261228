//! Which clauses one certificate breaks.

use std::collections::BTreeSet;

use crate::model::{CertificateFacts, DateForm, Host, KeyAlgorithm, KeyUsage};

use super::Breach;

/// Octets of a serial number (RFC 5280 §4.1.2.2).
const SERIAL: usize = 20;
/// Curves of publicly trusted certificates (CA/B BR §6.1.5).
const PUBLIC_CURVES: [&str; 3] = ["P-256", "P-384", "P-521"];
/// Extensions that limit what a certificate may be used for: key usage, name constraints,
/// extended key usage.
const LIMITS: [&str; 3] = ["2.5.29.15", "2.5.29.30", "2.5.29.37"];

/// How a certificate stands in its chain.
#[derive(Clone, Copy, Debug)]
pub(super) struct Standing {
    /// It issued another of the chain.
    pub issues: bool,
    /// The chain ends at a publicly trusted root.
    pub public: bool,
}

/// What it breaks, those of identity first.
pub(super) fn breaches(of: &CertificateFacts, standing: Standing) -> BTreeSet<Breach> {
    let mut found = BTreeSet::new();
    found.extend(fields(of));
    found.extend(extensions(of));
    found.extend(names(of));
    found.extend(authority(of, standing));
    found.extend(limits(of));
    if standing.public && is_unusual(of) {
        found.insert(Breach::PublicKeyKind);
    }
    found
}

fn when(holds: bool, breach: Breach) -> Option<Breach> {
    holds.then_some(breach)
}

fn fields(of: &CertificateFacts) -> impl Iterator<Item = Breach> {
    let form = &of.form;
    [
        when(!form.algorithms_equal, Breach::AlgorithmsDiffer),
        when(form.extensions > 0 && form.version != 3, Breach::Version),
        when(!form.serial_positive, Breach::SerialNotPositive),
        when(form.serial_octets > SERIAL, Breach::SerialTooLong),
        when(form.issuer_empty, Breach::IssuerEmpty),
        when(form.dates.contains(&DateForm::OtherKind), Breach::DateKind),
        when(
            form.dates.contains(&DateForm::OtherShape),
            Breach::DateShape,
        ),
        when(form.unique_ids, Breach::UniqueIds),
    ]
    .into_iter()
    .flatten()
}

fn extensions(of: &CertificateFacts) -> impl Iterator<Item = Breach> {
    let has = &of.extensions;
    let names_issuer_key = has
        .authority_key
        .as_ref()
        .is_some_and(|key| key.identifier.is_some());
    let is_critical =
        |key: &Option<crate::model::KeyName>| key.as_ref().is_some_and(|k| k.critical);
    let is_limit = |oid: &String| LIMITS.contains(&oid.as_str());
    [
        when(!has.unknown_critical.is_empty(), Breach::UnknownCritical),
        when(has.unreadable.iter().any(is_limit), Breach::LimitUnreadable),
        when(
            has.unreadable.iter().any(|oid| !is_limit(oid)),
            Breach::Unreadable,
        ),
        // A certificate that is its own issuer names no other key; one of version 1 cannot.
        when(
            !names_issuer_key && !of.self_signed && of.form.version == 3,
            Breach::AuthorityKeyMissing,
        ),
        when(
            is_critical(&has.authority_key),
            Breach::AuthorityKeyCritical,
        ),
        when(is_critical(&has.subject_key), Breach::SubjectKeyCritical),
        when(has.critical_access, Breach::AccessCritical),
        when(
            has.key_usage.is_some_and(|usage| usage.bits == 0),
            Breach::KeyUsageEmpty,
        ),
        when(
            has.extended_key_usage
                .as_ref()
                .is_some_and(|usage| usage.purposes.is_empty()),
            Breach::PurposesEmpty,
        ),
    ]
    .into_iter()
    .flatten()
}

fn names(of: &CertificateFacts) -> impl Iterator<Item = Breach> {
    let names = of.extensions.alternative_names.as_ref();
    let holds = |question: fn(&str) -> bool| of.dns_names.iter().any(|name| question(name));
    [
        when(
            names.is_some_and(|names| !names.unprintable.is_empty()),
            Breach::UnprintableName,
        ),
        when(holds(is_too_wide), Breach::WildcardTooWide),
        when(
            names.is_some_and(|names| of.form.subject_empty && !names.critical),
            Breach::NamesNotCritical,
        ),
        when(
            names.is_some_and(|names| names.count == 0),
            Breach::NamesEmpty,
        ),
        when(holds(|name| !has_form(name)), Breach::NameForm),
        when(
            names.is_some_and(|names| names.odd_addresses > 0),
            Breach::AddressOctets,
        ),
        when(holds(is_misplaced), Breach::WildcardPlace),
    ]
    .into_iter()
    .flatten()
}

/// A wildcard right below a suffix where anyone may register covers their names.
fn is_too_wide(name: &str) -> bool {
    name.strip_prefix("*.").is_some_and(|parent| {
        parent
            .parse()
            .is_ok_and(|host: Host| host.is_public_suffix())
    })
}

/// RFC 9525 §6.3: one asterisk, alone in the left-most label.
fn is_misplaced(name: &str) -> bool {
    name.strip_prefix("*.").unwrap_or(name).contains('*')
}

/// Labels of letters, digits and hyphens (RFC 1034 §3.5, RFC 1123 §2.1). The underscore, which
/// host names do not have either, is let pass: what it harms is nobody's identity. Octets that
/// cannot be printed and asterisks are told otherwise.
fn has_form(name: &str) -> bool {
    let is_told_otherwise = |c: char| !(' '..='~').contains(&c) || c == '*';
    name.split('.').all(|label| {
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| {
                c.is_ascii_alphanumeric() || matches!(c, '-' | '_') || is_told_otherwise(c)
            })
    })
}

fn authority(of: &CertificateFacts, standing: Standing) -> impl Iterator<Item = Breach> {
    let has = &of.extensions;
    let signs = has
        .key_usage
        .is_some_and(|usage| usage.allows(KeyUsage::KEY_CERT_SIGN));
    let constraints = has.basic_constraints.unwrap_or_default();
    let issues = standing.issues && !of.self_signed;
    [
        when(issues && !constraints.ca, Breach::AuthorityUnmarked),
        when(signs && !constraints.ca, Breach::SignerNoAuthority),
        when(
            issues && constraints.ca && !signs,
            Breach::AuthorityCannotSign,
        ),
        when(issues && of.form.subject_empty, Breach::AuthorityNameless),
        when(
            issues && has.subject_key.is_none(),
            Breach::SubjectKeyMissing,
        ),
        when(
            issues && constraints.ca && !constraints.critical,
            Breach::ConstraintsNotCritical,
        ),
        when(
            constraints.path_length.is_some() && !(constraints.ca && signs),
            Breach::PathLengthAlone,
        ),
    ]
    .into_iter()
    .flatten()
}

fn limits(of: &CertificateFacts) -> impl Iterator<Item = Breach> {
    let constraints = of.extensions.name_constraints.as_ref();
    [
        when(
            constraints.is_some_and(|names| !names.critical),
            Breach::NameConstraintsNotCritical,
        ),
        when(
            constraints.is_some() && !of.is_ca,
            Breach::NameConstraintsOfLeaf,
        ),
    ]
    .into_iter()
    .flatten()
}

fn is_unusual(of: &CertificateFacts) -> bool {
    match &of.key.algorithm {
        KeyAlgorithm::Rsa => !of.key.bits.is_multiple_of(8),
        KeyAlgorithm::Ec(curve) => !PUBLIC_CURVES.contains(&curve.as_str()),
        KeyAlgorithm::Edwards | KeyAlgorithm::Dsa | KeyAlgorithm::Other(_) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wildcards_and_forms_of_names() {
        for (name, too_wide, misplaced, form) in [
            ("mail.example.com", false, false, true),
            ("*.example.com", false, false, true),
            ("*.com", true, false, true),
            ("*.co.uk", true, false, true),
            ("*.com.cn", true, false, true),
            ("*.local", true, false, true),
            ("*.github.io", false, false, true),
            ("m*.example.com", false, true, true),
            ("mail.*.com", false, true, true),
            ("*.*.com", false, true, true),
            ("*", false, true, true),
            ("mail_1.example.com", false, false, true),
            ("mail.example.com.", false, false, false),
            (" mail.example.com", false, false, false),
            ("", false, false, false),
            ("-a.example.com", false, false, false),
            ("https://mail.example.com/", false, false, false),
            ("xn--bcher-kva.example", false, false, true),
        ] {
            let found = (is_too_wide(name), is_misplaced(name), has_form(name));
            assert_eq!(found, (too_wide, misplaced, form), "{name}");
        }
    }
}
