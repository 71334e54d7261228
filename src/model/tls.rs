//! Numbers of TLS, kept as numbers; names are for people.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A protocol version as on the wire (RFC 9846 §4.2.2).
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(transparent)]
pub struct TlsVersion(pub u16);

impl TlsVersion {
    /// SSL 2.0.
    pub const SSL_2_0: TlsVersion = TlsVersion(0x0002);
    /// TLCP 1.1 (GB/T 38636), which is no version of TLS.
    pub const TLCP: TlsVersion = TlsVersion(0x0101);
    /// SSL 3.0.
    pub const SSL_3_0: TlsVersion = TlsVersion(0x0300);
    /// TLS 1.0.
    pub const TLS_1_0: TlsVersion = TlsVersion(0x0301);
    /// TLS 1.1.
    pub const TLS_1_1: TlsVersion = TlsVersion(0x0302);
    /// TLS 1.2.
    pub const TLS_1_2: TlsVersion = TlsVersion(0x0303);
    /// TLS 1.3.
    pub const TLS_1_3: TlsVersion = TlsVersion(0x0304);

    /// SSL 2.0 and 3.0, and TLS, the oldest first; without TLCP.
    pub const ALL: [TlsVersion; 6] = [
        TlsVersion::SSL_2_0,
        TlsVersion::SSL_3_0,
        TlsVersion::TLS_1_0,
        TlsVersion::TLS_1_1,
        TlsVersion::TLS_1_2,
        TlsVersion::TLS_1_3,
    ];
}

impl fmt::Display for TlsVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            0x0002 => f.write_str("SSL 2.0"),
            0x0101 => f.write_str("TLCP 1.1"),
            0x0300 => f.write_str("SSL 3.0"),
            minor @ 0x0301..=0x0304 => write!(f, "TLS 1.{}", minor - 0x0301),
            other => write!(f, "0x{other:04x}"),
        }
    }
}

/// A group in which keys are agreed on, by its number in the IANA registry (`NamedGroup` in RFC 9846).
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(transparent)]
pub struct NamedGroup(pub u16);

/// Groups with their names and the size of their field in bits; of a hybrid the classical part's.
const GROUPS: [(u16, &str, u16); 46] = [
    (0x0001, "sect163k1", 163),
    (0x0002, "sect163r1", 163),
    (0x0003, "sect163r2", 163),
    (0x0004, "sect193r1", 193),
    (0x0005, "sect193r2", 193),
    (0x0006, "sect233k1", 233),
    (0x0007, "sect233r1", 233),
    (0x0008, "sect239k1", 239),
    (0x0009, "sect283k1", 283),
    (0x000a, "sect283r1", 283),
    (0x000b, "sect409k1", 409),
    (0x000c, "sect409r1", 409),
    (0x000d, "sect571k1", 571),
    (0x000e, "sect571r1", 571),
    (0x000f, "secp160k1", 160),
    (0x0010, "secp160r1", 160),
    (0x0011, "secp160r2", 160),
    (0x0012, "secp192k1", 192),
    (0x0013, "secp192r1", 192),
    (0x0014, "secp224k1", 224),
    (0x0015, "secp224r1", 224),
    (0x0016, "secp256k1", 256),
    (0x0017, "secp256r1", 256),
    (0x0018, "secp384r1", 384),
    (0x0019, "secp521r1", 521),
    (0x001a, "brainpoolP256r1", 256),
    (0x001b, "brainpoolP384r1", 384),
    (0x001c, "brainpoolP512r1", 512),
    (0x001d, "x25519", 255),
    (0x001e, "x448", 448),
    (0x001f, "brainpoolP256r1tls13", 256),
    (0x0020, "brainpoolP384r1tls13", 384),
    (0x0021, "brainpoolP512r1tls13", 512),
    (0x0029, "curveSM2", 256),
    (0x0100, "ffdhe2048", 2048),
    (0x0101, "ffdhe3072", 3072),
    (0x0102, "ffdhe4096", 4096),
    (0x0103, "ffdhe6144", 6144),
    (0x0104, "ffdhe8192", 8192),
    (0x11eb, "SecP256r1MLKEM768", 256),
    (0x11ec, "X25519MLKEM768", 255),
    (0x11ed, "SecP384r1MLKEM1024", 384),
    (0x6399, "X25519Kyber768Draft00", 255),
    (0x639a, "SecP256r1Kyber768Draft00", 256),
    (0xff01, "arbitrary_explicit_prime_curves", 0),
    (0xff02, "arbitrary_explicit_char2_curves", 0),
];

impl NamedGroup {
    /// The hybrid groups with ML-KEM, which a quantum computer does not break.
    pub const POST_QUANTUM: [NamedGroup; 3] =
        [NamedGroup(0x11ec), NamedGroup(0x11eb), NamedGroup(0x11ed)];

    /// The groups that exist in TLS 1.3, the hybrids first.
    pub const OF_TLS_1_3: [NamedGroup; 19] = [
        NamedGroup(0x11ec),
        NamedGroup(0x11eb),
        NamedGroup(0x11ed),
        NamedGroup(0x001d),
        NamedGroup(0x0017),
        NamedGroup(0x0018),
        NamedGroup(0x0019),
        NamedGroup(0x001e),
        NamedGroup(0x0100),
        NamedGroup(0x0101),
        NamedGroup(0x0102),
        NamedGroup(0x0103),
        NamedGroup(0x0104),
        NamedGroup(0x001f),
        NamedGroup(0x0020),
        NamedGroup(0x0021),
        NamedGroup(0x0029),
        NamedGroup(0x6399),
        NamedGroup(0x639a),
    ];

    /// Every group with a name, by number.
    pub fn all() -> impl Iterator<Item = NamedGroup> {
        GROUPS.iter().map(|(number, ..)| NamedGroup(*number))
    }

    /// Whether it is over a finite field (RFC 7919).
    pub const fn finite_field(self) -> bool {
        matches!(self.0, 0x0100..=0x01ff)
    }

    /// Whether it is a hybrid with ML-KEM.
    pub fn post_quantum(self) -> bool {
        NamedGroup::POST_QUANTUM.contains(&self)
    }

    /// The size of its field in bits; of a hybrid the classical part's. `None` where it is not known.
    pub fn bits(self) -> Option<u16> {
        self.row()
            .map(|(_, _, bits)| *bits)
            .filter(|bits| *bits > 0)
    }

    /// The size as documents count it: Curve25519 ranks with P-256, though its field has a bit less.
    pub fn rated_bits(self) -> Option<u32> {
        self.bits().map(|bits| match bits {
            255 => 256,
            bits => u32::from(bits),
        })
    }

    fn row(self) -> Option<&'static (u16, &'static str, u16)> {
        let at = GROUPS.binary_search_by_key(&self.0, |row| row.0).ok()?;
        GROUPS.get(at)
    }
}

impl fmt::Display for NamedGroup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.row() {
            Some((_, name, _)) => f.write_str(name),
            None => write!(f, "0x{:04x}", self.0),
        }
    }
}

/// A signature scheme by its number in the IANA registry; before TLS 1.3 a hash and a signature,
/// one octet each (RFC 5246 §7.4.1.4.1).
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(transparent)]
pub struct SignatureScheme(pub u16);

impl SignatureScheme {
    /// Whether it signs a digest of MD5 or SHA-1 (RFC 9155 §2).
    pub const fn rests_on_old_hash(self) -> bool {
        matches!(self.0 >> 8, 1 | 2)
    }
}

impl fmt::Display for SignatureScheme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match self.0 {
            0x0101 => "rsa_pkcs1_md5",
            0x0201 => "rsa_pkcs1_sha1",
            0x0202 => "dsa_sha1",
            0x0203 => "ecdsa_sha1",
            0x0301 => "rsa_pkcs1_sha224",
            0x0401 => "rsa_pkcs1_sha256",
            0x0403 => "ecdsa_secp256r1_sha256",
            0x0501 => "rsa_pkcs1_sha384",
            0x0503 => "ecdsa_secp384r1_sha384",
            0x0601 => "rsa_pkcs1_sha512",
            0x0603 => "ecdsa_secp521r1_sha512",
            0x0708 => "sm2sig_sm3",
            0x0804 => "rsa_pss_rsae_sha256",
            0x0805 => "rsa_pss_rsae_sha384",
            0x0806 => "rsa_pss_rsae_sha512",
            0x0807 => "ed25519",
            0x0808 => "ed448",
            0x0809 => "rsa_pss_pss_sha256",
            0x080a => "rsa_pss_pss_sha384",
            0x080b => "rsa_pss_pss_sha512",
            other => return write!(f, "0x{other:04x}"),
        };
        f.write_str(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_found_by_number() {
        assert!(GROUPS.is_sorted_by_key(|row| row.0));
        assert_eq!(NamedGroup(0x11ec).to_string(), "X25519MLKEM768");
        assert_eq!(NamedGroup(0x0013).bits(), Some(192));
        assert_eq!(NamedGroup(0x0abc).to_string(), "0x0abc");
        assert!(NamedGroup(0x0100).finite_field() && !NamedGroup(0x001d).finite_field());
    }

    #[test]
    fn old_hashes_are_known_by_the_first_octet() {
        assert!(SignatureScheme(0x0201).rests_on_old_hash());
        assert!(!SignatureScheme(0x0804).rests_on_old_hash());
    }
}
