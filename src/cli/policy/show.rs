//! A policy as a person reads it.

use std::collections::BTreeSet;

use super::diff::told;
use super::known_rules;
use crate::cli::screen::column;
use crate::model::{Citation, Contested, Standard, Value, Verb};
use crate::plan;
use crate::policy::{self, Demand, Policy, Stage, SuiteWord};
use crate::rules::{RULES, Rule};
use crate::words::{Language, Words};

/// The columns of a label.
const LABEL: usize = 18;

/// The whole policy: values, rules with their severities and clauses, exceptions, groups, and what
/// begins later.
pub fn show(policy: &Policy, words: &Words) -> String {
    let mut text = format!("{} {}\n", policy.name, policy.version);
    if !policy.document.title.is_empty() {
        text += &format!("{}\n", policy.document.title);
    }
    text += &document(policy, words);
    if let Some(note) = policy.note() {
        text += &format!("{}\n", words.say(&note, &[]));
    }
    text.push('\n');
    for (label, key, value) in measures(policy, words) {
        let value = match policy.document.interprets(key) {
            true => format!("{value}  {}", words.say("show-mark", &[])),
            false => value,
        };
        text += &stated(&label, &value, words);
    }
    text += &besides(policy, words);
    text += &names(policy, words);
    text += &heading("show-rules", words);
    text += &rules(policy, words);
    text += &heading("show-documents", words);
    text += &documents(policy, words);
    text += &exceptions(policy, words);
    let colon = words.say("colon", &[]);
    for group in &policy.groups {
        let name = ("name", Value::Foreign(group.name.clone()));
        let members = group.members.names().join(", ");
        text += &format!("\n{}{colon}{members}\n", words.say("show-group", &[name]));
        let differences = policy::different_settings(policy, &group.policy, &known_rules());
        text += &indented(&told(&differences, words));
    }
    let mut before = policy;
    for Stage { begins, policy } in policy.later_stages(jiff::civil::Date::MIN) {
        let day = Value::Term(begins.to_string());
        text += &format!("\n{}\n", words.say("show-from", &[("day", day)]));
        let differences = policy::differences(before, policy, &known_rules());
        text += &indented(&told(&differences, words));
        before = policy;
    }
    text
}

fn heading(key: &str, words: &Words) -> String {
    format!("\n{}\n\n", words.say(key, &[]))
}

/// A value behind its label, `show-LABEL`.
fn stated(label: &str, value: &str, words: &Words) -> String {
    let label = words.say(&format!("show-{label}"), &[]);
    format!("{} {value}\n", column(&label, LABEL))
}

/// The document that it follows.
fn document(policy: &Policy, words: &Words) -> String {
    let Some(standard) = policy.document.standard else {
        return String::new();
    };
    let named = [
        ("document", Value::Term(standard.cite().to_owned())),
        ("title", Value::Term(title(standard, words).to_owned())),
    ];
    let text = match standard.since() {
        None => words.say("show-after", &named),
        Some(since) => {
            let [document, title] = named;
            let since = ("since", Value::Term(since.to_string()));
            words.say("show-after-since", &[document, since, title])
        }
    };
    format!("{text}\n")
}

fn title(standard: Standard, words: &Words) -> &'static str {
    match words.language() {
        Language::En => standard.title(),
        Language::ZhCn => standard.title_zh(),
    }
}

/// What is asked besides because of it.
fn besides(policy: &Policy, words: &Words) -> String {
    let contested = plan::contested([policy]);
    if contested.is_empty() {
        return String::new();
    }
    let Contested { suites, groups } = contested;
    let suites: BTreeSet<_> = suites.into_iter().flatten().collect();
    let groups: BTreeSet<_> = groups.into_iter().flatten().collect();
    let counts = [
        ("suites", suites.len().into()),
        ("groups", groups.len().into()),
    ];
    stated("besides", &words.say("show-besides-what", &counts), words)
}

/// The lists of names that a policy may have.
fn names(policy: &Policy, words: &Words) -> String {
    let ports: Vec<String> = policy.allow_ports.iter().map(u16::to_string).collect();
    let lists = [
        ("own_domains", policy.own_domains.clone()),
        ("issuers", policy.issuers.clone()),
        ("allow_ports", ports),
        ("approved", policy.approved.names()),
    ];
    let given = lists.iter().filter(|(_, names)| !names.is_empty());
    given
        .map(|(label, names)| stated(label, &names.join(", "), words))
        .collect()
}

fn rules(policy: &Policy, words: &Words) -> String {
    let mut text = String::new();
    for rule in RULES {
        let settled = policy.severity_for(rule.id).unwrap_or(rule.severity);
        let severity = match policy.asks(rule.id) {
            true => words.say(&format!("severity-{}", settled.word()), &[]),
            false => words.say("show-off", &[]),
        };
        let clauses: Vec<String> = clauses(policy, rule)
            .map(|clause| cited(clause, words))
            .collect();
        let line = format!(
            "{:<30} {} {}",
            rule.id,
            column(&severity, 9),
            clauses.join(", ")
        );
        text += line.trim_end();
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
fn cited(clause: &Citation, words: &Words) -> String {
    if clause.verb == Verb::Interpretation {
        return words.say("show-interpretation", &[]);
    }
    let verb = words.say(&format!("verb-{}", clause.verb.word()), &[]);
    let values = [
        ("clause", Value::Term(clause.cited())),
        ("verb", Value::Term(verb)),
    ];
    words.say("show-clause", &values)
}

/// What the documents are called that speak for its rules.
fn documents(policy: &Policy, words: &Words) -> String {
    let asked = RULES.iter().filter(|rule| policy.asks(rule.id));
    let standards: BTreeSet<Standard> = asked
        .flat_map(|rule| clauses(policy, rule))
        .map(|clause| clause.standard)
        .filter(|standard| *standard != Standard::Mailfleet)
        .collect();
    let colon = words.say("colon", &[]);
    let lines = standards.iter();
    lines
        .map(|standard| format!("{}{colon}{}\n", standard.cite(), title(*standard, words)))
        .collect()
}

fn exceptions(policy: &Policy, words: &Words) -> String {
    let terms = &policy.waiver_terms;
    let mut text = String::new();
    let needs = match (terms.owner, terms.ticket) {
        (false, false) => None,
        (true, false) => Some("show-needs-owner"),
        (false, true) => Some("show-needs-ticket"),
        (true, true) => Some("show-needs-both"),
    };
    if let Some(key) = needs {
        text += &format!("\n{}\n", words.say(key, &[]));
    }
    if let Some(days) = terms.max_days {
        text += &format!("\n{}\n", words.say("show-within", &[("days", days.into())]));
    }
    if !policy.waivers.is_empty() {
        text += &heading("show-exceptions", words);
    }
    let colon = words.say("colon", &[]);
    for waiver in &policy.waivers {
        let values = [
            ("rule", Value::Term(waiver.rule.to_owned())),
            ("subject", Value::Foreign(waiver.subject.to_string())),
            ("until", Value::Term(waiver.until.to_string())),
            ("approver", Value::Foreign(waiver.approved_by.clone())),
        ];
        let accepted = words.say("show-exception", &values);
        text += &format!("{accepted}{colon}{}\n", waiver.reason);
    }
    text
}

fn indented(text: &str) -> String {
    text.lines().map(|line| format!("  {line}\n")).collect()
}

/// What a policy asks, each with its label and the key that says so.
fn measures(policy: &Policy, words: &Words) -> Vec<(String, &'static str, String)> {
    let limits = &policy.thresholds;
    let say = |key: &str| words.say(&format!("show-{key}"), &[]);
    let suites = |list: &[SuiteWord]| {
        let list: Vec<&str> = list.iter().map(|word| word.word()).collect();
        or_none(&list.join(", "), words)
    };
    let days = |days: Option<u32>| match days {
        Some(days) => words.say("show-days", &[("days", days.into())]),
        None => say("no-limit"),
    };
    let bits = |bits: u32| words.say("show-bits", &[("bits", bits.into())]);
    let implicit = match limits.prefer_implicit_tls {
        true => "preferred",
        false => "not-preferred",
    };
    let dane = match policy.dane {
        true => "asked-for",
        false => "not-asked-for",
    };
    let expiry = [
        ("days", limits.expiry_days.into()),
        ("urgent", limits.expiry_urgent_days.into()),
    ];
    let breach = format!("severity-{}", policy.breach_from.word());
    let groups = demand(&policy.key_exchange, words);
    let keys = demand(&policy.certificate_keys, words);
    let asked = &policy.suites;
    let own = |key: &'static str, value: String| (key.to_owned(), key, value);
    let of = |label: &str, key: &'static str, value: String| (label.to_owned(), key, value);
    vec![
        own("breach_from", words.say(&breach, &[])),
        own("tls_minimum", limits.tls_minimum.to_string()),
        own("tls_oldest", limits.tls_oldest.to_string()),
        own("prefer_implicit_tls", say(implicit)),
        own("expiry_days", words.say("show-expiry", &expiry)),
        own("validity_days", days(limits.validity_days)),
        of(
            "advised",
            "validity_advised_days",
            days(limits.validity_advised_days),
        ),
        own("rsa_bits", bits(limits.rsa_bits)),
        of("advised", "rsa_advised_bits", bits(limits.rsa_advised_bits)),
        own("ec_bits", bits(limits.ec_bits)),
        own("dh_bits", bits(limits.dh_bits)),
        of("suites-allow", "suites", suites(&asked.allow)),
        of("suites-deny", "suites", suites(&asked.deny)),
        of("discouraged", "suites", suites(&asked.discourage)),
        own("key_exchange", groups.0),
        of("discouraged", "key_exchange", groups.1),
        own("certificate_keys", keys.0),
        of("discouraged", "certificate_keys", keys.1),
        own("handshake", policy.handshake.word().to_owned()),
        own("revocation", policy.revocation.word().to_owned()),
        own("dane", say(dane)),
    ]
}

/// What is allowed of a kind of thing, and what of that is advised against.
fn demand<T: std::fmt::Display>(demand: &Demand<T>, words: &Words) -> (String, String) {
    let listed = |all: &[T]| {
        let all: Vec<String> = all.iter().map(ToString::to_string).collect();
        or_none(&all.join(", "), words)
    };
    let allowed = match demand.allow.as_deref() {
        Some(allowed) => listed(allowed),
        None => words.say("show-any", &[]),
    };
    (allowed, listed(&demand.discourage))
}

fn or_none(list: &str, words: &Words) -> String {
    match list {
        "" => words.say("show-none", &[]),
        list => list.to_owned(),
    }
}
