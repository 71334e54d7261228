//! `mailfleet judge`: stored observations under another policy, at another time; no network.

use std::path::PathBuf;

use clap::Args;
use jiff::Timestamp;

use super::exit::{Exit, Failure, Mistakes};
use super::options::{AdviceOptions, InputOptions, MeasureOptions, OutputOptions, PoliciesOptions};
use super::outputs::{self, Parts};
use super::work::locked_out;
use super::{look, policies, pseudonyms, roots_before, settings, summary};
use crate::audit::judged;
use crate::input::Input;
use crate::report::Message;
use crate::store::{self, Lock, OutputDirectory, StoredRun};

/// Judge stored observations again.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The observations.ndjson of a run
    observations: PathBuf,
    /// The accounts; without them only the endpoints are judged
    #[arg(long, value_name = "CSV", num_args = 1..)]
    accounts: Vec<PathBuf>,
    #[command(flatten)]
    input: InputOptions,
    #[command(flatten)]
    policies: PoliciesOptions,
    #[command(flatten)]
    measure: MeasureOptions,
    #[command(flatten)]
    advice: AdviceOptions,
    #[command(flatten)]
    output: OutputOptions,
}

/// Judges again and writes the report.
pub fn run(arguments: &Arguments) -> Result<Exit, Failure> {
    let mut mistakes = Mistakes::default();
    let lang = arguments.output.lang;
    let input = match arguments.accounts.is_empty() {
        true => mistakes.keep(without_accounts(&arguments.input)),
        false => settings::read_accounts(&arguments.accounts, &arguments.input, &mut mistakes),
    };
    if let Some(input) = input.as_ref().filter(|_| !arguments.output.redact) {
        settings::tell_notes(input, lang);
    }
    let policies = policies::read(
        &arguments.policies,
        arguments.measure.waivers.as_deref(),
        &arguments.advice,
        &mut mistakes,
    );
    let roots = settings::read_roots(&arguments.measure, lang, &mut mistakes);
    let stored = mistakes.keep(store::read(&arguments.observations));
    let key = mistakes.keep(pseudonyms::key(&arguments.output));
    let look = look::read(
        &arguments.output.look,
        &arguments.output.format,
        lang,
        &mut mistakes,
    );
    let (input, policies, roots, stored, key, look) =
        mistakes.settle((input, policies, roots, stored, key, look))?;
    if let Some(byte) = stored.torn_at {
        settings::tell(&Message::new("notice-torn").with("byte", byte), lang);
    }
    // Before anything is written: --out may be where the observations lie.
    roots_before::tell_if_others(&arguments.observations, &stored, roots.store(), lang);
    let out = OutputDirectory::open(&arguments.output.out).map_err(Failure::incomplete)?;
    let _lock = Lock::take(&out, Timestamp::now()).map_err(locked_out)?;
    let at = arguments.measure.at.unwrap_or_else(|| started(&stored));
    let at_given = arguments.measure.at.is_some();
    let measure = policies.measure(&input.accounts, &roots, at, at_given);
    let judged = judged(&measure, &stored.observations);
    let parts = Parts {
        input,
        measure: policies.measure(&[], &roots, at, at_given),
        observations: &stored.observations,
        head: &stored.head,
        journal: &arguments.observations,
        judged,
        look: &look,
        key: key.as_ref(),
        enclosed: Vec::new(),
    };
    let closing = outputs::write(parts, &arguments.output, &out)?;
    summary::close(&closing, &arguments.output)
}

/// No accounts at all; options that say how to read them are then a mistake.
fn without_accounts(options: &InputOptions) -> Result<Input, &'static str> {
    let says_nothing =
        options.map.is_empty() && options.encoding.is_none() && options.expect_rows.is_none();
    match says_nothing {
        true => Ok(Input::default()),
        false => Err(
            "--map, --encoding and --expect-rows say how accounts are read: give --accounts too",
        ),
    }
}

/// The time of judgement by default: when the run started, so that judging again changes nothing.
fn started(stored: &StoredRun) -> Timestamp {
    let run = stored.observations.run.as_ref();
    run.map_or(Timestamp::UNIX_EPOCH, |run| run.started)
}
