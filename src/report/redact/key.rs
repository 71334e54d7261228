//! The key under which people stand in a redacted report.

use std::fmt;

use aws_lc_rs::hmac::{self, HMAC_SHA256};

use crate::model::{AccountId, Fingerprint, Sha256};

/// A key for pseudonyms: whoever has it can tell whose a pseudonym is, and nobody else. It is shown
/// and written nowhere.
#[derive(Clone)]
pub struct PseudonymKey(hmac::Key);

/// What stands under a pseudonym. The same text under two kinds gives two pseudonyms that nobody
/// without the key can put together.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    /// The key of a person ([`crate::model::Person::key`]), or an address.
    Person,
    /// Words that name somebody of whom no address is known.
    Name,
    /// The plain id of an account.
    Account,
    /// The plain fingerprint of a finding about an account or a person.
    Finding,
    /// The subject of a waiver that names people alike.
    Pattern,
    /// The SHA-256 of an input or policy file: that of a short list can be guessed.
    File,
    /// The plain id of the report.
    Report,
}

impl Kind {
    const fn word(self) -> &'static str {
        match self {
            Kind::Person => "person",
            Kind::Name => "name",
            Kind::Account => "account",
            Kind::Finding => "finding",
            Kind::Pattern => "pattern",
            Kind::File => "file",
            Kind::Report => "report",
        }
    }
}

impl PseudonymKey {
    /// How many bytes a key has at least: as many as the hash gives.
    pub const LEAST_BYTES: usize = 32;

    /// The key of these bytes; `None` where they are fewer than [`PseudonymKey::LEAST_BYTES`].
    pub fn of(bytes: &[u8]) -> Option<Self> {
        let key = || PseudonymKey(hmac::Key::new(HMAC_SHA256, bytes));
        (bytes.len() >= Self::LEAST_BYTES).then(key)
    }

    /// HMAC-SHA-256 over the kind and the text, with a NUL between them, which no kind holds.
    fn keyed(&self, kind: Kind, text: &str) -> Sha256 {
        let mut signing = hmac::Context::with_key(&self.0);
        signing.update(kind.word().as_bytes());
        signing.update(&[0]);
        signing.update(text.as_bytes());
        let mut keyed = [0; 32];
        keyed.copy_from_slice(signing.sign().as_ref());
        Sha256(keyed)
    }

    /// The first 8 bytes, as a number.
    pub(super) fn number(&self, kind: Kind, text: &str) -> u64 {
        let Sha256([a, b, c, d, e, f, g, h, ..]) = self.keyed(kind, text);
        u64::from_be_bytes([a, b, c, d, e, f, g, h])
    }

    /// What stands for a name: 64 bits tell millions of people apart.
    pub(super) fn pseudonym(&self, kind: Kind, text: &str) -> String {
        shown(self.number(kind, text))
    }

    /// What stands for a hash.
    pub(super) fn hash(&self, kind: Kind, sha256: &str) -> String {
        self.keyed(kind, sha256).to_string()
    }

    pub(super) fn account(&self, id: AccountId) -> AccountId {
        self.account_named(&id.to_string())
    }

    /// The same by the plain id as it is shown.
    pub(super) fn account_named(&self, id: &str) -> AccountId {
        AccountId(self.keyed(Kind::Account, id).0)
    }

    pub(super) fn finding(&self, fingerprint: Fingerprint) -> Fingerprint {
        Fingerprint(self.number(Kind::Finding, &fingerprint.to_string()))
    }
}

/// A pseudonym as it is shown.
pub(super) fn shown(number: u64) -> String {
    format!("p-{number:016x}")
}

/// Without the key.
impl fmt::Debug for PseudonymKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PseudonymKey")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pseudonym_is_the_hmac_of_rfc_2104_over_kind_and_text() {
        assert!(PseudonymKey::of(&[7; 31]).is_none());
        let key = PseudonymKey::of(&[7; 32]).expect("long enough");
        let other = PseudonymKey::of(&[8; 32]).expect("long enough");
        // As openssl and Python compute it.
        let expected = "b80eebb61c67d81ee801186e17b601b349e04de1ff4ae61f711804aabfd4b304";
        assert_eq!(key.hash(Kind::Person, "li@corp.test"), expected);
        assert_eq!(
            key.pseudonym(Kind::Person, "li@corp.test"),
            format!("p-{}", &expected[..16])
        );
        assert_ne!(other.hash(Kind::Person, "li@corp.test"), expected);
        assert_ne!(key.hash(Kind::Name, "li@corp.test"), expected);
        assert_eq!(format!("{key:?}"), "PseudonymKey");
    }
}
