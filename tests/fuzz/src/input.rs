//! What people hand over: accounts, a host, a policy.

use std::collections::HashSet;
use std::io::{Cursor, Write as _};

use mailfleet::input::{Limits, ReadOptions, read_bytes};
use mailfleet::model::{Host, is_plain};
use mailfleet::{policy, rules};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// A file of accounts, in any encoding: once with limits that it cannot reach, once with limits that it can.
pub fn csv(bytes: &[u8]) {
    accounts(bytes, Limits::default());
    accounts(bytes, small());
}

/// The sheet of a workbook, and behind a NUL its shared strings.
pub fn workbook(bytes: &[u8]) {
    let mut parts = bytes.splitn(2, |byte| *byte == 0);
    let sheet = parts.next().unwrap_or_default();
    let strings = parts.next().unwrap_or_default();
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in [
        (
            "_rels/.rels",
            &b"<r><Relationship Type='/officeDocument' Target='b'/></r>"[..],
        ),
        (
            "_rels/b.rels",
            b"<r><Relationship Id='s' Type='/worksheet' Target='s'/>\
              <Relationship Type='/sharedStrings' Target='t'/></r>",
        ),
        ("b", b"<b><sheet name='s' id='s'/></b>"),
        ("s", sheet),
        ("t", strings),
    ] {
        let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        archive.start_file(name, stored).expect("a part");
        archive.write_all(bytes).expect("into memory");
    }
    let bytes = archive.finish().expect("into memory").into_inner();
    accounts(&bytes, Limits::default());
    accounts(&bytes, small());
}

fn small() -> Limits {
    Limits {
        file: 2_000,
        record: 200,
        field: 40,
        columns: 10,
        rows: 5,
        endless_line: 400,
        workbook: 10_000,
        inflated: 20_000,
        strings: 1_000,
    }
}

/// Every row is accounted for (threat model K1).
fn accounts(bytes: &[u8], limits: Limits) {
    let options = ReadOptions {
        limits,
        ..ReadOptions::default()
    };
    let input = match read_bytes("accounts.csv", bytes, &options) {
        Ok(input) => input,
        Err(errors) => {
            assert!(!errors.is_empty());
            for error in errors {
                shows(&error.to_string());
            }
            return;
        }
    };
    let file = &input.files[0];
    assert_eq!(file.rows, file.accepted + file.rejected);
    assert_eq!(file.rejected, input.rejected.len() as u64);
    let lines = 1 + bytes
        .iter()
        .filter(|byte| matches!(byte, b'\n' | b'\r'))
        .count() as u64;
    let mut from = HashSet::new();
    for account in &input.accounts {
        assert!(!account.sources.is_empty());
        from.extend(account.sources.iter().map(|place| place.line));
        stable(&account.host);
        assert_ne!(account.port, Some(0));
    }
    assert_eq!(
        from.len() as u64,
        file.accepted,
        "a row gives accounts or is rejected"
    );
    for rejected in &input.rejected {
        assert!(!from.contains(&rejected.line), "a row is both");
        from.insert(rejected.line);
    }
    if !bytes.starts_with(b"PK") {
        assert!(from.iter().all(|line| (1..=lines).contains(line)));
    }
}

/// A host cell.
pub fn host(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    match text.parse::<Host>() {
        Ok(host) => {
            stable(&host);
            let _ = host.is_public_suffix();
            if let (Some(name), Some(domain)) = (host.name(), host.registrable_domain()) {
                assert!(name.ends_with(domain));
            }
        }
        Err(error) => shows(&error.to_string()),
    }
}

/// What is printed reads back as the same host, and shows as itself.
fn stable(host: &Host) {
    let printed = host.to_string();
    assert_eq!(printed.parse().as_ref(), Ok(host), "{printed:?}");
    assert!(
        printed.bytes().all(|byte| byte.is_ascii_graphic()),
        "{printed:?}"
    );
    if let Host::Name(name) = host {
        assert!(name.len() <= 253 && name.split('.').all(|label| (1..64).contains(&label.len())));
        assert_eq!(name.to_lowercase(), **name);
    }
}

fn shows(text: &str) {
    assert!(text.chars().all(is_plain), "{text:?}");
}

/// A policy file: valid, or each mistake with a place that is in the file.
pub fn policy(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let known: Vec<&str> = rules::RULES.iter().map(|rule| rule.id).collect();
    let mistakes = match policy::read("policy.toml", text, &known) {
        Ok(policy) => {
            assert!(!policy.name.trim().is_empty());
            assert!(policy.thresholds.expiry_urgent_days <= policy.thresholds.expiry_days);
            assert!(known.iter().any(|rule| policy.asks(rule)));
            return;
        }
        Err(mistakes) => mistakes,
    };
    assert!(!mistakes.mistakes.is_empty());
    let lines: Vec<&str> = text.split('\n').collect();
    for mistake in &mistakes.mistakes {
        shows(&mistake.what);
        shows(&mistake.cure);
        if mistake.line > 0 {
            let line = lines.get(mistake.line - 1).expect("a line of the file");
            assert!((1..=line.chars().count() + 1).contains(&mistake.column));
        }
    }
}
