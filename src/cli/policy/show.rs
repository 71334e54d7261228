//! A policy as a person reads it.

use super::diff::told;
use super::known_rules;
use crate::policy::{self, Policy, Stage, SuiteWord};
use crate::rules::RULES;

/// The whole policy: values, rules with their severities and clauses, exceptions, groups, and what
/// begins later.
pub fn show(policy: &Policy) -> String {
    let mut text = format!("{} {}\n\n", policy.name, policy.version);
    for (label, value) in values(policy) {
        text += &format!("{label:<18} {value}\n");
    }
    text += "\nRules\n\n";
    text += &rules(policy);
    text += &exceptions(policy);
    for group in &policy.groups {
        text += &format!(
            "\nGroup {}: {}\n",
            group.name,
            group.members.names().join(", ")
        );
        let differences = policy::settings(policy, &group.policy, &known_rules());
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

fn values(policy: &Policy) -> Vec<(&'static str, String)> {
    let limits = &policy.thresholds;
    let yes = |holds: bool, yes: &str, no: &str| if holds { yes } else { no }.to_owned();
    let words = |words: &[SuiteWord]| {
        let words: Vec<&str> = words.iter().map(|word| word.word()).collect();
        words.join(", ")
    };
    let mut values = vec![
        ("breach from", policy.breach_from.to_string()),
        ("lowest TLS", limits.tls_minimum.to_string()),
        (
            "implicit TLS",
            yes(limits.prefer_implicit_tls, "preferred", "not preferred"),
        ),
        (
            "expiry",
            format!(
                "{} days; graver within {}",
                limits.expiry_days, limits.expiry_urgent_days
            ),
        ),
        ("RSA key", format!("{} bits", limits.rsa_bits)),
        ("EC key", format!("{} bits", limits.ec_bits)),
        ("DH prime", format!("{} bits", limits.dh_bits)),
        ("suites allowed", words(&policy.suites.allow)),
        ("  but for", words(&policy.suites.deny)),
        ("handshake", policy.handshake.word().to_owned()),
        ("revocation", policy.revocation.word().to_owned()),
        (
            "TLSA records",
            yes(policy.dane, "asked for", "not asked for"),
        ),
    ];
    let ports: Vec<String> = policy.allow_ports.iter().map(u16::to_string).collect();
    for (label, names) in [
        ("own domains", policy.own_domains.clone()),
        ("issuers allowed", policy.issuers.clone()),
        ("ports allowed", ports),
        ("servers approved", policy.approved.names()),
    ] {
        if !names.is_empty() {
            values.push((label, names.join(", ")));
        }
    }
    values
}

fn rules(policy: &Policy) -> String {
    let mut text = String::new();
    for rule in RULES {
        let setting = policy.rules.get(rule.id).cloned().unwrap_or_default();
        let severity = match (setting.off, setting.severity) {
            (true, _) => "off",
            (false, severity) => severity.unwrap_or(rule.severity).word(),
        };
        let clauses: Vec<String> = setting
            .clauses
            .iter()
            .map(|clause| format!("{} {}", clause.standard.cite(), clause.clause))
            .collect();
        text += format!("{:<30} {severity:<9} {}", rule.id, clauses.join(", ")).trim_end();
        text.push('\n');
    }
    text
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
