//! What holds of any fleet.

use mailfleet::judge::{Under, contrast};
use mailfleet::model::*;
use proptest::prelude::*;

use super::compared::strict;
use crate::scene::{Scene, now, rfc8314};

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
    "plain, lists XXXXXXXA",
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

pub(super) fn any_scene() -> impl Strategy<Value = (Vec<String>, Vec<(String, String)>)> {
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

pub(super) fn build(accounts: &[String], servers: &[(String, String)]) -> Scene {
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
    fn who_stands_worse_is_who_stands_worse((accounts, servers) in any_scene()) {
        let scene = build(&accounts, &servers);
        let (one, other) = (rfc8314(), strict());
        let (first, then) = (scene.judged_by(&one), scene.judged_by(&other));
        let under = |judgement, policy| Under { judgement, policy, at: now() };
        let contrast = contrast(&scene.accounts, &under(&first, &one), &under(&then, &other));
        let both = || first.accounts.iter().zip(&then.accounts).map(|(was, becomes)| {
            (was.verdict.word(), becomes.verdict.word())
        });
        let fail = VerdictWord::NonCompliant;
        let failing = both().filter(|(was, becomes)| *was != fail && *becomes == fail);
        prop_assert_eq!(contrast.failing(), failing.count());
        let relieved = both().filter(|(was, becomes)| {
            *was == fail && matches!(becomes, VerdictWord::Compliant | VerdictWord::Waived)
        });
        prop_assert_eq!(contrast.relieved, relieved.count());
        prop_assert_eq!(contrast.then.total, accounts.len());
        for changed in &contrast.accounts {
            let cause = &contrast.causes[changed.cause as usize];
            let fails = changed.then.word() == fail;
            prop_assert!(!fails || !cause.is_empty(), "fails for no reason");
            for rule in cause {
                let told = contrast.rules.iter().find(|told| told.rule == *rule);
                prop_assert!(told.is_some_and(|told| told.failing + told.unverified > 0));
            }
        }
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
