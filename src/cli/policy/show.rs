//! A policy as a person reads it.

use std::collections::BTreeSet;

use super::diff::told;
use super::{OURS, known_rules};
use crate::model::{Citation, Standard, Verb};
use crate::policy::{self, Demand, Policy, Stage, SuiteWord};
use crate::rules::{RULES, Rule};

/// The whole policy: values, rules with their severities and clauses, exceptions, groups, and what
/// begins later.
pub fn show(policy: &Policy) -> String {
    let mut text = format!("{} {}\n", policy.name, policy.version);
    if !policy.document.title.is_empty() {
        text += &format!("{}\n", policy.document.title);
    }
    if let Some(standard) = policy.document.standard {
        let since = standard
            .since()
            .map_or(String::new(), |since| format!(", {since}"));
        text += &format!("after {}{since}: {}\n", standard.cite(), standard.title());
    }
    text.push('\n');
    for (label, key, value) in measures(policy) {
        let mark = match policy.document.interprets(key) {
            true => format!("  ({OURS})"),
            false => String::new(),
        };
        text += &format!("{label:<18} {value}{mark}\n");
    }
    text += &names(policy);
    text += "\nRules\n\n";
    text += &rules(policy);
    text += "\nDocuments\n\n";
    text += &documents(policy);
    text += &exceptions(policy);
    for group in &policy.groups {
        text += &format!(
            "\nGroup {}: {}\n",
            group.name,
            group.members.names().join(", ")
        );
        let differences = policy::different_settings(policy, &group.policy, &known_rules());
        text += &indented(&told(&differences));
    }
    let mut before = policy;
    for Stage { begins, policy } in policy.later_stages(jiff::civil::Date::MIN) {
        text += &format!("\nFrom {begins} on\n");
        let differences = policy::differences(before, policy, &known_rules());
        text += &indented(&told(&differences));
        before = policy;
    }
    text
}

/// The lists of names that a policy may have.
fn names(policy: &Policy) -> String {
    let ports: Vec<String> = policy.allow_ports.iter().map(u16::to_string).collect();
    let lists = [
        ("own domains", policy.own_domains.clone()),
        ("issuers allowed", policy.issuers.clone()),
        ("ports allowed", ports),
        ("servers approved", policy.approved.names()),
    ];
    let stated = lists.iter().filter(|(_, names)| !names.is_empty());
    stated
        .map(|(label, names)| format!("{label:<18} {}\n", names.join(", ")))
        .collect()
}

fn rules(policy: &Policy) -> String {
    let mut text = String::new();
    for rule in RULES {
        let settled = policy.severity_for(rule.id).unwrap_or(rule.severity);
        let severity = match policy.asks(rule.id) {
            true => settled.word(),
            false => "off",
        };
        let clauses: Vec<String> = clauses(policy, rule).map(cited).collect();
        text += format!("{:<30} {severity:<9} {}", rule.id, clauses.join(", ")).trim_end();
        text.push('\n');
    }
    text
}

/// What speaks for a rule: the policy's clauses, then the rule's own as far as they fit its values.
fn clauses<'p>(policy: &'p Policy, rule: &'p Rule) -> impl Iterator<Item = &'p Citation> {
    let own = policy.clauses_for(rule.id);
    let papers = rule.citations.iter().filter(move |paper| {
        let same = |one: &Citation| (one.standard, &one.clause) == (paper.standard, &paper.clause);
        policy.keeps_papers_of(rule.id) && !own.iter().any(same)
    });
    own.iter().chain(papers)
}

/// A clause and how strongly it speaks.
fn cited(clause: &Citation) -> String {
    match clause.verb {
        Verb::Interpretation => OURS.to_owned(),
        verb => format!("{} ({})", clause.cited(), verb.word()),
    }
}

/// What the documents are called that speak for its rules.
fn documents(policy: &Policy) -> String {
    let asked = RULES.iter().filter(|rule| policy.asks(rule.id));
    let standards: BTreeSet<Standard> = asked
        .flat_map(|rule| clauses(policy, rule))
        .map(|clause| clause.standard)
        .filter(|standard| *standard != Standard::Mailfleet)
        .collect();
    let lines = standards.iter();
    lines
        .map(|standard| format!("{}: {}\n", standard.cite(), standard.title()))
        .collect()
}

fn exceptions(policy: &Policy) -> String {
    let terms = &policy.waiver_terms;
    let mut text = String::new();
    let required: Vec<&str> = [("owner", terms.owner), ("ticket", terms.ticket)]
        .into_iter()
        .filter_map(|(key, is_required)| is_required.then_some(key))
        .collect();
    if !required.is_empty() {
        text += &format!("\nExceptions need {}, too.\n", required.join(" and "));
    }
    if let Some(days) = terms.max_days {
        text += &format!("\nExceptions end within {days} days.\n");
    }
    if !policy.waivers.is_empty() {
        text += "\nExceptions\n\n";
    }
    for waiver in &policy.waivers {
        text += &format!(
            "{} for {} until {}, approved by {}: {}\n",
            waiver.rule, waiver.subject, waiver.until, waiver.approved_by, waiver.reason
        );
    }
    text
}

fn indented(text: &str) -> String {
    text.lines().map(|line| format!("  {line}\n")).collect()
}

/// What a policy asks, each with its label and the key that says so.
fn measures(policy: &Policy) -> Vec<(&'static str, &'static str, String)> {
    let limits = &policy.thresholds;
    let suites = |words: &[SuiteWord]| {
        let words: Vec<&str> = words.iter().map(|word| word.word()).collect();
        or_none(&words.join(", "))
    };
    let days =
        |days: Option<u32>| days.map_or("no limit of its own".to_owned(), |n| format!("{n} days"));
    let bits = |bits: u32| format!("{bits} bits");
    let implicit = match limits.prefer_implicit_tls {
        true => "preferred",
        false => "not preferred",
    };
    let dane = match policy.dane {
        true => "asked for",
        false => "not asked for",
    };
    let expiry = format!(
        "{} days; graver within {}",
        limits.expiry_days, limits.expiry_urgent_days
    );
    let groups = demand(&policy.key_exchange);
    let keys = demand(&policy.certificate_keys);
    let asked = &policy.suites;
    vec![
        (
            "non-compliant from",
            "breach_from",
            policy.breach_from.to_string(),
        ),
        (
            "best TLS at least",
            "tls_minimum",
            limits.tls_minimum.to_string(),
        ),
        ("oldest TLS", "tls_oldest", limits.tls_oldest.to_string()),
        ("implicit TLS", "prefer_implicit_tls", implicit.to_owned()),
        ("expiry", "expiry_days", expiry),
        ("validity", "validity_days", days(limits.validity_days)),
        (
            "  advised",
            "validity_advised_days",
            days(limits.validity_advised_days),
        ),
        ("RSA key", "rsa_bits", bits(limits.rsa_bits)),
        (
            "  advised",
            "rsa_advised_bits",
            bits(limits.rsa_advised_bits),
        ),
        ("EC key", "ec_bits", bits(limits.ec_bits)),
        ("DH prime", "dh_bits", bits(limits.dh_bits)),
        ("suites allowed", "suites", suites(&asked.allow)),
        ("  but for", "suites", suites(&asked.deny)),
        ("  advised against", "suites", suites(&asked.discourage)),
        ("groups allowed", "key_exchange", groups.0),
        ("  advised against", "key_exchange", groups.1),
        ("keys allowed", "certificate_keys", keys.0),
        ("  advised against", "certificate_keys", keys.1),
        ("handshake", "handshake", policy.handshake.word().to_owned()),
        (
            "revocation",
            "revocation",
            policy.revocation.word().to_owned(),
        ),
        ("TLSA records", "dane", dane.to_owned()),
    ]
}

/// What is allowed of a kind of thing, and what of that is advised against.
fn demand<T: std::fmt::Display>(demand: &Demand<T>) -> (String, String) {
    let listed = |all: &[T]| {
        let all: Vec<String> = all.iter().map(ToString::to_string).collect();
        or_none(&all.join(", "))
    };
    let allowed = demand.allow.as_deref().map_or("any".to_owned(), listed);
    (allowed, listed(&demand.discourage))
}

fn or_none(list: &str) -> String {
    match list {
        "" => "none".to_owned(),
        list => list.to_owned(),
    }
}
