//! The extensions of a certificate as plain values.

use x509_parser::asn1_rs::{Any, FromDer as _, Oid, Tag};
use x509_parser::extensions::{
    AuthorityKeyIdentifier, CRLDistributionPoints, DistributionPointName, GeneralName,
    KeyIdentifier, KeyUsage as Usage,
};

use super::oid::dotted;
use super::{
    AUTHORITY_ACCESS, AUTHORITY_KEY, BASIC_CONSTRAINTS, Certificate, EMBEDDED_SCTS, NAMES, SERIAL,
    SUBJECT_ALTERNATIVE_NAME, SUBJECT_KEY, URLS, name, whole,
};
use crate::model::{
    AlternativeNames, BasicConstraints, ExtendedKeyUsage, Extensions, KeyName, KeyUsage,
    NameConstraints, Subtree, visible,
};
use crate::wire::sct;

/// Identifiers of one kind that are kept.
const IDENTIFIERS: usize = 20;
/// Purposes that are kept.
const PURPOSES: usize = 50;
/// Subtrees of one list that are kept.
const SUBTREES: usize = 250;
/// Characters of one name that are kept.
const CHARACTERS: usize = 1_000;

const KEY_USAGE: &str = "2.5.29.15";
const NAME_CONSTRAINTS: &str = "2.5.29.30";
const CRL_DISTRIBUTION_POINTS: &str = "2.5.29.31";
const CERTIFICATE_POLICIES: &str = "2.5.29.32";
const POLICY_MAPPINGS: &str = "2.5.29.33";
const POLICY_CONSTRAINTS: &str = "2.5.29.36";
const EXTENDED_KEY_USAGE: &str = "2.5.29.37";
const INHIBIT_ANY_POLICY: &str = "2.5.29.54";
const TLS_FEATURE: &str = "1.3.6.1.5.5.7.1.24";
const OCSP: &str = "1.3.6.1.5.5.7.48.1";
/// `id-on-dnsSRV` (RFC 4985 §2).
const SRV_NAME: &str = "1.3.6.1.5.5.7.8.7";
/// The TLS extension that asks for a staple (RFC 7633 §4.1, RFC 6066 §8).
const STATUS_REQUEST: [&[u8]; 2] = [&[5], &[0, 5]];

pub(super) fn read(certificate: &Certificate<'_>) -> Extensions {
    let mut read = Extensions {
        ocsp_urls: certificate.access_urls(OCSP),
        ..Extensions::default()
    };
    for extension in certificate.x509.extensions() {
        let oid = dotted(&extension.oid);
        let (critical, value) = (extension.critical, extension.value);
        let parses = match oid.as_str() {
            SUBJECT_ALTERNATIVE_NAME => {
                read.alternative_names = Some(alternative_names(critical, certificate));
                true
            }
            BASIC_CONSTRAINTS => keep(&mut read.basic_constraints, constraints(critical, value)),
            KEY_USAGE => keep(&mut read.key_usage, key_usage(critical, value)),
            EXTENDED_KEY_USAGE => keep(&mut read.extended_key_usage, purposes(critical, value)),
            AUTHORITY_KEY => keep(&mut read.authority_key, authority_key(critical, value)),
            SUBJECT_KEY => keep(&mut read.subject_key, subject_key(critical, value)),
            NAME_CONSTRAINTS => keep(&mut read.name_constraints, names(critical, value)),
            CRL_DISTRIBUTION_POINTS => crl_urls(value).map(|urls| read.crl_urls = urls).is_some(),
            CERTIFICATE_POLICIES => policies(value).map(|known| read.policies = known).is_some(),
            TLS_FEATURE => features(value)
                .map(|asks| read.must_staple = asks)
                .is_some(),
            EMBEDDED_SCTS => sct::count_in_extension(value)
                .map(|count| read.embedded_scts = count)
                .is_some(),
            AUTHORITY_ACCESS => {
                read.critical_access = critical;
                true
            }
            POLICY_MAPPINGS | POLICY_CONSTRAINTS | INHIBIT_ANY_POLICY => true,
            _ => {
                if critical && read.unknown_critical.len() < IDENTIFIERS {
                    read.unknown_critical.push(oid.clone());
                }
                true
            }
        };
        if !parses && read.unreadable.len() < IDENTIFIERS {
            read.unreadable.push(oid);
        }
    }
    read
}

fn keep<T>(place: &mut Option<T>, value: Option<T>) -> bool {
    *place = value;
    place.is_some()
}

fn alternative_names(critical: bool, certificate: &Certificate<'_>) -> AlternativeNames {
    let mut read = AlternativeNames {
        critical,
        ..AlternativeNames::default()
    };
    let add = |list: &mut Vec<String>, text: String| {
        if list.len() < NAMES {
            list.push(text);
        }
    };
    for one in certificate.general_names() {
        read.count += 1;
        let text: Option<&[u8]> = match one {
            GeneralName::RFC822Name(text) => {
                add(&mut read.emails, shortened(text));
                Some(text.as_bytes())
            }
            GeneralName::URI(text) => {
                add(&mut read.uris, shortened(text));
                Some(text.as_bytes())
            }
            GeneralName::DNSName(text) => Some(text.as_bytes()),
            GeneralName::Invalid(Tag(1 | 2 | 6), octets) => Some(octets),
            GeneralName::OtherName(oid, value) if dotted(oid) == SRV_NAME => {
                if let Some(service) = service(value) {
                    add(&mut read.services, shortened(service));
                }
                None
            }
            GeneralName::DirectoryName(directory) => {
                add(&mut read.directories, name::text(directory));
                None
            }
            GeneralName::IPAddress(octets) => {
                read.odd_addresses += usize::from(!matches!(octets.len(), 4 | 16));
                None
            }
            _ => None,
        };
        if let Some(octets) =
            text.filter(|octets| !octets.iter().all(|o| (b' '..=b'~').contains(o)))
        {
            let text = String::from_utf8_lossy(octets);
            add(&mut read.unprintable, visible(&text, CHARACTERS));
        }
    }
    read
}

fn shortened(text: &str) -> String {
    text.chars().take(CHARACTERS).collect()
}

/// The value of an other name is explicitly tagged (RFC 5280 §4.2.1.6); this one is an IA5String.
fn service(tagged: &[u8]) -> Option<&str> {
    let (_, outer) = Any::from_der(tagged).ok()?;
    let (_, inner) = Any::from_der(outer.data).ok()?;
    (inner.tag() == Tag::Ia5String)
        .then(|| std::str::from_utf8(inner.data).ok())
        .flatten()
}

/// RFC 5280 §4.2.1.9: a sequence of a boolean and a number, each of which may be absent. The
/// library reads this one value by value inside one another, up to fifty deep.
pub(super) fn constraints(critical: bool, value: &[u8]) -> Option<BasicConstraints> {
    let mut values = values_of_sequence(value)?.into_iter().peekable();
    let ca = values.next_if(|one| one.tag() == Tag::Boolean);
    let length = values.next_if(|one| one.tag() == Tag::Integer);
    let path_length = match length {
        None => None,
        Some(length) => Some(length.u32().ok()?),
    };
    let ca = match ca.map(|ca| ca.data) {
        None => false,
        Some([octet]) => *octet != 0,
        Some(_) => return None,
    };
    values.next().is_none().then_some(BasicConstraints {
        critical,
        ca,
        path_length,
    })
}

fn key_usage(critical: bool, value: &[u8]) -> Option<KeyUsage> {
    Some(KeyUsage {
        critical,
        bits: whole::<Usage>(value)?.flags,
    })
}

fn purposes(critical: bool, value: &[u8]) -> Option<ExtendedKeyUsage> {
    let mut purposes = Vec::new();
    for any in values_of_sequence(value)? {
        if any.tag() != Tag::Oid {
            return None;
        }
        let oid = Oid::try_from(any).ok()?;
        if purposes.len() < PURPOSES {
            purposes.push(dotted(&oid));
        }
    }
    Some(ExtendedKeyUsage { critical, purposes })
}

fn authority_key(critical: bool, value: &[u8]) -> Option<KeyName> {
    let authority = whole::<AuthorityKeyIdentifier<'_>>(value)?;
    Some(KeyName {
        critical,
        identifier: authority.key_identifier.map(|octets| hex(octets.0)),
    })
}

fn subject_key(critical: bool, value: &[u8]) -> Option<KeyName> {
    Some(KeyName {
        critical,
        identifier: Some(hex(whole::<KeyIdentifier<'_>>(value)?.0)),
    })
}

fn hex(octets: &[u8]) -> String {
    let kept = octets.iter().take(SERIAL);
    kept.map(|octet| format!("{octet:02x}")).collect()
}

/// RFC 5280 §4.2.1.10. Nothing that limits names is passed over: what is not understood makes the
/// whole unreadable, and so does a list without an entry.
fn names(critical: bool, value: &[u8]) -> Option<NameConstraints> {
    let mut read = NameConstraints {
        critical,
        ..NameConstraints::default()
    };
    let lists = values_of_sequence(value)?;
    for list in &lists {
        let place = match list.header.raw_tag()? {
            [0xa0] => &mut read.permitted,
            [0xa1] => &mut read.excluded,
            _ => return None,
        };
        let entries = values(list.data)?;
        read.more |= entries.len() > SUBTREES;
        for entry in &entries {
            let [base] = values(entry.data)?.try_into().ok()?;
            if place.len() < SUBTREES {
                place.push(subtree(&GeneralName::try_from(base).ok()?)?);
            }
        }
        if entries.is_empty() {
            return None;
        }
    }
    (!lists.is_empty()).then_some(read)
}

fn subtree(base: &GeneralName<'_>) -> Option<Subtree> {
    Some(match base {
        GeneralName::DNSName(base) => Subtree::Dns(shortened(base)),
        GeneralName::RFC822Name(base) => Subtree::Email(shortened(base)),
        GeneralName::URI(base) => Subtree::Uri(shortened(base)),
        GeneralName::IPAddress(octets) if matches!(octets.len(), 8 | 32) => {
            Subtree::Ip(octets.to_vec())
        }
        GeneralName::DirectoryName(base) => Subtree::Directory(name::text(base)),
        GeneralName::IPAddress(_) | GeneralName::Invalid(..) => return None,
        _ => Subtree::Other,
    })
}

fn crl_urls(value: &[u8]) -> Option<Vec<String>> {
    let points = whole::<CRLDistributionPoints<'_>>(value)?;
    let names =
        points
            .points
            .iter()
            .filter_map(|point| match point.distribution_point.as_ref()? {
                DistributionPointName::FullName(names) => Some(names),
                DistributionPointName::NameRelativeToCRLIssuer(_) => None,
            });
    let urls = names.flatten().filter_map(|name| match name {
        GeneralName::URI(url) => Some(shortened(url)),
        _ => None,
    });
    Some(urls.take(URLS).collect())
}

fn policies(value: &[u8]) -> Option<Vec<String>> {
    let mut policies = Vec::new();
    for policy in values_of_sequence(value)? {
        let (_, oid) = Oid::from_der(policy.data).ok()?;
        if policies.len() < IDENTIFIERS {
            policies.push(dotted(&oid));
        }
    }
    Some(policies)
}

/// RFC 7633 §4.1: a sequence of numbers of TLS extensions.
fn features(value: &[u8]) -> Option<bool> {
    let mut asks = false;
    for feature in values_of_sequence(value)? {
        asks |= feature.tag() == Tag::Integer && STATUS_REQUEST.contains(&feature.data);
    }
    Some(asks)
}

/// The values of a sequence that fills its bytes.
fn values_of_sequence(value: &[u8]) -> Option<Vec<Any<'_>>> {
    let (rest, sequence) = Any::from_der(value).ok()?;
    if !rest.is_empty() || sequence.tag() != Tag::Sequence {
        return None;
    }
    values(sequence.data)
}

fn values(mut rest: &[u8]) -> Option<Vec<Any<'_>>> {
    let mut values = Vec::new();
    while !rest.is_empty() {
        let (after, value) = Any::from_der(rest).ok()?;
        values.push(value);
        rest = after;
    }
    Some(values)
}
