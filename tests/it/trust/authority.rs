//! An authority with an intermediate, and leaves as a test wants them.

use jiff::Timestamp;
use rcgen::{
    BasicConstraints, CertificateParams, CustomExtension, DnType, ExtendedKeyUsagePurpose, IsCa,
    Issuer, KeyPair, KeyUsagePurpose, PublicKeyData, date_time_ymd,
};

pub const HOST: &str = "mail.example.com";

/// In the middle of what [`leaf_params`] says.
pub fn now() -> Timestamp {
    at("2026-06-15T12:00:00Z")
}

pub fn at(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

/// A root, an intermediate, and the key that signs leaves.
pub struct Authority {
    pub root: Vec<u8>,
    pub intermediate: Vec<u8>,
    signer: Issuer<'static, KeyPair>,
    top: Issuer<'static, KeyPair>,
}

impl Authority {
    pub fn new(name: &str) -> Self {
        Authority::with_intermediate(name, |_| {})
    }

    /// With a say in what the intermediate is like.
    pub fn with_intermediate(name: &str, shape: impl Fn(&mut CertificateParams)) -> Self {
        Authority::shaped(name, |_| {}, shape)
    }

    /// With a say in what the root is like.
    pub fn with_root(name: &str, shape: impl Fn(&mut CertificateParams)) -> Self {
        Authority::shaped(name, shape, |_| {})
    }

    fn shaped(
        name: &str,
        shape_root: impl Fn(&mut CertificateParams),
        shape: impl Fn(&mut CertificateParams),
    ) -> Self {
        let mut root = authority_params(&format!("{name} Root"));
        shape_root(&mut root);
        let root_key = key();
        let root_der = root.self_signed(&root_key).expect("a root").der().to_vec();
        let top = Issuer::new(root, root_key);
        let mut intermediate = authority_params(&format!("{name} Intermediate"));
        shape(&mut intermediate);
        let key = key();
        let intermediate_der = intermediate.signed_by(&key, &top).expect("an intermediate");
        Authority {
            root: root_der,
            intermediate: intermediate_der.der().to_vec(),
            signer: Issuer::new(intermediate, key),
            top,
        }
    }

    /// The intermediate's name and key, certified by an authority of another name (a cross-sign).
    pub fn intermediate_signed_by_another(&self, name: &str) -> Vec<u8> {
        let params = authority_params(name);
        let other = Issuer::new(params, key());
        let facts = mailfleet::wire::cert::read(&self.intermediate).expect("an authority");
        let common_name = facts.common_name.expect("a name");
        let cross = authority_params(&common_name).signed_by(self.signer.key(), &other);
        cross.expect("a cross-sign").der().to_vec()
    }

    /// The intermediate's name and key, certified by the root once more.
    pub fn intermediate_signed_by_root(&self) -> Vec<u8> {
        let facts = mailfleet::wire::cert::read(&self.intermediate).expect("an authority");
        let params = authority_params(&facts.common_name.expect("a name"));
        let again = params.signed_by(self.signer.key(), &self.top);
        again.expect("a certificate").der().to_vec()
    }

    pub fn leaf(&self, params: &CertificateParams) -> Vec<u8> {
        self.leaf_with_key(params, &key())
    }

    pub fn leaf_with_key(&self, params: &CertificateParams, key: &impl PublicKeyData) -> Vec<u8> {
        let leaf = params.signed_by(key, &self.signer).expect("a leaf");
        leaf.der().to_vec()
    }

    /// A revocation list of the intermediate.
    pub fn list(&self, params: &rcgen::CertificateRevocationListParams) -> Vec<u8> {
        let list = params.clone().signed_by(&self.signer).expect("a list");
        list.der().to_vec()
    }

    /// A revocation list of the root.
    pub fn list_of_root(&self, params: &rcgen::CertificateRevocationListParams) -> Vec<u8> {
        let list = params.clone().signed_by(&self.top).expect("a list");
        list.der().to_vec()
    }

    /// A leaf that the root itself signs.
    pub fn leaf_of_root(&self, params: &CertificateParams) -> Vec<u8> {
        let leaf = params.signed_by(&key(), &self.top).expect("a leaf");
        leaf.der().to_vec()
    }
}

/// A leaf under so many authorities, each with a say in what it is like, and the root.
pub fn long_chain(
    authorities: usize,
    shape: impl Fn(&mut CertificateParams, usize),
) -> (Vec<Vec<u8>>, Vec<u8>) {
    let root = authority_params("Long Root");
    let root_key = key();
    let root_der = root.self_signed(&root_key).expect("a root").der().to_vec();
    let mut above = Issuer::new(root, root_key);
    let mut chain = Vec::new();
    for number in 0..authorities {
        let mut params = authority_params(&format!("Long {number}"));
        shape(&mut params, number);
        let key = key();
        let der = params.signed_by(&key, &above).expect("an authority");
        chain.push(der.der().to_vec());
        above = Issuer::new(params, key);
    }
    let leaf = leaf_params(&[HOST]).signed_by(&key(), &above);
    chain.push(leaf.expect("a leaf").der().to_vec());
    chain.reverse();
    (chain, root_der)
}

pub fn key() -> KeyPair {
    KeyPair::generate().expect("a key")
}

fn authority_params(name: &str) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name = rcgen::DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, name);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params.use_authority_key_identifier_extension = true;
    params.not_before = date_time_ymd(2020, 1, 1);
    params.not_after = date_time_ymd(2040, 1, 1);
    params
}

/// A certificate for those names, valid through 2026, with the address of its issuer's.
pub fn leaf_params(names: &[&str]) -> CertificateParams {
    let names: Vec<String> = names.iter().map(ToString::to_string).collect();
    let mut params = CertificateParams::new(names).expect("names");
    params.distinguished_name = rcgen::DistinguishedName::new();
    params
        .distinguished_name
        .push(DnType::OrganizationName, "Example, Inc.");
    params
        .distinguished_name
        .push(DnType::CommonName, "Mail service");
    params.not_before = date_time_ymd(2026, 1, 1);
    params.not_after = date_time_ymd(2027, 1, 1);
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.use_authority_key_identifier_extension = true;
    params
        .custom_extensions
        .push(issuer_url("http://ca.test/i.cer"));
    params
}

/// Authority information access with one address of the issuer's certificate.
fn issuer_url(url: &str) -> CustomExtension {
    let short = |length: usize| u8::try_from(length).expect("short");
    let mut location = vec![0x86, short(url.len())];
    location.extend_from_slice(url.as_bytes());
    let method = [0x06, 8, 0x2b, 6, 1, 5, 5, 7, 0x30, 2];
    let mut description = vec![0x30, short(method.len() + location.len())];
    description.extend_from_slice(&method);
    description.extend_from_slice(&location);
    let mut access = vec![0x30, short(description.len())];
    access.extend_from_slice(&description);
    CustomExtension::from_oid_content(&[1, 3, 6, 1, 5, 5, 7, 1, 1], access)
}

pub fn fixture(name: &str) -> Vec<u8> {
    let path = format!(
        "{}/tests/cases/certificates/{name}",
        env!("CARGO_MANIFEST_DIR")
    );
    std::fs::read(path).expect("a fixture")
}
