//! `mailfleet check`: how the input was understood, and what an audit of it would visit.

mod understood;
mod visits;

use std::path::PathBuf;

use clap::Args;

use super::exit::{Exit, Failure, Mistakes};
use super::options::InputOptions;
use super::{screen, settings};
use crate::policy::{self, PRESETS};
use crate::words::{Language, Words};

/// Read the input, and say how it was understood and what would be visited.
#[derive(Debug, Args)]
pub struct Arguments {
    /// CSV files or .xlsx workbooks of accounts; `-` is standard input
    #[arg(required = true, value_name = "ACCOUNTS.csv")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    input: InputOptions,
    /// The language
    #[arg(long, default_value = "en", value_name = "en|zh-CN")]
    lang: Language,
}

/// Reads, and says what was understood.
pub fn run(arguments: &Arguments) -> Result<Exit, Failure> {
    let mut mistakes = Mistakes::default();
    let input = settings::read_input(&arguments.files, &arguments.input, &mut mistakes);
    if let Some(input) = &input {
        settings::tell_notes(input, arguments.lang);
    }
    // The policy decides only which ports may be dialled besides mail's own: the default adds none.
    let policy = mistakes.keep(policy::load(PRESETS[0].name, &settings::rule_ids()));
    let (input, policy) = mistakes.settle((input, policy))?;
    let words = Words::of(arguments.lang);
    let parts = [
        understood::files(&input, &words),
        understood::words_of_cells(&input, &words),
        understood::rejected(&input, &words),
        visits::listed(&input, &policy, &words),
    ];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    screen::print(parts.join("\n").trim_end())?;
    for warning in visits::sweeps(&input.accounts, &words) {
        screen::tell(&format!("mailfleet: {warning}"));
    }
    match input.accounts.is_empty() {
        true => Err(Failure::unusable(words.say("check-no-account", &[]))),
        false => Ok(Exit::Clean),
    }
}
