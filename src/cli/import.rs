//! `mailfleet import`: the settings of a client into the accounts file.

use std::path::PathBuf;

use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser};

use super::exit::{Exit, Failure, Mistakes};
use super::screen;
use crate::input::{SOURCES, accounts_file, import};

/// Read the settings of a client, and print them as an accounts file.
#[derive(Debug, Args)]
pub struct Arguments {
    /// What the files are
    #[arg(value_name = "SOURCE", value_parser = sources())]
    source: String,
    /// The files
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

fn sources() -> PossibleValuesParser {
    let values = SOURCES.iter();
    let values = values.map(|source| PossibleValue::new(source.name).help(source.what));
    PossibleValuesParser::new(values)
}

/// Reads every file, and prints one table.
pub fn run(arguments: &Arguments) -> Result<Exit, Failure> {
    let mut mistakes = Mistakes::default();
    let source = SOURCES
        .iter()
        .find(|source| source.name == arguments.source);
    let source = source.ok_or_else(|| Failure::unusable("there is no such source"))?;
    let mut services = Vec::new();
    for path in &arguments.files {
        services.extend(mistakes.keep(import(source, path)).unwrap_or_default());
    }
    mistakes.settle(Some(()))?;
    if services.is_empty() {
        return Err(Failure::unusable(format!(
            "no account was found: check that each file is {}",
            source.what
        )));
    }
    screen::print(accounts_file(&services).trim_end())?;
    Ok(Exit::Clean)
}
