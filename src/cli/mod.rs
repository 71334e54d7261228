//! The command line: one file per command, and the edge at which every failure becomes an exit
//! status and a sentence.
//!
//! Data goes to standard output or to files, everything else to standard error.

mod audit;
mod chain;
mod check;
mod demo;
mod duration;
mod ending;
mod exit;
mod file;
mod footprint;
mod header;
mod import;
mod judge;
mod look;
mod notes;
mod options;
mod outputs;
mod policies;
mod policy;
mod probe;
mod progress;
mod pseudonyms;
mod render;
mod roots_before;
mod rules;
mod schema;
pub mod screen;
mod settings;
mod sitting;
mod summary;
mod verify;
mod what_if;
mod work;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

pub use exit::{Exit, Failure};

/// Audits how a whole company reads and sends mail.
#[derive(Debug, Parser)]
#[command(name = "mailfleet", version, about, max_term_width = 100)]
struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Visit the servers of all accounts, judge what is seen, and write the report
    Audit(Box<audit::Arguments>),
    /// Read the input, and say what would be visited and how long it takes
    Check(check::Arguments),
    /// Read the settings of a mail client, and print them as an accounts file
    Import(import::Arguments),
    /// Visit one host, or read a chain from a file, and say on the terminal what is seen
    Probe(probe::Arguments),
    /// Judge stored observations again, without the network
    Judge(judge::Arguments),
    /// Write a finished report in other formats or in the other language, without the network
    Render(render::Arguments),
    /// List the rules, or explain one
    Rules(rules::Arguments),
    /// List, show, compare or check policies, or write a waiver
    Policy(policy::Arguments),
    /// Print the JSON Schema of a file that people write or that programs read
    Schema(schema::Arguments),
    /// Compute every hash and total of a finished run again
    Verify(verify::Arguments),
    /// Do the main job on an embedded fleet; no network needed
    Demo(demo::Arguments),
}

/// Runs the command line of this process.
pub fn run() -> ExitCode {
    let command_line = match CommandLine::try_parse() {
        Ok(command_line) => command_line,
        Err(error) => {
            // Help and version are no mistakes. A closed pipe is not ours to complain of.
            let _ = error.print();
            let asked_for = !error.use_stderr();
            return if asked_for {
                Exit::Clean
            } else {
                Exit::Unusable
            }
            .into();
        }
    };
    let ended = match command_line.command {
        Command::Audit(arguments) => audit::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::Import(arguments) => import::run(&arguments),
        Command::Probe(arguments) => probe::run(&arguments),
        Command::Judge(arguments) => judge::run(&arguments),
        Command::Render(arguments) => render::run(&arguments),
        Command::Rules(arguments) => rules::run(&arguments),
        Command::Policy(arguments) => policy::run(&arguments),
        Command::Schema(arguments) => schema::run(&arguments),
        Command::Verify(arguments) => verify::run(&arguments),
        Command::Demo(arguments) => demo::run(&arguments),
    };
    match ended {
        Ok(exit) => exit.into(),
        Err(failure) => {
            for sentence in failure.sentences() {
                screen::tell(&format!("mailfleet: {sentence}"));
            }
            failure.exit().into()
        }
    }
}
