//! What a waiver accepts, for whom, and until when.

use jiff::Timestamp;
use mailfleet::inventory::Inventory;
use mailfleet::judge::judge;
use mailfleet::policy::{Policy, Waiver, WaiverSubject};

use super::verdicts;
use crate::scene::{Scene, rfc8314};

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
    let accepted = |place: usize| judgement.accepted(&judgement.accounts[place], 0);
    assert_eq!(accepted(0), Some(judgement.waivers[0].note()));
    assert_eq!(accepted(1), None);
}

#[test]
fn what_is_accepted_for_everyone_whom_it_concerns_is_accepted() {
    let login = |name: &str, until| {
        let subject = WaiverSubject::Email(format!("{name}@example.com"));
        waiver("cleartext-login", subject, until)
    };
    let both = || waiving(vec![login("li", "2027-02-01"), login("wang", "2027-01-01")]);
    let scene = |accounts: &[&str]| {
        Scene::new(accounts).server("mail.example.com:110", "upgrades, logins USER")
    };
    let ends = |accounts: &[&str]| {
        let judgement = scene(accounts).judged_by(&both());
        let mut findings = judgement.findings.iter();
        let finding = findings.find(|one| one.rule == "cleartext-login");
        let waiver = finding.expect("a finding").waiver.clone();
        waiver.map(|note| note.until.to_string())
    };
    let li = "li pop3 starttls mail.example.com:110";
    let wang = "wang pop3 starttls mail.example.com:110";
    assert_eq!(ends(&[li]).as_deref(), Some("2027-02-01"));
    // Of several waivers the one that ends first: until then all of them hold.
    assert_eq!(ends(&[li, wang]).as_deref(), Some("2027-01-01"));
    assert_eq!(
        ends(&[li, wang, "zhao pop3 starttls mail.example.com:110"]),
        None
    );
    // Whoever may mean the server is concerned, too.
    assert_eq!(ends(&[li, "zhao pop3 unknown mail.example.com"]), None);
    let judgement = scene(&[li, wang]).judged_by(&both());
    let untils = judgement.accounts.iter().map(|account| {
        let accepted = judgement.accepted(account, account.excused[0].finding);
        accepted.expect("accepted").until.to_string()
    });
    assert_eq!(untils.collect::<Vec<_>>(), ["2027-02-01", "2027-01-01"]);
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
fn a_pattern_covers_what_is_named_alike_and_nothing_else() {
    let scene = Scene::new(&[
        "till-1 pop3 none till-1.example.com:110",
        "li pop3 none till-1.example.net:110",
    ])
    .server("till-1.example.com:110", "upgrades")
    .server("till-1.example.net:110", "upgrades");
    let of = |pattern: &str| {
        let subject = WaiverSubject::read(pattern).expect("a pattern");
        let policy = waiving(vec![waiver("cleartext-configured", subject, "2027-01-01")]);
        let judgement = scene.judged_by(&policy);
        (
            verdicts(&judgement).join(" "),
            judgement.waivers[0].findings,
        )
    };
    let first = ("waived non-compliant".to_owned(), 1);
    for pattern in [
        "till-*.example.com",
        "till-*.example.com:110",
        "till-*@example.com",
    ] {
        assert_eq!(of(pattern), first, "{pattern}");
    }
    for pattern in [
        "till-*.example.com:995",
        "x-*.example.com",
        "*-1@example.org",
    ] {
        assert_eq!(of(pattern).1, 0, "{pattern}");
    }
}

#[test]
fn one_account_is_waived_by_its_id() {
    let scene = Scene::new(&[
        "li pop3 none mail.example.com:110",
        "li imap none mail.example.com:143",
    ])
    .server("mail.example.com:110", "upgrades")
    .server("mail.example.com:143", "upgrades");
    let id = scene.accounts[0].id;
    let subject = WaiverSubject::read(&format!("account:{id}")).expect("an id");
    let policy = waiving(vec![waiver("cleartext-configured", subject, "2027-01-01")]);
    assert_eq!(
        verdicts(&scene.judged_by(&policy)),
        ["waived", "non-compliant"]
    );
}

#[test]
fn a_pattern_excuses_an_endpoint_for_whom_it_names_alone() {
    let scene = Scene::new(&[
        "svc-1 pop3 starttls mail.example.com:110",
        "wang pop3 starttls mail.example.com:110",
    ])
    .server("mail.example.com:110", "upgrades, logins USER");
    let svc = WaiverSubject::read("svc-*@example.com").expect("a pattern");
    let judgement = scene.judged_by(&waiving(vec![waiver("cleartext-login", svc, "2027-01-01")]));
    assert_eq!(verdicts(&judgement), ["waived", "non-compliant"]);
    assert_eq!(judgement.findings[0].waiver, None);
}
