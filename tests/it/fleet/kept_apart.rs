//! What holds of any fleet: what is void is neither compliant nor a violation.

use mailfleet::model::*;
use mailfleet::report::Message;
use mailfleet::rules::{DOUBTS, find};
use mailfleet::words::{Language, Words};
use proptest::prelude::*;

use super::{Fleet, Shown};

const HOSTS: [&str; 6] = [
    "mail.one.example",
    "imap.one.example",
    "mail.two.example",
    "mail.three.example",
    "mail.four.example",
    "mail.five.example",
];

fn any_shown() -> impl Strategy<Value = (usize, u8, u8, i64, i64, u8)> {
    (
        0..HOSTS.len(),
        0..6u8,
        0..4u8,
        -400..40i64,
        1..400i64,
        0..3u8,
    )
}

fn shown(host: &str, path: u8, authority: u8, begins: i64, days: i64, key: u8) -> Shown {
    let mut shown = match path {
        0 => Shown::of(host, &format!("Authority {authority}")),
        1 => Shown::private(host, &format!("CN=Private {authority}")),
        // Most often the one box.
        _ => Shown::private(host, "CN=Box"),
    };
    if key == 0 {
        shown.leaf.key_id = KeyId([0; 32]);
    }
    shown.between(begins, begins + days)
}

/// Whether a doubt voids a rule, asked of the table itself.
fn void(doubt: &str, rule: &str) -> bool {
    let doubt = DOUBTS
        .iter()
        .find(|known| known.rule == doubt)
        .expect("a doubt");
    let rule = find(rule).expect("a rule");
    matches!(
        doubt.void(rule, Verdict::Compliant),
        Verdict::Undetermined(_)
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn what_is_void_is_neither_compliant_nor_a_violation(
        servers in prop::collection::vec(any_shown(), 1..10),
        given in any::<bool>(),
    ) {
        let mut fleet = Fleet::default();
        for (host, path, authority, begins, days, key) in servers {
            let host = HOSTS[host];
            let port = if key == 1 { 465 } else { 993 };
            fleet = fleet.shows(
                &format!("{host}:{port}"),
                shown(host, path, authority, begins, days, key),
            );
        }
        fleet.at_given = given;
        let judgement = fleet.judged();
        let found = |rule: &str| judgement.findings.iter().any(|f| f.rule == rule);
        for doubt in DOUBTS.iter().filter(|doubt| found(doubt.rule)) {
            for finding in &judgement.findings {
                prop_assert!(!void(doubt.rule, finding.rule), "{}", finding.rule);
            }
            for judged in &judgement.accounts {
                prop_assert!(judged.verdict != AccountVerdict::Compliant);
            }
            for judged in judgement.endpoints.values() {
                prop_assert!(judged.undetermined.iter().any(|(rule, _)| void(doubt.rule, rule)));
            }
        }
        prop_assert!(!(given && found("clock-suspect")));
    }
}

#[test]
fn behind_inspection_what_a_handshake_shows_is_marked_as_the_proxys() {
    let marked = |judged: &str, doubt: &str| {
        let doubt = DOUBTS
            .iter()
            .find(|one| one.rule == doubt)
            .expect("a doubt");
        let rule = find(judged).expect("a rule");
        let said = doubt.void(rule, Verdict::Violation((rule.example)()));
        matches!(said, Verdict::Violation(evidence) if evidence.values.contains_key("proxy"))
    };
    for rule in [
        "tls-version-obsolete",
        "cipher-weak",
        "no-aead",
        "key-exchange-weak",
    ] {
        assert!(marked(rule, "tls-intercepted"), "{rule}");
        assert!(!marked(rule, "clock-suspect"), "{rule}");
    }
    for rule in ["cleartext-login", "no-encryption", "wrong-protocol"] {
        assert!(!marked(rule, "tls-intercepted"), "{rule}");
    }
    let evidence = Evidence::new().with("proxy", Value::Term("tls-intercepted".to_owned()));
    let said = Message::beside(&evidence);
    let words = Words::of(Language::En);
    assert!(
        said[0]
            .say(&words)
            .contains("the server itself was not seen")
    );
}

#[test]
fn every_doubt_is_a_rule_that_voids_others_and_not_itself() {
    for doubt in DOUBTS {
        assert!(find(doubt.rule).is_some());
        assert!(!void(doubt.rule, doubt.rule));
        assert!(void(doubt.rule, "cert-expired"));
        assert!(!void(doubt.rule, "no-encryption"));
    }
    assert!(void("tls-intercepted", "cert-weak-key"));
    assert!(!void("clock-suspect", "cert-weak-key"));
}
