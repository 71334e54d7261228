//! The matrix: one thing that servers show, by each preset.

use std::collections::BTreeSet;

use mailfleet::model::{Finding, Severity};
use mailfleet::policy::{PRESETS, Policy, load};

use crate::scene::{Scene, known_rules};

const PLACE: &str = "mail.example.com:995";

/// What a policy finds of a server, as rule, severity and form.
fn found(
    policy: &Policy,
    account: &str,
    server: &str,
) -> BTreeSet<(Severity, &'static str, Option<&'static str>)> {
    let place = account.split(' ').next_back().expect("a place");
    let judged = Scene::new(&[account])
        .server(place, server)
        .judged_by(policy);
    let told = |finding: &Finding| (finding.severity, finding.rule, finding.evidence.variant);
    // What is missing of hybrids is a remark of every policy, whichever group it sees.
    let asked = judged
        .findings
        .iter()
        .filter(|one| one.rule != "post-quantum-missing");
    asked.map(told).collect()
}

/// `+`, `~` or `x`: what the server is blamed for that a good one is not.
fn mark(policy: &Policy, server: &str) -> char {
    let account = format!("li pop3 tls {PLACE}");
    let good = found(policy, &account, "good");
    let shown = found(policy, &account, &format!("good, {server}"));
    match shown.difference(&good).max() {
        None => '+',
        Some((severity, ..)) if *severity < policy.breach_from => '~',
        Some(_) => 'x',
    }
}

#[test]
fn each_preset_judges_one_server_as_the_matrix_has_it() {
    let table = include_str!("../../cases/suites/matrix.txt");
    let presets: Vec<Policy> = PRESETS
        .iter()
        .map(|preset| load(preset.name, &known_rules()).expect("it loads"))
        .collect();
    let mut wrong = Vec::new();
    let rows = table.lines().filter(|line| !line.starts_with('#'));
    let mut cells = 0;
    for row in rows {
        let mut columns = row.split(';');
        let server = columns.next().expect("what it shows");
        let expected: Vec<&str> = columns.collect();
        assert_eq!(expected.len(), presets.len(), "{row}");
        for (policy, expected) in presets.iter().zip(expected) {
            let mark = mark(policy, server);
            if mark.to_string() != expected {
                wrong.push(format!("{}: {server}: {mark}, not {expected}", policy.name));
            }
            cells += 1;
        }
    }
    assert!(wrong.is_empty() && cells > 200, "{cells} cells: {wrong:#?}");
}

#[test]
fn clear_text_is_a_breach_by_every_preset() {
    for preset in PRESETS {
        let policy = load(preset.name, &known_rules()).expect("it loads");
        for (account, server, rule) in [
            (
                "li pop3 none mail.example.com:110",
                "plain",
                "no-encryption",
            ),
            (
                "li pop3 none mail.example.com:110",
                "plain",
                "cleartext-configured",
            ),
            (
                "li pop3 starttls mail.example.com:110",
                "upgrades, logins USER",
                "cleartext-login",
            ),
        ] {
            let found = found(&policy, account, server);
            let told = found.iter().find(|(_, one, _)| *one == rule);
            let breach = told.is_some_and(|(severity, ..)| *severity >= policy.breach_from);
            assert!(breach, "{}: {rule}: {found:?}", preset.name);
        }
    }
}
