//! `mailfleet rules`: the rules, or what one is, stands on and shows.

mod book;
mod papers;
mod sheet;

use std::str::FromStr;

use clap::Args;

use super::exit::{Exit, Failure, Mistakes};
use super::screen;
use super::settings::rule_ids;
use crate::policy::{self, Policy};
use crate::rules::{RULES, Rule};
use crate::store::json;
use crate::words::{Language, Words};
use papers::Papers;

/// The rules, or one of them.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The rule to explain; without it the rules are listed
    id: Option<String>,
    /// Explain every rule
    #[arg(long, conflicts_with = "id")]
    all: bool,
    /// Say what this policy makes of a rule, and not every policy that comes with the program;
    /// repeatable
    #[arg(long, value_name = "NAME|FILE")]
    policy: Vec<String>,
    /// The form of the answer
    #[arg(long, default_value = "text", value_name = "text|markdown|json")]
    format: Form,
    /// The language of the explanation
    #[arg(long, default_value = "en", value_name = "en|zh-CN")]
    lang: Language,
}

/// The forms of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Text,
    Markdown,
    Json,
}

impl FromStr for Form {
    type Err = &'static str;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        match word {
            "text" => Ok(Form::Text),
            "markdown" => Ok(Form::Markdown),
            "json" => Ok(Form::Json),
            _ => Err("there is no such form: use text, markdown or json"),
        }
    }
}

/// Lists the rules, or explains them.
pub fn run(arguments: &Arguments) -> Result<Exit, Failure> {
    let mut mistakes = Mistakes::default();
    let chosen = match &arguments.id {
        Some(id) => mistakes.keep(one(id)),
        None => Some(RULES),
    };
    let policies = policies(&arguments.policy, &mut mistakes);
    let rules = mistakes.settle(chosen)?;
    let words = Words::of(arguments.lang);
    let papers: Vec<Papers> = rules
        .iter()
        .map(|rule| Papers::of(rule, &policies, &words))
        .collect();
    let is_list = arguments.id.is_none() && !arguments.all;
    let text = match arguments.format {
        Form::Json => as_json(&papers)?,
        Form::Text if is_list => sheet::list(&papers),
        Form::Text => sheet::sheets(&papers, &words),
        Form::Markdown if is_list => book::table(&papers, &words),
        Form::Markdown if arguments.all => book::book(&papers, &words),
        Form::Markdown => book::chapters(&papers, &words),
    };
    screen::print(text.trim_end())?;
    Ok(Exit::Clean)
}

/// The rule of that id, as a list of one.
fn one(id: &str) -> Result<&'static [&'static Rule], String> {
    let found = RULES.iter().find(|rule| rule.id == id);
    found.map(std::slice::from_ref).ok_or_else(|| {
        let nearest = RULES
            .iter()
            .map(|rule| rule.id)
            .min_by_key(|known| strsim::damerau_levenshtein(known, id))
            .unwrap_or_default();
        format!(
            "there is no rule of that id; did you mean `{nearest}`? `mailfleet rules` lists all"
        )
    })
}

/// The policies of these names, or every one that comes with the program.
fn policies(names: &[String], mistakes: &mut Mistakes) -> Vec<Policy> {
    let presets = policy::PRESETS.iter().map(|preset| preset.name);
    let names: Vec<&str> = match names.is_empty() {
        true => presets.collect(),
        false => names.iter().map(String::as_str).collect(),
    };
    names
        .into_iter()
        .filter_map(|name| mistakes.keep(policy::load(name, &rule_ids())))
        .collect()
}

fn as_json(papers: &[Papers]) -> Result<String, Failure> {
    let mut bytes = Vec::new();
    json::write_pretty(&mut bytes, papers).map_err(Failure::incomplete)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
