//! What is accepted for one account, in each format; and what groups are asked.

use mailfleet::model::{Excuse, GroupUse, Severity};
use mailfleet::policy::{Group, Members, Setting};
use mailfleet::words::Language;
use serde_json::Value as Json;

use super::readers::property;
use crate::report::fleet::{Fleet, fleet};
use crate::report::written;

const SAID: &str = "Accepted until 2027-01-01 by J. Doe: replaced in January";
const UNTIL: &str = "Accepted until 2027-01-01";

/// The fleet with waivers for single accounts: both findings of the waived one, and one of two of the
/// first.
fn excused() -> Fleet {
    let mut fleet = fleet("");
    for (account, findings) in [(4, [1, 9].as_slice()), (0, &[2])] {
        for &finding in findings {
            fleet.judgement.findings[finding as usize].waiver = None;
            let excuse = Excuse { finding, waiver: 0 };
            fleet.judgement.accounts[account].excused.push(excuse);
        }
    }
    fleet
}

#[test]
fn the_row_of_an_account_names_what_is_accepted_for_it_alone() {
    let fleet = excused();
    let markdown = written(&fleet.source(), "report.md", Language::En);
    let of = |person: &str| {
        let mut rows = markdown.lines().filter(|line| line.starts_with("| "));
        rows.rfind(|row| row.contains(person))
            .expect("a row")
            .to_owned()
    };
    assert!(of("p0@").contains(UNTIL), "{}", of("p0@"));
    assert!(!of("p1@").contains(UNTIL), "{}", of("p1@"));
    let html = written(&fleet.source(), "report.html", Language::En);
    let rows: Vec<&str> = html
        .split("<tr>")
        .filter(|row| row.contains(UNTIL))
        .collect();
    assert!(rows.iter().any(|row| row.contains("p0@")), "{rows:?}");
    let report = json(&fleet, "report.json");
    let accepted = &report["accounts"][0]["accepted"][0];
    assert_eq!(accepted["approved_by"], "J. Doe");
    assert_eq!(report["accounts"][1]["accepted"], Json::Array(Vec::new()));
}

fn json(fleet: &Fleet, file: &str) -> Json {
    let text = written(&fleet.source(), file, Language::En);
    serde_json::from_str(&text).expect("JSON")
}

#[test]
fn what_is_waived_for_an_account_is_never_why_it_fails() {
    let fleet = excused();
    let junit = written(&fleet.source(), "report.junit.xml", Language::En);
    assert!(junit.contains(&format!("<skipped message=\"{SAID}\"/>")));
    let first = junit.split("<testcase").find(|case| case.contains("p0@"));
    let first = first.expect("the first account");
    assert!(
        first.contains("<failure type=\"cleartext-configured\""),
        "{first}"
    );
    let waived = first
        .lines()
        .find(|line| line.contains(": wrong-protocol") || line.contains("wrong-protocol:"));
    assert!(waived.is_some_and(|line| line.ends_with(SAID)), "{first}");
}

#[test]
fn what_breaks_nothing_fails_no_run_and_what_does_is_no_remark() {
    let mut fleet = fleet("");
    // Grave, and yet accepted by the settings by which it was judged.
    fleet.judgement.findings[0].breach = false;
    fleet.judgement.accounts[7].findings = vec![8];
    let remark = 10;
    fleet.judgement.findings[remark].breach = true;
    fleet.judgement.accounts[5].findings.clear();
    let junit = written(&fleet.source(), "report.junit.xml", Language::En);
    assert!(!junit.contains("no-encryption old.example:110"));
    assert!(junit.contains("unreachable far.example:993"));
    let sarif = json(&fleet, "report.sarif");
    let result = &sarif["runs"][0]["results"][remark];
    assert_eq!(
        (&result["kind"], &result["level"]),
        (&"fail".into(), &"note".into())
    );
}

#[test]
fn a_waiver_for_an_account_is_told_with_reason_and_approver() {
    let fleet = excused();
    let sarif = json(&fleet, "report.sarif");
    let result = &sarif["runs"][0]["results"][1];
    assert_eq!(result["ruleId"], "cert-expired");
    // A suppression would hide it for others, too.
    assert_eq!(result["suppressions"], Json::Array(Vec::new()));
    let accepted = &result["properties"]["acceptedFor"][0];
    assert_eq!(accepted["accounts"], 1);
    assert_eq!(accepted["approvedBy"], "J. Doe");
    assert_eq!(accepted["justification"], "replaced in January");

    let oscal = json(&fleet, "report.oscal.json");
    let result = &oscal["assessment-results"]["results"][0];
    let list = |key: &str| result[key].as_array().expect(key).iter();
    let waived = list("findings").find(|one| property(one, "verdict") == Some("waived"));
    let related = waived.expect("the waived account")["related-risks"].as_array();
    let related = related.expect("its risks");
    assert_eq!(related.len(), 2);
    for one in related {
        let risk = list("risks").find(|risk| risk["uuid"] == one["risk-uuid"]);
        let statement = risk.expect("a risk")["statement"].as_str().expect("text");
        assert!(statement.contains("replaced in January") && statement.contains("J. Doe"));
    }
}

/// The fleet with a group that is not asked two rules, and one rule off for everyone.
fn grouped() -> Fleet {
    let mut fleet = fleet("");
    let off = || Setting {
        off: true,
        ..Setting::default()
    };
    fleet.policy.rules.insert("no-aead", off());
    let mut lax = fleet.policy.clone();
    lax.rules.insert("no-encryption", off());
    let graver = Setting {
        severity: Some(Severity::Low),
        ..Setting::default()
    };
    lax.rules.insert("cert-expired", graver);
    lax.rules.remove("no-aead");
    for (name, accounts) in [("Finance", 3), ("Nobody", 0)] {
        fleet.policy.groups.push(Group {
            name: name.to_owned(),
            members: Members::default(),
            policy: lax.clone(),
        });
        fleet.judgement.groups.push(GroupUse {
            name: name.to_owned(),
            accounts,
            elsewhere: 0,
        });
    }
    fleet
}

#[test]
fn only_what_everyone_was_asked_is_reviewed_for_everyone() {
    let oscal = json(&grouped(), "report.oscal.json");
    let reviewed = &oscal["assessment-results"]["results"][0]["reviewed-controls"];
    let selections = reviewed["control-selections"]
        .as_array()
        .expect("selections");
    let has = |place: usize, rule: &str| {
        let controls = selections[place]["include-controls"].as_array();
        let mut controls = controls.expect("controls").iter();
        controls.any(|control| control["control-id"] == rule)
    };
    assert_eq!(
        selections.len(),
        3,
        "a group without accounts reviews nothing"
    );
    let told = ["no-encryption", "no-aead", "cert-expired"]
        .map(|rule| [0, 1, 2].map(|place| has(place, rule)));
    assert_eq!(
        told,
        [[false, true, false], [false, false, true], [true; 3]]
    );
    assert_eq!(property(&selections[2], "group"), Some("Finance"));
    assert_eq!(property(&selections[2], "accounts"), Some("3"));
    assert_eq!(property(&selections[1], "accounts"), Some("5"));
}

#[test]
fn what_a_group_changes_is_an_override_that_names_it() {
    let sarif = json(&grouped(), "report.sarif");
    let overrides = &sarif["runs"][0]["invocations"][0]["ruleConfigurationOverrides"];
    let said: Vec<String> = overrides
        .as_array()
        .expect("overrides")
        .iter()
        .map(|one| {
            let configuration = &one["configuration"];
            let group = &one["properties"]["group"];
            format!(
                "{} {} {} {group}",
                one["descriptor"]["id"].as_str().expect("an id"),
                configuration["enabled"],
                configuration["level"]
            )
        })
        .collect();
    let mut sorted = said.clone();
    sorted.sort();
    assert_eq!(
        sorted,
        [
            "cert-expired null \"note\" \"Finance\"",
            "no-aead false null null",
            "no-aead true \"warning\" \"Finance\"",
            "no-encryption false null \"Finance\"",
        ]
    );
}

#[test]
fn short_forms_say_what_the_policy_leaves_out() {
    let fleet = grouped();
    let rules = mailfleet::rules::RULES.len();
    let brief = written(&fleet.source(), "brief.md", Language::En);
    let line = format!(
        "1 of {rules} rules is off; 3 accounts were judged by groups with settings of their own."
    );
    assert!(brief.contains(&line), "{brief}");
    let zh = written(&fleet.source(), "brief.md", Language::ZhCn);
    assert!(
        zh.contains(&format!(
            "{rules} 条规则中有 1 条已关闭；3 个账户按另有设置的分组判定。"
        )),
        "{zh}"
    );
    let prometheus = written(&fleet.source(), "report.prom", Language::En);
    assert!(prometheus.contains("\nmailfleet_policy_rules{asked=\"false\"} 1\n"));
    assert!(prometheus.contains(&format!(
        "\nmailfleet_policy_rules{{asked=\"true\"}} {}\n",
        rules - 1
    )));
    assert!(prometheus.contains("\nmailfleet_accounts_judged_by_groups 3\n"));
}
