//! Which clauses speak for a rule under a policy: none is cited for a value that it does not ask.

use mailfleet::model::Standard;
use mailfleet::policy::{Policy, load, read};

use crate::scene::known_rules;

fn cited(policy: &Policy, rule: &str) -> Vec<Standard> {
    let setting = policy.rules.get(rule).cloned().unwrap_or_default();
    setting
        .clauses
        .iter()
        .map(|clause| clause.standard)
        .collect()
}

#[test]
fn a_clause_is_not_cited_for_a_value_that_it_does_not_ask() {
    let default = load("rfc8314", &known_rules()).expect("a preset");
    assert!(default.keeps_papers_of("tls-version-outdated"));
    let nist = load("nist-800-52r2", &known_rules()).expect("a preset");
    for (rule, kept) in [
        ("tls-version-outdated", false),
        ("cipher-outside-policy", false),
        ("tls-version-obsolete", true),
        ("cert-expired", true),
    ] {
        assert_eq!(nist.keeps_papers_of(rule), kept, "{rule}");
    }
}

#[test]
fn an_own_value_stands_on_the_own_policy_unless_it_names_a_clause() {
    let head = "name = \"own\"\nversion = \"1\"\nextends = \"rfc8314\"\n";
    let own =
        |more: &str| read("own.toml", &format!("{head}{more}"), &known_rules()).expect("it loads");
    let stricter = own("[thresholds]\ntls_minimum = \"1.3\"\n");
    assert_eq!(
        cited(&stricter, "tls-version-outdated"),
        [Standard::OwnPolicy]
    );
    assert_eq!(
        cited(&stricter, "tls-version-obsolete"),
        [Standard::Rfc8314, Standard::Rfc8997]
    );
    assert!(!stricter.keeps_papers_of("tls-version-outdated"));
    let named = own(
        "[thresholds]\ntls_minimum = \"1.3\"\n[rules.tls-version-outdated]\n\
         clauses = [{ standard = \"nist-800-52r2\", clause = \"§3.1\", verb = \"should\" }]\n",
    );
    assert_eq!(cited(&named, "tls-version-outdated"), [Standard::Nist80052]);
    let later = own("[[from]]\ndate = 2027-07-01\n[from.thresholds]\ntls_minimum = \"1.3\"\n");
    assert_eq!(cited(&later, "tls-version-outdated"), [Standard::Rfc8314]);
    let then = later.stage_at("2027-07-01".parse().expect("a day"));
    assert_eq!(cited(then, "tls-version-outdated"), [Standard::OwnPolicy]);
}
