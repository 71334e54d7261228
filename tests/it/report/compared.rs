//! The matrix of several policies and the section on what would fail, in every format.

use std::collections::{BTreeMap, BTreeSet};

use mailfleet::policy;
use mailfleet::report::PolicyRow;
use mailfleet::rules::RULES;
use mailfleet::words::{Language, Words};
use serde_json::Value;

use super::fleet::fleet;
use super::{HOSTILE, as_json, written};

fn rows<'j>(json: &'j Value, policy: &str) -> BTreeMap<&'j str, &'j Value> {
    let all = json["comparison"].as_array().expect("rows");
    all.iter()
        .filter(|row| row["policy"] == policy)
        .map(|row| (row["rule"].as_str().expect("a rule"), row))
        .collect()
}

#[test]
fn the_matrix_can_be_recounted_from_the_findings() {
    let fleet = fleet("");
    let json = as_json(&fleet.source());
    let (first, other) = (rows(&json, "rfc8314"), rows(&json, "stricter"));
    assert_eq!((first.len(), other.len()), (RULES.len(), RULES.len()));
    let findings = json["findings"].as_array().expect("findings");
    let accounts = json["accounts"].as_array().expect("accounts");
    for (rule, row) in &first {
        let of_rule: BTreeSet<&str> = findings
            .iter()
            .filter(|finding| finding["rule"] == *rule)
            .map(|finding| finding["fingerprint"].as_str().expect("a fingerprint"))
            .collect();
        let touched = accounts.iter().filter(|account| {
            let mut own = account["findings"].as_array().expect("a list").iter();
            own.any(|own| of_rule.contains(own.as_str().expect("a fingerprint")))
        });
        match row["state"].as_str() {
            Some("not-determined" | "not-asked-in-this-run") => {
                assert!(of_rule.is_empty(), "{rule}")
            }
            _ => {
                assert_eq!(row["violations"], of_rule.len(), "{rule}");
                assert_eq!(row["accounts"], touched.count(), "{rule}");
            }
        }
    }
    // What a waiver accepts breaks nothing.
    assert_eq!(first["cert-expired"]["violations"], 1);
    assert_eq!(first["cert-expired"]["breaches"], 0);
    assert_eq!(other["tls-version-outdated"]["violations"], 1);
    assert_eq!(other["tls-version-outdated"]["breaches"], 1);
}

#[test]
fn what_was_not_determined_or_not_asked_is_no_nought() {
    let fleet = fleet("");
    let json = as_json(&fleet.source());
    let undetermined = &rows(&json, "rfc8314")["tls-version-obsolete"];
    assert_eq!(undetermined["state"], "not-determined");
    assert_eq!(undetermined["undetermined"], 1);
    let not_asked = &rows(&json, "stricter")["cert-weak-key"];
    assert_eq!(not_asked["state"], "not-asked");
    let unasked = &rows(&json, "rfc8314")["cipher-outside-policy"];
    assert_eq!(unasked["state"], "not-asked-in-this-run");
    assert_eq!(unasked["unasked"], 2);
    let policies = &json["run"]["policies"];
    // At one place it was asked: so it stands among those that were asked of some.
    assert_eq!(policies[0]["rules_unasked"], serde_json::json!([]));
    let partly = &policies[0]["rules_partly_unasked"][0];
    assert_eq!(partly["rule"], "cipher-outside-policy");
    assert_eq!(partly["unasked"], 2);
    for row in [undetermined, not_asked, unasked] {
        for count in ["violations", "breaches", "accounts"] {
            assert!(row[count].is_null(), "{row}");
        }
    }
    let cells = |language: Language, rule: &str| -> Vec<(String, String)> {
        let page = written(&fleet.source(), "report.html", language);
        let page = scraper::Html::parse_document(&page);
        let selector = scraper::Selector::parse(".matrix tbody tr").expect("a selector");
        let code = scraper::Selector::parse("th code").expect("a selector");
        let cell = scraper::Selector::parse("td").expect("a selector");
        let row = page
            .select(&selector)
            .find(|row| {
                let named: String = row.select(&code).flat_map(|code| code.text()).collect();
                named == rule
            })
            .unwrap_or_else(|| panic!("{rule} has no row"));
        row.select(&cell)
            .map(|cell| {
                let class = cell.value().attr("class").unwrap_or_default();
                (class.to_owned(), cell.text().collect())
            })
            .collect()
    };
    for (language, undecided, unasked, not_asked) in [
        (
            Language::En,
            [
                "not determined: 1; in order: 1",
                "not determined: 2; in order: 1",
            ],
            "not asked in this run: 2; in order: 1",
            "not asked",
        ),
        (
            Language::ZhCn,
            ["未能判定 1 处；符合 1 处", "未能判定 2 处；符合 1 处"],
            "本次运行未询问 2 处；符合 1 处",
            "未采用",
        ),
    ] {
        let row = cells(language, "tls-version-obsolete");
        let expected = undecided.map(|said| ("not-determined".to_owned(), said.to_owned()));
        assert_eq!(row, expected);
        // Alike under each policy, it stands below the matrix.
        let page = written(&fleet.source(), "report.html", language);
        let page = scraper::Html::parse_document(&page);
        let selector = scraper::Selector::parse("ul.undecided li").expect("a selector");
        let below: Vec<String> = page
            .select(&selector)
            .map(|item| item.text().collect())
            .collect();
        assert_eq!(below.len(), 2, "{below:?}");
        let colon = if language == Language::En {
            ": "
        } else {
            "："
        };
        for (rule, said) in [
            ("no-aead", undecided[0]),
            ("cipher-outside-policy", unasked),
        ] {
            let ending = format!("{rule}{colon}{said}");
            assert!(below.iter().any(|one| one.ends_with(&ending)), "{below:?}");
        }
        let row = cells(language, "cert-weak-key");
        assert_eq!(row[0].0, "met");
        assert_eq!(row[1], ("not-asked".to_owned(), not_asked.to_owned()));
        assert_eq!(
            cells(language, "tls-version-outdated")[1].0,
            "violated breaks"
        );
        let markdown = written(&fleet.source(), "report.md", language);
        let line = markdown
            .lines()
            .find(|line| line.starts_with("| ") && line.contains("`cert-weak-key`"))
            .expect("a row");
        assert!(line.ends_with(&format!(" {not_asked} |")), "{line}");
    }
}

#[test]
fn a_reader_sees_who_is_compliant_under_which_policy() {
    let fleet = fleet("");
    let json = as_json(&fleet.source());
    let policies = json["summary"]["policies"].as_array().expect("policies");
    let told: Vec<String> = policies
        .iter()
        .map(|row| {
            let counts = &row["accounts"];
            format!(
                "{} {} {} {} {} {} {}",
                row["policy"],
                row["decides"],
                counts["compliant"],
                counts["non_compliant"],
                counts["not_verified"],
                counts["waived"],
                row["verified_percent"],
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            "\"rfc8314\" true 1 4 2 1 75",
            "\"stricter\" false 0 5 3 0 62"
        ]
    );
    assert_eq!(policies[0]["accounts"], json["summary"]["accounts"]);
    let named: Vec<&Value> = json["run"]["policies"]
        .as_array()
        .expect("policies")
        .iter()
        .map(|policy| &policy["name"])
        .collect();
    assert_eq!(named, ["rfc8314", "stricter"]);
    for language in Language::ALL {
        let page = written(&fleet.source(), "report.html", language);
        let page = scraper::Html::parse_document(&page);
        let selector = scraper::Selector::parse("table.verdicts tbody tr").expect("a selector");
        let cell = scraper::Selector::parse("td").expect("a selector");
        let shown: Vec<Vec<String>> = page
            .select(&selector)
            .map(|row| {
                row.select(&cell)
                    .map(|cell| cell.text().collect())
                    .collect()
            })
            .collect();
        assert_eq!(shown.len(), 2);
        assert_eq!(shown[0][..4], ["1", "4", "2", "1"]);
        assert_eq!(shown[1][..4], ["0", "5", "3", "0"]);
        assert!(shown[1][4].starts_with("62"), "{shown:?}");
    }
}

#[test]
fn what_would_fail_names_accounts_endpoints_and_mail_clients() {
    let fleet = fleet("");
    let json = as_json(&fleet.source());
    let told = &json["what_if"][0];
    assert_eq!(told["title"]["text_en"], "If stricter 2 held");
    assert_eq!(told["policy"]["sha256"], "1d".repeat(32));
    assert_eq!(
        (&told["failing"], &told["unverified"]),
        (&1.into(), &1.into())
    );
    let accounts = json["accounts"].as_array().expect("accounts");
    let changed = told["accounts"].as_array().expect("accounts");
    assert_eq!(changed.len(), 2);
    // Ana Ruiz would fail; for Eve Stone an exception is accepted now.
    assert_eq!(changed[0]["id"], accounts[3]["id"]);
    assert_eq!(changed[0]["now"], "compliant");
    assert_eq!(changed[0]["then"], "non-compliant");
    assert_eq!(
        changed[0]["rules"],
        serde_json::json!(["tls-version-outdated"])
    );
    assert_eq!(changed[1]["id"], accounts[4]["id"]);
    assert_eq!(changed[1]["now"], "waived");
    assert_eq!(changed[1]["then"], "not-verified");
    assert_eq!(changed[1]["reason"], "unreachable");
    assert_eq!(
        changed[1]["rules"],
        serde_json::json!(["tls-handshake-fails"])
    );
    let endpoints: Vec<String> = told["endpoints"]
        .as_array()
        .expect("endpoints")
        .iter()
        .map(|row| format!("{} {}", row["id"], row["then"]).replace('"', ""))
        .collect();
    assert_eq!(
        endpoints,
        [
            "mail.yourcompany.com:993 fails",
            "smtp.old.example:465 not-verified"
        ]
    );
    assert_eq!(
        told["clients"],
        serde_json::json!([
            {"client": "outlook", "failing": 1, "unverified": 0},
            {"client": "foxmail", "failing": 0, "unverified": 1},
        ])
    );
    let rules = told["rules"].as_array().expect("rules");
    let outdated = rules
        .iter()
        .find(|rule| rule["rule"] == "tls-version-outdated")
        .expect("the rule");
    let seen = outdated["sights"][0]["evidence"]["text_en"].as_str();
    assert!(seen.is_some_and(|seen| seen.contains("TLS 1.2") && seen.contains("TLS 1.3")));
    for language in Language::ALL {
        let words = Words::of(language);
        let client = words.say("client-outlook", &[]);
        for file in ["report.html", "report.md"] {
            let text = written(&fleet.source(), file, language);
            let section = text.find(&words.say("heading-what-if", &[]));
            let text = &text[section.expect("a section")..];
            for what in ["Ana Ruiz", "mail.yourcompany.com:993", &client] {
                assert!(text.contains(what), "{what} in {file}, {language}");
            }
        }
    }
}

#[test]
fn one_policy_makes_no_matrix_and_nothing_is_supposed_unasked() {
    let fleet = fleet("");
    let json = as_json(&fleet.alone());
    assert_eq!(
        json["comparison"].as_array().map(Vec::len),
        Some(RULES.len())
    );
    assert_eq!(json["what_if"], serde_json::json!([]));
    assert_eq!(
        json["summary"]["policies"].as_array().map(Vec::len),
        Some(1)
    );
    for language in Language::ALL {
        let words = Words::of(language);
        for file in ["report.html", "report.md"] {
            let text = written(&fleet.alone(), file, language);
            for heading in ["heading-matrix", "heading-what-if", "label-compared"] {
                assert!(
                    !text.contains(&words.say(heading, &[])),
                    "{heading} in {file}"
                );
            }
        }
    }
}

#[test]
fn counts_that_do_not_fit_the_fleet_stop_the_report() {
    let fleet = fleet(HOSTILE);
    let mut source = fleet.source();
    source.counts.pop();
    assert!(
        mailfleet::report::build(&source).is_err(),
        "a policy without counts"
    );
    let mut source = fleet.source();
    source.counts[1].accounts.total -= 1;
    assert!(
        mailfleet::report::build(&source).is_err(),
        "an account without a verdict"
    );
    let mut source = fleet.source();
    source.counts[0].rules[0].violations += 1;
    assert!(
        mailfleet::report::build(&source).is_err(),
        "a finding too many"
    );
}

#[test]
fn the_method_says_in_what_a_policy_departs_from_its_preset_and_what_begins_later() {
    let text = "name = \"own\"\nversion = \"7\"\nextends = \"rfc8314\"
[thresholds]
tls_minimum = \"1.3\"
[[from]]
date = 2030-01-01
[from.thresholds]
expiry_days = 45
";
    let own = policy::read("own.toml", text, &crate::scene::known_rules()).expect("it loads");
    let fleet = fleet("");
    let mut source = fleet.source();
    source.policies = PolicyRow::all([&fleet.policy, &own], &source.counts, source.at);
    let json = as_json(&source);
    let row = &json["run"]["policies"][1];
    assert_eq!(row["extends"], "rfc8314");
    let settings = row["settings"].as_array().expect("a list");
    let keys: Vec<&str> = settings
        .iter()
        .filter_map(|one| one["key"].as_str())
        .collect();
    assert_eq!(keys, ["thresholds.tls_minimum"]);
    assert_eq!(row["stages"][0]["begins"], "2030-01-01");
    for name in ["report.md", "report.html"] {
        let page = written(&source, name, Language::En);
        for said in [
            "TLS 1.3 instead of TLS 1.2",
            "45 instead of",
            "Settings other than those of",
        ] {
            assert!(page.contains(said), "{name} lacks {said}");
        }
    }
}
