//! `mailfleet policy`: the policies; one shown, two compared, files checked, an exception written.

mod diff;
mod show;
mod waive;

use std::path::Path;

use clap::{Args, Subcommand};
use jiff::Timestamp;

use super::exit::{Exit, Failure};
use super::screen;
use super::settings::rule_ids;
use crate::model::Value;
use crate::policy::{self, KnownRule, Policy, WaiverTerms};
use crate::rules::RULES;
use crate::words::{Language, Words};

/// List, show, compare or check policies, or write a waiver; mistakes are told in English.
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(subcommand)]
    act: Act,
}

#[derive(Debug, Subcommand)]
enum Act {
    /// The policies that come with the program
    List(Tongue),
    /// What a policy asks: values, rules, groups, and what begins later
    Show {
        /// A policy by its name, or a file
        policy: String,
        #[command(flatten)]
        tongue: Tongue,
    },
    /// Whether files of policies or of waivers can be used: every mistake with its place
    Check {
        /// Files of policies, or of waivers
        #[arg(required = true)]
        files: Vec<String>,
        #[command(flatten)]
        tongue: Tongue,
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
        #[command(flatten)]
        tongue: Tongue,
    },
    /// Write a waiver for one finding of a report
    Waive(waive::Arguments),
}

/// In which language it is told.
#[derive(Clone, Copy, Debug, Args)]
struct Tongue {
    /// The language
    #[arg(long, default_value = "en", value_name = "en|zh-CN")]
    lang: Language,
}

impl Tongue {
    fn words(self) -> Words {
        Words::of(self.lang)
    }
}

/// Does what was asked for.
pub fn run(arguments: &Arguments) -> Result<Exit, Failure> {
    let (text, exit) = match &arguments.act {
        Act::List(tongue) => (list(&tongue.words())?, Exit::Clean),
        Act::Show { policy, tongue } => (show::show(&load(policy)?, &tongue.words()), Exit::Clean),
        Act::Check { files, tongue } => (check(files, &tongue.words())?, Exit::Clean),
        Act::Diff {
            one,
            other,
            clauses,
            tongue,
        } => diff::diff(&load(one)?, &load(other)?, *clauses, &tongue.words()),
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

fn list(words: &Words) -> Result<String, Failure> {
    let mut text = String::new();
    for preset in policy::PRESETS {
        let policy = load(preset.name)?;
        let standard = policy.document.standard;
        let since = standard.and_then(|standard| standard.since());
        let cite = standard.map_or("", |standard| standard.cite());
        let own = ["tls_minimum", "suites"];
        let mark = match own.iter().any(|key| policy.document.interprets(key)) {
            true => format!("  {}", words.say("list-ours", &[])),
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

/// How many waivers a file holds, or everything that is wrong with them by any policy.
fn waivers(file: &str) -> Result<usize, Vec<String>> {
    let terms = WaiverTerms::default();
    let waivers = policy::read_waivers(Path::new(file), &rule_ids(), &terms)
        .map_err(|mistakes| vec![format!("{mistakes:#}")])?;
    let today = policy::day_of(Timestamp::now());
    match policy::without_end(&waivers, &terms, today) {
        endless if endless.is_empty() => Ok(waivers.len()),
        endless => Err(endless.iter().map(|one| format!("{file}: {one}")).collect()),
    }
}

fn check(files: &[String], words: &Words) -> Result<String, Failure> {
    let mut mistaken = Vec::new();
    let mut text = String::new();
    for file in files {
        if policy::holds_only_waivers(Path::new(file)) {
            match waivers(file) {
                Ok(count) => {
                    let file = ("file", Value::Term(file.clone()));
                    text += &words.say("usable-waivers", &[file, ("waivers", count.into())]);
                    text.push('\n');
                }
                Err(mistakes) => mistaken.extend(mistakes),
            }
            continue;
        }
        match policy::load(file, &rule_ids()) {
            Ok(policy) => {
                let file = ("file", Value::Term(file.clone()));
                let name = ("name", Value::Term(policy.name.clone()));
                text += &words.say("usable-policy", &[file.clone(), name]);
                text.push('\n');
                for shared in policy.groups_in_common() {
                    let values = [
                        file.clone(),
                        ("members", Value::Term(shared.members)),
                        ("first", Value::Term(shared.first.to_owned())),
                        ("second", Value::Term(shared.second.to_owned())),
                    ];
                    text += &words.say("usable-overlap", &values);
                    text.push('\n');
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
