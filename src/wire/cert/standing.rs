//! What a certificate says of how its standing, and others', can be learned.

use x509_parser::asn1_rs::FromDer as _;
use x509_parser::extensions::{
    AuthorityInfoAccess, CRLDistributionPoints, DistributionPointName, ExtendedKeyUsage,
    GeneralName, KeyUsage,
};
use x509_parser::x509::{AlgorithmIdentifier, SubjectPublicKeyInfo};

use super::oid::dotted;
use super::{AUTHORITY_ACCESS, Certificate, EMBEDDED_SCTS, find, signature, whole};

const RESPONDERS: &str = "1.3.6.1.5.5.7.48.1";
const DISTRIBUTION_POINTS: &str = "2.5.29.31";
const EXTENDED_KEY_USAGE: &str = "2.5.29.37";
const KEY_USAGE: &str = "2.5.29.15";

impl<'a> Certificate<'a> {
    /// The contents of the serial number.
    pub fn serial(&self) -> &'a [u8] {
        self.x509.tbs_certificate.raw_serial()
    }

    /// Whether basic constraints say that it is a certificate authority.
    pub fn is_ca(&self) -> bool {
        self.is_ca
    }

    /// Whether its dates hold at that second since 1970.
    pub fn is_in_time(&self, second: i64) -> bool {
        let validity = &self.x509.tbs_certificate.validity;
        (validity.not_before.timestamp()..=validity.not_after.timestamp()).contains(&second)
    }

    /// Where an OCSP responder is said to be, as it stands.
    pub fn responders(&self) -> Vec<&'a str> {
        let access = find(&self.x509, AUTHORITY_ACCESS)
            .and_then(|extension| whole::<AuthorityInfoAccess<'a>>(extension.value));
        let Some(access) = access else {
            return Vec::new();
        };
        let responders = access
            .iter()
            .filter(|description| dotted(&description.access_method) == RESPONDERS);
        responders
            .filter_map(|description| match description.access_location {
                GeneralName::URI(url) => Some(url),
                _ => None,
            })
            .collect()
    }

    /// Where a list that covers it is said to be, as it stands. Points of other issuers or of some
    /// reasons only are left out.
    pub fn lists(&self) -> Vec<&'a str> {
        let points = find(&self.x509, DISTRIBUTION_POINTS)
            .and_then(|extension| whole::<CRLDistributionPoints<'a>>(extension.value));
        let Some(points) = points else {
            return Vec::new();
        };
        let whole_points = points
            .iter()
            .filter(|point| point.reasons.is_none() && point.crl_issuer.is_none());
        let names = whole_points.filter_map(|point| match &point.distribution_point {
            Some(DistributionPointName::FullName(names)) => Some(names),
            _ => None,
        });
        names
            .flatten()
            .filter_map(|name| match name {
                GeneralName::URI(url) => Some(*url),
                _ => None,
            })
            .collect()
    }

    /// The contents of the extension with timestamps of certificate transparency, if it is there
    /// (RFC 6962 §3.3).
    pub fn embedded_scts(&self) -> Option<&'a [u8]> {
        find(&self.x509, EMBEDDED_SCTS).map(|extension| extension.value)
    }

    /// Whether it may sign OCSP responses in its issuer's place (RFC 6960 §4.2.2.2).
    pub fn may_answer_ocsp(&self) -> bool {
        find(&self.x509, EXTENDED_KEY_USAGE)
            .and_then(|extension| whole::<ExtendedKeyUsage<'_>>(extension.value))
            .is_some_and(|usage| usage.ocsp_signing)
    }

    /// Whether its key may sign revocation lists (RFC 5280 §4.2.1.3): the key usage says so, or
    /// there is none.
    pub fn may_sign_lists(&self) -> bool {
        match find(&self.x509, KEY_USAGE) {
            None => true,
            Some(extension) => {
                whole::<KeyUsage>(extension.value).is_some_and(|usage| usage.crl_sign())
            }
        }
    }
}

/// Whether the key of this SubjectPublicKeyInfo made the signature over the message; `None` where
/// that cannot be told.
pub fn is_signed_with(
    key: &[u8],
    algorithm: &[u8],
    message: &[u8],
    signature: &[u8],
) -> Option<bool> {
    let (_, algorithm) = AlgorithmIdentifier::from_der(algorithm).ok()?;
    signature::verifies(key, &algorithm, message, signature)
}

/// The octets of the key within a SubjectPublicKeyInfo, without the algorithm.
pub fn key_octets(info: &[u8]) -> Option<&[u8]> {
    let (_, info) = SubjectPublicKeyInfo::from_der(info).ok()?;
    let octets = info.subject_public_key.data;
    match octets {
        std::borrow::Cow::Borrowed(octets) => Some(octets),
        std::borrow::Cow::Owned(_) => None,
    }
}
