//! A box on the way that opens TLS (threat model H5, H6), and authorities that only look like one.

use mailfleet::model::*;
use mailfleet::policy::Policy;

use super::{Fleet, Shown, fires, of};
use crate::scene::rfc8314;

const RULE: &str = "tls-intercepted";
const HOSTS: [&str; 5] = [
    "mail.one.example",
    "mail.two.example",
    "imap.three.example",
    "mail.four.example",
    "mx.five.example",
];

/// The first `private` hosts show this root, the others a public authority.
fn fleet(hosts: &[&str], private: usize, root: &str) -> Fleet {
    let servers = hosts.iter().enumerate();
    servers.fold(Fleet::default(), |fleet, (index, host)| {
        let shown = match index < private {
            true => Shown::private(host, root),
            false => Shown::of(host, "Public"),
        };
        fleet.shows(&format!("{host}:993"), shown)
    })
}

fn owning(domains: &[&str]) -> Option<Policy> {
    Some(Policy {
        own_domains: domains.iter().map(ToString::to_string).collect(),
        ..rfc8314()
    })
}

#[test]
fn one_private_authority_for_unrelated_servers_is_a_proxy() {
    for (hosts, private, fired) in [
        (&HOSTS[..], 5, true),
        (&HOSTS[..], 4, true),
        (&HOSTS[..], 3, false),
        (&HOSTS[..], 0, false),
        (&HOSTS[..3], 3, true),
        (&HOSTS[..2], 2, false),
        (&HOSTS[..1], 1, false),
    ] {
        let judgement = fleet(hosts, private, "CN=Box Root").judged();
        assert_eq!(fires(&judgement, RULE), fired, "{private} of {hosts:?}");
        assert_eq!(fires(&judgement, "cert-untrusted"), !fired && private > 0);
    }
}

#[test]
fn a_companys_own_authority_on_its_own_hosts_is_none() {
    let one_domain = ["mail", "imap", "pop", "smtp", "mx"].map(|h| format!("{h}.corp.example"));
    let one_domain = one_domain.each_ref().map(String::as_str);
    assert!(!fires(
        &fleet(&one_domain, 5, "CN=Corp Root").judged(),
        RULE
    ));
    let mut own = fleet(&HOSTS, 5, "CN=Corp Root");
    own.policy = owning(&[
        "one.example",
        "two.example",
        "three.example",
        "four.example",
    ]);
    assert!(!fires(&own.judged(), RULE));
    // Two owners besides ourselves are too few to tell.
    own.policy = owning(&["one.example", "two.example", "three.example"]);
    assert!(!fires(&own.judged(), RULE));
    own.policy = owning(&["one.example"]);
    assert!(fires(&own.judged(), RULE));
    // Domains that one certificate names together are one owner's.
    let mut together = fleet(&HOSTS[1..], 4, "CN=Corp Root");
    let mut shown = Shown::private(HOSTS[0], "CN=Corp Root");
    shown.leaf.dns_names = HOSTS.iter().map(ToString::to_string).collect();
    together = together.shows("mail.one.example:993", shown);
    assert!(!fires(&together.judged(), RULE));
}

#[test]
fn a_public_authority_is_none_however_wide_it_reaches() {
    assert!(!fires(&fleet(&HOSTS, 0, "").judged(), RULE));
    let incomplete = |url: Option<&str>, elsewhere| {
        HOSTS.iter().fold(Fleet::default(), |fleet, host| {
            let mut shown = Shown::private(host, "");
            shown.path = Path::Incomplete {
                missing: "CN=Issuing".into(),
                url: url.map(Into::into),
                elsewhere: Clone::clone(&elsewhere),
            };
            fleet.shows(&format!("{host}:993"), shown)
        })
    };
    let root = || Some("CN=Root".to_owned());
    assert!(!fires(
        &incomplete(Some("http://ca.test/i.cer"), None).judged(),
        RULE
    ));
    assert!(!fires(
        &incomplete(None, root().map(Elsewhere::Trusted)).judged(),
        RULE
    ));
    // A box that sends neither its root nor where to find it.
    assert!(fires(&incomplete(None, None).judged(), RULE));
    assert!(fires(
        &incomplete(None, root().map(Elsewhere::Untrusted)).judged(),
        RULE
    ));
}

#[test]
fn a_box_whose_root_is_installed_here_is_seen_all_the_same() {
    let installed = HOSTS.iter().fold(Fleet::default(), |fleet, host| {
        let mut shown = Shown::of(host, "Box");
        shown.public = false;
        fleet.shows(&format!("{host}:993"), shown)
    });
    assert!(fires(&installed.judged(), RULE));
}

#[test]
fn a_virus_scanner_is_named() {
    let judgement = fleet(&HOSTS, 5, "CN=Avast Web/Mail Shield Root").judged();
    let found = of(&judgement, RULE);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].evidence.variant, Some("antivirus"));
    assert_eq!(found[0].severity, Severity::Info);
    assert_eq!(found[0].subject, Subject::Fleet);
    let judgement = fleet(&HOSTS, 4, "CN=Box Root").judged();
    let evidence = &of(&judgement, RULE)[0].evidence;
    assert_eq!(evidence.variant, None);
    assert_eq!(evidence.values["shown"], Value::Number(4));
    assert_eq!(evidence.values["all"], Value::Number(5));
}

#[test]
fn nothing_about_certificates_is_judged_behind_a_box() {
    let judgement = fleet(&HOSTS, 4, "CN=Box Root")
        .shows(
            "old.one.example:993",
            Shown::private("old.one.example", "CN=Box Root").between(-90, -3),
        )
        .judged();
    let of_certificates = |rule: &str| rule.starts_with("cert-") || rule == "key-shared";
    assert!(!judgement.findings.iter().any(|f| of_certificates(f.rule)));
    for judged in &judgement.accounts {
        let reason = Some(Reason::TlsIntercepted);
        assert_eq!(judged.verdict.reason(), reason, "{:?}", judged.verdict);
    }
    for judged in judgement.endpoints.values() {
        let void = |rule| {
            judged
                .undetermined
                .contains(&(rule, Reason::TlsIntercepted))
        };
        assert!(void("cert-untrusted") && void("cert-expired"));
    }
}

#[test]
fn protocol_findings_and_other_reasons_stay() {
    let mut fleet = fleet(&HOSTS, 5, "CN=Box Root");
    fleet
        .scene
        .accounts
        .push(crate::scene::account("wu pop3 none mail.one.example:110"));
    fleet.scene = fleet.scene.server("mail.one.example:110", "plain");
    let judgement = fleet.judged();
    assert!(fires(&judgement, RULE) && fires(&judgement, "no-encryption"));
    let last = judgement.accounts.last().expect("an account");
    assert_eq!(last.verdict, AccountVerdict::NonCompliant);
}

#[test]
fn a_policy_that_does_not_ask_voids_nothing() {
    let mut fleet = fleet(&HOSTS, 5, "CN=Box Root");
    let mut policy = rfc8314();
    policy.rules.entry(RULE).or_default().off = true;
    fleet.policy = Some(policy);
    let judgement = fleet.judged();
    assert!(!fires(&judgement, RULE) && fires(&judgement, "cert-untrusted"));
}
