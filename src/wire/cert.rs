//! A certificate's DER into plain values.
//!
//! Reading asks nothing of a certificate but its structure: what is odd in it is a fact for
//! whoever judges. Sizes of keys are read from the encoding; no arithmetic is done on a key.

mod extensions;
mod form;
mod key;
mod locate;
mod name;
mod oid;
mod roca;
mod signature;
mod standing;

use std::collections::HashSet;
use std::net::IpAddr;

use aws_lc_rs::digest::{SHA256, digest};
use x509_parser::asn1_rs::Tag;
use x509_parser::certificate::{X509Certificate, X509CertificateParser};
use x509_parser::extensions::{
    AuthorityInfoAccess, AuthorityKeyIdentifier, GeneralName, KeyIdentifier,
    SubjectAlternativeName, X509Extension,
};
use x509_parser::nom::Parser as _;
use x509_parser::prelude::FromDer;

use crate::model::{CertificateFacts, CertificateId, KeyId, Phrase, Value};

pub use name::name_text;
pub use standing::{is_signed_with, key_octets};

use oid::dotted;

/// Names of one kind that are kept of one certificate; more are counted nowhere, only compared.
const NAMES: usize = 500;
/// Addresses of the issuer's certificate that are kept.
const URLS: usize = 8;
/// Octets of a certificate above which it is not read at all.
const OCTETS: usize = 256 * 1024;
/// Octets of a serial number that are kept; RFC 5280 §4.1.2.2 allows 20.
const SERIAL: usize = 64;

const BASIC_CONSTRAINTS: &str = "2.5.29.19";
const SUBJECT_ALTERNATIVE_NAME: &str = "2.5.29.17";
const SUBJECT_KEY: &str = "2.5.29.14";
const AUTHORITY_KEY: &str = "2.5.29.35";
const AUTHORITY_ACCESS: &str = "1.3.6.1.5.5.7.1.1";
const EMBEDDED_SCTS: &str = "1.3.6.1.4.1.11129.2.4.2";
const ISSUERS_CERTIFICATE: &str = "1.3.6.1.5.5.7.48.2";

/// The facts of one certificate.
///
/// # Errors
///
/// What does not parse, and near which byte; of the certificate the phrase holds nothing but the
/// identifiers of extensions.
pub fn read(der: &[u8]) -> Result<CertificateFacts, Phrase> {
    Ok(Certificate::parse(der)?.facts())
}

/// The SHA-256 of a certificate's DER.
pub fn id(der: &[u8]) -> CertificateId {
    let mut id = [0; 32];
    id.copy_from_slice(digest(&SHA256, der).as_ref());
    CertificateId(id)
}

/// A certificate that parses, for questions that plain values cannot answer.
#[derive(Debug)]
pub struct Certificate<'a> {
    der: &'a [u8],
    x509: X509Certificate<'a>,
    alternative_names: Option<Vec<GeneralName<'a>>>,
    is_ca: bool,
}

impl<'a> Certificate<'a> {
    /// Reads the structure.
    ///
    /// # Errors
    ///
    /// As [`read`].
    pub fn parse(der: &'a [u8]) -> Result<Self, Phrase> {
        if der.len() > OCTETS {
            let fault = Phrase::new("malformed-too-large").count("bytes", der.len());
            return Err(fault.count("most", OCTETS));
        }
        if let Some(fault) = locate::fault(der) {
            return Err(fault);
        }
        let (rest, x509) = X509CertificateParser::new()
            .with_deep_parse_extensions(false)
            .parse(der)
            .map_err(|_| locate::field(der))?;
        if !rest.is_empty() {
            let fault = Phrase::new("malformed-trailing").count("bytes", rest.len());
            return Err(fault.count("at", der.len() - rest.len()));
        }
        let mut seen = HashSet::new();
        for extension in x509.extensions() {
            if !seen.insert(extension.oid.as_bytes()) {
                return Err(of_extension("malformed-extension-twice", der, extension));
            }
        }
        let broken =
            |extension: &X509Extension<'_>| of_extension("malformed-extension", der, extension);
        let alternative_names = match find(&x509, SUBJECT_ALTERNATIVE_NAME) {
            None => None,
            Some(extension) => match whole::<SubjectAlternativeName<'_>>(extension.value) {
                Some(names) => Some(names.general_names),
                None => return Err(broken(extension)),
            },
        };
        let is_ca = match find(&x509, BASIC_CONSTRAINTS) {
            None => false,
            Some(extension) => match extensions::constraints(extension.critical, extension.value) {
                Some(constraints) => constraints.ca,
                None => return Err(broken(extension)),
            },
        };
        Ok(Certificate {
            der,
            x509,
            alternative_names,
            is_ca,
        })
    }

    /// The bytes.
    pub fn der(&self) -> &'a [u8] {
        self.der
    }

    /// The subject, as encoded.
    pub fn subject(&self) -> &'a [u8] {
        self.x509.tbs_certificate.subject.as_raw()
    }

    /// The subject as RFC 4514 text.
    pub fn subject_text(&self) -> String {
        name::text(&self.x509.tbs_certificate.subject)
    }

    /// The issuer, as encoded.
    pub fn issuer(&self) -> &'a [u8] {
        self.x509.tbs_certificate.issuer.as_raw()
    }

    /// The SubjectPublicKeyInfo, as encoded.
    pub fn key(&self) -> &'a [u8] {
        self.x509.tbs_certificate.subject_pki.raw
    }

    /// Whether basic constraints say that it is a certificate authority.
    pub fn is_authority(&self) -> bool {
        self.is_ca
    }

    /// Every DNS name of the subject alternative name, as octets: no name is cut or made text.
    pub fn dns_names(&self) -> impl Iterator<Item = &'a [u8]> {
        self.general_names().filter_map(|name| match name {
            GeneralName::DNSName(text) => Some(text.as_bytes()),
            GeneralName::Invalid(Tag(2), octets) => Some(*octets),
            _ => None,
        })
    }

    /// Every IP address of the subject alternative name that has four or sixteen octets.
    pub fn ip_addresses(&self) -> impl Iterator<Item = IpAddr> {
        self.general_names().filter_map(|name| match name {
            GeneralName::IPAddress(octets) => match octets.len() {
                4 => <[u8; 4]>::try_from(*octets).ok().map(IpAddr::from),
                16 => <[u8; 16]>::try_from(*octets).ok().map(IpAddr::from),
                _ => None,
            },
            _ => None,
        })
    }

    /// Whether the key of this SubjectPublicKeyInfo made its signature. `None` where that cannot
    /// be told: an algorithm that is not known here, or a key too large to calculate with.
    /// Obsolete algorithms are known, so that a weak chain can still be explained.
    pub fn is_signed_with(&self, key: &[u8]) -> Option<bool> {
        signature::verifies(
            key,
            &self.x509.signature_algorithm,
            self.x509.tbs_certificate.as_ref(),
            self.x509.signature_value.as_ref(),
        )
    }

    /// Subject and issuer are equal, and its own key made its signature; where that cannot be
    /// told, the identifiers of both keys are equal or absent.
    pub fn is_self_signed(&self) -> bool {
        self.subject() == self.issuer()
            && self
                .is_signed_with(self.key())
                .unwrap_or_else(|| self.names_its_own_key())
    }

    fn names_its_own_key(&self) -> bool {
        let authority = find(&self.x509, AUTHORITY_KEY)
            .and_then(|extension| whole::<AuthorityKeyIdentifier<'_>>(extension.value))
            .and_then(|authority| authority.key_identifier);
        let subject = find(&self.x509, SUBJECT_KEY)
            .and_then(|extension| whole::<KeyIdentifier<'_>>(extension.value));
        authority.is_none_or(|authority| Some(authority) == subject)
    }

    fn general_names(&self) -> impl Iterator<Item = &GeneralName<'a>> {
        self.alternative_names.iter().flatten()
    }

    /// What it says of itself.
    pub fn facts(&self) -> CertificateFacts {
        let certificate = &self.x509.tbs_certificate;
        let dns_names = self.dns_names().take(NAMES);
        let serial = certificate.raw_serial();
        CertificateFacts {
            id: id(self.der),
            subject: self.subject_text(),
            common_name: name::common_name(&certificate.subject),
            issuer: name::text(&certificate.issuer),
            serial: serial[..serial.len().min(SERIAL)]
                .iter()
                .map(|byte| format!("{byte:02x}"))
                .collect(),
            not_before: certificate.validity.not_before.timestamp(),
            not_after: certificate.validity.not_after.timestamp(),
            dns_names: dns_names
                .map(|name| String::from_utf8_lossy(name).into_owned())
                .collect(),
            ip_addresses: self.ip_addresses().take(NAMES).collect(),
            has_san: self.alternative_names.is_some(),
            key: key::read(&certificate.subject_pki),
            key_id: KeyId(id(self.key()).0),
            signature_oid: dotted(&self.x509.signature_algorithm.algorithm),
            signature_hash: signature::hash(&self.x509.signature_algorithm),
            is_ca: self.is_ca,
            self_signed: self.is_self_signed(),
            issuer_urls: self.access_urls(ISSUERS_CERTIFICATE),
            rsa: key::rsa(&certificate.subject_pki),
            form: form::read(self.der, &self.x509),
            extensions: extensions::read(self),
        }
    }

    /// An access extension that does not parse names no address: it is a hint, and nothing else
    /// depends on it.
    fn access_urls(&self, method: &str) -> Vec<String> {
        let access = find(&self.x509, AUTHORITY_ACCESS)
            .and_then(|extension| whole::<AuthorityInfoAccess<'_>>(extension.value));
        access
            .iter()
            .flat_map(AuthorityInfoAccess::iter)
            .filter(|description| dotted(&description.access_method) == method)
            .filter_map(|description| match description.access_location {
                GeneralName::URI(url) => Some(url.to_owned()),
                _ => None,
            })
            .take(URLS)
            .collect()
    }
}

fn find<'c, 'a>(x509: &'c X509Certificate<'a>, oid: &str) -> Option<&'c X509Extension<'a>> {
    x509.extensions()
        .iter()
        .find(|extension| dotted(&extension.oid) == oid)
}

/// A value that fills its bytes to the last.
fn whole<'a, T: FromDer<'a, x509_parser::error::X509Error>>(bytes: &'a [u8]) -> Option<T> {
    match T::from_der(bytes) {
        Ok(([], value)) => Some(value),
        _ => None,
    }
}

/// What is wrong with an extension: which, and near which byte of the certificate it stands.
fn of_extension(key: &str, der: &[u8], extension: &X509Extension<'_>) -> Phrase {
    let offset = (extension.value.as_ptr() as usize).saturating_sub(der.as_ptr() as usize);
    Phrase::new(key)
        .with("extension", Value::Term(dotted(&extension.oid)))
        .count("at", offset.min(der.len()))
}
