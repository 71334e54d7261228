//! Whom a fix may lead where.

use std::net::Ipv4Addr;

use jiff::Timestamp;

use super::*;
use crate::model::{
    Account, AccountId, AccountJudgement, AccountVerdict, AskedFor, Candidate, Cause, Evidence,
    Finding, Fingerprint, Gap, Idea, Judgement, Observation, Observations, Person, Phase, Proof,
    Protocol, Security, Settings, Severity, Subject, Unproven, Visited,
};
use crate::policy::{self, Policy};
use crate::rules::RULES;

fn policy() -> Policy {
    let known: Vec<&str> = RULES.iter().map(|rule| rule.id).collect();
    policy::load("rfc8314", &known).expect("the preset loads")
}

fn account(who: &str, host: &str, port: u16, security: Security) -> Account {
    Account {
        id: AccountId([who.len() as u8; 32]),
        sources: Vec::new(),
        person: Person {
            email: Some(who.into()),
            ..Person::default()
        },
        other_departments: Vec::new(),
        client: None,
        language: None,
        protocol: Some(Protocol::Pop3),
        host: host.parse().expect("a host"),
        port: Some(port),
        security,
        accepts_any_certificate: false,
        inferred: Vec::new(),
    }
}

/// The first account is non-compliant, all others are compliant.
fn first_is_wrong(accounts: &[Account]) -> Judgement {
    let verdict = |index| match index {
        0 => AccountVerdict::NonCompliant,
        _ => AccountVerdict::Compliant,
    };
    Judgement {
        accounts: (0..accounts.len())
            .map(|index| AccountJudgement {
                verdict: verdict(index),
                findings: Vec::new(),
                excused: Vec::new(),
            })
            .collect(),
        ..Judgement::default()
    }
}

fn hosts(wanted: &Wanted) -> Vec<String> {
    let of_group = |group: &WantedGroup| group.candidates.clone();
    wanted
        .groups
        .iter()
        .flat_map(of_group)
        .map(|candidate| candidate.settings.endpoint().to_string())
        .collect()
}

#[test]
fn managesieve_is_led_to_an_upgrade_and_to_no_port_that_does_not_exist() {
    let sieve = |security| Account {
        protocol: Some(Protocol::Managesieve),
        ..account("a@corp.example", "imap.corp.example", 4190, security)
    };
    let wrong = [sieve(Security::None)];
    let wanted = candidates(&wrong, &first_is_wrong(&wrong), &policy());
    assert_eq!(
        hosts(&wanted),
        [
            "imap.corp.example:4190",
            "sieve.corp.example:4190",
            "mail.corp.example:4190"
        ]
    );
    let mut all = wanted.groups.iter().flat_map(|group| &group.candidates);
    assert!(all.all(|candidate| candidate.settings.security == Security::Starttls));
    // Nothing is wrong with it, and no sibling port could be better.
    let judgement = Judgement {
        accounts: vec![AccountJudgement {
            verdict: AccountVerdict::Compliant,
            findings: Vec::new(),
            excused: Vec::new(),
        }],
        ..Judgement::default()
    };
    let good = [sieve(Security::Starttls)];
    assert!(hosts(&candidates(&good, &judgement, &policy())).is_empty());
}

#[test]
fn the_founding_case_is_offered_its_own_host_first_then_what_colleagues_use() {
    let mut accounts = vec![account(
        "a@corp.example",
        "imap.corp.example",
        110,
        Security::None,
    )];
    for who in ["bb@corp.example", "ccc@corp.example", "dddd@corp.example"] {
        accounts.push(account(who, "mail.corp.example", 995, Security::Tls));
    }
    let wanted = candidates(&accounts, &first_is_wrong(&accounts), &policy());
    assert_eq!(
        hosts(&wanted),
        [
            "imap.corp.example:995",
            "mail.corp.example:995",
            "pop.corp.example:995",
            "pop3.corp.example:995",
            "imap.corp.example:110",
        ]
    );
    assert_eq!(wanted.groups[0].candidates[1].idea, Idea::UsedByColleagues);
}

#[test]
fn a_stranger_is_offered_only_when_three_others_vouch_for_it() {
    let wrong = account("a@corp.example", "old.corp.example", 110, Security::None);
    let others = ["bb@corp.example", "ccc@corp.example", "dddd@corp.example"]
        .map(|who| account(who, "mail.hoster.test", 995, Security::Tls));
    for vouchers in 0..=3 {
        let mut accounts = vec![wrong.clone()];
        accounts.extend_from_slice(&others[..vouchers]);
        let wanted = candidates(&accounts, &first_is_wrong(&accounts), &policy());
        let offered = hosts(&wanted).contains(&"mail.hoster.test:995".to_owned());
        assert_eq!(offered, vouchers >= 3, "{vouchers} vouchers");
    }
}

#[test]
fn a_domain_one_letter_away_from_a_known_one_is_never_offered() {
    let mut accounts = vec![account(
        "a@corp.example",
        "mail.c0rp.example",
        110,
        Security::None,
    )];
    for who in ["bb@corp.example", "ccc@corp.example", "dddd@corp.example"] {
        accounts.push(account(who, "mail.corp.example", 995, Security::Tls));
    }
    let offered = hosts(&candidates(
        &accounts,
        &first_is_wrong(&accounts),
        &policy(),
    ));
    assert_eq!(offered, ["mail.corp.example:995"]);
}

#[test]
fn at_most_six_servers_elsewhere_are_visited_for_a_domain_and_protocol() {
    let mut accounts = vec![account(
        "a@corp.example",
        "x.corp.example",
        110,
        Security::None,
    )];
    for number in 0..20 {
        let (who, host) = (
            format!("{number}@corp.example"),
            format!("s{number}.corp.example"),
        );
        accounts.push(account(&who, &host, 995, Security::Tls));
    }
    let wanted = candidates(&accounts, &first_is_wrong(&accounts), &policy());
    let elsewhere = hosts(&wanted)
        .into_iter()
        .filter(|endpoint| !endpoint.starts_with("x."))
        .count();
    assert_eq!(elsewhere, 6);
}

fn seen(endpoint: &str, connected: Option<Cause>) -> Observations {
    let gap = Gap::new(Phase::Connect, connected.unwrap_or(Cause::Refused));
    let mut observations = Observations::default();
    observations.add(Observation::Visited(Box::new(Visited::unseen(
        endpoint.parse().expect("an endpoint"),
        Ipv4Addr::LOCALHOST.into(),
        AskedFor::Candidate,
        Timestamp::UNIX_EPOCH,
        gap,
    ))));
    observations
}

/// The wrong account with one finding, and its trials judged as given.
fn settled(verdicts: impl Fn(usize) -> AccountVerdict, observations: &Observations) -> Finding {
    let accounts = [account(
        "a@corp.example",
        "imap.corp.example",
        110,
        Security::None,
    )];
    let mut judgement = first_is_wrong(&accounts);
    let wanted = candidates(&accounts, &judgement, &policy());
    judgement.trials = (0..wanted.trials(&accounts).len()).map(verdicts).collect();
    judgement.findings.push(Finding {
        fingerprint: Fingerprint(1),
        rule: "cleartext-configured",
        subject: Subject::Account(accounts[0].id),
        severity: Severity::High,
        breach: true,
        evidence: Evidence::new().into(),
        accounts: 1,
        waiver: None,
        fix: None,
    });
    settle(&mut judgement, &wanted, &accounts, observations);
    judgement.findings.remove(0)
}

#[test]
fn the_first_compliant_trial_that_was_visited_is_the_fix() {
    let observations = seen("mail.corp.example:995", None);
    let finding = settled(|_| AccountVerdict::Compliant, &observations);
    let fix = finding.fix.expect("a fix");
    let to = fix.to.expect("settings");
    assert_eq!(to.endpoint().to_string(), "mail.corp.example:995");
    assert!(matches!(fix.proof, Proof::Proven { .. }));
}

#[test]
fn without_a_compliant_trial_the_fix_says_why_there_is_none() {
    let not_compliant = |_| AccountVerdict::NonCompliant;
    let visited = settled(not_compliant, &seen("imap.corp.example:995", None));
    let fix = visited.fix.expect("a fix");
    assert_eq!(fix.proof, Proof::NotProven(Unproven::NothingCompliant));
    let offline = settled(not_compliant, &Observations::default());
    let fix = offline.fix.expect("a fix");
    assert_eq!(fix.proof, Proof::NotProven(Unproven::NotInObservations));
    assert_eq!(fix.to, None);
}

#[test]
fn the_domain_of_ones_own_address_is_known_and_so_is_another_script() {
    let cyrillic = "mail.cоrp.example";
    for host in ["mail.c0rp.example", cyrillic] {
        let accounts = [account("a@corp.example", host, 110, Security::None)];
        let wanted = candidates(&accounts, &first_is_wrong(&accounts), &policy());
        assert_eq!(hosts(&wanted), [""; 0], "{host}");
    }
}

#[test]
fn a_mistyped_address_does_not_make_its_domain_known() {
    let mut accounts = vec![account(
        "a@c0rp.example",
        "mail.c0rp.example",
        110,
        Security::None,
    )];
    for who in ["bb@corp.example", "ccc@corp.example", "dddd@corp.example"] {
        accounts.push(account(who, "mail.corp.example", 995, Security::Tls));
    }
    let wanted = candidates(&accounts, &first_is_wrong(&accounts), &policy());
    assert_eq!(hosts(&wanted), [""; 0]);
}

#[test]
fn nobody_vouches_for_themselves_nor_for_another_domain() {
    let wrong = account("a@corp.example", "old.corp.example", 110, Security::None);
    let at = |who: &str| account(who, "mail.stranger.test", 995, Security::Tls);
    let own_row = [
        wrong.clone(),
        at("a@corp.example"),
        at("bb@corp.example"),
        at("ccc@corp.example"),
    ];
    let other_domain = [
        wrong,
        at("bb@corp.example"),
        at("x@stranger.test"),
        at("yy@stranger.test"),
        at("zzz@stranger.test"),
    ];
    for accounts in [&own_row[..], &other_domain[..]] {
        let offered = hosts(&candidates(accounts, &first_is_wrong(accounts), &policy()));
        assert!(
            !offered.contains(&"mail.stranger.test:995".to_owned()),
            "{offered:?}"
        );
    }
}

#[test]
fn settings_with_two_ideas_and_one_outcome_are_listed_once() {
    let accounts = [account("a@corp.example", "a.test", 110, Security::None)];
    let mut judgement = first_is_wrong(&accounts);
    let settings = Settings {
        protocol: Protocol::Pop3,
        host: "mail.corp.example".parse().expect("a host"),
        port: 995,
        security: Security::Tls,
    };
    let group = |idea| WantedGroup {
        accounts: vec![0],
        candidates: vec![Candidate {
            rank: 0,
            settings: settings.clone(),
            idea,
        }],
    };
    let wanted = Wanted {
        groups: vec![group(Idea::UsedByColleagues), group(Idea::SameHost)],
    };
    judgement.trials = vec![AccountVerdict::Compliant; 2];
    let tried = settle(&mut judgement, &wanted, &accounts, &Observations::default());
    let ideas: Vec<Idea> = tried.iter().map(|tried| tried.idea).collect();
    assert_eq!(ideas, [Idea::SameHost]);
}

#[test]
fn accounts_that_different_measures_judge_share_no_trial() {
    let mut accounts = [
        account("a@corp.example", "imap.corp.example", 110, Security::None),
        account("b@corp.example", "imap.corp.example", 110, Security::None),
    ];
    let judgement = first_is_wrong(&accounts);
    let judgement = Judgement {
        accounts: vec![judgement.accounts[0].clone(); 2],
        ..judgement
    };
    let mut own = policy();
    assert_eq!(candidates(&accounts, &judgement, &own).groups.len(), 1);
    own.groups.push(policy::Group {
        name: "finance".to_owned(),
        members: policy::Members {
            departments: vec!["Finance".to_owned()],
            ..policy::Members::default()
        },
        policy: policy(),
    });
    accounts[1].person.department = Some("Finance".into());
    let wanted = candidates(&accounts, &judgement, &own);
    let of: Vec<_> = wanted
        .groups
        .iter()
        .map(|group| group.accounts.clone())
        .collect();
    assert_eq!(of, [[0], [1]]);
    let trials = wanted.trials(&accounts);
    assert!(
        trials
            .iter()
            .any(|trial| trial.person == accounts[1].person)
    );
}
