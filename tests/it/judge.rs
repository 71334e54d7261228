//! Verdicts, waivers and order: the four steps of the contract, and what must never happen.

use std::sync::Arc;

use jiff::Timestamp;
use mailfleet::inventory::Inventory;
use mailfleet::judge::judge;
use mailfleet::model::*;
use mailfleet::policy::{Policy, Setting, Waiver, WaiverSubject};
use proptest::prelude::*;

use crate::scene::{Scene, account, rfc8314};

fn verdicts(judgement: &Judgement) -> Vec<String> {
    judgement
        .accounts
        .iter()
        .map(|judged| told(&judged.verdict))
        .collect()
}

fn told(verdict: &AccountVerdict) -> String {
    match verdict.reason() {
        Some(reason) => format!("not-verified {reason}"),
        None => verdict.word().word().to_owned(),
    }
}

fn rules(judgement: &Judgement) -> Vec<&'static str> {
    judgement
        .findings
        .iter()
        .map(|finding| finding.rule)
        .collect()
}

fn waiver(rule: &'static str, subject: WaiverSubject, until: &str) -> Waiver {
    Waiver {
        rule,
        subject,
        reason: "why".into(),
        approved_by: "who".into(),
        until: until.parse().expect("a day"),
        owner: None,
        ticket: None,
    }
}

fn waiving(waivers: Vec<Waiver>) -> Policy {
    Policy {
        waivers,
        ..rfc8314()
    }
}

const TLS: &str = "li pop3 tls mail.example.com:995";
const UPGRADE: &str = "li pop3 starttls mail.example.com:110";

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
        [
            "cleartext-configured",
            "wrong-protocol",
            "cleartext-login",
            "nonstandard-port"
        ]
    );
    assert!(judgement.accounts[1].findings.is_empty());
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
        ("plain, masked", "starttls-stripped"),
        ("upgrades, from-itself", "vantage-is-server"),
        ("upgrades, upgrade timed-out", "unreachable"),
    ] {
        let verdict = verdict_of(UPGRADE, &[("mail.example.com:110", server)]);
        assert_eq!(verdict, format!("not-verified {reason}"), "{server}");
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
        (DnsAnswer::NotAsked, "not-verified not-visited"),
    ] {
        let scene = Scene::new(&[TLS]).resolved("mail.example.com", answer.clone());
        assert_eq!(verdicts(&scene.judged()), [verdict], "{answer:?}");
    }
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
}

#[test]
fn a_waiver_holds_to_the_end_of_its_last_day_in_utc() {
    let scene = Scene::new(&["li pop3 none mail.example.com:110"])
        .server("mail.example.com:110", "upgrades");
    let host = WaiverSubject::Host("mail.example.com".parse().expect("a host"));
    let policy = waiving(vec![waiver("cleartext-configured", host, "2026-11-23")]);
    let at = |time: &str| {
        let inventory = Inventory::of(&scene.accounts);
        let mut matter = scene.matter(&inventory, &policy);
        matter.at = time.parse::<Timestamp>().expect("a time");
        judge(&matter)
    };
    for time in [
        "2026-11-22T00:00:00Z",
        "2026-11-23T00:00:00Z",
        "2026-11-23T23:59:59Z",
    ] {
        let judgement = at(time);
        assert_eq!(verdicts(&judgement), ["waived"], "{time}");
        assert_eq!(
            judgement.findings[0]
                .waiver
                .as_ref()
                .expect("a note")
                .approved_by,
            "who"
        );
        assert_eq!(
            (judgement.waivers[0].expired, judgement.waivers[0].findings),
            (false, 1)
        );
    }
    let judgement = at("2026-11-24T00:00:00Z");
    assert_eq!(verdicts(&judgement), ["non-compliant"]);
    assert_eq!(judgement.findings[0].waiver, None);
    assert_eq!(
        (judgement.waivers[0].expired, judgement.waivers[0].findings),
        (true, 0)
    );
}

#[test]
fn a_waiver_covers_whom_it_names_and_nobody_else() {
    let scene = Scene::new(&[
        "li pop3 none mail.example.com:110",
        "wang pop3 none mail.example.net:110",
    ])
    .server("mail.example.com:110", "upgrades")
    .server("mail.example.net:110", "upgrades");
    let of = |subject| {
        let policy = waiving(vec![waiver("cleartext-configured", subject, "2027-01-01")]);
        verdicts(&scene.judged_by(&policy)).join(" ")
    };
    let first = "waived non-compliant";
    assert_eq!(
        of(WaiverSubject::Host(
            "mail.example.com".parse().expect("a host")
        )),
        first
    );
    assert_eq!(
        of(WaiverSubject::Endpoint(
            "mail.example.com:110".parse().expect("one")
        )),
        first
    );
    assert_eq!(of(WaiverSubject::Email("li@example.com".into())), first);
    assert_eq!(
        of(WaiverSubject::Email("zhao@example.com".into())),
        "non-compliant non-compliant"
    );
    assert_eq!(
        of(WaiverSubject::Endpoint(
            "mail.example.com:995".parse().expect("one")
        )),
        "non-compliant non-compliant"
    );
    assert_eq!(
        of(WaiverSubject::Domain("example.net".into())),
        "non-compliant waived"
    );
    // Every address at the domain: both people have theirs at example.com.
    assert_eq!(
        of(WaiverSubject::Domain("example.com".into())),
        "waived waived"
    );
    assert_eq!(
        of(WaiverSubject::Domain("ample.com".into())),
        "non-compliant non-compliant"
    );
}

#[test]
fn a_persons_waiver_excuses_the_endpoint_for_that_person_alone() {
    let scene = Scene::new(&[
        "li pop3 starttls mail.example.com:110",
        "wang pop3 starttls mail.example.com:110",
    ])
    .server("mail.example.com:110", "upgrades, logins USER");
    let li = WaiverSubject::Email("li@example.com".into());
    let judgement = scene.judged_by(&waiving(vec![waiver("cleartext-login", li, "2027-01-01")]));
    assert_eq!(verdicts(&judgement), ["waived", "non-compliant"]);
    assert_eq!(judgement.findings[0].waiver, None);
    assert_eq!(judgement.findings[0].accounts, 2);
    assert_eq!(judgement.waivers[0].findings, 1);
}

#[test]
fn a_waived_breach_does_not_hide_what_was_not_seen() {
    let scene = Scene::new(&["li pop3 none mail.example.com:110"])
        .server("mail.example.com:110", "timed-out");
    let li = WaiverSubject::Email("li@example.com".into());
    let judgement = scene.judged_by(&waiving(vec![waiver(
        "cleartext-configured",
        li,
        "2027-01-01",
    )]));
    assert_eq!(verdicts(&judgement), ["not-verified unreachable"]);
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

const HOSTS: [&str; 3] = ["a.example.com", "b.example.com", "gone.example.net"];
const SERVERS: [&str; 23] = [
    "good",
    "good, version 1.0",
    "good, handshake alert 40",
    "good, handshake closed",
    "good, silent",
    "good, speaks imap",
    "upgrades",
    "upgrades, logins USER",
    "upgrades, announces nothing",
    "plain",
    "plain, masked",
    "plain, speaks http",
    "plain, speaks nothing",
    "plain, greets refusal",
    "plain, greets preauth",
    "plain, greets +OK *******",
    "plain, quick",
    "upgrades, from-itself",
    "upgrades, handshake garbage",
    "timed-out",
    "throttled",
    "address-not-allowed",
    "fault",
];

fn any_scene() -> impl Strategy<Value = (Vec<String>, Vec<(String, String)>)> {
    let host = || prop::sample::select(HOSTS.to_vec());
    let port = || prop::sample::select(vec![":110", ":995", ":143", ":587", ":25"]);
    let account = (
        prop::sample::select(vec!["li", "wang", "zhao"]),
        prop::sample::select(vec!["pop3", "imap", "smtp", "-"]),
        prop::sample::select(vec!["tls", "starttls", "none", "auto", "-"]),
        host(),
        prop_oneof![4 => port(), 1 => Just("")],
    )
        .prop_map(|(person, protocol, security, host, port)| {
            format!("{person} {protocol} {security} {host}{port}")
        });
    let server = (
        host(),
        port(),
        0..2u8,
        prop::sample::select(SERVERS.to_vec()),
    )
        .prop_map(|(host, port, n, words)| (format!("{host}{port}@192.0.2.{n}"), words.to_owned()));
    (
        prop::collection::vec(account, 0..8),
        prop::collection::vec(server, 0..10),
    )
}

fn build(accounts: &[String], servers: &[(String, String)]) -> Scene {
    let words: Vec<&str> = accounts.iter().map(String::as_str).collect();
    let mut scene = Scene::new(&words);
    for (place, words) in servers {
        let (endpoint, address) = place.split_once('@').expect("an address");
        scene.seen.add(crate::scene::visit(
            &endpoint.parse().expect("an endpoint"),
            address.parse().expect("an address"),
            words,
        ));
    }
    scene
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn totals_add_up_and_nothing_unseen_is_green((accounts, servers) in any_scene()) {
        let scene = build(&accounts, &servers);
        let judgement = scene.judged();
        prop_assert_eq!(judgement.accounts.len(), accounts.len());
        let mut counts = vec![0; judgement.findings.len()];
        for (account, judged) in scene.accounts.iter().zip(&judgement.accounts) {
            for n in &judged.findings {
                counts[*n as usize] += 1;
            }
            if judged.verdict == AccountVerdict::Compliant {
                prop_assert!(account.settings_stated());
                let endpoint = account.endpoint().expect("a port is stated");
                let seen: Vec<&Visited> = scene.seen.visits_to(&endpoint).collect();
                prop_assert!(!seen.is_empty());
                prop_assert!(seen.iter().all(|visited| visited.tls.seen().is_some()));
                let graver = |n: &u32| judgement.findings[*n as usize].severity >= Severity::Medium;
                prop_assert!(!judged.findings.iter().any(graver));
            }
        }
        for (finding, count) in judgement.findings.iter().zip(counts) {
            if matches!(finding.subject, Subject::Account(_)) {
                prop_assert!(count > 0);
            }
            prop_assert_eq!(finding.accounts, count);
        }
        let order = |finding: &Finding| {
            let place = mailfleet::rules::RULES.iter().position(|rule| rule.id == finding.rule);
            (std::cmp::Reverse(finding.severity), place, finding.subject.clone())
        };
        prop_assert!(judgement.findings.windows(2).all(|two| order(&two[0]) < order(&two[1])));
    }

    #[test]
    fn order_of_arrival_never_shows((accounts, mut servers) in any_scene(), turn in 0..8usize) {
        servers.sort();
        servers.dedup_by(|one, other| one.0 == other.0);
        let straight = build(&accounts, &servers).judged();
        let mut turned = accounts.clone();
        turned.rotate_left(turn.min(accounts.len()));
        servers.reverse();
        let mut other = build(&turned, &servers).judged();
        prop_assert_eq!(format!("{:?}", straight.findings), format!("{:?}", other.findings));
        prop_assert_eq!(format!("{:?}", straight.endpoints), format!("{:?}", other.endpoints));
        other.accounts.rotate_right(turn.min(accounts.len()));
        prop_assert_eq!(format!("{:?}", straight.accounts), format!("{:?}", other.accounts));
    }
}
