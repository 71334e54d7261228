//! What a suite's name says of it: how keys are agreed on, what encrypts, what protects integrity.
//!
//! The classes that rules judge apart are questions of [`SuiteTraits`], so that what is asked and what
//! is judged cannot drift apart.

use crate::model::TlsVersion;

/// How the two sides agree on keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum KeyAgreement {
    /// None at all.
    None,
    /// The client encrypts a secret to the RSA key of the certificate.
    Rsa,
    /// Diffie-Hellman with the fixed key of a certificate.
    Dh,
    /// Ephemeral Diffie-Hellman over a finite field.
    Dhe,
    /// Elliptic-curve Diffie-Hellman with the fixed key of a certificate.
    Ecdh,
    /// Ephemeral elliptic-curve Diffie-Hellman.
    Ecdhe,
    /// The group that TLS 1.3 agrees on apart from the suite.
    Tls13,
    /// A key shared in advance, alone or with another way; no mail server has it.
    Psk,
    /// A password, or Kerberos; no mail server has it.
    Password,
    /// SM2 encryption to the key of a certificate (TLCP).
    Sm2,
    /// SM9, whose keys are identities and need no certificate (TLCP).
    Sm9,
    /// GOST R 34.10.
    Gost,
}

/// What encrypts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)] // The ciphers' own names.
pub enum Encryption {
    Null,
    Rc4,
    Rc2,
    Des,
    TripleDes,
    Idea,
    Seed,
    Gost28147,
    Magma,
    Kuznyechik,
    Aes,
    Camellia,
    Aria,
    ChaCha20,
    Sm4,
    Aegis,
}

/// What a suite's name says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SuiteTraits {
    /// How keys are agreed on.
    pub agreement: KeyAgreement,
    /// Whether nobody proves who the server is.
    pub anonymous: bool,
    /// Whether the keys were cut to what could once be exported.
    pub export: bool,
    /// What encrypts.
    pub encryption: Encryption,
    /// Whether encryption and integrity are one (AEAD).
    pub aead: bool,
    /// Whether the integrity tag of an AEAD has 64 bits only.
    pub short_tag: bool,
    /// Whether integrity rests on MD5.
    pub md5: bool,
    /// Whether it exists from TLS 1.2 on only: AEAD, or HMAC with SHA-2.
    pub since_tls_1_2: bool,
    /// Whether it is of TLCP (GB/T 38636).
    pub tlcp: bool,
}

impl SuiteTraits {
    /// Whether keys are forgotten, so that a key stolen later opens nothing recorded today.
    pub const fn forward_secret(&self) -> bool {
        matches!(
            self.agreement,
            KeyAgreement::Dhe | KeyAgreement::Ecdhe | KeyAgreement::Tls13
        ) && !self.anonymous
    }

    /// Whether the fixed key of a certificate agrees on keys: whoever gets hold of it reads all that
    /// was ever recorded.
    pub const fn static_key(&self) -> bool {
        matches!(
            self.agreement,
            KeyAgreement::Rsa
                | KeyAgreement::Dh
                | KeyAgreement::Ecdh
                | KeyAgreement::Sm2
                | KeyAgreement::Gost
        ) && !self.anonymous
    }

    /// Whether keys are agreed on over a finite field for this session alone: the prime is the
    /// server's to choose.
    pub const fn ephemeral_finite_field(&self) -> bool {
        matches!(self.agreement, KeyAgreement::Dhe)
    }

    /// Whether it is what a current server picks: a group for this session alone, over a curve or as
    /// in TLS 1.3, and AEAD.
    pub const fn modern(&self) -> bool {
        matches!(self.agreement, KeyAgreement::Ecdhe | KeyAgreement::Tls13)
            && self.aead
            && !self.anonymous
            && !self.tlcp
    }

    /// Whether it protects from nobody who takes the trouble: no encryption, no proof of who the
    /// server is, keys cut for export, RC4, DES, or integrity that rests on MD5.
    pub const fn insecure(&self) -> bool {
        self.anonymous
            || self.export
            || self.md5
            || matches!(
                self.encryption,
                Encryption::Null | Encryption::Rc4 | Encryption::Des
            )
    }

    /// Whether its cipher is given up though no stranger breaks it in passing: blocks of 64 bits
    /// (3DES, IDEA and kin), or SEED. What is [insecure](Self::insecure) is not counted again.
    pub const fn weak(&self) -> bool {
        (self.small_blocks() || matches!(self.encryption, Encryption::Seed)) && !self.insecure()
    }

    /// Whether a server that shows a certificate can use it: neither keys shared in advance nor
    /// passwords nor identities.
    pub const fn for_certificates(&self) -> bool {
        !matches!(
            self.agreement,
            KeyAgreement::Psk | KeyAgreement::Password | KeyAgreement::Sm9
        )
    }

    /// Whether a server that shows a certificate can pick it at a version. No suite has a number at
    /// SSL 2.0, which has kinds of its own.
    pub fn usable_at(&self, version: TlsVersion) -> bool {
        let of_tls_1_3 = self.agreement == KeyAgreement::Tls13;
        self.for_certificates()
            && match version {
                TlsVersion::SSL_2_0 => false,
                TlsVersion::TLCP => self.tlcp,
                TlsVersion::TLS_1_3 => of_tls_1_3,
                TlsVersion::TLS_1_2 => !self.tlcp && !of_tls_1_3,
                _ => !self.tlcp && !of_tls_1_3 && !self.since_tls_1_2,
            }
    }

    /// Whether it has a cipher with blocks of 64 bits.
    pub const fn small_blocks(&self) -> bool {
        matches!(
            self.encryption,
            Encryption::Rc2
                | Encryption::Des
                | Encryption::TripleDes
                | Encryption::Idea
                | Encryption::Gost28147
                | Encryption::Magma
        )
    }

    /// Reads a name; `None` for the name of a signal.
    pub(super) fn of(name: &str) -> Option<SuiteTraits> {
        if name.ends_with("_SCSV") {
            return None;
        }
        let tlcp = !name.starts_with("TLS_");
        let plain = name.strip_prefix("TLS_").unwrap_or(name);
        let (keys, rest) = match plain.split_once("_WITH_") {
            Some(parts) => parts,
            // TLCP puts its cipher behind one word, TLS 1.3 nothing before it.
            None if tlcp => plain.split_once('_')?,
            None => ("", plain),
        };
        let encryption = encryption(rest);
        let aead = ["_GCM", "_CCM", "POLY1305", "AEGIS", "_OMAC"]
            .iter()
            .any(|mode| rest.contains(mode));
        let sha2 = ["SHA256", "SHA384", "SHA512", "SM3"]
            .iter()
            .any(|hash| rest.ends_with(hash));
        Some(SuiteTraits {
            agreement: agreement(keys, tlcp),
            anonymous: keys.contains("anon") || keys == "NULL",
            export: keys.contains("EXPORT") || rest.contains("_40_"),
            encryption,
            aead: aead && encryption != Encryption::Null,
            short_tag: rest.contains("CCM_8"),
            md5: rest.ends_with("MD5"),
            since_tls_1_2: !tlcp && (aead || sha2),
            tlcp,
        })
    }
}

fn agreement(keys: &str, tlcp: bool) -> KeyAgreement {
    let parts: Vec<&str> = keys.split('_').collect();
    let has = |part: &str| parts.contains(&part);
    if has("PSK") {
        KeyAgreement::Psk
    } else if has("SRP") || has("KRB5") || has("ECCPWD") {
        KeyAgreement::Password
    } else if has("ECDHE") {
        KeyAgreement::Ecdhe
    } else if has("ECDH") {
        KeyAgreement::Ecdh
    } else if has("DHE") {
        KeyAgreement::Dhe
    } else if has("DH") {
        KeyAgreement::Dh
    } else if has("IBC") || has("IBSDH") {
        KeyAgreement::Sm9
    } else if has("RSA") {
        KeyAgreement::Rsa
    } else if keys.starts_with("GOST") {
        KeyAgreement::Gost
    } else if tlcp {
        KeyAgreement::Sm2
    } else if keys.is_empty() {
        KeyAgreement::Tls13
    } else {
        KeyAgreement::None
    }
}

fn encryption(rest: &str) -> Encryption {
    const STARTS: [(&str, Encryption); 17] = [
        ("NULL", Encryption::Null),
        // The suites of TLS 1.3 that protect integrity alone (RFC 9150).
        ("SHA", Encryption::Null),
        ("RC4", Encryption::Rc4),
        ("RC2", Encryption::Rc2),
        ("DES", Encryption::Des),
        ("3DES", Encryption::TripleDes),
        ("IDEA", Encryption::Idea),
        ("SEED", Encryption::Seed),
        ("28147", Encryption::Gost28147),
        ("MAGMA", Encryption::Magma),
        ("KUZNYECHIK", Encryption::Kuznyechik),
        ("CAMELLIA", Encryption::Camellia),
        ("ARIA", Encryption::Aria),
        ("CHACHA20", Encryption::ChaCha20),
        ("SM4", Encryption::Sm4),
        ("AEGIS", Encryption::Aegis),
        ("AES", Encryption::Aes),
    ];
    STARTS
        .iter()
        .find(|(start, _)| rest.starts_with(start))
        .map_or(Encryption::Aes, |(_, encryption)| *encryption)
}

#[cfg(test)]
mod tests {
    use super::super::Suite;
    use super::*;

    fn count(holds: impl Fn(&SuiteTraits) -> bool) -> usize {
        Suite::all()
            .filter(|suite| suite.0 < 0xe000 && !(0x80..0x84).contains(&suite.0))
            .filter(|suite| suite.0 >> 4 != 0xc10)
            .filter_map(Suite::traits)
            .filter(|traits| holds(traits))
            .count()
    }

    /// The classes as they are counted over the rows of the IANA registry.
    #[test]
    fn the_classes_have_their_sizes() {
        assert_eq!(count(|_| true), 350);
        assert_eq!(count(|t| t.encryption == Encryption::Null), 23);
        assert_eq!(count(|t| t.encryption == Encryption::Rc4), 22);
        assert_eq!(count(|t| t.encryption == Encryption::Rc2), 4);
        assert_eq!(count(|t| t.encryption == Encryption::Des), 18);
        assert_eq!(count(|t| t.encryption == Encryption::TripleDes), 20);
        assert_eq!(count(|t| t.encryption == Encryption::Idea), 3);
        assert_eq!(count(|t| t.encryption == Encryption::Seed), 6);
        assert_eq!(count(|t| t.export), 21);
        assert_eq!(count(|t| t.aead), 122);
        assert_eq!(count(|t| t.short_tag), 12);
        assert_eq!(count(|t| t.anonymous), 27 + 1);
        assert_eq!(count(|t| t.agreement == KeyAgreement::Rsa), 36);
        assert_eq!(count(|t| t.agreement == KeyAgreement::Dhe), 48);
        assert_eq!(count(|t| t.agreement == KeyAgreement::Ecdhe), 40);
        assert_eq!(count(|t| t.agreement == KeyAgreement::Tls13), 11);
    }

    #[test]
    fn what_rules_judge_apart() {
        assert_eq!(count(SuiteTraits::insecure), 90);
        assert_eq!(count(SuiteTraits::weak), 24);
        assert_eq!(count(SuiteTraits::static_key), 110);
        assert_eq!(count(SuiteTraits::ephemeral_finite_field), 48);
        assert_eq!(count(SuiteTraits::modern), 27);
        assert!(count(|t| t.insecure() && t.weak()) == 0);
        let at = |version| {
            let usable = |suite: &Suite| suite.traits().is_some_and(|t| t.usable_at(version));
            Suite::all().filter(usable).count()
        };
        // One hello holds them: servers are known that read no more than 128.
        assert_eq!(at(TlsVersion::SSL_3_0), 95);
        assert_eq!(at(TlsVersion::TLS_1_1), 95);
        assert_eq!(at(TlsVersion::TLS_1_2), 233);
        assert_eq!(at(TlsVersion::TLS_1_3), 11);
        assert_eq!(at(TlsVersion::SSL_2_0), 0);
    }

    #[test]
    fn national_suites_are_read() {
        let of = |number| *Suite(number).traits().expect("a suite with a name");
        assert!(of(0xe011).tlcp && of(0xe011).forward_secret());
        assert!(of(0xe053).aead && !of(0xe053).forward_secret());
        assert_eq!(of(0x00c6).agreement, KeyAgreement::Tls13);
        assert_eq!(of(0xe057).agreement, KeyAgreement::Sm9);
        assert!(of(0xc101).weak() && of(0xe053).static_key());
        assert!(of(0xe053).usable_at(TlsVersion::TLCP) && !of(0xe055).usable_at(TlsVersion::TLCP));
        assert!(!of(0xe053).usable_at(TlsVersion::TLS_1_2));
    }
}
