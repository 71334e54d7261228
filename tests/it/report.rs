//! The report of a small fleet in every format: equal counts, and nothing that can run or break out.

mod fleet;

use std::collections::BTreeSet;

use fleet::fleet;
use mailfleet::report::{self, FORMATS, Source};
use mailfleet::words::{Language, Words};

/// The string of threat model C, and what Markdown readers make links and mentions of.
const HOSTILE: &str = "\u{1b}[2J\u{1b}]0;x\u{7}<script>alert(1)</script>\"'` ``` | * _a_ [x](javascript:1) \
    =cmd\0\r\n\u{202e}\u{2028}\u{feff} @name #12 https://evil.example <!-- --> ~~~ </table> \\ &lt; \u{e001}COMPLIANT";

fn written(source: &Source<'_>, file: &str, language: Language) -> String {
    let report = report::build(source).expect("the totals add up");
    let format = FORMATS
        .iter()
        .find(|format| format.file == file)
        .expect("a known format");
    let mut out = Vec::new();
    (format.write)(&report, &Words::of(language), &mut out).expect("it is written");
    String::from_utf8(out).expect("it is UTF-8")
}

/// Writes the sample fleet's files into the directory that MAILFLEET_SAMPLE_DIR names.
#[test]
#[ignore = "writes files to look at: MAILFLEET_SAMPLE_DIR=DIR cargo test --test it sample -- --ignored"]
fn sample_files() {
    let directory =
        std::env::var("MAILFLEET_SAMPLE_DIR").expect("MAILFLEET_SAMPLE_DIR names a directory");
    let fleets = [("clean", fleet("")), ("hostile", fleet(HOSTILE))];
    for (name, fleet) in &fleets {
        for language in Language::ALL {
            for format in FORMATS {
                let source = if *name == "clean" {
                    fleet.finished()
                } else {
                    fleet.source()
                };
                let path = format!("{directory}/{name}-{language}-{}", format.file);
                std::fs::write(path, written(&source, format.file, language))
                    .expect("the file is written");
            }
        }
    }
}
