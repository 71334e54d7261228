//! `mailfleet policy`: the policies, one shown, or a file checked.

use clap::{Args, Subcommand};

use super::exit::{Exit, Failure};
use super::screen;
use super::settings::rule_ids;
use crate::policy::{self, Policy, SuiteWord};
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
        Act::List => list(),
        Act::Show { policy } => show(&load(policy)?),
        Act::Check { files } => check(files)?,
    };
    screen::print(text.trim_end())?;
    Ok(Exit::Clean)
}

fn load(name: &str) -> Result<Policy, Failure> {
    policy::load(name, &rule_ids()).map_err(|mistakes| Failure::unusable(mistakes.to_string()))
}

fn list() -> String {
    let lines = policy::PRESETS
        .iter()
        .map(|preset| format!("{:<24} {}\n", preset.name, preset.title));
    lines.collect()
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
    let limits = &policy.thresholds;
    let mut text = format!(
        "{} {}\n\nbreach from        {}\nlowest TLS         {}\nimplicit TLS       {}\n\
         expiry             {} days; graver within {}\nRSA key            {} bits\n\
         EC key             {} bits\nDH prime           {} bits\n",
        policy.name,
        policy.version,
        policy.breach_from,
        limits.tls_minimum,
        if limits.prefer_implicit_tls {
            "preferred"
        } else {
            "not preferred"
        },
        limits.expiry_days,
        limits.expiry_urgent_days,
        limits.rsa_bits,
        limits.ec_bits,
        limits.dh_bits,
    );
    let words = |words: &[SuiteWord]| {
        let words: Vec<&str> = words.iter().map(|word| word.word()).collect();
        words.join(", ")
    };
    text += &format!("suites allowed     {}\n", words(&policy.suites.allow));
    text += &format!("  but for          {}\n", words(&policy.suites.deny));
    text += &format!("handshake          {}\n", policy.handshake.word());
    text += &format!("revocation         {}\n", policy.revocation.word());
    let dane = if policy.dane {
        "asked for"
    } else {
        "not asked for"
    };
    text += &format!("TLSA records       {dane}\n");
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
            .map(|clause| format!("{} {}", clause.standard.cite(), clause.clause))
            .collect();
        text += format!("{:<30} {severity:<9} {}", rule.id, clauses.join(", ")).trim_end();
        text.push('\n');
    }
    text
}
