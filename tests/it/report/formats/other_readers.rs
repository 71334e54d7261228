//! CSV, JUnit and JSON once more by the readers of another language.

use std::fs;
use std::process::Command;

use mailfleet::report::{self, FORMATS};
use mailfleet::words::Language;

use crate::report::fleet::fleet;
use crate::report::{HOSTILE, bytes};

/// Prints the number of records, that of test cases by what became of them, and that of results.
const READ: &str = r#"
import csv, json, sys
import xml.etree.ElementTree as tree
place = sys.argv[1]
for file in ("findings.csv", "account-verdicts.csv"):
    with open(f"{place}/{file}", encoding="utf-8-sig", newline="") as text:
        rows = list(csv.DictReader(text, strict=True))
    for row in rows:
        assert None not in row and None not in row.values(), row
        for cell in row.values():
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "\0")), cell
    print(len(rows))
root = tree.parse(f"{place}/report.junit.xml").getroot()
suites = [s for s in root if s.get("name") != "mailfleet run"]
cases = [case for suite in suites for case in suite]
print(len(cases), *(sum(1 for c in cases if c.find(w) is not None) for w in ("failure", "error", "skipped")))
with open(f"{place}/report.sarif", encoding="utf-8") as text:
    print(len(json.load(text)["runs"][0]["results"]))
"#;

#[test]
#[ignore = "needs Python: tests/run installs it and runs this"]
fn python_reads_as_many_rows_cases_and_results() {
    let fleet = fleet(HOSTILE);
    let source = fleet.source();
    let report = report::build(&source).expect("the totals add up");
    let place = tempfile::tempdir().expect("a directory");
    for format in FORMATS {
        let text = bytes(&source, format.file, Language::ZhCn);
        fs::write(place.path().join(format.file), text).expect("it is written");
    }
    let ran = Command::new("python3")
        .args(["-c", READ])
        .arg(place.path())
        .output()
        .expect("Python is there");
    let complaint = String::from_utf8_lossy(&ran.stderr);
    assert!(ran.status.success(), "{complaint}");
    let counts = &report.summary.accounts;
    let expected = format!(
        "{}\n{}\n{} {} {} {}\n{}\n",
        report.sizes.findings,
        report.sizes.accounts,
        counts.total,
        counts.non_compliant,
        counts.not_verified,
        counts.waived,
        report.sizes.findings + counts.not_verified,
    );
    assert_eq!(String::from_utf8_lossy(&ran.stdout), expected);
}
