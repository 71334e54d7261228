//! The formats for machines, the workbook and the short form: each read by another reader than its
//! writer, and all with the same counts.

mod accepted;
mod brief;
mod counts;
mod doubts;
mod escapes;
mod other_readers;
mod readers;
mod schemas;
mod workbook;

use mailfleet::report::FORMATS;

#[test]
fn what_is_not_asked_for_is_not_written_by_default() {
    let asked = |names: &[&str]| -> Vec<&str> {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        let formats = FORMATS.iter().filter(|format| format.is_asked(&names));
        formats.map(|format| format.file).collect()
    };
    assert_eq!(
        asked(&[]),
        [
            "report.html",
            "report.md",
            "report.json",
            "findings.csv",
            "account-verdicts.csv"
        ]
    );
    assert_eq!(
        asked(&["csv", "oscal"]),
        ["findings.csv", "account-verdicts.csv", "report.oscal.json"]
    );
    for name in ["brief", "sarif", "junit", "prometheus", "oscal", "xlsx"] {
        assert_eq!(asked(&[name]).len(), 1, "{name}");
    }
}
