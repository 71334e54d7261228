//! Certificates as servers send them, and what issuers say of them.

use std::collections::HashMap;
use std::sync::OnceLock;

use jiff::Timestamp;
use mailfleet::model::{
    AskedFor, CertificateId, Endpoint, Fact, Fetched, Host, Observations, Path, Phrase, Raw, Suite,
    TlsSession, TlsVersion, Visited,
};
use mailfleet::trust::{Chains, Roots};
use mailfleet::wire::cert::{self, Certificate};
use mailfleet::wire::{self, crl, ocsp};
use mailfleet::words::{Language, Words};

const ISSUER: &[u8] = include_bytes!("../../cases/certificates/status-issuer.der");
const LEAF: &[u8] = include_bytes!("../../cases/certificates/status-leaf.der");
const ROOT: &[u8] = include_bytes!("../../cases/certificates/root.der");
/// The URL at which the leaf has its list.
const LIST: &str = "http://crl.test/all.crl";

/// Within the time of every certificate and answer that was made for this.
fn at() -> Timestamp {
    Timestamp::from_second(1_796_083_200).expect("a time in range")
}

fn roots() -> &'static Roots {
    static ROOTS: OnceLock<Roots> = OnceLock::new();
    ROOTS.get_or_init(|| Roots::of_certificates("fuzz", [ROOT, ISSUER]))
}

fn host() -> Host {
    "mail.example.com".parse().expect("a host")
}

/// One certificate behind the other, leaf first.
pub fn chain(bytes: &[u8]) {
    let sent = apart(bytes);
    for der in &sent {
        one(der);
    }
    let ids: Vec<CertificateId> = sent.iter().map(|der| cert::id(der)).collect();
    let ders: HashMap<_, _> = ids
        .iter()
        .copied()
        .zip(sent.iter().map(|der| der.to_vec()))
        .collect();
    let report = Chains::new(roots(), &ders).report(&ids, &host(), at());
    let report = report.expect("no certificate is missing");
    if let Path::Holds { .. } = report.path {
        assert!(!sent.is_empty(), "nothing was sent, and a path holds");
    }
}

/// Cut where the length of each says; what is too short for its length stands alone.
fn apart(mut bytes: &[u8]) -> Vec<&[u8]> {
    let mut sent = Vec::new();
    while let [_, length, rest @ ..] = bytes {
        let (header, length) = match (*length, rest) {
            (0x81, [a, ..]) => (3, usize::from(*a)),
            (0x82, [a, b, ..]) => (4, usize::from(u16::from_be_bytes([*a, *b]))),
            (short, _) => (2, usize::from(short)),
        };
        let (der, rest) = bytes.split_at((header + length).min(bytes.len()));
        sent.push(der);
        bytes = rest;
    }
    sent
}

fn one(der: &[u8]) {
    let certificate = match Certificate::parse(der) {
        Ok(certificate) => certificate,
        Err(phrase) => return said(&phrase),
    };
    let facts = certificate.facts();
    assert_eq!(cert::read(der), Ok(facts.clone()));
    assert_eq!(certificate.der(), der);
    assert_eq!(facts.self_signed, certificate.is_self_signed());
    assert!(facts.has_san || certificate.dns_names().next().is_none());
    let _ = (certificate.responders(), certificate.lists());
    let _ = (certificate.may_answer_ocsp(), certificate.may_sign_lists());
    let _ = certificate.is_in_time(at().as_second());
}

/// There are words for it in every language.
fn said(phrase: &Phrase) {
    static WORDS: OnceLock<[Words; 2]> = OnceLock::new();
    for words in WORDS.get_or_init(|| Language::ALL.map(Words::of)) {
        assert!(
            words.has(&phrase.message),
            "no words for {}",
            phrase.message
        );
    }
}

/// An answer of a responder, stapled.
pub fn ocsp(bytes: &[u8]) {
    let issuer = Certificate::parse(ISSUER).expect("it was made to parse");
    let leaf = Certificate::parse(LEAF).expect("it was made to parse");
    if let Some(ocsp::Response::Basic(basic)) = ocsp::read(bytes) {
        assert!(basic.certificates().count() <= 4);
        let key = cert::key_octets(issuer.key()).expect("a key");
        let _ = basic.about(issuer.subject(), key, leaf.serial());
    }
    let mut session = TlsSession::new(TlsVersion::TLS_1_2, Suite(0xc02f));
    session.staple = Some(Raw::from(bytes));
    attested(Fact::Seen(session), None);
}

/// A list of revoked certificates, fetched.
pub fn crl(bytes: &[u8]) {
    let leaf = Certificate::parse(LEAF).expect("it was made to parse");
    if let Some(list) = crl::read(bytes) {
        let _ = list.find(leaf.serial());
    }
    attested(Fact::default(), Some(bytes));
}

/// What comes of it for a leaf and its issuer.
fn attested(tls: Fact<TlsSession>, list: Option<&[u8]>) {
    let ders = HashMap::from([LEAF, ISSUER].map(|der| (cert::id(der), der.to_vec())));
    let mut seen = Observations::default();
    if let Some(list) = list {
        let fetched = Fetched {
            url: LIST.to_owned(),
            at: at(),
            address: None,
            answer: Fact::Seen(Raw::from(list)),
        };
        seen.fetched.insert(LIST.to_owned(), fetched);
    }
    let endpoint = Endpoint::new(host(), 995);
    let address = std::net::Ipv4Addr::LOCALHOST.into();
    let visit = Visited {
        tls,
        chain: Fact::Seen([LEAF, ISSUER].map(cert::id).to_vec()),
        ..Visited::unasked(endpoint, address, AskedFor::Listed, at())
    };
    let chains = Chains::new(roots(), &ders);
    for shown in visit.shown_to_clients() {
        let _ = chains.attested(&shown, &seen, at());
    }
}

/// Every certificate of a bundle stands in it as often as it was read.
pub fn pem(bytes: &[u8]) {
    match wire::pem::read(bytes) {
        Ok(bundle) => {
            let begins = b"-----BEGIN ";
            let blocks = bytes.windows(begins.len()).filter(|part| part == begins);
            assert!(bundle.certificates.len() + bundle.private_keys <= blocks.count());
        }
        Err(error) => {
            let line = match error {
                wire::pem::PemError::NotBase64(line) | wire::pem::PemError::NoEnd(line) => line,
            };
            assert!((1..=bytes.split(|byte| *byte == b'\n').count()).contains(&line));
        }
    }
}
