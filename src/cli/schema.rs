//! `mailfleet schema`: the JSON Schemas of the files that people write and of those that programs read.

use clap::{Args, ValueEnum};

use super::exit::{Exit, Failure};
use super::screen;
use super::settings::rule_ids;
use crate::{policy, report, store};

/// Print a JSON Schema.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Of which file
    #[arg(value_enum)]
    of: Of,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Of {
    /// The report.json of a run
    Report,
    /// A line of the observations.ndjson of a run
    Observations,
    /// What a template of --template can say
    Template,
    /// A policy file
    Policy,
    /// A file of waivers
    Waivers,
}

/// Prints it.
pub fn run(arguments: &Arguments) -> Result<Exit, Failure> {
    let text = match arguments.of {
        Of::Report => report::schema_of_reports(),
        Of::Observations => store::schema_of_observations(),
        Of::Template => report::schema_of_templates(),
        Of::Policy => policy::schema_of_policies(&rule_ids()),
        Of::Waivers => policy::schema_of_waivers(&rule_ids()),
    };
    screen::print(&text)?;
    Ok(Exit::Clean)
}
