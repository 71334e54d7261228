//! Groups with settings of their own, and settings that begin on a day.

use mailfleet::inventory::Inventory;
use mailfleet::judge::judge;
use mailfleet::model::{Judgement, Severity};
use mailfleet::policy::{Policy, read};
use proptest::prelude::*;

use super::properties::{any_scene, build};
use super::verdicts;
use crate::scene::{Scene, account, known_rules, rfc8314};

fn own(lines: &str) -> Policy {
    let head = "name = \"own\"\nversion = \"1\"\nextends = \"rfc8314\"\n";
    read("own.toml", &format!("{head}{lines}"), &known_rules()).expect("it loads")
}

/// The places of findings of one rule.
fn of_rule(judgement: &Judgement, rule: &str) -> Vec<usize> {
    let findings = judgement.findings.iter().enumerate();
    findings
        .filter_map(|(place, finding)| (finding.rule == rule).then_some(place))
        .collect()
}

/// Two people on one server that agrees on TLS 1.2.
fn two_on_one() -> Scene {
    Scene::new(&[
        "li pop3 tls mail.example.com:995",
        "wang pop3 tls mail.example.com:995",
    ])
    .server("mail.example.com:995", "good, version 1.2")
}

#[test]
fn an_endpoint_is_judged_for_each_account_by_its_own_measure() {
    let policy = own("[[group]]
name = \"finance\"
emails = [\"wang@example.com\"]
[group.thresholds]
tls_minimum = \"1.3\"
");
    let judgement = two_on_one().judged_by(&policy);
    assert_eq!(verdicts(&judgement), ["compliant", "non-compliant"]);
    let places = of_rule(&judgement, "tls-version-outdated");
    let [place] = places[..] else {
        panic!("{places:?}")
    };
    let finding = &judgement.findings[place];
    assert_eq!((finding.accounts, finding.breach), (1, true));
    let number = u32::try_from(place).expect("a small number");
    assert!(!judgement.accounts[0].findings.contains(&number));
    assert!(judgement.accounts[1].findings.contains(&number));
    let endpoint = judgement.endpoints.values().next().expect("one");
    assert_eq!(
        (endpoint.accounts, endpoint.findings.len()),
        (2, judgement.findings.len())
    );
    let group = &judgement.groups[0];
    assert_eq!(
        (&*group.name, group.accounts, group.elsewhere),
        ("finance", 1, 0)
    );
}

#[test]
fn what_two_measures_find_is_one_finding_with_the_graver_severity() {
    let policy = own("[thresholds]
tls_minimum = \"1.3\"
[rules.tls-version-outdated]
severity = \"low\"
[[group]]
name = \"finance\"
emails = [\"wang@example.com\"]
[group.rules.tls-version-outdated]
severity = \"critical\"
");
    let judgement = two_on_one().judged_by(&policy);
    assert_eq!(verdicts(&judgement), ["compliant", "non-compliant"]);
    let places = of_rule(&judgement, "tls-version-outdated");
    let [place] = places[..] else {
        panic!("{places:?}")
    };
    let finding = &judgement.findings[place];
    assert_eq!(
        (finding.severity, finding.accounts, finding.breach),
        (Severity::Critical, 2, true)
    );
}

#[test]
fn a_breach_of_a_group_is_one_whatever_the_policy_says_of_its_severity() {
    let policy = own("[thresholds]
tls_minimum = \"1.3\"
[rules.tls-version-outdated]
severity = \"low\"
[[group]]
name = \"finance\"
emails = [\"wang@example.com\"]
breach_from = \"low\"
");
    let scene = two_on_one();
    let breach = |policy: &Policy| {
        let judgement = scene.judged_by(policy);
        let place = of_rule(&judgement, "tls-version-outdated")[0];
        (
            verdicts(&judgement).join(" "),
            judgement.findings[place].breach,
        )
    };
    assert_eq!(breach(&policy), ("compliant non-compliant".into(), true));
    let mut without = policy.clone();
    without.groups.clear();
    assert_eq!(breach(&without), ("compliant compliant".into(), false));
}

#[test]
fn a_looser_group_alone_on_a_server_hears_nothing_of_the_policys_own_measure() {
    let policy = own("[thresholds]
tls_minimum = \"1.3\"
[[group]]
name = \"branches\"
domains = [\"example.com\"]
[group.thresholds]
tls_minimum = \"1.2\"
");
    let judgement = two_on_one().judged_by(&policy);
    assert_eq!(verdicts(&judgement), ["compliant", "compliant"]);
    assert!(of_rule(&judgement, "tls-version-outdated").is_empty());
    // Without accounts there are no groups.
    let mut scene = two_on_one();
    let inventory = Inventory::of(&scene.accounts);
    scene.accounts.clear();
    let unknown = Inventory::of_listed(&scene.seen);
    assert!(inventory.endpoints().eq(unknown.endpoints()));
    let judgement = judge(&scene.matter(&unknown, &policy));
    assert_eq!(of_rule(&judgement, "tls-version-outdated").len(), 1);
}

#[test]
fn the_first_group_judges_and_the_others_are_told() {
    let policy = own("[[group]]
name = \"a\"
emails = [\"w*@example.com\"]
[group.thresholds]
tls_minimum = \"1.3\"
[[group]]
name = \"b\"
domains = [\"example.com\"]
");
    let judgement = two_on_one().judged_by(&policy);
    assert_eq!(verdicts(&judgement), ["compliant", "non-compliant"]);
    let told = judgement.groups.iter();
    let told: Vec<_> = told
        .map(|group| (group.accounts, group.elsewhere))
        .collect();
    assert_eq!(told, [(1, 0), (1, 1)]);
}

#[test]
fn what_is_tried_for_an_account_is_judged_by_its_groups_measure() {
    let policy = own("[[group]]
name = \"finance\"
emails = [\"wang@example.com\"]
[group.thresholds]
tls_minimum = \"1.3\"
");
    let mut scene = two_on_one();
    scene.trials = vec![
        account("li pop3 tls mail.example.com:995"),
        account("wang pop3 tls mail.example.com:995"),
    ];
    let judgement = scene.judged_by(&policy);
    let told: Vec<String> = judgement.trials.iter().map(super::told).collect();
    assert_eq!(told, ["compliant", "non-compliant"]);
}

#[test]
fn settings_that_begin_on_a_day_judge_from_that_day_on() {
    let policy = own("[[from]]
date = 2026-11-24
[from.thresholds]
tls_minimum = \"1.3\"
");
    let scene = two_on_one();
    let at = |time: &str| {
        let inventory = Inventory::of(&scene.accounts);
        let mut matter = scene.matter(&inventory, &policy);
        matter.at = time.parse().expect("a time");
        verdicts(&judge(&matter)).join(" ")
    };
    assert_eq!(at("2026-11-23T23:59:59Z"), "compliant compliant");
    assert_eq!(at("2026-11-24T00:00:00Z"), "non-compliant non-compliant");
    // The same is said now by judging under what is to come.
    let day = "2026-11-23".parse().expect("a day");
    let stage = policy.later_stages(day).next().expect("a stage");
    let then = scene.judged_by(&stage.policy);
    assert_eq!(verdicts(&then), ["non-compliant", "non-compliant"]);
}

const STRICT: &str = "breach_from = \"low\"
[thresholds]
tls_minimum = \"1.3\"
[rules.cleartext-login]
off = true
[rules.starttls-configured]
severity = \"high\"
";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn each_account_is_judged_as_if_its_measure_were_the_only_one((accounts, servers) in any_scene()) {
        let scene = build(&accounts, &servers);
        let strict = own(STRICT);
        let mut policy = rfc8314();
        let members = own("[[group]]\nname = \"li\"\nemails = [\"li@example.com\"]\n").groups.remove(0);
        policy.groups.push(mailfleet::policy::Group { policy: strict.clone(), ..members });

        let (mixed, by_own, by_strict) = (
            scene.judged_by(&policy),
            scene.judged_by(&rfc8314()),
            scene.judged_by(&strict),
        );
        let mut counts = vec![0; mixed.findings.len()];
        for (place, account) in scene.accounts.iter().enumerate() {
            let in_group = account.person.email.as_deref() == Some("li@example.com");
            let alone = if in_group { &by_strict } else { &by_own };
            prop_assert_eq!(&mixed.accounts[place].verdict, &alone.accounts[place].verdict);
            let named = |judgement: &Judgement| -> Vec<_> {
                let numbers = judgement.accounts[place].findings.iter();
                let mut named: Vec<_> = numbers
                    .map(|n| &judgement.findings[*n as usize])
                    .map(|finding| (finding.rule, finding.subject.to_string()))
                    .collect();
                named.sort();
                named
            };
            prop_assert_eq!(named(&mixed), named(alone));
            mixed.accounts[place].findings.iter().for_each(|n| counts[*n as usize] += 1);
        }
        // Nothing collides, and nothing is counted twice.
        let mut prints: Vec<u64> = mixed.findings.iter().map(|f| f.fingerprint.0).collect();
        prints.sort_unstable();
        prints.dedup();
        prop_assert_eq!(prints.len(), mixed.findings.len());
        for (finding, count) in mixed.findings.iter().zip(counts) {
            prop_assert_eq!(finding.accounts, count);
        }
    }
}
