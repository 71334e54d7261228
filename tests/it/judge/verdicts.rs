//! What becomes of an account, step by step.

use std::sync::Arc;

use mailfleet::model::*;
use mailfleet::policy::Setting;

use super::{told, verdicts};
use crate::scene::{Scene, account, rfc8314};

const TLS: &str = "li pop3 tls mail.example.com:995";
const UPGRADE: &str = "li pop3 starttls mail.example.com:110";

fn rules(judgement: &Judgement) -> Vec<&'static str> {
    judgement
        .findings
        .iter()
        .map(|finding| finding.rule)
        .collect()
}

fn verdict_of(words: &str, servers: &[(&str, &str)]) -> String {
    let scene = servers
        .iter()
        .fold(Scene::new(&[words]), |scene, (place, words)| {
            scene.server(place, words)
        });
    verdicts(&scene.judged()).remove(0)
}

#[test]
fn the_founding_case_is_told_apart_from_a_good_account() {
    let scene = Scene::new(&[
        "li pop3 none imap.example.com:143",
        "wang pop3 tls mail.example.com:995",
    ])
    .server("imap.example.com:143", "upgrades, logins LOGIN")
    .server("mail.example.com:995", "good");
    let judgement = scene.judged();
    assert_eq!(verdicts(&judgement), ["non-compliant", "compliant"]);
    let of_li: Vec<&str> = judgement.accounts[0]
        .findings
        .iter()
        .map(|n| judgement.findings[*n as usize].rule)
        .collect();
    assert_eq!(
        of_li,
        ["cleartext-configured", "wrong-protocol", "cleartext-login"]
    );
    assert!(judgement.accounts[1].findings.is_empty());
}

/// The rules that fire for the only account of a scene.
fn rules_of_the_first(scene: &Scene) -> Vec<&'static str> {
    let judgement = scene.judged();
    let rule = |n: &u32| judgement.findings[*n as usize].rule;
    judgement.accounts[0].findings.iter().map(rule).collect()
}

#[test]
fn nothing_goes_out_in_the_clear_on_a_port_that_expects_tls() {
    let clear = ["li pop3 none mail.example.com:995"];
    let seen = Scene::new(&clear).server("mail.example.com:995", "good");
    assert_eq!(rules_of_the_first(&seen), ["security-mode-mismatch"]);
    let unseen = Scene::new(&clear).server("mail.example.com:995", "refused");
    assert_eq!(
        rules_of_the_first(&unseen),
        ["cleartext-configured", "unreachable"]
    );
}

#[test]
fn an_unusual_port_is_told_where_the_usual_one_would_be_safe() {
    for (row, fires) in [
        ("li pop3 tls mail.example.com:2995", true),
        ("li pop3 none mail.example.com:2995", false),
        ("li pop3 starttls mail.example.com:2995", false),
    ] {
        let scene = Scene::new(&[row]).server("mail.example.com:2995", "good");
        let told = rules_of_the_first(&scene).contains(&"nonstandard-port");
        assert_eq!(told, fires, "{row}");
    }
}

#[test]
fn what_was_not_seen_is_not_verified_and_says_why() {
    for (server, reason) in [
        ("timed-out", "unreachable"),
        ("refused", "unreachable"),
        ("throttled", "throttled"),
        ("address-not-allowed", "address-not-allowed"),
        ("port-not-allowed", "port-not-allowed"),
        ("fault", "internal-error"),
        ("good, handshake closed", "unreachable"),
        ("good, silent", "unreachable"),
    ] {
        let verdict = verdict_of(TLS, &[("mail.example.com:995", server)]);
        assert_eq!(verdict, format!("not-verified {reason}"), "{server}");
    }
    assert_eq!(verdict_of(TLS, &[]), "not-verified not-visited");
    for (server, reason) in [
        ("plain, lists XXXXXXXA", "starttls-stripped"),
        ("upgrades, from-itself", "vantage-is-server"),
        ("upgrades, upgrade timed-out", "unreachable"),
    ] {
        let verdict = verdict_of(UPGRADE, &[("mail.example.com:110", server)]);
        assert_eq!(verdict, format!("not-verified {reason}"), "{server}");
    }
}

#[test]
fn what_was_not_seen_is_no_breach_however_grave_a_policy_calls_it() {
    let mut policy = rfc8314();
    policy.breach_from = Severity::Info;
    for rule in mailfleet::rules::RULES
        .iter()
        .filter(|rule| !rule.can_breach())
    {
        let setting = policy.rules.entry(rule.id).or_default();
        setting.severity = Some(Severity::Critical);
    }
    for (server, reason) in [
        ("timed-out", "unreachable"),
        ("refused", "unreachable"),
        ("throttled", "throttled"),
        ("address-not-allowed", "address-not-allowed"),
        ("port-not-allowed", "port-not-allowed"),
        ("fault", "internal-error"),
    ] {
        let scene = Scene::new(&[TLS]).server("mail.example.com:995", server);
        let judgement = scene.judged_by(&policy);
        assert_eq!(verdicts(&judgement), [format!("not-verified {reason}")]);
        assert!(!judgement.findings.is_empty(), "{server}");
        assert!(
            judgement.findings.iter().all(|finding| !finding.breach),
            "{server}"
        );
    }
}

#[test]
fn a_failing_resolver_is_no_unknown_host() {
    for (answer, verdict) in [
        (DnsAnswer::NoSuchName { twice: true }, "non-compliant"),
        (DnsAnswer::NoAddress { twice: true }, "non-compliant"),
        (
            DnsAnswer::NoSuchName { twice: false },
            "not-verified dns-failed",
        ),
        (DnsAnswer::Failed, "not-verified dns-failed"),
        (DnsAnswer::Refused, "not-verified dns-failed"),
        (DnsAnswer::TimedOut, "not-verified dns-failed"),
    ] {
        let scene = Scene::new(&[TLS]).resolved("mail.example.com", answer.clone());
        assert_eq!(verdicts(&scene.judged()), [verdict], "{answer:?}");
    }
    let never_asked = Scene::new(&[TLS]).judged();
    assert_eq!(verdicts(&never_asked), ["not-verified not-visited"]);
}

#[test]
fn the_worst_address_decides_and_one_without_a_route_does_not() {
    let two = |second| {
        verdict_of(
            TLS,
            &[
                ("mail.example.com:995@192.0.2.10", "good"),
                ("mail.example.com:995@2001:db8::10", second),
            ],
        )
    };
    assert_eq!(two("good"), "compliant");
    assert_eq!(two("no-route-here"), "compliant");
    assert_eq!(two("refused"), "not-verified unreachable");
    assert_eq!(two("good, handshake alert 70"), "non-compliant");
}

#[test]
fn the_unspecified_address_is_an_address_like_any_other() {
    let scene = Scene::new(&[TLS]).server("mail.example.com:995@0.0.0.0", "address-not-allowed");
    assert_eq!(
        verdicts(&scene.judged()),
        ["not-verified address-not-allowed"]
    );
}

#[test]
fn an_address_that_was_resolved_and_never_visited_is_missed() {
    let addresses = ["192.0.2.10", "192.0.2.11"]
        .map(|a| a.parse().expect("an address"))
        .to_vec();
    let scene = Scene::new(&[TLS])
        .server("mail.example.com:995", "good")
        .resolved(
            "mail.example.com",
            DnsAnswer::Addresses {
                addresses,
                beyond: 0,
                not_visited: Vec::new(),
            },
        );
    assert_eq!(verdicts(&scene.judged()), ["not-verified not-visited"]);
}

#[test]
fn a_blank_port_is_an_accusation_only_where_no_port_is_left() {
    let of = |tls: &str, clear: &str| {
        verdict_of(
            "li pop3 - mail.example.com",
            &[
                ("mail.example.com:995", tls),
                ("mail.example.com:110", clear),
            ],
        )
    };
    let open = "not-verified settings-not-stated";
    assert_eq!(of("good", "plain"), open);
    assert_eq!(of("good", "upgrades"), open);
    assert_eq!(of("refused", "plain"), open);
    assert_eq!(of("good, handshake alert 70", "plain"), "non-compliant");
}

#[test]
fn a_blank_security_is_not_guessed() {
    let of = |server| {
        verdict_of(
            "li pop3 - mail.example.com:110",
            &[("mail.example.com:110", server)],
        )
    };
    assert_eq!(of("upgrades"), "not-verified settings-not-stated");
    assert_eq!(of("plain"), "non-compliant");
    assert_eq!(of("timed-out"), "not-verified unreachable");
}

#[test]
fn info_and_low_findings_break_nothing() {
    let scene = Scene::new(&["li smtp starttls mail.example.com:25"])
        .server("mail.example.com:25", "upgrades, limit reply-lines");
    let judgement = scene.judged();
    assert_eq!(verdicts(&judgement), ["compliant"]);
    assert_eq!(
        rules(&judgement),
        ["public-submission-port", "limit-reached"]
    );
}

#[test]
fn the_policy_settles_severity_and_switches_rules_off() {
    let scene = Scene::new(&["li pop3 none mail.example.com:110"])
        .server("mail.example.com:110", "upgrades");
    let mut policy = rfc8314();
    let setting = |severity, off| Setting {
        severity,
        off,
        ..Setting::default()
    };
    policy
        .rules
        .insert("cleartext-configured", setting(Some(Severity::Low), false));
    let judgement = scene.judged_by(&policy);
    assert_eq!(verdicts(&judgement), ["compliant"]);
    assert_eq!(judgement.findings[0].severity, Severity::Low);
    policy
        .rules
        .insert("cleartext-configured", setting(None, true));
    assert!(scene.judged_by(&policy).findings.is_empty());
}

#[test]
fn with_every_rule_off_nothing_seen_is_still_not_verified() {
    let mut policy = rfc8314();
    for rule in mailfleet::rules::RULES {
        policy.rules.insert(
            rule.id,
            Setting {
                off: true,
                ..Setting::default()
            },
        );
    }
    let scene = Scene::new(&[TLS]).server("mail.example.com:995", "timed-out");
    assert_eq!(
        verdicts(&scene.judged_by(&policy)),
        ["not-verified unreachable"]
    );
    let scene = Scene::new(&[TLS]).server("mail.example.com:995", "good");
    assert_eq!(
        verdicts(&scene.judged_by(&policy)),
        ["not-verified not-visited"],
        "no rule looked at what was seen"
    );
}

#[test]
fn addresses_beyond_the_limit_are_missed() {
    let scene = Scene::new(&[TLS])
        .server("mail.example.com:995", "good")
        .resolved(
            "mail.example.com",
            DnsAnswer::Addresses {
                addresses: vec!["192.0.2.10".parse().expect("an address")],
                beyond: 8,
                not_visited: Vec::new(),
            },
        );
    assert_eq!(verdicts(&scene.judged()), ["not-verified limit-reached"]);
}

#[test]
fn who_turns_us_away_inside_tls_was_not_seen_serving() {
    let away = verdict_of(TLS, &[("mail.example.com:995", "good, greets refusal")]);
    assert_eq!(away, "not-verified unreachable");
}

#[test]
fn a_candidate_gets_a_verdict_and_no_findings() {
    let mut scene = Scene::new(&["li pop3 starttls mail.example.com:110"])
        .server("mail.example.com:110", "upgrades")
        .server("mail.example.com:995", "good")
        .server("other.example.com:995", "good, version 1.0");
    scene.trials = vec![
        account("li pop3 tls mail.example.com:995"),
        account("li pop3 tls other.example.com:995"),
        account("li pop3 tls never.example.com:995"),
    ];
    let judgement = scene.judged();
    let trials: Vec<String> = judgement.trials.iter().map(told).collect();
    assert_eq!(
        trials,
        ["compliant", "non-compliant", "not-verified not-visited"]
    );
    assert_eq!(rules(&judgement), ["starttls-configured"]);
    assert_eq!(judgement.endpoints.len(), 1);
}

#[test]
fn contradictory_rows_of_one_account_make_one_finding() {
    let scene = Scene::new(&[
        "li pop3 none gone.example.com:110",
        "li pop3 auto gone.example.com:110",
    ])
    .resolved("gone.example.com", DnsAnswer::NoSuchName { twice: true });
    let judgement = scene.judged();
    let unknown: Vec<&Finding> = judgement
        .findings
        .iter()
        .filter(|finding| finding.rule == "unknown-host")
        .collect();
    assert_eq!(unknown.len(), 1);
    assert_eq!(unknown[0].accounts, 2);
}

#[test]
fn a_fingerprint_is_that_of_rule_and_subject() {
    let scene = |server| {
        Scene::new(&[TLS])
            .server("mail.example.com:995", server)
            .judged()
            .findings[0]
            .fingerprint
    };
    assert_eq!(
        scene("good, handshake alert 70"),
        scene("good, handshake incompatible")
    );
    assert_ne!(
        scene("good, handshake alert 70"),
        scene("good, version 1.0")
    );
    assert_eq!(scene("good, handshake alert 70").to_string().len(), 16);
}

#[test]
fn accounts_with_equal_settings_are_judged_once_and_share_their_evidence() {
    let mut scene = Scene::new(&[]).server("mail.example.com:110", "upgrades, logins USER");
    let one = account("li pop3 none mail.example.com:110");
    scene.accounts = (0..20_000u32)
        .map(|n| {
            let mut id = [0; 32];
            id[..4].copy_from_slice(&n.to_be_bytes());
            Account {
                id: AccountId(id),
                ..one.clone()
            }
        })
        .collect();
    let judgement = scene.judged();
    let of_accounts: Vec<&Finding> = judgement
        .findings
        .iter()
        .filter(|finding| finding.rule == "cleartext-configured")
        .collect();
    assert_eq!(of_accounts.len(), 20_000);
    assert!(
        of_accounts
            .iter()
            .all(|f| Arc::ptr_eq(&f.evidence, &of_accounts[0].evidence))
    );
}
