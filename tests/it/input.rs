//! CSV files into accounts: every case under `tests/cases/csv`, the limits, hostile files, secrets.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use mailfleet::input::{Input, InputError, Limits, Note, ReadOptions, read, read_bytes};
use mailfleet::model::{Account, RowFault, Security};
use proptest::prelude::*;

const HEADER: &str = "email,protocol,host,port,security\n";

fn options() -> ReadOptions {
    ReadOptions::default()
}

fn input(text: &str) -> Input {
    read_bytes("a.csv", text.as_bytes(), &options()).expect("a usable file")
}

fn faults(input: &Input) -> Vec<(u64, RowFault)> {
    let faults = input.rejected.iter();
    faults.map(|row| (row.line, row.reason)).collect()
}

fn error_of(result: Result<Input, Vec<InputError>>) -> String {
    let errors = result.expect_err("an unusable file");
    let names: Vec<String> = errors.iter().map(variant).collect();
    names.join(" ")
}

fn variant(error: &InputError) -> String {
    let debug = format!("{error:?}");
    let is_letter = |c: char| c.is_ascii_alphanumeric();
    debug.split(|c| !is_letter(c)).next().unwrap_or("").into()
}

/// What a file gives, a line for each thing, as the `.expected` files have it.
fn summary(result: Result<Input, Vec<InputError>>) -> String {
    let mut text = String::new();
    let input = match result {
        Ok(input) => input,
        Err(errors) => {
            for error in &errors {
                let _ = writeln!(text, "error {}", variant(error));
            }
            return text;
        }
    };
    for file in &input.files {
        let _ = writeln!(
            text,
            "rows {} accepted {} rejected {}",
            file.rows, file.accepted, file.rejected
        );
        let columns = file.columns.iter().map(|column| match column.field {
            _ if column.secret => "SECRET",
            Some(field) => field,
            None => "-",
        });
        let columns: Vec<&str> = columns.collect();
        let _ = writeln!(text, "columns {}", columns.join(" "));
    }
    for account in &input.accounts {
        let _ = writeln!(text, "account {}", account_line(account));
    }
    for row in &input.rejected {
        let _ = writeln!(text, "rejected {} {}", row.line, row.reason.word());
    }
    for note in &input.notes {
        let _ = writeln!(text, "note {}", note.word());
    }
    text
}

fn account_line(account: &Account) -> String {
    let person = &account.person;
    let who = [&person.email, &person.employee, &person.department];
    let who: Vec<&str> = who.into_iter().flatten().map(|text| &**text).collect();
    let port = account.port.map_or("?".into(), |port| port.to_string());
    let lines: Vec<String> = account.sources.iter().map(|s| s.line.to_string()).collect();
    let mut line = format!(
        "{} | {} {} {port} {} | lines {}",
        who.join(", "),
        account.protocol.map_or("?", |protocol| protocol.word()),
        account.host,
        account.security.word(),
        lines.join(" ")
    );
    for field in &account.inferred {
        let _ = write!(line, " | inferred {}", field.word());
    }
    if account.accepts_any_certificate {
        line.push_str(" | any certificate");
    }
    for told in [&account.client, &account.language].into_iter().flatten() {
        let _ = write!(line, " | {told}");
    }
    line
}

#[test]
fn every_file_gives_what_is_expected_of_it() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/csv");
    let mut seen = 0;
    let mut wrong = String::new();
    for entry in fs::read_dir(folder).expect("the folder of the cases") {
        let path = entry.expect("an entry").path();
        if path.extension().is_none_or(|extension| extension != "csv") {
            continue;
        }
        seen += 1;
        let found = summary(read(std::slice::from_ref(&path), &options()));
        let expected = fs::read_to_string(path.with_extension("expected")).unwrap_or_default();
        if found != expected {
            let _ = writeln!(
                wrong,
                "{}\n--- expected\n{expected}--- found\n{found}",
                path.display()
            );
        }
    }
    assert!(seen >= 30, "only {seen} cases were found");
    assert!(wrong.is_empty(), "{wrong}");
}
