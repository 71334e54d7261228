//! Certificates that were renewed on one port, or on one address, and not on another.

use mailfleet::model::*;

use super::{Fleet, Shown, fires, of};

const HOST: &str = "mail.one.example";

fn shown(begins: i64, ends: i64) -> Shown {
    Shown::of(HOST, "Public").between(begins, ends)
}

#[test]
fn a_port_that_kept_the_old_certificate_is_named() {
    let rule = "cert-renewal-half-done";
    for (old, new, found) in [
        ((-88, 2), (-20, 70), Some(None)),
        ((-95, -5), (-20, 70), Some(Some("ended"))),
        // Each renews by itself, in its own time.
        ((-40, 50), (-5, 85), None),
        ((-88, 2), (-88, 2), None),
    ] {
        let judgement = Fleet::default()
            .shows(&format!("{HOST}:993"), shown(old.0, old.1))
            .shows(&format!("{HOST}:465"), shown(new.0, new.1))
            .judged();
        let findings = of(&judgement, rule);
        let forms: Vec<_> = findings.iter().map(|f| f.evidence.variant).collect();
        assert_eq!(forms, Vec::from_iter(found), "{old:?} {new:?}");
        if let [finding] = findings[..] {
            assert_eq!(finding.subject.to_string(), format!("{HOST}:993"));
            let other = Value::Term(format!("{HOST}:465"));
            assert_eq!(finding.evidence.values["other"], other);
        }
    }
    let mut other_names = shown(-20, 70);
    other_names.leaf.dns_names.push("smtp.one.example".into());
    let mut other_kind = shown(-20, 70);
    other_kind.leaf.key.algorithm = KeyAlgorithm::Ec("P-256".into());
    for other in [other_names, other_kind] {
        let apart = Fleet::default()
            .shows(&format!("{HOST}:993"), shown(-88, 2))
            .shows(&format!("{HOST}:465"), other);
        assert!(!fires(&apart.judged(), rule));
    }
}

#[test]
fn addresses_that_differ_are_told_where_one_of_them_fails() {
    let rule = "cert-differs-between-addresses";
    let mut for_another = shown(-20, 70);
    for_another.name = NameMatch::Differs;
    for (second, fired) in [
        (shown(-95, -5), true),
        (for_another, true),
        (Shown::private(HOST, "CN=Corp Root"), true),
        (shown(-10, 80), false),
        (shown(-20, 70), false),
    ] {
        let judgement = Fleet::default()
            .shows(&format!("{HOST}:993@192.0.2.1"), shown(-20, 70))
            .shows(&format!("{HOST}:993@192.0.2.2"), second.clone())
            .judged();
        assert_eq!(fires(&judgement, rule), fired, "{:?}", second.path);
        if let [finding] = of(&judgement, rule)[..] {
            let at = |name| finding.evidence.values[name].clone();
            assert_eq!(at("failing"), Value::Term("192.0.2.2".into()));
            assert_eq!(at("fitting"), Value::Term("192.0.2.1".into()));
        }
    }
    let both_fail = Fleet::default()
        .shows(&format!("{HOST}:993@192.0.2.1"), shown(-95, -5))
        .shows(&format!("{HOST}:993@192.0.2.2"), shown(-195, -105));
    assert!(!fires(&both_fail.judged(), rule));
}

#[test]
fn an_address_that_was_not_seen_leaves_it_open() {
    let mut fleet = Fleet::default().shows(&format!("{HOST}:993@192.0.2.1"), shown(-20, 70));
    fleet.scene = fleet
        .scene
        .server(&format!("{HOST}:993@192.0.2.2"), "timed-out");
    let judgement = fleet.judged();
    let endpoint = format!("{HOST}:993").parse().expect("an endpoint");
    let open = ("cert-differs-between-addresses", Reason::Unreachable);
    assert!(judgement.endpoints[&endpoint].undetermined.contains(&open));
}
