//! `mailfleet policy`: the policies; one shown, two compared, files checked, an exception written.

mod diff;
mod show;
mod waive;

use clap::{Args, Subcommand};

use super::exit::{Exit, Failure};
use super::screen;
use super::settings::rule_ids;
use crate::policy::{self, KnownRule, Policy};
use crate::rules::RULES;

/// List, show, compare or check policies, or write a waiver; in English, as policies are written.
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(subcommand)]
    act: Act,
}

#[derive(Debug, Subcommand)]
enum Act {
    /// The policies that come with the program
    List,
    /// What a policy asks: values, rules, groups, and what begins later
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
    /// What differs between two policies; ends with 1 if anything does
    Diff {
        /// A policy by its name, or a file
        one: String,
        /// Another
        other: String,
        /// List the clauses in which they differ, too
        #[arg(long)]
        clauses: bool,
    },
    /// Write a waiver for one finding of a report
    Waive(waive::Arguments),
}

/// Does what was asked for.
pub fn run(arguments: &Arguments) -> Result<Exit, Failure> {
    let (text, exit) = match &arguments.act {
        Act::List => (list()?, Exit::Clean),
        Act::Show { policy } => (show::show(&load(policy)?), Exit::Clean),
        Act::Check { files } => (check(files)?, Exit::Clean),
        Act::Diff {
            one,
            other,
            clauses,
        } => diff::diff(&load(one)?, &load(other)?, *clauses),
        Act::Waive(arguments) => return waive::run(arguments),
    };
    screen::print(text.trim_end())?;
    Ok(exit)
}

fn load(name: &str) -> Result<Policy, Failure> {
    policy::load(name, &rule_ids()).map_err(Failure::unusable)
}

/// The rules with their own severities.
fn known_rules() -> Vec<KnownRule> {
    RULES.iter().map(|rule| (rule.id, rule.severity)).collect()
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
            policy.document.title,
        );
    }
    Ok(text)
}

fn check(files: &[String]) -> Result<String, Failure> {
    let mut mistaken = Vec::new();
    let mut text = String::new();
    for file in files {
        match policy::load(file, &rule_ids()) {
            Ok(policy) => {
                text += &format!("{file}: policy `{}` can be used\n", policy.name);
                for note in policy.groups_in_common() {
                    text += &format!("{file}: {note}\n");
                }
            }
            Err(mistakes) => mistaken.push(format!("{mistakes:#}")),
        }
    }
    match mistaken.is_empty() {
        true => Ok(text),
        false => Err(Failure::Unusable(mistaken)),
    }
}
