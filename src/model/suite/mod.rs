//! Cipher suites: numbers, their names, and what the names say.

mod traits;

use std::fmt;
use std::sync::LazyLock;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use traits::{Encryption, KeyAgreement, SuiteTraits};

/// A cipher suite by its number in the IANA registry, or in GB/T 38636 for those of TLCP.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(transparent)]
pub struct Suite(pub u16);

/// One row of the table.
struct Row {
    suite: Suite,
    name: &'static str,
    traits: SuiteTraits,
}

static TABLE: LazyLock<Vec<Row>> = LazyLock::new(|| {
    include_str!("names.txt")
        .lines()
        .filter_map(|line| line.split_once(' '))
        .filter_map(|(number, name)| {
            let suite = Suite(u16::from_str_radix(number, 16).ok()?);
            let traits = SuiteTraits::of(name)?;
            Some(Row {
                suite,
                name,
                traits,
            })
        })
        .collect()
});

impl Suite {
    /// The signal for secure renegotiation (RFC 5746 §3.3); no suite.
    pub const RENEGOTIATION_SIGNAL: Suite = Suite(0x00ff);
    /// The signal of a client that fell back (RFC 7507 §2); no suite.
    pub const FALLBACK_SIGNAL: Suite = Suite(0x5600);

    /// Every suite with a name, by number; signals are none.
    pub fn all() -> impl Iterator<Item = Suite> {
        TABLE.iter().map(|row| row.suite)
    }

    /// The name in its registry.
    pub fn name(self) -> Option<&'static str> {
        self.row().map(|row| row.name)
    }

    /// What the name says; `None` for a number without one.
    pub fn traits(self) -> Option<&'static SuiteTraits> {
        self.row().map(|row| &row.traits)
    }

    /// Whether some mail server can be made to pick it with the certificates that exist: RSA or
    /// elliptic-curve keys, or none at all. The fixed Diffie-Hellman keys, DSA and national ciphers
    /// of SSL and TLS up to 1.2 have not been seen on mail ports, and are asked about where
    /// everything is. Those that are not modern fit into one hello with its two signals, of which
    /// servers are known that read no more than 128.
    pub fn in_use(self) -> bool {
        let Some(row) = self.row() else { return false };
        let traits = &row.traits;
        let rare = row.name.contains("_DSS_") || traits.tlcp;
        let ciphers_of_old_ecdh = matches!(
            traits.encryption,
            Encryption::Aes | Encryption::Rc4 | Encryption::TripleDes
        );
        !rare
            && match traits.agreement {
                _ if traits.anonymous => traits.agreement != KeyAgreement::None,
                KeyAgreement::Rsa | KeyAgreement::Dhe => true,
                KeyAgreement::Ecdhe | KeyAgreement::Tls13 => true,
                KeyAgreement::Ecdh => ciphers_of_old_ecdh,
                _ => false,
            }
    }

    fn row(self) -> Option<&'static Row> {
        let at = TABLE.binary_search_by_key(&self, |row| row.suite).ok()?;
        TABLE.get(at)
    }
}

impl fmt::Display for Suite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name() {
            Some(name) => f.write_str(name),
            None => write!(f, "0x{:04x}", self.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_has_a_place_and_a_name_that_is_understood() {
        let lines = include_str!("names.txt").lines();
        let rows = lines.filter(|line| !line.starts_with('#')).count();
        // Two of the rows are signals.
        assert_eq!(Suite::all().count(), rows - 2);
        assert!(Suite::all().is_sorted());
        assert!(rows > 360);
        assert_eq!(
            Suite(0xc02f).to_string(),
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"
        );
        assert_eq!(Suite(0xfafa).to_string(), "0xfafa");
        assert_eq!(Suite::FALLBACK_SIGNAL.traits(), None);
    }

    #[test]
    fn what_is_in_use_and_not_modern_fits_into_one_hello() {
        let in_use = Suite::all().filter(|suite| suite.in_use());
        let old = in_use.filter(|suite| suite.traits().is_some_and(|traits| !traits.modern()));
        let old: Vec<Suite> = old.filter(|suite| suite.0 < 0xc0b4).collect();
        assert!((100..=126).contains(&old.len()), "{}", old.len());
        for expected in [0x0005, 0x0018, 0x002f, 0xc013, 0xc005, 0x0033] {
            assert!(old.contains(&Suite(expected)), "{expected:04x}");
        }
        for unexpected in [0x0032, 0x003f, 0x00a8, 0xe013, 0x0000, 0xc02f] {
            assert!(!old.contains(&Suite(unexpected)), "{unexpected:04x}");
        }
    }
}
