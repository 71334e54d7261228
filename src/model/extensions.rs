//! What the extensions of a certificate say, as plain values (RFC 5280 §4.2).

use super::Subtree;

/// The extensions that a rule asks about; what is not there is `None`, empty or `false`.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Extensions {
    /// The subject alternative name beyond hosts and addresses (§4.2.1.6).
    pub alternative_names: Option<AlternativeNames>,
    /// Basic constraints (§4.2.1.9).
    pub basic_constraints: Option<BasicConstraints>,
    /// What the key may be used for (§4.2.1.3).
    pub key_usage: Option<KeyUsage>,
    /// The purposes of the certificate (§4.2.1.12).
    pub extended_key_usage: Option<ExtendedKeyUsage>,
    /// How the issuer's key is told from others (§4.2.1.1).
    pub authority_key: Option<KeyName>,
    /// How this key is told from others (§4.2.1.2).
    pub subject_key: Option<KeyName>,
    /// The names that certificates below may bear (§4.2.1.10).
    pub name_constraints: Option<NameConstraints>,
    /// Whether the TLS feature extension demands a stapled OCSP response (RFC 7633).
    pub must_staple: bool,
    /// Whether the authority information access is marked as critical (§4.2.2.1).
    pub critical_access: bool,
    /// Where OCSP responders are said to be, at most eight.
    pub ocsp_urls: Vec<String>,
    /// Where revocation lists are said to be, at most eight.
    pub crl_urls: Vec<String>,
    /// Identifiers of the certificate policies (§4.2.1.4), at most 20.
    pub policies: Vec<String>,
    /// Signed certificate timestamps inside the certificate (RFC 6962 §3.3).
    pub embedded_scts: usize,
    /// Identifiers of critical extensions that are not known here, at most 20.
    pub unknown_critical: Vec<String>,
    /// Identifiers of known extensions whose value does not parse, at most 20.
    pub unreadable: Vec<String>,
}

/// The subject alternative name. Hosts and addresses are [`super::CertificateFacts::dns_names`]
/// and [`super::CertificateFacts::ip_addresses`].
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct AlternativeNames {
    /// Whether it is marked as critical.
    pub critical: bool,
    /// How many names there are, of any kind.
    pub count: usize,
    /// Mail addresses, at most 500.
    pub emails: Vec<String>,
    /// URIs, at most 500.
    pub uris: Vec<String>,
    /// SRV-IDs such as `_imaps.example.com` (RFC 4985), at most 500.
    pub services: Vec<String>,
    /// Distinguished names, as RFC 4514 text, at most 500.
    pub directories: Vec<String>,
    /// IP addresses that have neither four nor sixteen octets.
    pub odd_addresses: usize,
    /// Names of a kind of text that hold octets beyond printable ASCII, made visible; at most 500.
    pub unprintable: Vec<String>,
}

/// Whether it is an authority, and of how many more below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct BasicConstraints {
    /// Whether the extension is marked as critical.
    pub critical: bool,
    /// Whether it may issue certificates.
    pub ca: bool,
    /// How many authorities may follow below it.
    pub path_length: Option<u32>,
}

/// What the key may be used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct KeyUsage {
    /// Whether the extension is marked as critical.
    pub critical: bool,
    /// The bits, bit 0 (`digitalSignature`) being the lowest.
    pub bits: u16,
}

impl KeyUsage {
    /// Signatures that are no certificate's and no list's.
    pub const DIGITAL_SIGNATURE: u16 = 1;
    /// Encryption of keys, as the RSA key exchange of TLS 1.2 needs it.
    pub const KEY_ENCIPHERMENT: u16 = 1 << 2;
    /// Signatures of certificates.
    pub const KEY_CERT_SIGN: u16 = 1 << 5;

    /// Whether the bit is set.
    pub const fn allows(self, bit: u16) -> bool {
        self.bits & bit != 0
    }
}

/// The purposes of a certificate.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct ExtendedKeyUsage {
    /// Whether the extension is marked as critical.
    pub critical: bool,
    /// The identifiers, dotted, at most 50.
    pub purposes: Vec<String>,
}

impl ExtendedKeyUsage {
    /// `serverAuth`.
    pub const SERVER_AUTH: &str = "1.3.6.1.5.5.7.3.1";
    /// `anyExtendedKeyUsage`.
    pub const ANY: &str = "2.5.29.37.0";

    /// Whether a server may show the certificate.
    pub fn allows_servers(&self) -> bool {
        let mut purposes = self.purposes.iter();
        purposes.any(|purpose| purpose == Self::SERVER_AUTH || purpose == Self::ANY)
    }
}

/// A key by its identifier.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct KeyName {
    /// Whether the extension is marked as critical.
    pub critical: bool,
    /// The identifier in hexadecimal, if the extension holds one; at most 64 octets of it.
    pub identifier: Option<String>,
}

/// The names that certificates below may bear.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct NameConstraints {
    /// Whether the extension is marked as critical.
    pub critical: bool,
    /// Where names of a kind are permitted, each of that kind lies in one of them; at most 250.
    pub permitted: Vec<Subtree>,
    /// No name lies in one of them; at most 250.
    pub excluded: Vec<Subtree>,
    /// Whether there are more than are kept.
    pub more: bool,
}
