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

/// A server under a public root, with an answer of its issuer that was made so many minutes from now.
pub fn answered(minutes: i64, host: &str) -> Judgement {
    let place = format!("{host}:993");
    Fleet::default()
        .shows(&place, Shown::of(host, "Anchor"))
        .attesting(&place, stapled(minutes))
        .judged()
}

fn answer(minutes: i64) -> Said {
    let made = now().as_second() + minutes * 60;
    let made = jiff::Timestamp::from_second(made).expect("a time");
    Said {
        source: RevocationSource::Staple,
        url: None,
        status: Status::Open(Open::NotYet(made)),
    }
}

fn stapled(minutes: i64) -> Attested {
    Attested {
        revocation: vec![answer(minutes)],
        ..Attested::default()
    }
}

#[test]
fn an_answer_from_the_future_makes_our_clock_wrong() {
    let host = "mail.one.example";
    let judgement = answered(60, host);
    let found = of(&judgement, RULE);
    assert_eq!(found.len(), 1);
    let evidence = &found[0].evidence;
    assert_eq!(evidence.variant, Some("answer-ahead"));
    let made = now().as_second() + 3_600;
    let made = jiff::Timestamp::from_second(made).expect("a time");
    assert_eq!(evidence.values["made"], Value::Time(made));
    assert_eq!(
        judgement.accounts[0].verdict.reason(),
        Some(Reason::ClockSuspect)
    );

    let place = "mail.one.example:993";
    let fires_for = |shown: Shown, attested: Attested, given: bool| {
        let mut fleet = Fleet::default().shows(place, shown);
        fleet.at_given = given;
        fires(&fleet.attesting(place, attested).judged(), RULE)
    };
    let public = || Shown::of(host, "Anchor");
    assert!(fires_for(public(), stapled(60), false));
    assert!(!fires_for(public(), stapled(60), true));
    let of_authority = Attested {
        authorities: vec![Authority {
            subject: "CN=Issuing".into(),
            revocation: vec![answer(60)],
        }],
        ..Attested::default()
    };
    assert!(fires_for(public(), of_authority, false));
    for status in [
        Status::Good,
        Status::Open(Open::NotCurrent),
        Status::Open(Open::NotAuthentic),
    ] {
        let mut attested = stapled(60);
        attested.revocation[0].status = status;
        assert!(!fires_for(public(), attested, false), "{status:?}");
    }
    // Whoever nobody trusts may answer what he likes.
    assert!(!fires_for(
        Shown::private(host, "CN=Own"),
        stapled(60),
        false
    ));
}

#[test]
fn a_private_issuer_that_answers_from_the_future_may_have_a_clock_that_errs() {
    let hosts = ["mail.one.example", "mail.two.example", "mail.three.example"];
    for (issuers, expected) in [(["A", "B", "C"], true), (["A", "B", "B"], false)] {
        let shows = |fleet: Fleet, (host, issuer): (&str, &str)| {
            let place = format!("{host}:993");
            let mut shown = Shown::of(host, issuer);
            shown.public = false;
            fleet.shows(&place, shown).attesting(&place, stapled(60))
        };
        let fleet = hosts.into_iter().zip(issuers).fold(Fleet::default(), shows);
        assert_eq!(fires(&fleet.judged(), RULE), expected, "{issuers:?}");
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
