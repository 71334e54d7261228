//! `mailfleet policy`: the policies, one shown, or a file checked.

use clap::{Args, Subcommand};

use super::exit::{Exit, Failure};
use super::screen;
use super::settings::rule_ids;
use crate::model::Verb;
use crate::policy::{self, Demand, Policy, SuiteWord};
use crate::rules::RULES;

/// List, show or check policies.
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(subcommand)]
    act: Act,
}

#[derive(Debug, Subcommand)]
enum Act {
    /// The policies that come with the program
    List,
    /// What a policy asks, rule by rule
    Show {
        /// A policy by its name, or a file
        policy: String,
    },
    /// Whether policy files can be used: every mistake with its place
    Check {
        /// Policy files
        #[arg(required = true)]
        files: Vec<String>,
    },
}

/// Lists, shows or checks.
pub fn run(arguments: &Arguments) -> Result<Exit, Failure> {
    let text = match &arguments.act {
        Act::List => list()?,
        Act::Show { policy } => show(&load(policy)?),
        Act::Check { files } => check(files)?,
    };
    screen::print(text.trim_end())?;
    Ok(Exit::Clean)
}

fn load(name: &str) -> Result<Policy, Failure> {
    policy::load(name, &rule_ids()).map_err(|mistakes| Failure::unusable(mistakes.to_string()))
}

/// What stands behind a value that is in no clause of the policy's document.
const OURS: &str = "mailfleet interpretation";

fn list() -> Result<String, Failure> {
    let mut text = String::new();
    for preset in policy::PRESETS {
        let policy = load(preset.name)?;
        let standard = policy.document.standard;
        let since = standard.and_then(|standard| standard.since());
        let cite = standard.map_or("", |standard| standard.cite());
        let own = ["tls_minimum", "suites"];
        let mark = match own.iter().any(|key| policy.document.interprets(key)) {
            true => format!("  (thresholds: {OURS})"),
            false => String::new(),
        };
        text += &format!(
            "{:<22} {cite:<28} {:<11} {}{mark}\n",
            preset.name,
            since.map_or(String::new(), |since| since.to_string()),
            preset.title,
        );
    }
    Ok(text)
}

fn check(files: &[String]) -> Result<String, Failure> {
    let mut mistaken = Vec::new();
    let mut text = String::new();
    for file in files {
        match policy::load(file, &rule_ids()) {
            Ok(policy) => text += &format!("{file}: policy `{}` can be used\n", policy.name),
            Err(mistakes) => mistaken.push(mistakes.to_string()),
        }
    }
    match mistaken.is_empty() {
        true => Ok(text),
        false => Err(Failure::Unusable(mistaken)),
    }
}

fn show(policy: &Policy) -> String {
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
    if !policy.own_domains.is_empty() {
        text += &format!("own domains        {}\n", policy.own_domains.join(", "));
    }
    if !policy.issuers.is_empty() {
        text += &format!("issuers allowed    {}\n", policy.issuers.join(", "));
    }
    text.push('\n');
    for rule in RULES {
        let setting = policy.rules.get(rule.id).cloned().unwrap_or_default();
        let severity = match (setting.off, setting.severity) {
            (true, _) => "off",
            (false, severity) => severity.unwrap_or(rule.severity).word(),
        };
        let clauses: Vec<String> = setting
            .clauses
            .iter()
            .map(|clause| match clause.verb {
                Verb::Interpretation => OURS.to_owned(),
                _ => format!("{} {}", clause.standard.cite(), clause.clause)
                    .trim_end()
                    .to_owned(),
            })
            .collect();
        text += format!("{:<30} {severity:<9} {}", rule.id, clauses.join(", ")).trim_end();
        text.push('\n');
    }
    text
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
        ("breach from", "breach_from", policy.breach_from.to_string()),
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
