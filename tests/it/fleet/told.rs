//! What the fleet tells of one endpoint: another host that would fit, an authority of one's own,
//! issuers that the policy pins.

use mailfleet::model::*;
use mailfleet::policy::Policy;

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
