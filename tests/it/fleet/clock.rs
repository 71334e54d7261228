//! A clock that contradicts the servers (threat model H8).

use mailfleet::model::*;

use super::{DAY, Fleet, Shown, fires, of};
use crate::scene::now;

const RULE: &str = "clock-suspect";

/// Servers of four owners and issuers, seen `days` from now by a clock that errs by that much.
/// Three of the certificates were issued this morning.
fn seen_at(days: i64) -> Fleet {
    let servers = [
        ("mail.one.example", "Anchor", -80, 10),
        ("mail.two.example", "Beacon", 0, 90),
        ("mail.three.example", "Castle", 0, 90),
        ("mail.four.example", "Dolmen", 0, 200),
    ];
    let fleet = servers.into_iter().fold(
        Fleet::default(),
        |fleet, (host, authority, begins, ends)| {
            let shown = Shown::of(host, authority).between(begins, ends);
            fleet.shows(&format!("{host}:993"), shown)
        },
    );
    let at = now().as_second() + days * DAY;
    Fleet {
        at: Some(jiff::Timestamp::from_second(at).expect("a time")),
        ..fleet
    }
}

#[test]
fn a_clock_that_errs_is_told_from_certificates_that_err() {
    for (days, form) in [
        (-3_650, Some("before-release")),
        (-1, Some("not-yet-valid")),
        (0, None),
        (30, None),
        (91, None),
        (365, Some("all-ended")),
    ] {
        let mut fleet = seen_at(days);
        let judgement = fleet.judged();
        let found = of(&judgement, RULE);
        let forms: Vec<_> = found.iter().map(|f| f.evidence.variant).collect();
        assert_eq!(forms, Vec::from_iter(form.map(Some)), "{days} days");
        let dates = ["cert-expired", "cert-not-yet-valid", "cert-expiring"];
        if form.is_some() {
            assert!(dates.iter().all(|rule| !fires(&judgement, rule)));
            for judged in &judgement.accounts {
                assert_eq!(judged.verdict.reason(), Some(Reason::ClockSuspect));
            }
        }
        fleet.at_given = true;
        let given = fleet.judged();
        assert!(!fires(&given, RULE), "{days} days, given");
        if form.is_some() {
            assert!(dates.iter().any(|rule| fires(&given, rule)));
        }
    }
}

#[test]
fn one_issuer_with_a_fast_clock_does_not_make_ours_wrong() {
    let three = |issuers: [&str; 3], own: bool| {
        let hosts = ["mail.one.example", "mail.two.example", "mail.three.example"];
        hosts
            .into_iter()
            .zip(issuers)
            .fold(Fleet::default(), |fleet, (host, issuer)| {
                let mut shown = Shown::of(host, issuer).between(1, 90);
                shown.leaf.self_signed = own;
                fleet.shows(&format!("{host}:993"), shown)
            })
            .judged()
    };
    assert!(fires(&three(["A", "B", "C"], false), RULE));
    assert!(!fires(&three(["A", "B", "B"], false), RULE));
    assert!(!fires(&three(["A", "B", "C"], true), RULE));
    assert!(fires(&three(["A", "B", "B"], false), "cert-not-yet-valid"));
}

#[test]
fn rules_without_dates_are_judged_whatever_the_clock() {
    let judgement = seen_at(-1)
        .shows(
            "mail.five.example:993",
            Shown::private("mail.five.example", "CN=Corp Root"),
        )
        .judged();
    assert!(fires(&judgement, RULE) && fires(&judgement, "cert-untrusted"));
}
