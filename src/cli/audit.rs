//! `mailfleet audit`: the main job.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use aws_lc_rs::rand;
use clap::Args;
use jiff::Timestamp;
use tokio::sync::watch;

use super::exit::{Exit, Failure, Mistakes};
use super::options::{InputOptions, MeasureOptions, VisitOptions};
use super::outputs::{self, FormatWord, Parts};
use super::progress::Progress;
use super::summary::{self, Threshold};
use super::{screen, settings};
use crate::audit::{Audited, Measure, audit};
use crate::input::Input;
use crate::model::{Depth, RunHeader};
use crate::policy::{Policy, RevocationDemand};
use crate::probe::{Options, Prober, Tally};
use crate::store::{self, Journal, OutputDirectory};
use crate::trust::Roots;
use crate::words::Language;

/// The journal's name in the output directory.
pub const JOURNAL: &str = "observations.ndjson";

/// Under what name an unfinished journal of an earlier run is kept.
const INTERRUPTED: &str = "observations.interrupted.ndjson";

/// Visit the servers of all accounts, judge what is seen, and write the report.
#[derive(Debug, Args)]
pub struct Arguments {
    /// CSV files of accounts; `-` is standard input
    #[arg(required = true, value_name = "ACCOUNTS.csv")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    input: InputOptions,
    #[command(flatten)]
    measure: MeasureOptions,
    #[command(flatten)]
    visit: VisitOptions,
    #[command(flatten)]
    output: OutputOptions,
}

/// What is written, and what it means to whoever scheduled the run.
#[derive(Clone, Debug, Args)]
pub struct OutputOptions {
    /// The directory of the run's files
    #[arg(long, value_name = "DIR", default_value = "mailfleet-report")]
    pub out: PathBuf,
    /// What to write
    #[arg(
        long,
        value_enum,
        value_name = "LIST",
        value_delimiter = ',',
        default_value = "html,markdown,json,csv"
    )]
    pub format: Vec<FormatWord>,
    /// The language of the reports and the fixes
    #[arg(long, value_name = "en|zh-CN", default_value = "en")]
    pub lang: Language,
    /// The name of the machine or network that this runs from
    #[arg(long, value_name = "NAME")]
    pub vantage: Option<String>,
    /// Who answers for this audit
    #[arg(long, value_name = "NAME")]
    pub auditor: Option<String>,
    /// Whose mail is audited
    #[arg(long, value_name = "NAME")]
    pub organisation: Option<String>,
    /// Exit with 1 from this severity on
    #[arg(
        long,
        value_name = "none|info|low|medium|high|critical",
        default_value = "medium"
    )]
    pub fail_on: Threshold,
    /// Exit with 3 if fewer accounts than this could be verified
    #[arg(long, value_name = "PERCENT", default_value = "50",
          value_parser = clap::value_parser!(u8).range(0..=100))]
    pub min_verified: u8,
    /// Say nothing but what went wrong
    #[arg(short, long)]
    pub quiet: bool,
    /// Say more: the limits in force, and where the files are
    #[arg(short, long)]
    pub verbose: bool,
}

/// Does the main job.
pub fn run(arguments: &Arguments) -> Result<Exit, Failure> {
    let mut mistakes = Mistakes::default();
    let input = settings::read_input(&arguments.files, &arguments.input, &mut mistakes);
    let policy = settings::read_policy(&arguments.measure, &mut mistakes);
    let roots = settings::read_roots(&arguments.measure, &mut mistakes);
    let fits = mistakes.keep(keeps_input(&arguments.output.out, &arguments.files));
    let all = input.zip(policy).zip(roots).zip(fits);
    let (((input, mut policy), roots), ()) = mistakes.settle(all)?;
    policy.allow_ports.extend(&arguments.visit.allow_port);
    run_with(
        &Work {
            input: &input,
            policy: &policy,
            roots: &roots,
            probe: settings::probe_options(&arguments.visit),
            depth: arguments.visit.depth.into(),
            at: arguments.measure.at,
            max_time: arguments.visit.max_time,
        },
        &arguments.output,
    )
}

/// Everything that the main job is made of, wherever it came from.
#[derive(Debug)]
pub struct Work<'a> {
    /// The accounts.
    pub input: &'a Input,
    /// The measure.
    pub policy: &'a Policy,
    /// The roots to trust.
    pub roots: &'a Roots,
    /// How servers are visited.
    pub probe: Options,
    /// How much is asked.
    pub depth: Depth,
    /// The time of judgement, if it is not the start of the run.
    pub at: Option<Timestamp>,
    /// After how long the run ends with what it has.
    pub max_time: Option<Duration>,
}

/// Does the main job with parts that are ready: visits, judges, writes, and says how it went.
pub fn run_with(work: &Work<'_>, output: &OutputOptions) -> Result<Exit, Failure> {
    let started = Timestamp::now();
    let out = OutputDirectory::open(&output.out).map_err(Failure::incomplete)?;
    keep_interrupted(&out)?;
    let prober = Prober::new(work.probe.clone()).map_err(Failure::incomplete)?;
    let header = header(work, output, &prober, started)?;
    let journal = Journal::begin(out.grow(JOURNAL).map_err(Failure::incomplete)?);
    if output.verbose {
        for (name, limit) in &header.limits {
            screen::tell(&format!("limit {name}: {limit}"));
        }
    }
    let measure = Measure {
        accounts: &work.input.accounts,
        policy: work.policy,
        roots: work.roots,
        at: work.at.unwrap_or(started),
    };
    let audited = visiting(work, &measure, header, &prober, journal, output.quiet)?;
    let parts = Parts {
        input: work.input,
        policy: work.policy,
        roots: work.roots,
        observations: &audited.observations,
        head: &audited.head,
        journal: &out.file(JOURNAL),
        judgement: &audited.judgement,
        tried: &audited.tried,
        at: measure.at,
        at_given: work.at.is_some(),
    };
    let closing = outputs::write(&parts, output, &out)?;
    summary::tell(&closing, output);
    summary::explain(&closing, output);
    Ok(summary::exit(&closing, output))
}

/// Runs the rounds, with a progress bar, until they end or somebody or the clock ends them.
fn visiting(
    work: &Work<'_>,
    measure: &Measure<'_>,
    header: RunHeader,
    prober: &Prober,
    journal: Journal,
    quiet: bool,
) -> Result<Audited, Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(Failure::incomplete)?;
    runtime.block_on(async {
        let tally = Arc::new(Tally::default());
        let (stop, _) = watch::channel(false);
        let stop = Arc::new(stop);
        let _progress = Progress::of(&tally, quiet);
        let ending = tokio::spawn(end_early(Arc::clone(&stop), work.max_time));
        let audited = audit(measure, header, work.depth, prober, journal, &tally, &stop).await;
        ending.abort();
        audited.map_err(|error| {
            Failure::Incomplete(format!(
                "the journal could not be written ({error}): free some space or choose another --out"
            ))
        })
    })
}

/// The first signal, or `--max-time`, asks for an end with what is there; a second signal ends at once.
pub async fn end_early(stop: Arc<watch::Sender<bool>>, max_time: Option<Duration>) {
    let time = async {
        match max_time {
            Some(time) => tokio::time::sleep(time).await,
            None => std::future::pending().await,
        }
    };
    tokio::select! {
        () = signalled() => screen::tell("mailfleet: ending; a partial report follows (again: end at once)"),
        () = time => screen::tell("mailfleet: --max-time is over; a partial report follows"),
    }
    stop.send_replace(true);
    signalled().await;
    std::process::exit(Exit::Incomplete.code().into());
}

/// Until an interrupt, a termination or a hang-up arrives.
async fn signalled() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let terminations = (
            signal(SignalKind::terminate()),
            signal(SignalKind::hangup()),
        );
        if let (Ok(mut terminate), Ok(mut hang_up)) = terminations {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
                _ = hang_up.recv() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
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

/// What an unfinished run had learned is not thrown away by the next one.
fn keep_interrupted(out: &OutputDirectory) -> Result<(), Failure> {
    let journal = out.file(JOURNAL);
    if !journal.exists() {
        return Ok(());
    }
    let finished = store::read(&journal).is_ok_and(|run| run.observations.close.is_some());
    if !finished {
        std::fs::rename(&journal, out.file(INTERRUPTED)).map_err(Failure::incomplete)?;
        screen::tell(&format!(
            "mailfleet: an unfinished journal of an earlier run is kept as {INTERRUPTED}"
        ));
    }
    Ok(())
}

fn header(
    work: &Work<'_>,
    output: &OutputOptions,
    prober: &Prober,
    started: Timestamp,
) -> Result<RunHeader, Failure> {
    let mut random = [0; 16];
    rand::fill(&mut random)
        .map_err(|_| Failure::incomplete("this machine gives no random numbers: try again"))?;
    let limits = work.probe.shown();
    let options = given(work);
    let questions = format!("{} {options:?} {limits:?}", work.depth.word());
    Ok(RunHeader {
        schema: store::SCHEMA.to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        run_id: store::hex(&random),
        started,
        vantage: output.vantage.clone().unwrap_or_default(),
        resolver: prober.resolver_name(),
        depth: work.depth.word().to_owned(),
        limits,
        options,
        questions: store::sha256_hex(questions.as_bytes()),
    })
}

/// The options that shape the questions, by name; only those that were given.
fn given(work: &Work<'_>) -> BTreeMap<String, String> {
    let mut given = work.probe.given();
    if !work.policy.own_domains.is_empty() {
        given.insert("own-domain".to_owned(), work.policy.own_domains.join(", "));
    }
    if !work.policy.allow_ports.is_empty() {
        let ports: Vec<String> = work.policy.allow_ports.iter().map(u16::to_string).collect();
        given.insert("allow-port".to_owned(), ports.join(", "));
    }
    if work.policy.revocation == RevocationDemand::Asked {
        given.insert(
            "revocation".to_owned(),
            work.policy.revocation.word().to_owned(),
        );
    }
    if work.policy.dane {
        given.insert("dane".to_owned(), "true".to_owned());
    }
    given
}
