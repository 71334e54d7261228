//! `mailfleet audit`: the main job.

use std::path::{Path, PathBuf};

use clap::Args;

use super::exit::{Exit, Failure, Mistakes};
use super::options::{
    AdviceOptions, InputOptions, MeasureOptions, OutputOptions, PoliciesOptions, VisitOptions,
};
use super::work::{Work, run_with};
use super::{look, outputs, policies, pseudonyms, screen, settings};

/// Visit the servers of all accounts, judge what is seen, and write the report.
#[derive(Debug, Args)]
pub struct Arguments {
    /// CSV files of accounts; `-` is standard input
    #[arg(required = true, value_name = "ACCOUNTS.csv")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    input: InputOptions,
    #[command(flatten)]
    policies: PoliciesOptions,
    #[command(flatten)]
    measure: MeasureOptions,
    #[command(flatten)]
    advice: AdviceOptions,
    #[command(flatten)]
    visit: VisitOptions,
    /// Allow to dial these ports beyond mail's own
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    allow_port: Vec<u16>,
    #[command(flatten)]
    output: OutputOptions,
}

/// Does the main job.
pub fn run(arguments: &Arguments) -> Result<Exit, Failure> {
    let mut mistakes = Mistakes::default();
    let lang = arguments.output.lang;
    let input = settings::read_accounts(&arguments.files, &arguments.input, &mut mistakes);
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
    let fits = mistakes.keep(keeps_input(&arguments.output.out, &arguments.files));
    let key = mistakes.keep(pseudonyms::key(&arguments.output));
    let look = look::read(
        &arguments.output.look,
        &arguments.output.format,
        lang,
        &mut mistakes,
    );
    let (input, mut policies, roots, (), key, look) =
        mistakes.settle((input, policies, roots, fits, key, look))?;
    let ports = &arguments.allow_port;
    let first = &mut policies.first;
    first.everywhere(|policy| policy.allow_ports.extend(ports));
    let probe = settings::probe_options(&arguments.visit);
    if arguments.output.verbose {
        for (name, limit) in probe.shown() {
            screen::tell(&format!("limit {name}: {limit}"));
        }
    }
    run_with(
        Work {
            input,
            policies: &policies,
            roots: &roots,
            probe,
            depth: arguments.visit.depth.into(),
            at: arguments.measure.at,
            max_time: arguments.visit.max_time,
            look: &look,
            enclosed: None,
            key: key.as_ref(),
        },
        &arguments.output,
    )
}

/// An output file must never replace an input file (threat model D5).
fn keeps_input(out: &Path, inputs: &[PathBuf]) -> Result<(), String> {
    let Ok(out) = out.canonicalize() else {
        return Ok(());
    };
    let inside = inputs.iter().any(|input| {
        input
            .canonicalize()
            .is_ok_and(|input| input.parent() == Some(out.as_path()) && outputs::is_output(&input))
    });
    match inside {
        true => Err(
            "an input file bears the name of an output in --out and would be replaced: \
                     choose another directory"
                .to_owned(),
        ),
        false => Ok(()),
    }
}
