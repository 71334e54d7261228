//! `tests/cases/real/truth.toml`: what is true of a server by its configuration.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde::Deserialize;

/// What is true of some ports of one server. A row says what is not as with a good server.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Row {
    /// The server, by its name in [`super::super::fleet`].
    pub server: String,
    /// The services of which it is true.
    pub services: Vec<String>,
    /// Why it is true; for people.
    pub because: String,
    /// The versions that it accepts; it refuses all others.
    pub versions: BTreeSet<String>,
    /// What is true of some suite that it accepts, and what is true of none; see [`super::classes`].
    pub suites: BTreeSet<String>,
    /// The sizes of the primes over which it agrees on keys below TLS 1.3.
    pub dh_bits: BTreeSet<u16>,
    /// Groups smaller than 224 bits that it accepts.
    pub small_groups: BTreeSet<u16>,
    /// How many certificates it shows, as the client's signature schemes have it.
    pub certificates: usize,
    /// Whether it knows RFC 7627, where it speaks TLS 1.2 or below.
    pub extended_master_secret: bool,
    /// Whether it knows RFC 5746, likewise.
    pub renegotiation: bool,
    /// Whether it asks for a certificate of the client's.
    pub client_certificate: bool,
    /// Whether there is no way into TLS: nothing else about TLS is true then.
    pub no_tls: bool,
    /// Whether mailfleet has no business inside TLS there, so that nothing is said about it.
    pub outside: bool,
    /// The rules of "What the server allows" that must fire at `deep`; none other may.
    pub fires: BTreeSet<String>,
    /// Those of them that need a question of `deep`.
    pub only_at_deep: BTreeSet<String>,
    /// Rules of that section about which the row says nothing.
    pub may: BTreeSet<String>,
    /// Other rules that must fire at `deep`.
    pub others: BTreeSet<String>,
}

impl Default for Row {
    fn default() -> Self {
        let set = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        Row {
            server: String::new(),
            services: Vec::new(),
            because: String::new(),
            versions: set(&["TLS 1.2", "TLS 1.3"]),
            suites: set(&["tls1.3", "ecdhe", "aead"]),
            dh_bits: BTreeSet::new(),
            small_groups: BTreeSet::new(),
            certificates: 1,
            extended_master_secret: true,
            renegotiation: true,
            client_certificate: false,
            no_tls: false,
            outside: false,
            fires: BTreeSet::new(),
            only_at_deep: BTreeSet::new(),
            may: BTreeSet::new(),
            others: BTreeSet::new(),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    row: Vec<Row>,
}

/// The table.
pub fn table() -> Vec<Row> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/real/truth.toml");
    let text = fs::read_to_string(&path).expect("the table is part of the tests");
    let table: Table = toml::from_str(&text).unwrap_or_else(|error| panic!("{error}"));
    table.row
}

/// The rules of "What the server allows", and the one about client certificates, which is answered by
/// the same questions. In the order of the catalogue.
pub fn section() -> Vec<String> {
    let section: Vec<String> = catalogue()
        .into_iter()
        .map(|(id, _)| id)
        .skip_while(|id| id != "no-encryption")
        .take_while(|id| id != "cert-expired")
        .chain(["client-certificate-required".to_owned()])
        .collect();
    assert!(
        section.contains(&"version-disclosed".to_owned()),
        "{section:?}"
    );
    section
}

/// Whether a violation of the rule makes an account non-compliant under the usual policy.
pub fn breaches(id: &str) -> bool {
    catalogue()
        .iter()
        .any(|(rule, severity)| rule == id && ["medium", "high", "critical"].contains(&&**severity))
}

/// The id of every rule.
pub fn rules() -> BTreeSet<String> {
    catalogue().into_iter().map(|(id, _)| id).collect()
}

/// Every rule and its severity.
fn catalogue() -> Vec<(String, String)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/rules/catalogue.txt");
    let text = fs::read_to_string(path).expect("the catalogue is part of the tests");
    text.lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once(' '))
        .map(|(id, severity)| (id.to_owned(), severity.to_owned()))
        .collect()
}
