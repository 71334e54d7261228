//! One fleet, every format, one set of counts; and each verdict where report.md of the design puts it.

use std::collections::BTreeSet;

use mailfleet::model::{AccountVerdict, Severity};
use mailfleet::report::Source;
use mailfleet::words::Language;
use serde_json::Value as Json;

use super::readers::{self, Counts};
use crate::report::fleet::fleet;
use crate::report::{HOSTILE, written};

/// What the judgement itself holds.
fn truth(source: &Source<'_>) -> Counts {
    let judgement = source.judgement;
    let verdict = |word: &str| {
        let judged = judgement.accounts.iter();
        judged
            .filter(|one| one.verdict.word().word() == word)
            .count()
    };
    let severity = |severity: Severity| {
        let findings = judgement.findings.iter();
        findings.filter(|one| one.severity == severity).count()
    };
    let waived = judgement.findings.iter().filter(|one| one.waiver.is_some());
    Counts {
        verdicts: readers::VERDICTS.map(verdict),
        severities: Some(Severity::WORST_FIRST.map(severity)),
        waived_findings: Some(waived.count()),
    }
}

fn all_agree(source: &Source<'_>) {
    let truth = truth(source);
    let mut said = vec![
        ("report.json", readers::report_json(source)),
        ("csv", readers::csv(source)),
        ("sarif", readers::sarif(source)),
        ("sarif with passes", readers::sarif_with_passes(source)),
        ("junit", readers::junit(source)),
        ("oscal", readers::oscal(source)),
        ("prometheus", readers::prometheus(source)),
    ];
    for language in Language::ALL {
        said.push(("xlsx", readers::xlsx(source, language)));
        if truth.verdicts.iter().sum::<usize>() > 0 {
            said.push(("brief", readers::brief(source, language)));
        }
    }
    for (format, counts) in said {
        assert_eq!(counts.verdicts, truth.verdicts, "{format}");
        if counts.severities.is_some() {
            assert_eq!(counts.severities, truth.severities, "{format}");
            assert_eq!(counts.waived_findings, truth.waived_findings, "{format}");
        }
    }
}

#[test]
fn every_format_counts_the_same() {
    for text in ["", HOSTILE] {
        let mut fleet = fleet(text);
        let verdicts = truth(&fleet.source()).verdicts;
        assert!(verdicts.iter().all(|count| *count > 0), "{verdicts:?}");
        all_agree(&fleet.source());
        all_agree(&fleet.finished());
        fleet.grow(200);
        all_agree(&fleet.source());
    }
}

#[test]
fn a_fleet_of_which_nothing_was_verified_is_green_nowhere() {
    let mut fleet = fleet("");
    fleet.verify_nothing();
    let source = fleet.finished();
    all_agree(&source);
    assert_eq!(readers::junit(&source).verdicts, [0, 0, 8, 0]);
    // That nothing was verified is the run's own case, and no account's.
    let junit = readers::junit_report(&source);
    let run = &junit.test_suites[0];
    assert_eq!(run.name.as_str(), "mailfleet run");
    assert!(run.errors > 0);
    assert_eq!(junit.tests - run.tests, 8);
    assert_eq!(junit.errors - run.errors, 8);
    let oscal = written(&source, "report.oscal.json", Language::En);
    assert!(!oscal.contains("\"satisfied\"") && !oscal.contains("not-satisfied"));
    let prometheus = readers::samples(&written(&source, "report.prom", Language::En));
    let success = prometheus
        .iter()
        .any(|(name, ..)| name == "mailfleet_last_success_timestamp_seconds");
    assert!(!success, "a run that verified nothing is no success");
    let sarif: Json =
        serde_json::from_str(&written(&source, "report.sarif", Language::En)).expect("JSON");
    let results = sarif["runs"][0]["results"].as_array().expect("results");
    assert!(results.iter().all(|result| result["kind"] != "pass"));
}

#[test]
fn each_verdict_stands_where_the_design_puts_it() {
    let fleet = fleet("");
    let source = fleet.finished();
    let accounts = source.accounts.iter().zip(&source.judgement.accounts);
    let ids = |wanted: fn(&AccountVerdict) -> bool| -> BTreeSet<String> {
        let those = accounts
            .clone()
            .filter(|(_, judged)| wanted(&judged.verdict));
        those.map(|(account, _)| account.id.to_string()).collect()
    };
    let open = ids(|verdict| matches!(verdict, AccountVerdict::NotVerified(_)));
    let sarif: Json =
        serde_json::from_str(&written(&source, "report.sarif", Language::En)).expect("JSON");
    let run = &sarif["runs"][0];
    let results = run["results"].as_array().expect("results");
    let mut found = BTreeSet::new();
    for result in results.iter().filter(|result| result["kind"] == "open") {
        let id = result["partialFingerprints"]["mailfleetAccount/v1"].as_str();
        found.insert(id.expect("an id").to_owned());
        assert_eq!(result["level"], "none");
        assert!(!result["properties"]["reason"].is_null());
        let index = result["ruleIndex"].as_u64().expect("an index") as usize;
        assert_eq!(
            run["tool"]["driver"]["rules"][index]["id"],
            result["ruleId"]
        );
    }
    assert_eq!(found, open);
    for result in results.iter().filter(|result| result["kind"] == "fail") {
        let index = result["ruleIndex"].as_u64().expect("an index") as usize;
        assert_eq!(
            run["tool"]["driver"]["rules"][index]["id"],
            result["ruleId"]
        );
        let place = &result["locations"][0];
        let is_account = place["logicalLocations"][0]["kind"] == "account";
        assert_eq!(
            place["physicalLocation"].is_object(),
            is_account,
            "{result}"
        );
    }
    let waived = results
        .iter()
        .find(|result| result["ruleId"] == "cert-expired");
    let waived = waived.expect("the waived finding");
    assert_eq!(waived["kind"], "fail");
    assert_eq!(waived["level"], "error");
    assert_eq!(waived["suppressions"][0]["status"], "accepted");
    assert_eq!(
        waived["suppressions"][0]["justification"],
        "replaced in January"
    );

    let mended = results
        .iter()
        .find(|result| result["ruleId"] == "wrong-protocol");
    let fix = &mended.expect("a finding with a fix")["properties"]["fix"];
    assert_eq!(fix["settings"]["port"], 995);
    assert_eq!(fix["provenAt"], "2026-11-23T17:58:30Z");

    let junit = written(&source, "report.junit.xml", Language::En);
    assert!(junit.contains("<error type=\"unreachable\""));
    assert!(junit.contains("<failure type=\"wrong-protocol\""));
    assert!(junit.contains(
        "<skipped message=\"Accepted until 2026-12-01 by J. Doe: replaced in January\"/>"
    ));

    let oscal: Json =
        serde_json::from_str(&written(&source, "report.oscal.json", Language::En)).expect("JSON");
    let result = &oscal["assessment-results"]["results"][0];
    for risk in result["risks"].as_array().expect("risks") {
        assert_eq!(risk["status"], "deviation-approved");
        assert_eq!(risk["deadline"], "2026-12-01T23:59:59Z");
    }
    let judged: BTreeSet<String> = result["findings"]
        .as_array()
        .expect("findings")
        .iter()
        .map(|finding| {
            readers::property(finding, "account")
                .expect("an id")
                .to_owned()
        })
        .collect();
    assert!(judged.is_disjoint(&open));
    assert_eq!(judged.len() + open.len(), source.accounts.len());
}

#[test]
fn a_breach_of_no_account_fails_a_case_of_its_own() {
    let mut fleet = fleet("");
    for judged in &mut fleet.judgement.accounts {
        judged.findings.retain(|&finding| finding != 0);
    }
    let report = readers::junit_report(&fleet.finished());
    let run = &report.test_suites[0];
    assert_eq!(run.name.as_str(), "mailfleet run");
    assert_eq!((run.tests, run.failures), (1, 1));
    assert!(run.test_cases[0].name.as_str().contains("old.example:110"));
}
