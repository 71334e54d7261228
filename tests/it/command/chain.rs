//! `probe --chain`: a chain from a file, without a network.

use base64::prelude::{BASE64_STANDARD, Engine as _};
use serde_json::Value;

use super::Place;

const AT: &str = "2026-06-15T12:00:00Z";

fn pem(label: &str, bytes: &[u8]) -> String {
    let text = BASE64_STANDARD.encode(bytes);
    format!("-----BEGIN {label}-----\n{text}\n-----END {label}-----\n")
}

pub fn certificate(name: &str) -> String {
    let root = env!("CARGO_MANIFEST_DIR");
    let der = std::fs::read(format!("{root}/tests/cases/chains/{name}.der")).expect("a file");
    pem("CERTIFICATE", &der)
}

/// A place with a root, and a chain of the certificates named.
fn place(chain: &[&str]) -> Place {
    let place = Place::new();
    place.write("root.pem", &certificate("root-sha1"));
    let chain: String = chain.iter().map(|name| certificate(name)).collect();
    place.write("chain.pem", &chain);
    place
}

fn run(place: &Place, more: &[&str]) -> super::Ran {
    let usual = [
        "probe",
        "--chain",
        "chain.pem",
        "--trust",
        "root.pem",
        "--at",
        AT,
    ];
    place.run(&[&usual[..], more].concat())
}

#[test]
fn a_good_chain_is_told_with_its_names_dates_and_ladder() {
    let place = place(&["leaf-of-root-sha1"]);
    let ran = run(&place, &["--host", "mail.example.com"]);
    assert_eq!(ran.code(), Some(0), "{}{}", ran.printed(), ran.told());
    let printed = ran.printed();
    for part in [
        "Names: mail.example.com",
        "Valid from: 2026-01-01 00:00 UTC",
        "Valid until: 2027-01-01 00:00 UTC",
        "matches as mail.example.com",
        "|-- CN=root-sha1,O=Odd, a trusted root",
        "Nothing was found",
    ] {
        assert!(printed.contains(part), "{part}: {printed}");
    }
    let root = printed.find("a trusted root").expect("the root");
    let leaf = printed.find("|-- CN=mail.example.com").expect("the leaf");
    assert!(root < leaf, "the leaf stands at the bottom: {printed}");
    assert_eq!(ran.told(), "");
}

#[test]
fn a_broken_rung_is_marked_and_the_cure_told_in_the_language_asked_for() {
    let place = place(&["leaf-sha1"]);
    let ran = run(&place, &["--host", "imap.example.com", "--lang", "zh-CN"]);
    assert_eq!(ran.code(), Some(1), "{}", ran.told());
    let printed = ran.printed();
    for part in [
        "|XX 证书链在此断开",
        "高       cert-name-mismatch",
        "cert-chain-incomplete",
        "cert-weak-signature",
        "服务器需要更改： ",
    ] {
        assert!(printed.contains(part), "{part}: {printed}");
    }
    assert!(!printed.contains("未发现"), "{printed}");
    assert!(!printed.contains("high"), "{printed}");
}

#[test]
fn json_has_the_shape_of_the_report() {
    let place = place(&["leaf-of-root-sha1"]);
    let ran = run(
        &place,
        &["--host", "imap.example.com:995", "--format", "json"],
    );
    assert_eq!(ran.code(), Some(1), "{}", ran.told());
    let report: Value = serde_json::from_str(&ran.printed()).expect("JSON");
    assert_eq!(report["schema"], "mailfleet.report/1");
    assert_eq!(report["run"]["at"], AT);
    assert_eq!(report["run"]["clock"], "given");
    assert_eq!(report["run"]["complete"], true);
    assert_eq!(report["run"]["options"]["chain"], "chain.pem");
    assert_eq!(report["run"]["trust"]["name"], "root.pem");
    let findings = report["findings"].as_array().expect("a list");
    assert_eq!(findings.len(), 1, "{findings:?}");
    assert_eq!(findings[0]["rule"], "cert-name-mismatch");
    assert_eq!(findings[0]["subject"]["id"], "imap.example.com:995");
    assert!(findings[0]["fix"]["server"]["text_en"].is_string());
    assert_eq!(
        report["endpoints"][0]["findings"][0],
        findings[0]["fingerprint"]
    );
    assert_eq!(report["summary"]["findings"]["high"], 1);
}

#[test]
fn a_private_key_in_the_file_is_not_read_and_told_of() {
    let place = place(&["leaf-of-root-sha1"]);
    let chain = place.read("chain.pem");
    let key = "-----BEGIN PRIVATE KEY-----\nhunter2 is no base64!\n-----END PRIVATE KEY-----\n";
    place.write("chain.pem", &format!("{key}{chain}"));
    let ran = run(&place, &["--host", "mail.example.com"]);
    assert_eq!(ran.code(), Some(0), "{}", ran.told());
    assert!(ran.told().contains("private key"), "{}", ran.told());
    for said in [ran.told(), ran.printed()] {
        assert!(!said.contains("hunter2"), "{said}");
    }
}

#[test]
fn what_cannot_be_used_is_told_with_its_cure() {
    let place = place(&["leaf-of-root-sha1"]);
    place.write("key.pem", &pem("PRIVATE KEY", b"secret"));
    place.write("torn.pem", "-----BEGIN CERTIFICATE-----\nMAA=\n");
    place.write(
        "odd.pem",
        "-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----\n",
    );
    for (file, words) in [
        ("missing.pem", "check the path given to --chain"),
        ("key.pem", "holds no certificate"),
        ("torn.pem", "line 1 has no END line"),
        ("odd.pem", "line 1 is not base64"),
        (".", "cannot read the chain"),
    ] {
        let ran = place.run(&[
            "probe",
            "--chain",
            file,
            "--host",
            "a.example",
            "--trust",
            "root.pem",
        ]);
        assert_eq!(ran.code(), Some(2), "{file}: {}", ran.told());
        assert!(ran.told().contains(words), "{file}: {}", ran.told());
        assert_eq!(ran.printed(), "", "{file}");
    }
}

#[test]
fn roots_of_several_sources_count_together_and_the_one_that_holds_is_named() {
    let place = place(&["leaf-of-root-sha1"]);
    place.write("other.pem", &certificate("root"));
    let ran = run(
        &place,
        &[
            "--trust",
            "other.pem",
            "--host",
            "mail.example.com",
            "--format",
            "json",
        ],
    );
    assert_eq!(ran.code(), Some(0), "{}", ran.told());
    let report: Value = serde_json::from_str(&ran.printed()).expect("JSON");
    let trust = &report["run"]["trust"];
    assert_eq!(trust["name"], "root.pem + other.pem");
    assert_eq!(trust["certificates"], 2);
    assert_eq!(trust["newest"], "2026-01-01T00:00:00Z");
    assert_eq!(trust["sha256"].as_str().map(str::len), Some(64));
    let ran = run(
        &place,
        &["--trust", "other.pem", "--host", "mail.example.com"],
    );
    assert!(ran.printed().contains("CN=root-sha1,O=Odd, a trusted root"));
}

#[test]
fn options_that_would_mean_nothing_are_refused() {
    let place = place(&["leaf-of-root-sha1"]);
    for more in [
        &[][..],
        &["--host", "mail.example.com", "mail.example.com"],
        &["--host", "mail.example.com", "--depth", "quick"],
        &["--host", "mail.example.com", "--allow-net", "127.0.0.0/8"],
        &["--host", "mail .example.com"],
    ] {
        let ran = run(&place, more);
        assert_eq!(ran.code(), Some(2), "{more:?}: {}", ran.told());
    }
    let ran = place.run(&["probe", "--host", "mail.example.com"]);
    assert_eq!(ran.code(), Some(2), "{}", ran.told());
}
