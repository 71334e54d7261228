//! A certificate as plain values, and the DER for whoever knows more later.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::Extensions;

/// The SHA-256 of a certificate's DER.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CertificateId(pub [u8; 32]);

impl fmt::Display for CertificateId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for CertificateId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CertificateId({self})")
    }
}

impl FromStr for CertificateId {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const WHAT: &str = "a certificate's id is 64 hexadecimal digits";
        if text.len() != 64 || !text.is_ascii() {
            return Err(WHAT);
        }
        let mut id = [0; 32];
        for (byte, digits) in id.iter_mut().zip(text.as_bytes().chunks(2)) {
            let digits = std::str::from_utf8(digits).map_err(|_| WHAT)?;
            *byte = u8::from_str_radix(digits, 16).map_err(|_| WHAT)?;
        }
        Ok(CertificateId(id))
    }
}

impl Serialize for CertificateId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for CertificateId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(de::Error::custom)
    }
}

/// What a certificate says of itself. Times are seconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificateFacts {
    /// SHA-256 of the DER.
    pub id: CertificateId,
    /// The subject's distinguished name, as RFC 4514 text.
    pub subject: String,
    /// The subject's common name, the last one if there are several.
    pub common_name: Option<String>,
    /// The issuer's distinguished name, as RFC 4514 text.
    pub issuer: String,
    /// The serial number in hexadecimal.
    pub serial: String,
    /// The first second at which it is valid.
    pub not_before: i64,
    /// The last second at which it is valid.
    pub not_after: i64,
    /// DNS names of the subject alternative name, as they stand, at most 500.
    pub dns_names: Vec<String>,
    /// IP addresses of the subject alternative name.
    pub ip_addresses: Vec<IpAddr>,
    /// Whether a subject alternative name extension is there at all.
    pub has_san: bool,
    /// The key.
    pub key: PublicKey,
    /// SHA-256 of the SubjectPublicKeyInfo as encoded: equal where the key is.
    pub key_id: KeyId,
    /// The object identifier of the signature's algorithm, dotted.
    pub signature_oid: String,
    /// The hash of the signature's algorithm where the identifier names one: `SHA-256`, `SHA-1`, `MD5`.
    pub signature_hash: Option<String>,
    /// Whether basic constraints say that it is a certificate authority.
    pub is_ca: bool,
    /// Whether subject and issuer are equal and its own key verifies its signature.
    pub self_signed: bool,
    /// Where the issuer's certificate is said to be (authority information access).
    pub issuer_urls: Vec<String>,
    /// The numbers of an RSA key, where it is one.
    pub rsa: Option<RsaShape>,
    /// The fields that are no extension, beyond what they say.
    pub form: Form,
    /// The extensions.
    pub extensions: Extensions,
}

/// How the fields of a certificate are filled in (RFC 5280 §4.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// The version as people count it: 3 where extensions are used.
    pub version: u32,
    /// Octets of the serial number.
    pub serial_octets: usize,
    /// Whether the serial number is above zero.
    pub serial_positive: bool,
    /// Whether the signature's algorithm is the same inside and outside of what is signed.
    pub algorithms_equal: bool,
    /// The first and the last second.
    pub dates: [DateForm; 2],
    /// Whether the issuer has no name.
    pub issuer_empty: bool,
    /// Whether the subject has no name.
    pub subject_empty: bool,
    /// Whether there is a unique identifier of the issuer or the subject.
    pub unique_ids: bool,
    /// How many extensions there are.
    pub extensions: usize,
}

/// How a date is written (RFC 5280 §4.1.2.5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DateForm {
    /// As the profile asks: UTCTime through 2049, GeneralizedTime from 2050 on, to the second, in Z.
    Usual,
    /// The other of the two kinds than the year asks for.
    OtherKind,
    /// Of the right kind, without seconds, with a fraction or with an offset.
    OtherShape,
}

/// The numbers of an RSA key, read without calculating more than small remainders. A key above
/// 8,192 bits has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RsaShape {
    /// The public exponent; `None` if it has more than 64 bits.
    pub exponent: Option<u64>,
    /// Whether the modulus is odd, as a product of two large primes is.
    pub modulus_odd: bool,
    /// Whether the modulus has the fingerprint of keys whose primes can be found (CVE-2017-15361).
    pub roca: bool,
}

impl CertificateFacts {
    /// The hash of its signature, if others can make contents with the same value: MD5, SHA-1 or older.
    pub fn broken_hash(&self) -> Option<&str> {
        let hash = self.signature_hash.as_deref()?;
        matches!(hash, "MD2" | "MD4" | "MD5" | "SHA-1").then_some(hash)
    }

    /// The facts of a certificate that says nothing but its key, in the form that the profile
    /// asks for: what a certificate made by hand begins with.
    pub fn blank(id: CertificateId, key: PublicKey) -> Self {
        CertificateFacts {
            id,
            subject: String::new(),
            common_name: None,
            issuer: String::new(),
            serial: "01".to_owned(),
            not_before: 0,
            not_after: 0,
            dns_names: Vec::new(),
            ip_addresses: Vec::new(),
            has_san: false,
            key,
            // Keys made by hand are told apart where a test needs it.
            key_id: KeyId([0; 32]),
            signature_oid: String::new(),
            signature_hash: None,
            is_ca: false,
            self_signed: false,
            issuer_urls: Vec::new(),
            rsa: None,
            form: Form {
                version: 3,
                serial_octets: 1,
                serial_positive: true,
                algorithms_equal: true,
                dates: [DateForm::Usual; 2],
                issuer_empty: false,
                subject_empty: false,
                unique_ids: false,
                extensions: 1,
            },
            extensions: Extensions::default(),
        }
    }

    /// The first second at which it is valid; a year that no clock shows becomes the nearest one.
    pub fn begins(&self) -> Timestamp {
        moment(self.not_before)
    }

    /// The last second at which it is valid, likewise: `99991231235959Z` means "without end" and
    /// lies a day beyond what can be shown.
    pub fn ends(&self) -> Timestamp {
        moment(self.not_after)
    }
}

fn moment(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap_or(match second < 0 {
        true => Timestamp::MIN,
        false => Timestamp::MAX,
    })
}

/// The SHA-256 of a SubjectPublicKeyInfo.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct KeyId(pub [u8; 32]);

/// A public key by kind and size.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PublicKey {
    /// The kind.
    pub algorithm: KeyAlgorithm,
    /// The size in bits: of the modulus, or of the curve's field.
    pub bits: u32,
}

/// Kinds of public keys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum KeyAlgorithm {
    /// RSA.
    Rsa,
    /// Elliptic curve, with the curve's name or identifier.
    Ec(String),
    /// Ed25519 or Ed448.
    Edwards,
    /// DSA.
    Dsa,
    /// Another, by its object identifier.
    Other(String),
}

impl PublicKey {
    /// Every kind of key that has a name.
    pub const KINDS: [&'static str; 14] = [
        "RSA",
        "P-192",
        "P-224",
        "P-256",
        "P-384",
        "P-521",
        "secp256k1",
        "brainpoolP256r1",
        "brainpoolP384r1",
        "brainpoolP512r1",
        "SM2",
        "Ed25519",
        "Ed448",
        "DSA",
    ];

    /// Its kind: one of [`PublicKey::KINDS`], or the object identifier of another, or `explicit` of a curve
    /// that is spelled out.
    pub fn kind(&self) -> &str {
        match &self.algorithm {
            KeyAlgorithm::Rsa => "RSA",
            KeyAlgorithm::Edwards if self.bits > 256 => "Ed448",
            KeyAlgorithm::Edwards => "Ed25519",
            KeyAlgorithm::Dsa => "DSA",
            KeyAlgorithm::Ec(name) | KeyAlgorithm::Other(name) => name,
        }
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.algorithm {
            KeyAlgorithm::Rsa => write!(f, "RSA {}", self.bits),
            KeyAlgorithm::Ec(curve) => write!(f, "EC {} ({curve})", self.bits),
            KeyAlgorithm::Dsa => write!(f, "DSA {}", self.bits),
            KeyAlgorithm::Edwards | KeyAlgorithm::Other(_) => f.write_str(self.kind()),
        }
    }
}
