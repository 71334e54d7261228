//! The workbook: texts that are texts, sheets that go on where one is full.

use std::io::{Cursor, Read};

use calamine::Data;
use mailfleet::report::{self, xlsx_split_at};
use mailfleet::words::{Language, Words};

use super::readers::sheets;
use crate::report::bytes;
use crate::report::fleet::fleet;

/// The parts of a package by name.
fn parts(workbook: Vec<u8>) -> Vec<(String, String)> {
    let mut package = zip::ZipArchive::new(Cursor::new(workbook)).expect("a package");
    let names: Vec<String> = package
        .file_names()
        .map(|name| name.expect("a name").into_owned())
        .collect();
    let mut part = |name: &String| {
        let mut text = String::new();
        let mut file = package.by_name(name).expect("a part");
        file.read_to_string(&mut text).expect("UTF-8");
        text
    };
    let texts: Vec<String> = names.iter().map(&mut part).collect();
    names.into_iter().zip(texts).collect()
}

const FORMULA: &str = "=HYPERLINK(\"https://evil.example\") https://evil.example _x0041_\0\u{202e}";

#[test]
fn nothing_in_the_workbook_is_a_formula_or_a_link() {
    let fleet = fleet(FORMULA);
    let parts = parts(bytes(&fleet.source(), "report.xlsx", Language::En));
    assert!(parts.len() > 8);
    for (name, text) in &parts {
        for element in [
            "<f>",
            "<f ",
            "<hyperlink",
            "TargetMode=\"External\"",
            "ddeLink",
        ] {
            assert!(!text.contains(element), "{element} in {name}");
        }
        assert!(
            !name.contains("externalLink") && !name.contains("vbaProject"),
            "{name}"
        );
    }
    let all = sheets(bytes(&fleet.source(), "report.xlsx", Language::En));
    let cells = all.iter().flat_map(|(_, rows)| rows).flatten();
    let texts: Vec<String> = cells.map(Data::to_string).collect();
    assert!(texts.iter().any(|text| text.contains("=HYPERLINK(")));
    assert!(texts.iter().any(|text| text.contains("\\x00\\u{202e}")));
}

#[test]
fn the_workbook_bears_the_time_of_its_run() {
    let fleet = fleet("");
    let parts = parts(bytes(&fleet.source(), "report.xlsx", Language::En));
    let core = parts.iter().find(|(name, _)| name == "docProps/core.xml");
    let core = &core.expect("the properties").1;
    assert!(core.contains("2026-11-23T17:59:10Z"), "{core}");
}

#[test]
fn a_full_sheet_goes_on_in_the_next() {
    let mut fleet = fleet("");
    fleet.grow(12);
    let source = fleet.source();
    let report = report::build(&source).expect("the totals add up");
    for language in Language::ALL {
        let words = Words::of(language);
        let mut out = Vec::new();
        xlsx_split_at(8, &report, &words, &mut out).expect("it is written");
        let name = words.say("heading-accounts", &[]);
        let sheets = sheets(out);
        let of_accounts: Vec<_> = sheets
            .iter()
            .filter(|(known, _)| *known == name || known.starts_with(&format!("{name} ")))
            .collect();
        let rows: Vec<usize> = of_accounts.iter().map(|(_, rows)| rows.len() - 1).collect();
        assert_eq!(rows, [8, 8, 4], "{language}");
        assert_eq!(of_accounts[2].0, format!("{name} 3"));
        let headers: Vec<&Vec<Data>> = of_accounts.iter().map(|(_, rows)| &rows[0]).collect();
        assert!(headers.iter().all(|header| *header == headers[0]));
        assert_eq!(headers[0][0].to_string(), words.say("column-verdict", &[]));
        let ids: std::collections::BTreeSet<String> = of_accounts
            .iter()
            .flat_map(|(_, rows)| &rows[1..])
            .map(|row| row[20].to_string())
            .collect();
        assert_eq!(ids.len(), 20, "each account once");
    }
}

#[test]
fn each_sheet_has_a_header_that_stays_and_a_filter() {
    let fleet = fleet("");
    let parts = parts(bytes(&fleet.source(), "report.xlsx", Language::ZhCn));
    let sheets: Vec<_> = parts
        .iter()
        .filter(|(name, _)| name.starts_with("xl/worksheets/"))
        .collect();
    assert_eq!(sheets.len(), 5);
    for (name, text) in sheets {
        assert!(
            text.contains("state=\"frozen\"") && text.contains("<autoFilter"),
            "{name}"
        );
    }
}
