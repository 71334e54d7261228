//! A resolver that answers for names that cannot exist (threat model H2).

use std::net::IpAddr;

use mailfleet::model::*;

use super::{fires, of};
use crate::scene::{Scene, now};

const PORTAL: &str = "192.0.2.80";

/// Hosts that DNS told of, each with an account on port 995, and what was invented.
pub fn scene(hosts: &[(&str, DnsAnswer)], invented: &[&str]) -> Scene {
    let accounts: Vec<String> = hosts
        .iter()
        .map(|(host, _)| format!("li pop3 tls {host}:995"))
        .collect();
    let accounts: Vec<&str> = accounts.iter().map(String::as_str).collect();
    let mut scene = Scene::new(&accounts);
    scene.seen.add(Observation::ResolverTried(ResolverTried {
        at: now(),
        names: vec!["no-such-name.com".into()],
        invented: Fact::Seen(addresses(invented)),
    }));
    for (host, answer) in hosts {
        if let DnsAnswer::Addresses { addresses, .. } = answer {
            for address in addresses {
                scene = scene.server(&format!("{host}:995@{address}"), "good");
            }
        }
        let host = host.parse().expect("a host");
        let told = Resolution {
            told_by: Some(ToldBy::Dns),
            ..Resolution::new(host, now(), answer.clone())
        };
        scene.seen.add(Observation::Resolution(told));
    }
    scene
}

fn addresses(texts: &[&str]) -> Vec<IpAddr> {
    let parsed = texts.iter().map(|text| text.parse());
    parsed.collect::<Result<_, _>>().expect("addresses")
}

fn at(address: &str) -> DnsAnswer {
    DnsAnswer::Addresses {
        addresses: addresses(&[address]),
        beyond: 0,
        not_visited: Vec::new(),
    }
}

const GONE: DnsAnswer = DnsAnswer::NoSuchName { twice: true };

#[test]
fn what_an_inventive_resolver_says_of_names_is_void() {
    let hosts = [
        ("mail.one.example", at("198.51.100.1")),
        ("mail.typo.example", at(PORTAL)),
        ("mail.gone.example", GONE),
    ];
    let judgement = scene(&hosts, &[PORTAL]).judged();
    let found = of(&judgement, "resolver-suspect");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].subject, Subject::Fleet);
    assert!(!fires(&judgement, "unknown-host"));
    let verdicts: Vec<_> = judgement
        .accounts
        .iter()
        .map(|a| a.verdict.clone())
        .collect();
    let failed = || AccountVerdict::NotVerified(Reason::DnsFailed);
    // A host that has an address of its own was found, and showed who it is.
    assert_eq!(verdicts, [AccountVerdict::Compliant, failed(), failed()]);
    let unreachable = of(&judgement, "unreachable");
    let forms: Vec<_> = unreachable.iter().map(|f| f.evidence.variant).collect();
    assert_eq!(forms, [Some("no-such-name"), Some("dns-invented")]);
}

#[test]
fn what_a_portal_shows_accuses_no_server() {
    let mut scene = scene(&[("mail.typo.example", at(PORTAL))], &[PORTAL]);
    scene = scene.server(&format!("mail.typo.example:995@{PORTAL}"), "plain");
    let judgement = scene.judged();
    assert!(!fires(&judgement, "no-encryption") && !fires(&judgement, "cleartext-login"));
    let verdict = &judgement.accounts[0].verdict;
    assert_eq!(*verdict, AccountVerdict::NotVerified(Reason::DnsFailed));
}

#[test]
fn an_honest_resolver_is_believed() {
    let hosts = [
        ("mail.one.example", at("198.51.100.1")),
        ("mail.gone.example", GONE),
    ];
    let judgement = scene(&hosts, &[]).judged();
    assert!(!fires(&judgement, "resolver-suspect") && fires(&judgement, "unknown-host"));
    assert_eq!(judgement.accounts[0].verdict, AccountVerdict::Compliant);
}

#[test]
fn an_address_from_the_hosts_file_or_given_by_hand_stands() {
    for told_by in [Some(ToldBy::HostsFile), None] {
        let mut scene = scene(&[("mail.one.example", at(PORTAL))], &[PORTAL]);
        let host: Host = "mail.one.example".parse().expect("a host");
        match told_by {
            Some(_) => {
                let told = scene.seen.resolutions.get_mut(&host).expect("told");
                told.told_by = told_by;
            }
            None => drop(scene.seen.resolutions.remove(&host)),
        }
        let judgement = scene.judged();
        assert!(fires(&judgement, "resolver-suspect"));
        assert_eq!(judgement.accounts[0].verdict, AccountVerdict::Compliant);
    }
}
