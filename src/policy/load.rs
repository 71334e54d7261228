//! A policy by its name or its file.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use toml::de::DeTable;

use super::mistake::{Mistakes, shown, suggest};
use super::sheet::{self, Sheet};
use super::{
    Approved, Demand, Document, HandshakeDemand, Policy, RevocationDemand, SuiteDemand, Thresholds,
    WaiverTerms, stages, thresholds,
};
use crate::model::{Severity, Sha256, TlsVersion, folded};

/// A policy that comes with the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preset {
    /// The name by which it is chosen.
    pub name: &'static str,
    /// The file itself.
    pub text: &'static str,
}

/// Every policy that comes with the program; the first is the default.
pub const PRESETS: &[Preset] = &[
    Preset {
        name: "rfc8314",
        text: include_str!("presets/rfc8314.toml"),
    },
    Preset {
        name: "mozilla-intermediate",
        text: include_str!("presets/mozilla-intermediate.toml"),
    },
    Preset {
        name: "mozilla-modern",
        text: include_str!("presets/mozilla-modern.toml"),
    },
    Preset {
        name: "nist-800-52r2",
        text: include_str!("presets/nist-800-52r2.toml"),
    },
    Preset {
        name: "pci-dss-4.0.1",
        text: include_str!("presets/pci-dss-4.0.1.toml"),
    },
    Preset {
        name: "bsi-tr-02102-2",
        text: include_str!("presets/bsi-tr-02102-2.toml"),
    },
    Preset {
        name: "ncsc-nl",
        text: include_str!("presets/ncsc-nl.toml"),
    },
    Preset {
        name: "gbt-37002",
        text: include_str!("presets/gbt-37002.toml"),
    },
    Preset {
        name: "djbh",
        text: include_str!("presets/djbh.toml"),
    },
];

/// Reads a policy: the preset of that name, else the file of that name, which says what differs
/// from the preset that it extends.
///
/// # Errors
/// Every mistake of the file at once, each with its place: no such preset or file, larger than
/// 1 MiB, no TOML, an unknown key, rule or standard, a value out of its range, a waiver without an
/// end.
pub fn load(name_or_path: &str, known_rules: &[&'static str]) -> Result<Policy, Mistakes> {
    if let Some(preset) = PRESETS.iter().find(|preset| preset.name == name_or_path) {
        return read_preset(preset, known_rules);
    }
    let path = Path::new(name_or_path);
    if !path.exists() {
        let names = PRESETS.iter().map(|preset| preset.name);
        return Err(Mistakes::whole(
            name_or_path,
            "there is no policy and no file of this name",
            suggest(name_or_path, names),
        ));
    }
    read(name_or_path, &sheet::read(path)?, known_rules)
}

fn read_preset(preset: &Preset, known_rules: &[&'static str]) -> Result<Policy, Mistakes> {
    let (mut sheet, table) = Sheet::open(preset.text);
    let mut policy = stages::compose(&mut sheet, &table, &blank(), known_rules);
    let sha256 = Sha256::of(preset.text.as_bytes()).to_string();
    policy.everywhere(|policy| policy.sha256.clone_from(&sha256));
    if preset.name != PRESETS[0].name {
        let default = read_preset(&PRESETS[0], known_rules)?;
        policy.everywhere(|policy| policy.compare_with_default(&default));
    }
    for key in thresholds::left_out(table.get_ref()) {
        let what = format!("the threshold `{key}` is missing");
        sheet.note(0..0, what, "a preset states every threshold");
    }
    sheet.close(preset.name, Some(policy))
}

/// Reads the text of a policy file that is called `name`.
///
/// # Errors
/// As [`load`].
pub fn read(name: &str, text: &str, known_rules: &[&'static str]) -> Result<Policy, Mistakes> {
    let (mut sheet, table) = Sheet::open(text);
    let cure = "write extends = \"rfc8314\" and then only what differs";
    let base = sheet
        .required(&table, "extends", cure)
        .and_then(|cell| Some((cell, sheet.words(cell)?)))
        .and_then(|(cell, word)| {
            let preset = PRESETS.iter().find(|preset| preset.name == word);
            if preset.is_none() {
                let what = format!("there is no policy `{}` to extend", shown(word));
                let names = PRESETS.iter().map(|preset| preset.name);
                sheet.note(cell.span(), what, suggest(word, names));
            }
            preset
        });
    let extends = base.map(|preset| preset.name);
    let base = match base {
        Some(preset) => read_preset(preset, known_rules)?,
        None => blank(),
    };
    let mut policy = stages::compose(&mut sheet, &table, &base, known_rules);
    poses_as_preset(&mut sheet, table.get_ref());
    let sha256 = Sha256::of(text.as_bytes()).to_string();
    let default = read_preset(&PRESETS[0], known_rules)?;
    policy.everywhere(|policy| {
        policy.sha256.clone_from(&sha256);
        policy.extends = extends;
        policy.own_its_values(&base);
        policy.compare_with_default(&default);
    });
    sheet.close(name, Some(policy))
}

/// Notes a file that bears the name of a preset: a report would cite the preset for what the file asks.
fn poses_as_preset<'t>(sheet: &mut Sheet<'t>, table: &DeTable<'t>) {
    let Some(cell) = table.get("name") else {
        return;
    };
    let name = cell.get_ref().as_str().unwrap_or_default();
    if PRESETS.iter().any(|preset| preset.name == folded(name)) {
        let what = format!(
            "`{}` is the name of a policy that comes with the program",
            shown(name)
        );
        sheet.note(cell.span(), what, "give the policy a name of its own");
    }
}

/// What every preset overwrites.
fn blank() -> Policy {
    Policy {
        name: String::new(),
        version: String::new(),
        sha256: String::new(),
        extends: None,
        document: Document::default(),
        breach_from: Severity::Medium,
        thresholds: Thresholds {
            tls_minimum: TlsVersion::TLS_1_2,
            tls_oldest: TlsVersion::TLS_1_2,
            prefer_implicit_tls: false,
            expiry_days: 0,
            expiry_urgent_days: 0,
            rsa_bits: 0,
            rsa_advised_bits: 0,
            ec_bits: 0,
            dh_bits: 0,
            validity_days: None,
            validity_advised_days: None,
        },
        rules: BTreeMap::new(),
        revocation: RevocationDemand::IfStapled,
        suites: SuiteDemand::default(),
        key_exchange: Demand::default(),
        certificate_keys: Demand::default(),
        handshake: HandshakeDemand::Tls,
        dane: false,
        own_domains: Vec::new(),
        issuers: Vec::new(),
        allow_ports: Vec::new(),
        approved: Approved::default(),
        groups: Vec::new(),
        waiver_terms: WaiverTerms::default(),
        waivers: Vec::new(),
        next: None,
        without_papers: BTreeSet::new(),
    }
}
