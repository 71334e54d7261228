//! That a run is incomplete stands in every format, and in none of a run that came to its end.

use mailfleet::report::{FORMATS, Source};
use mailfleet::words::{Language, Words};
use serde_json::Value as Json;

use super::readers::{junit_report, property, samples, sheets};
use crate::report::fleet::fleet;
use crate::report::{bytes, written};

fn says_incomplete(source: &Source<'_>, file: &str) -> bool {
    let banner = Words::of(Language::En).say("banner-incomplete", &[]);
    let text = || written(source, file, Language::En);
    let json = || -> Json { serde_json::from_str(&text()).expect("JSON") };
    match file {
        "report.html" | "report.md" => text().contains(&banner),
        "brief.md" => text().starts_with("> - ") && text().contains(&banner),
        "report.json" => json()["run"]["complete"] == false,
        "findings.csv" | "account-verdicts.csv" => {
            text().lines().skip(1).all(|line| line.ends_with(",false"))
        }
        "report.sarif" => {
            let invocation = &json()["runs"][0]["invocations"][0];
            let told = &invocation["toolExecutionNotifications"][0];
            invocation["executionSuccessful"] == false
                && told["level"] == "error"
                && told["message"]["text"] == banner
        }
        "report.junit.xml" => {
            let report = junit_report(source);
            let first = report.test_suites.first().expect("a suite");
            first.name.as_str() == "mailfleet run" && first.errors > 0
        }
        "report.prom" => {
            let samples = samples(&text());
            let of = |name: &str| samples.iter().find(|sample| sample.0 == name);
            let complete = of("mailfleet_run_complete").expect("a sample").2;
            let success = of("mailfleet_last_success_timestamp_seconds");
            assert_eq!(complete == 1.0, success.is_some());
            complete == 0.0
        }
        "report.oscal.json" => {
            let json = json();
            let result = &json["assessment-results"]["results"][0];
            let told = result["description"].as_str().expect("a description");
            let plain = told.replace('\\', "");
            property(result, "complete") == Some("false") && plain.starts_with(&banner)
        }
        "report.xlsx" => {
            let sheets = sheets(bytes(source, file, Language::En));
            sheets[0].1[1][1].to_string() == banner
        }
        other => panic!("how does {other} say that a run is incomplete?"),
    }
}

#[test]
fn an_incomplete_run_is_told_in_every_format() {
    let fleet = fleet("");
    for format in FORMATS {
        assert!(
            says_incomplete(&fleet.source(), format.file),
            "{}",
            format.file
        );
        assert!(
            !says_incomplete(&fleet.finished(), format.file),
            "{}",
            format.file
        );
    }
}
