//! The demo's fleet in this process, for the program in another one to audit.

use std::io::Write as _;

use jiff::Timestamp;
use mailfleet::demo::Fleet;

use super::{Place, Ran};

/// A running fleet and the options that lead to it.
pub struct Audited {
    pub fleet: Fleet,
    pub options: Vec<String>,
    runtime: tokio::runtime::Runtime,
}

impl Audited {
    /// Starts the fleet and writes its root and its accounts into the place.
    pub fn start(place: &Place) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .expect("a runtime");
        let fleet = runtime
            .block_on(Fleet::start(Timestamp::now()))
            .expect("the fleet starts");
        std::fs::write(place.path("root.der"), fleet.root()).expect("written");
        place.write("accounts.csv", mailfleet::demo::ACCOUNTS_CSV);
        let mut options: Vec<String> = ["--allow-net", "127.0.0.0/8", "--interval", "0"]
            .into_iter()
            .chain(["--per-host", "16", "--retries", "0", "--trust", "root.der"])
            .map(str::to_owned)
            .collect();
        for (endpoint, address) in fleet.connect_to() {
            options.push("--connect-to".to_owned());
            options.push(format!("{endpoint}:{address}"));
        }
        options.push("--connect-to".to_owned());
        options.push(format!("::{}", fleet.nowhere()));
        Audited {
            fleet,
            options,
            runtime,
        }
    }

    /// Audits the fleet's accounts with these options besides.
    pub fn audit(&self, place: &Place, besides: &[&str]) -> Ran {
        let mut arguments = vec!["audit", "accounts.csv"];
        arguments.extend(self.options.iter().map(String::as_str));
        arguments.extend_from_slice(besides);
        place.run(&arguments)
    }

    /// Ends the fleet, as a power cut would.
    pub fn stop(self) {
        drop(self.fleet);
        self.runtime.shutdown_background();
    }
}

#[test]
fn the_demo_does_the_main_job_and_ends_with_0() {
    let place = Place::new();
    let ran = place.run(&["demo", "--out", "demo-report"]);
    assert_eq!(ran.code(), Some(0), "{}", ran.told());
    assert!(ran.told().contains("exit status 1"), "{}", ran.told());
    for file in [
        "report.html",
        "report.md",
        "report.json",
        "findings.csv",
        "account-verdicts.csv",
        "observations.ndjson",
        "manifest.json",
    ] {
        let bytes = place.read(&format!("demo-report/{file}")).len();
        assert!(bytes > 100, "{file} has {bytes} bytes");
    }
}

#[test]
fn formats_on_request_are_written_and_stand_in_the_manifest() {
    let place = Place::new();
    let asked = "brief,sarif,junit,prometheus,oscal,xlsx";
    let ran = place.run(&["demo", "--out", "out", "--format", asked]);
    assert_eq!(ran.code(), Some(0), "{}", ran.told());
    let manifest = place.read("out/manifest.json");
    for format in mailfleet::report::FORMATS {
        let is_asked = asked.split(',').any(|name| name == format.name);
        let is_there = place.path("out").join(format.file).exists();
        assert_eq!(is_there, is_asked, "{}", format.file);
        assert_eq!(manifest.contains(format.file), is_asked, "{}", format.file);
        let help = place.run(&["audit", "--help"]).printed();
        assert!(help.contains(format.name), "{help}");
    }
}

#[test]
fn the_founding_case_is_found_and_cured_in_one_run() {
    let place = Place::new();
    let audited = Audited::start(&place);
    let ran = audited.audit(&place, &["--out", "out"]);
    assert_eq!(ran.code(), Some(1), "{}", ran.told());
    let report = place.report("out");
    let cured: Vec<_> = report["findings"]
        .as_array()
        .expect("findings")
        .iter()
        .filter(|finding| finding["rule"] == "cleartext-configured")
        .collect();
    assert_eq!(cured.len(), 10);
    for finding in cured {
        let verified = &finding["fix"]["verified"];
        assert_eq!(verified["endpoint"], "mail.yourcompany.example:995");
        assert!(
            verified["at"]
                .as_str()
                .is_some_and(|at| at.starts_with("20"))
        );
    }
    let html = place.read("out/report.html");
    assert!(html.contains("mail.yourcompany.example"));
}

#[test]
fn judging_again_needs_no_servers_and_gives_the_same_bytes() {
    let place = Place::new();
    let audited = Audited::start(&place);
    assert_eq!(audited.audit(&place, &["--out", "out"]).code(), Some(1));
    audited.stop();
    let judge = |out: &str, besides: &[&str]| {
        let mut arguments = vec![
            "judge",
            "out/observations.ndjson",
            "--accounts",
            "accounts.csv",
        ];
        arguments.extend(["--trust", "root.der", "--out", out]);
        arguments.extend_from_slice(besides);
        place.run(&arguments).code()
    };
    assert_eq!(judge("one", &[]), Some(1));
    assert_eq!(judge("two", &[]), Some(1));
    let one = place.read("one/report.json");
    assert_eq!(one, place.read("two/report.json"));
    assert_eq!(
        one,
        place.read("out/report.json"),
        "the audit's own judgement differs"
    );

    assert_eq!(judge("later", &["--at", "2037-01-01T00:00:00Z"]), Some(1));
    let expired = |report: &serde_json::Value| {
        let findings = report["findings"].as_array().expect("findings");
        findings
            .iter()
            .filter(|f| f["rule"] == "cert-expired")
            .count()
    };
    assert!(expired(&place.report("later")) > expired(&place.report("out")));
}

#[test]
fn a_word_of_each_language_is_in_its_report() {
    let place = Place::new();
    let audited = Audited::start(&place);
    let mut stdout = std::io::stdout();
    for (language, word) in [("en", "non-compliant"), ("zh-CN", "不合规")] {
        let ran = audited.audit(&place, &["--lang", language, "--out", language]);
        writeln!(stdout, "{}", ran.told()).expect("said");
        for file in ["report.html", "report.md"] {
            assert!(
                place.read(&format!("{language}/{file}")).contains(word),
                "{file}"
            );
        }
    }
    let numbers = |language: &str| place.report(language)["summary"].clone();
    assert_eq!(numbers("en"), numbers("zh-CN"));
}
