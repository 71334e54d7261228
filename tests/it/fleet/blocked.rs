//! A network that lets nothing out to a port (threat model H3), and servers that have closed one.

use mailfleet::model::*;
use mailfleet::policy::Policy;

use super::{fires, of};
use crate::scene::{Scene, account, rfc8314};

const RULE: &str = "vantage-blocked";

/// Three owners, in three networks.
pub const OWNERS: [(&str, &str); 3] = [
    ("mail.one.example", "198.51.100.1"),
    ("mail.two.example", "203.0.113.1"),
    ("mail.three.example", "2001:db8:3::1"),
];

/// Servers that do as told on port 995, and answer on 993, each with an account on both.
pub fn fleet(servers: &[(&str, &str)], on_995: &str) -> Scene {
    let told = servers
        .iter()
        .map(|(host, address)| (*host, *address, on_995));
    each(told)
}

fn each<'a>(servers: impl Iterator<Item = (&'a str, &'a str, &'a str)>) -> Scene {
    servers.fold(Scene::default(), |mut scene, (host, address, words)| {
        for (protocol, port) in [("pop3", 995), ("imap", 993)] {
            let person = host.replace('.', "-");
            let words = format!("{person} {protocol} tls {host}:{port}");
            scene.accounts.push(account(&words));
        }
        scene
            .server(&format!("{host}:995@{address}"), words)
            .server(&format!("{host}:993@{address}"), "good")
    })
}

#[test]
fn a_port_on_which_unrelated_servers_all_fail_is_blocked_here() {
    for how in ["timed-out", "refused", "reset", "closed"] {
        let judgement = fleet(&OWNERS, how).judged();
        let found = of(&judgement, RULE);
        assert_eq!(found.len(), 1, "{how}");
        assert_eq!(found[0].subject, Subject::Fleet);
        assert_eq!(found[0].severity, Severity::Info);
        let values = &found[0].evidence.values;
        assert_eq!(values["ports"], Value::List(vec!["995".into()]));
        assert_eq!(values["count"], Value::Number(3));
        assert_eq!(values["how"], Value::Term(how.into()));
        // What was not seen is open, and what was seen is judged as ever.
        for (account, judged) in fleet(&OWNERS, how).accounts.iter().zip(&judgement.accounts) {
            let expected = match account.port {
                Some(995) => AccountVerdict::NotVerified(Reason::Unreachable),
                _ => AccountVerdict::Compliant,
            };
            assert_eq!(judged.verdict, expected, "{how}");
        }
    }
}

#[test]
fn too_few_or_related_servers_leave_it_open_and_that_is_said() {
    let one_network = [
        ("mail.one.example", "198.51.100.1"),
        ("mail.two.example", "198.51.100.2"),
        ("mail.three.example", "198.51.100.3"),
    ];
    let one_domain = [
        ("pop.one.example", "198.51.100.1"),
        ("mail.one.example", "203.0.113.1"),
        ("mx.one.example", "192.0.2.1"),
    ];
    for servers in [&OWNERS[..1], &OWNERS[..2], &one_network, &one_domain] {
        let judgement = fleet(servers, "timed-out").judged();
        assert!(!fires(&judgement, RULE), "{servers:?}");
        let unreachable = of(&judgement, "unreachable");
        assert_eq!(unreachable.len(), servers.len());
        for finding in unreachable {
            let elsewhere = finding.evidence.values.get("elsewhere");
            assert_eq!(elsewhere, Some(&Value::List(vec!["993".into()])));
        }
        let verdict = &judgement.accounts[0].verdict;
        assert_eq!(*verdict, AccountVerdict::NotVerified(Reason::Unreachable));
    }
}

#[test]
fn our_own_servers_are_one_owners() {
    let ours = Policy {
        own_domains: vec!["one.example".into(), "two.example".into()],
        ..rfc8314()
    };
    assert!(!fires(&fleet(&OWNERS, "refused").judged_by(&ours), RULE));
    let only_one = Policy {
        own_domains: vec!["one.example".into()],
        ..rfc8314()
    };
    assert!(fires(&fleet(&OWNERS, "refused").judged_by(&only_one), RULE));
}

#[test]
fn a_port_on_which_anybody_answers_is_open() {
    let fourth = ("mail.four.example", "192.0.2.1", "good");
    let three = OWNERS.iter().map(|(host, at)| (*host, *at, "timed-out"));
    let judgement = each(three.chain([fourth])).judged();
    assert!(!fires(&judgement, RULE) && fires(&judgement, "unreachable"));
}

#[test]
fn a_candidate_that_answers_elsewhere_counts() {
    let scene = OWNERS
        .iter()
        .fold(Scene::default(), |mut scene, (host, at)| {
            scene
                .accounts
                .push(account(&format!("li pop3 none {host}:110")));
            scene
                .server(&format!("{host}:110@{at}"), "timed-out")
                .server(&format!("{host}:995@{at}"), "good")
        });
    let judgement = scene.judged();
    assert!(fires(&judgement, RULE));
    assert_eq!(judgement.endpoints.len(), 3);
}

#[test]
fn hosts_that_answer_nowhere_do_not_count() {
    let scene = OWNERS
        .iter()
        .fold(Scene::default(), |mut scene, (host, at)| {
            scene
                .accounts
                .push(account(&format!("li pop3 tls {host}:995")));
            scene.server(&format!("{host}:995@{at}"), "timed-out")
        });
    assert!(!fires(&scene.judged(), RULE));
}

#[test]
fn what_this_machine_lacks_or_may_not_dial_is_no_wall() {
    for how in ["local", "address-not-allowed", "no-route-here", "throttled"] {
        assert!(!fires(&fleet(&OWNERS, how).judged(), RULE), "{how}");
    }
}
