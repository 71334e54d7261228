//! What the fleet tells of one endpoint: another host that would fit, an authority of one's own,
//! issuers that the policy pins.

use mailfleet::model::*;
use mailfleet::policy::Policy;
use mailfleet::rules::{Check, RULES, find};
use mailfleet::words::{Language, Words};

use super::{Fleet, Shown, fires, of};
use crate::scene::rfc8314;

#[test]
fn a_host_that_the_certificate_fits_is_named() {
    for (name, other) in [
        ("mail.one.example", Some("mail.one.example")),
        ("*.One.example", Some("mail.one.example")),
        ("*.example", None),
        ("pop.one.example", None),
    ] {
        let mut wrong = Shown::of("imap.two.example", "Public");
        wrong.leaf.dns_names = vec![name.into()];
        wrong.name = NameMatch::Differs;
        let judgement = Fleet::default()
            .shows(
                "mail.one.example:993",
                Shown::of("mail.one.example", "Public"),
            )
            .shows("imap.two.example:993", wrong)
            .judged();
        let found = of(&judgement, "cert-name-mismatch");
        assert_eq!(found.len(), 1);
        let told = found[0].evidence.values.get("other").cloned();
        assert_eq!(told, other.map(|host| Value::Term(host.into())), "{name}");
        let form = other.map(|_| "fits-another");
        assert_eq!(found[0].evidence.variant, form);
    }
}

#[test]
fn an_authority_that_several_own_hosts_show_looks_private() {
    let incomplete = |host: &str, missing: &str| {
        let mut shown = Shown::private(host, "");
        shown.path = Path::Incomplete {
            missing: missing.into(),
            url: None,
            elsewhere: None,
        };
        shown
    };
    let fleet = |second: &str, missing: &str| {
        Fleet::default()
            .shows(
                "mail.one.example:993",
                Shown::private("mail.one.example", "CN=Corp Root"),
            )
            .shows(&format!("{second}:993"), incomplete(second, missing))
    };
    let forms = |fleet: &Fleet| {
        let judgement = fleet.judged();
        let form = |rule| of(&judgement, rule)[0].evidence.variant;
        (form("cert-untrusted"), form("cert-chain-incomplete"))
    };
    let private = (Some("private"), Some("private"));
    assert_eq!(forms(&fleet("imap.one.example", "CN=Corp Root")), private);
    assert_eq!(forms(&fleet("imap.one.example", "CN=Other")), (None, None));
    let mut two_domains = fleet("imap.two.example", "CN=Corp Root");
    assert_eq!(forms(&two_domains), (None, None));
    two_domains.policy = Some(Policy {
        own_domains: vec!["one.example".into(), "two.example".into()],
        ..rfc8314()
    });
    assert_eq!(forms(&two_domains), private);
}

#[test]
fn the_authority_of_an_antivirus_is_nobodys_own() {
    let fleet = |root: &str| {
        let shows = |fleet: Fleet, host: &str| {
            fleet.shows(&format!("{host}:993"), Shown::private(host, root))
        };
        ["mail.one.example", "imap.one.example"]
            .into_iter()
            .fold(Fleet::default(), shows)
            .judged()
    };
    for (root, form) in [
        ("CN=Corp Root", Some("private")),
        ("CN=Avast Web/Mail Shield Root", None),
    ] {
        let judgement = fleet(root);
        let found = of(&judgement, "cert-untrusted");
        assert_eq!(found.len(), 2, "{root}");
        assert!(
            found.iter().all(|one| one.evidence.variant == form),
            "{root}"
        );
        assert!(!fires(&judgement, "tls-intercepted"), "{root}");
    }
}

#[test]
fn a_policy_pins_the_issuers_of_its_own_domains() {
    let fleet = |issuers: &[&str], host: &str| {
        let mut fleet = Fleet::default().shows(&format!("{host}:993"), Shown::of(host, "Acme"));
        fleet.policy = Some(Policy {
            own_domains: vec!["one.example".into()],
            issuers: issuers.iter().map(ToString::to_string).collect(),
            ..rfc8314()
        });
        fleet.judged()
    };
    let rule = "cert-untrusted";
    let own = "mail.one.example";
    for fits in ["acme", "Issuing", "CN=Issuing,O=Acme", "ACME ROOT"] {
        assert!(!fires(&fleet(&["Other", fits], own), rule), "{fits}");
    }
    let judgement = fleet(&["Other"], own);
    assert_eq!(
        of(&judgement, rule)[0].evidence.variant,
        Some("issuer-not-allowed")
    );
    assert_eq!(judgement.accounts[0].verdict, AccountVerdict::NonCompliant);
    assert!(!fires(&fleet(&["Other"], "mail.two.example"), rule));
    assert!(!fires(&fleet(&["Other"], "mail.notone.example"), rule));
    assert!(!fires(&fleet(&[], own), rule));
}

/// One judgement for each rule and form that takes a whole fleet.
pub fn judgements() -> Vec<Judgement> {
    let clock = |days: i64, begins: i64| {
        let hosts = ["mail.one.example", "mail.two.example", "mail.three.example"];
        let fleet = hosts.iter().fold(Fleet::default(), |fleet, host| {
            let shown = Shown::of(host, host).between(begins, begins + 30);
            fleet.shows(&format!("{host}:993"), shown)
        });
        let at = crate::scene::now().as_second() + days * super::DAY;
        let at = jiff::Timestamp::from_second(at).ok();
        Fleet { at, ..fleet }.judged()
    };
    let boxed = |root: &str| {
        let hosts = ["mail.one.example", "mail.two.example", "mail.three.example"];
        let shows = |fleet: Fleet, host: &&str| {
            fleet.shows(&format!("{host}:993"), Shown::private(host, root))
        };
        hosts.iter().fold(Fleet::default(), shows).judged()
    };
    let renewed = |ends: i64| {
        let shown = |begins, ends| Shown::of("mail.one.example", "A").between(begins, ends);
        Fleet::default()
            .shows("mail.one.example:993", shown(-80, ends))
            .shows("mail.one.example:465", shown(-20, 70))
            .judged()
    };
    let mut shared = Shown::of("mail.two.example", "A");
    shared.leaf.key_id = Shown::of("mail.one.example", "A").leaf.key_id;
    let shared = Fleet::default()
        .shows("mail.one.example:993", Shown::of("mail.one.example", "A"))
        .shows("mail.two.example:993", shared)
        .judged();
    vec![
        clock(-4_000, -5),
        clock(0, 5),
        clock(0, -60),
        super::clock::answered(60, "mail.one.example"),
        boxed("CN=Box"),
        boxed("CN=ESET SSL Filter CA"),
        renewed(5),
        renewed(-5),
        shared,
        super::blocked::fleet(&super::blocked::OWNERS, "timed-out").judged(),
        super::resolver::scene(&[], &["192.0.2.80"]).judged(),
    ]
}

#[test]
fn every_rule_over_the_fleet_fires_in_each_form_and_has_the_values_of_its_words() {
    let mut forms = std::collections::BTreeSet::new();
    for judgement in judgements() {
        for finding in &judgement.findings {
            let rule = find(finding.rule).expect("a rule");
            let Check::Fleet(_) = rule.check else {
                continue;
            };
            let variant = finding.evidence.variant;
            assert!(variant.is_none_or(|form| rule.variants.iter().any(|(name, _)| *name == form)));
            forms.insert((rule.id, variant));
            for language in Language::ALL {
                let words = Words::of(language);
                let key = match variant {
                    Some(form) => format!("{}-evidence-{form}", rule.id),
                    None => format!("{}-evidence", rule.id),
                };
                let values = finding.evidence.values.iter();
                let values = values.map(|(name, value)| (&**name, value.clone()));
                let said = words.say(&key, &Vec::from_iter(values));
                assert!(words.has(&key), "{key}");
                assert!(!said.contains(['{', '$']), "{language}: {key}: {said}");
            }
        }
    }
    let fleet_rules = RULES
        .iter()
        .filter(|rule| matches!(rule.check, Check::Fleet(_)));
    for rule in fleet_rules {
        let seen = |form| forms.contains(&(rule.id, form));
        assert!(
            rule.variants.iter().all(|(form, _)| seen(Some(*form))),
            "{}",
            rule.id
        );
        let words = Words::of(Language::En);
        let plain = words.has(&format!("{}-evidence", rule.id));
        assert_eq!(plain, seen(None), "{}", rule.id);
    }
}
