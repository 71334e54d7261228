//! Every crate that the program is built from may be used and passed on, and each has its reason.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Licences under which others may use, change and pass on the program, closed or open.
const ALLOWED: [&str; 14] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MIT-0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

fn manifest() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml")
}

/// Name and version, and licence, of each crate that the program is built from on this platform,
/// itself left out. Crates of other platforms may not have been downloaded, and a test downloads
/// nothing. (`cargo metadata` also lists crates of features that are off.)
fn crates_built_from() -> BTreeMap<String, String> {
    let output = Command::new(env!("CARGO"))
        .args([
            "tree",
            "--offline",
            "--locked",
            "--prefix",
            "none",
            "--edges",
            "normal,build",
        ])
        .args(["--format", "{p}\t{l}", "--manifest-path"])
        .arg(manifest())
        .output()
        .expect("cargo ran this test");
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{complaint}");
    let tree = String::from_utf8_lossy(&output.stdout);
    let crates = tree
        .lines()
        .skip(1)
        .filter_map(|line| line.split_once('\t'));
    crates
        .map(|(name, licence)| (name.to_owned(), licence.trim_end_matches(" (*)").to_owned()))
        .collect()
}

#[test]
fn every_licence_is_allowed() {
    let crates = crates_built_from();
    assert!(crates.len() > 50, "these cannot be all: {crates:?}");
    let refused: Vec<_> = crates
        .iter()
        .filter(|(_, licence)| !is_allowed(licence))
        .collect();
    assert!(
        refused.is_empty(),
        "not under an allowed licence: {refused:#?}"
    );
}

#[test]
fn one_provider_of_cryptography_is_enough() {
    let crates = crates_built_from();
    let has = |name: &str| {
        crates
            .keys()
            .any(|crate_| crate_.split(' ').next() == Some(name))
    };
    assert!(
        has("aws-lc-rs"),
        "the one that there should be is missing: {crates:?}"
    );
    assert!(!has("ring"), "a second one came in");
}

#[test]
fn every_dependency_has_its_reason() {
    let manifest = fs::read_to_string(manifest()).expect("the manifest can be read");
    let (mut dependencies, mut without) = (0, Vec::new());
    let mut section = "";
    for line in manifest.lines() {
        if line.starts_with('[') {
            section = line;
        } else if section.ends_with("dependencies]") && line.contains(" = ") {
            dependencies += 1;
            let reason = line
                .split_once("# ")
                .map_or("", |(_, reason)| reason.trim());
            if reason.split(' ').count() < 2 {
                without.push(line);
            }
        }
    }
    assert!(dependencies > 20, "the dependencies were not found");
    assert!(
        without.is_empty(),
        "say in a comment on the line what it is for: {without:#?}"
    );
}

/// Whether an SPDX expression can be met with allowed licences alone.
fn is_allowed(expression: &str) -> bool {
    let spaced = expression
        .replace('/', " OR ")
        .replace('(', " ( ")
        .replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut rest = &words[..];
    any_of(&mut rest) == Some(true) && rest.is_empty()
}

/// What the next words come to, or `None` where they are no expression.
fn any_of(words: &mut &[&str]) -> Option<bool> {
    let mut allowed = all_of(words)?;
    while let ["OR", rest @ ..] = *words {
        *words = rest;
        allowed |= all_of(words)?;
    }
    Some(allowed)
}

fn all_of(words: &mut &[&str]) -> Option<bool> {
    let mut allowed = one(words)?;
    while let ["AND", rest @ ..] = *words {
        *words = rest;
        allowed &= one(words)?;
    }
    Some(allowed)
}

fn one(words: &mut &[&str]) -> Option<bool> {
    match *words {
        ["(", rest @ ..] => {
            *words = rest;
            let allowed = any_of(words)?;
            let [")", rest @ ..] = *words else {
                return None;
            };
            *words = rest;
            Some(allowed)
        }
        [licence, "WITH", exception, rest @ ..] => {
            *words = rest;
            Some(ALLOWED.contains(&&*format!("{licence} WITH {exception}")))
        }
        [licence, rest @ ..] => {
            *words = rest;
            Some(ALLOWED.contains(licence))
        }
        [] => None,
    }
}

#[test]
fn expressions_are_read_as_spdx_means_them() {
    for allowed in [
        "MIT",
        "MIT/Apache-2.0",
        "GPL-3.0-only OR MIT",
        "(MIT OR GPL-2.0-only) AND Unicode-3.0",
        "Apache-2.0 WITH LLVM-exception OR GPL-3.0-only",
        "ISC AND (Apache-2.0 OR OpenSSL)",
    ] {
        assert!(is_allowed(allowed), "{allowed}");
    }
    for refused in [
        "",
        "GPL-3.0-only",
        "MIT AND GPL-3.0-only",
        "MIT OR ISC AND",
        "GPL-2.0-only WITH Classpath-exception-2.0",
        "(MIT",
        "MIT ISC",
    ] {
        assert!(!is_allowed(refused), "{refused}");
    }
}
