//! The same facts by several policies: counts that can be recounted, and who stands worse.

use std::collections::BTreeSet;

use mailfleet::judge::{Under, contrast, counts};
use mailfleet::model::*;
use mailfleet::policy::{Policy, Setting, Waiver, WaiverSubject};
use mailfleet::rules::{Check, RULES};

use crate::scene::{Scene, known_rules, now, rfc8314};

/// A fleet with a modern server, an old one, one that is not seen, and a clear-text account.
fn scene() -> Scene {
    Scene::new(&[
        "li pop3 tls mail.example.com:995",
        "wang imap tls old.example.com:993",
        "zhao imap tls old.example.com:993",
        "chen imap tls far.example.com:993",
        "zhou pop3 none mail.example.com:110",
        "sun pop3 - mail.example.com",
    ])
    .server("mail.example.com:995", "good")
    .server("mail.example.com:110", "upgrades")
    .server("old.example.com:993", "good, version 1.2")
    .server("far.example.com:993", "timed-out")
}

/// TLS 1.3 or nothing.
pub fn strict() -> Policy {
    let mut policy = rfc8314();
    policy.name = "strict".to_owned();
    policy.thresholds.tls_minimum = TlsVersion::TLS_1_3;
    policy
}

fn compared(scene: &Scene, one: &Policy, other: &Policy) -> Contrast {
    let (first, then) = (scene.judged_by(one), scene.judged_by(other));
    let under = |judgement, policy| Under {
        judgement,
        policy,
        at: now(),
    };
    contrast(&scene.accounts, &under(&first, one), &under(&then, other))
}

fn verdicts_of(contrast: &Contrast) -> Vec<(u32, &'static str, &'static str)> {
    let changed = contrast.accounts.iter();
    changed
        .map(|one| (one.account, one.now.word().word(), one.then.word().word()))
        .collect()
}

#[test]
fn the_counts_of_a_policy_are_those_of_its_judgement() {
    let scene = scene();
    for policy in [rfc8314(), strict()] {
        let judgement = scene.judged_by(&policy);
        let counts = counts(&scene.accounts, &judgement);
        assert_eq!(counts.accounts.total, scene.accounts.len());
        for rule in RULES {
            let said = counts.of(rule.id).expect("this policy asks every rule");
            let of_rule = |n: &u32| judgement.findings[*n as usize].rule == rule.id;
            let findings: Vec<&Finding> = judgement
                .findings
                .iter()
                .filter(|finding| finding.rule == rule.id)
                .collect();
            assert_eq!(said.violations, findings.len(), "{}", rule.id);
            let breaks = findings.iter().filter(|f| f.severity >= Severity::Medium);
            assert_eq!(said.breaches, breaks.count(), "{}", rule.id);
            let touched = (0..scene.accounts.len()).filter(|&index| {
                let own = judgement.accounts[index].findings.iter().any(of_rule);
                let may_mean = match scene.accounts[index].port {
                    Some(_) => Vec::new(),
                    None => scene.accounts[index].possible_endpoints(),
                };
                let meant = may_mean
                    .iter()
                    .filter_map(|endpoint| judgement.endpoints.get(endpoint))
                    .any(|judged| judged.findings.iter().any(of_rule));
                own || meant
            });
            assert_eq!(said.accounts, touched.count(), "{}", rule.id);
            let undetermined = judgement
                .endpoints
                .values()
                .flat_map(|judged| &judged.undetermined)
                .filter(|(undetermined, _)| *undetermined == rule.id);
            assert!(said.undetermined >= undetermined.count(), "{}", rule.id);
        }
    }
}

#[test]
fn what_could_not_be_decided_somewhere_is_not_met() {
    let scene = scene();
    let judgement = scene.judged();
    let counts = counts(&scene.accounts, &judgement);
    let outdated = counts.of("tls-version-outdated").expect("asked");
    // Three servers were seen with TLS and the fourth was not.
    assert_eq!((outdated.compliant, outdated.undetermined), (3, 1));
    assert_eq!(outdated.violations, 0);
    assert_eq!(outdated.state(), RuleState::NotDetermined);

    let seen =
        Scene::new(&["li pop3 tls mail.example.com:995"]).server("mail.example.com:995", "good");
    let judgement = seen.judged();
    let counts = mailfleet::judge::counts(&seen.accounts, &judgement);
    let state = |rule| counts.of(rule).expect("asked").state();
    assert_eq!(state("tls-version-outdated"), RuleState::Met);
    // No TLSA record is wanted, so there is nothing that this rule could look at.
    assert_eq!(state("dane-mismatch"), RuleState::NotApplicable);
}

#[test]
fn what_the_run_did_not_ask_is_counted_is_not_met_and_changes_no_verdict() {
    let scene = scene();
    // No hello was sent: of suites nothing is known but what the sessions chose.
    let rule = "cipher-outside-policy";
    let off = Setting {
        off: true,
        ..Setting::default()
    };
    let mut silent = rfc8314();
    silent.rules.insert(rule, off);
    let [judgement, without] = [rfc8314(), silent].map(|policy| scene.judged_by(&policy));
    let counts = counts(&scene.accounts, &judgement);
    let said = counts.of(rule).expect("asked");
    assert_eq!(said.state(), RuleState::NotAskedInThisRun);
    assert!(said.unasked >= 3, "{said:?}");
    assert_eq!(said.violations + said.compliant, 0);
    for (one, other) in judgement.accounts.iter().zip(&without.accounts) {
        assert_eq!(one.verdict, other.verdict);
    }
}

#[test]
fn an_endpoint_of_several_groups_is_counted_once() {
    let groups = |scene: &Scene| {
        let text = "name = \"own\"\nversion = \"1\"\nextends = \"rfc8314\"
[[group]]
name = \"finance\"
emails = [\"wang@example.com\"]
[group.thresholds]
tls_minimum = \"1.3\"
";
        let policy = mailfleet::policy::read("own.toml", text, &known_rules()).expect("it loads");
        counts(&scene.accounts, &scene.judged_by(&policy))
    };
    // Both groups' accounts are on one server, which agrees on TLS 1.2.
    let scene = Scene::new(&[
        "li pop3 tls mail.example.com:995",
        "wang pop3 tls mail.example.com:995",
    ])
    .server("mail.example.com:995", "good, version 1.2");
    let counts = groups(&scene);
    for rule in RULES
        .iter()
        .filter(|r| matches!(r.check, Check::Endpoint(_)))
    {
        let said = counts.of(rule.id).expect("asked");
        let subjects = said.violations + said.compliant + said.undetermined + said.unasked;
        assert!(subjects <= 1, "{said:?}");
    }
    let outdated = counts.of("tls-version-outdated").expect("asked");
    assert_eq!(
        (outdated.violations, outdated.compliant),
        (1, 0),
        "the worst answer counts"
    );
}

#[test]
fn a_rule_that_is_switched_off_is_not_asked_and_has_no_counts() {
    let mut policy = rfc8314();
    let off = Setting {
        off: true,
        ..Setting::default()
    };
    policy.rules.insert("cleartext-configured", off);
    let scene = scene();
    let judgement = scene.judged_by(&policy);
    let counts = counts(&scene.accounts, &judgement);
    assert_eq!(counts.of("cleartext-configured"), None);
    assert_eq!(counts.rules.len(), RULES.len() - 1);
}

#[test]
fn each_policy_breaks_from_its_own_severity_on() {
    let scene = scene();
    let milder = Policy {
        breach_from: Severity::Critical,
        ..strict()
    };
    let of = |policy: &Policy| {
        let judgement = scene.judged_by(policy);
        counts(&scene.accounts, &judgement)
    };
    let (strict, milder) = (of(&strict()), of(&milder));
    let outdated = |counts: &PolicyCounts| counts.of("tls-version-outdated").cloned();
    let (one, other) = (outdated(&strict), outdated(&milder));
    let (one, other) = (one.expect("asked"), other.expect("asked"));
    assert_eq!((one.violations, other.violations), (1, 1));
    assert_eq!((one.breaches, other.breaches), (1, 0));
    assert_eq!(
        strict.accounts.non_compliant,
        milder.accounts.non_compliant + 3
    );
}

#[test]
fn who_would_fail_is_told_with_the_rule_the_place_and_the_evidence() {
    let scene = scene();
    let contrast = compared(&scene, &rfc8314(), &strict());
    let fail = ("compliant", "non-compliant");
    assert_eq!(
        verdicts_of(&contrast),
        [(1, fail.0, fail.1), (2, fail.0, fail.1)],
        "li is modern, chen was not seen, zhou fails already, sun says too little"
    );
    assert_eq!((contrast.failing(), contrast.unverified()), (2, 0));
    assert_eq!(contrast.causes, [["tls-version-outdated"]]);
    assert_eq!(contrast.rules.len(), 1);
    let rule = &contrast.rules[0];
    assert_eq!(
        (rule.rule, rule.severity),
        ("tls-version-outdated", Severity::Medium)
    );
    assert_eq!((rule.failing, rule.unverified, rule.endpoints), (2, 0, 1));
    assert_eq!(rule.sights.len(), 1);
    assert_eq!(rule.sights[0].place, "old.example.com:993");
    assert_eq!(rule.sights[0].accounts, 2);
    let version = &rule.sights[0].evidence.values["version"];
    assert_eq!(version, &Value::Term("TLS 1.2".to_owned()));
    let endpoints: Vec<String> = contrast
        .endpoints
        .iter()
        .map(|changed| {
            format!(
                "{} {} {}",
                changed.endpoint, changed.fails, changed.accounts
            )
        })
        .collect();
    assert_eq!(endpoints, ["old.example.com:993 true 2"]);
    assert_eq!(contrast.now.non_compliant + 2, contrast.then.non_compliant);
    assert_eq!(contrast.relieved, 0);
}

#[test]
fn a_looser_measure_relieves_and_the_same_one_changes_nothing() {
    let scene = scene();
    let looser = compared(&scene, &strict(), &rfc8314());
    assert_eq!((looser.accounts.len(), looser.relieved), (0, 2));
    assert!(looser.rules.is_empty() && looser.endpoints.is_empty());
    let same = compared(&scene, &strict(), &strict());
    assert_eq!((same.accounts.len(), same.relieved), (0, 0));
    assert!(same.rules.is_empty() && same.endpoints.is_empty());
}

#[test]
fn what_is_accepted_now_fails_where_the_exception_does_not_stand() {
    let scene = scene();
    let waiver = |subject| Waiver {
        rule: "tls-version-outdated",
        subject,
        reason: "why".into(),
        approved_by: "who".into(),
        until: "2027-01-01".parse().expect("a day"),
        owner: None,
        ticket: None,
    };
    let host = WaiverSubject::Host("old.example.com".parse().expect("a host"));
    let accepted = Policy {
        waivers: vec![waiver(host)],
        ..strict()
    };
    let contrast = compared(&scene, &accepted, &strict());
    let fail = ("waived", "non-compliant");
    assert_eq!(
        verdicts_of(&contrast),
        [(1, fail.0, fail.1), (2, fail.0, fail.1)]
    );

    // An exception for one person excuses that person only, and names no rule for them.
    let of_wang = WaiverSubject::Email("wang@example.com".to_owned());
    let excused = Policy {
        waivers: vec![waiver(of_wang)],
        ..strict()
    };
    let contrast = compared(&scene, &rfc8314(), &excused);
    assert_eq!(verdicts_of(&contrast), [(2, "compliant", "non-compliant")]);
    assert_eq!(contrast.rules[0].failing, 1);
}

#[test]
fn who_could_no_longer_be_verified_is_told_apart_from_who_would_fail() {
    let scene = Scene::new(&["li pop3 tls mail.example.com:995"])
        .server("mail.example.com:995", "good, silent");
    let mut narrow = rfc8314();
    for rule in RULES {
        if rule.id != "tls-version-outdated" {
            let setting = narrow.rules.entry(rule.id).or_default();
            setting.off = true;
        }
    }
    let contrast = compared(&scene, &narrow, &rfc8314());
    assert_eq!(verdicts_of(&contrast), [(0, "compliant", "not-verified")]);
    assert_eq!((contrast.failing(), contrast.unverified()), (0, 1));
    let undecided: BTreeSet<&str> = contrast.causes[0].iter().copied().collect();
    assert!(!undecided.is_empty());
    assert!(!undecided.contains("tls-version-outdated"));
    assert!(
        contrast
            .rules
            .iter()
            .all(|rule| rule.unverified == 1 && rule.failing == 0)
    );
    assert_eq!(contrast.endpoints.len(), 1);
    assert!(!contrast.endpoints[0].fails);
}

#[test]
fn an_endpoint_without_accounts_is_contrasted_too() {
    let scene = Scene::new(&[]).server("old.example.com:993", "good, version 1.2");
    let inventory = mailfleet::inventory::Inventory::of_listed(&scene.seen);
    let judged = |policy: &Policy| mailfleet::judge::judge(&scene.matter(&inventory, policy));
    let (one, other) = (rfc8314(), strict());
    let (first, then) = (judged(&one), judged(&other));
    let under = |judgement, policy| Under {
        judgement,
        policy,
        at: now(),
    };
    let contrast = contrast(&[], &under(&first, &one), &under(&then, &other));
    assert_eq!(contrast.endpoints.len(), 1);
    assert!(contrast.endpoints[0].fails);
    assert_eq!(contrast.rules[0].endpoints, 1);
    assert_eq!(contrast.rules[0].sights.len(), 1);
}
