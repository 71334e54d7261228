//! One key on several servers.

use mailfleet::model::*;

use super::{Fleet, Shown, fires, of};

const RULE: &str = "key-shared";

fn with_key(host: &str, key: u8) -> Shown {
    let mut shown = Shown::of(host, "Public");
    shown.leaf.key_id = KeyId([key; 32]);
    shown
}

#[test]
fn strangers_with_one_key_are_told_of_each_other() {
    let judgement = Fleet::default()
        .shows("mail.one.example:993", with_key("mail.one.example", 1))
        .shows("imap.one.example:993", with_key("imap.one.example", 1))
        .shows("mail.two.example:993", with_key("mail.two.example", 1))
        .shows("mail.three.example:993", with_key("mail.three.example", 3))
        .judged();
    let found = of(&judgement, RULE);
    let subjects: Vec<String> = found.iter().map(|f| f.subject.to_string()).collect();
    let expected = [
        "imap.one.example:993",
        "mail.one.example:993",
        "mail.two.example:993",
    ];
    assert_eq!(subjects, expected);
    let others = Value::List(vec!["mail.two.example:993".into()]);
    assert_eq!(found[0].evidence.values["others"], others);
    // It is the endpoint's own finding, and its accounts'.
    let endpoint = "mail.two.example:993".parse().expect("an endpoint");
    let of_endpoint = &judgement.endpoints[&endpoint].findings;
    assert!(
        of_endpoint
            .iter()
            .any(|n| judgement.findings[*n as usize].rule == RULE)
    );
    assert_eq!(found[0].accounts, 1);
    // Low breaks nothing.
    assert!(
        judgement
            .accounts
            .iter()
            .all(|a| a.verdict == AccountVerdict::Compliant)
    );
}

#[test]
fn hosts_of_one_owner_may_share_a_key() {
    let one_domain = Fleet::default()
        .shows("mail.one.example:993", with_key("mail.one.example", 1))
        .shows("smtp.one.example:465", with_key("smtp.one.example", 1));
    assert!(!fires(&one_domain.judged(), RULE));
    let mut both = with_key("mail.one.example", 1);
    both.leaf.dns_names = vec!["mail.one.example".into(), "*.two.example".into()];
    let one_certificate = Fleet::default()
        .shows("mail.one.example:993", both.clone())
        .shows("mail.two.example:993", both);
    assert!(!fires(&one_certificate.judged(), RULE));
}
