//! The main job with parts that are ready: for `audit` and for `demo`.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use tokio::runtime::Runtime;

use super::ending::end_early;
use super::exit::{Exit, Failure};
use super::header::header;
use super::look::Look;
use super::options::OutputOptions;
use super::outputs::{self, Parts};
use super::policies::Policies;
use super::progress::Progress;
use super::{settings, summary};
use crate::audit::{Audited, Ending, Measure, audit};
use crate::input::Input;
use crate::model::{Depth, RunHeader, Value};
use crate::probe::{Options, Prober, Tally};
use crate::report::{Message, PseudonymKey};
use crate::store::{self, JOURNAL, Journal, Lock, LockError, OutputDirectory};
use crate::trust::Roots;

/// Everything that the main job is made of, wherever it came from.
#[derive(Debug)]
pub struct Work<'a> {
    /// The accounts.
    pub input: Input,
    /// The measures.
    pub policies: &'a Policies,
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
    /// How the report is shown.
    pub look: &'a Look,
    /// A file, by name and bytes, that is laid beside the outputs.
    pub enclosed: Option<(&'a str, &'a [u8])>,
    /// Under which key people stand, if not under their names.
    pub key: Option<&'a PseudonymKey>,
}

/// Visits, judges, writes, and says how it went.
pub fn run_with(work: Work<'_>, output: &OutputOptions) -> Result<Exit, Failure> {
    let started = Timestamp::now();
    let out = OutputDirectory::open(&output.out).map_err(Failure::incomplete)?;
    let _lock = Lock::take(&out, started).map_err(locked_out)?;
    if let Some(kept) = store::keep_interrupted(&out).map_err(Failure::incomplete)? {
        let kept = Message::new("notice-journal-kept").with("file", Value::Term(kept));
        settings::tell(&kept, output.lang);
    }
    let prober = Prober::new(work.probe.clone()).map_err(Failure::incomplete)?;
    // The journal is written as it grows, before anybody in it has a pseudonym.
    let vantage = output.vantage.clone().filter(|_| !output.redact);
    let (at, at_given) = (work.at.unwrap_or(started), work.at.is_some());
    let (policies, roots) = (work.policies, work.roots);
    let measure = policies.measure(&work.input.accounts, roots, at, at_given);
    let header = header(&work.probe, &measure, work.depth, vantage, &prober, started)?;
    let journal = Journal::begin(out.grow(JOURNAL).map_err(Failure::incomplete)?);
    let audited = visiting(&work, &measure, header, &prober, journal, output)?;
    let enclosed = match work.enclosed {
        Some((name, bytes)) => vec![
            out.write(name, |file| file.write_all(bytes))
                .map_err(Failure::incomplete)?,
        ],
        None => Vec::new(),
    };
    let parts = Parts {
        measure: policies.measure(&[], roots, at, at_given),
        input: work.input,
        observations: &audited.observations,
        head: &audited.head,
        journal: &out.file(JOURNAL),
        judged: audited.judged,
        look: work.look,
        key: work.key,
        enclosed,
    };
    let closing = outputs::write(parts, output, &out)?;
    summary::close(&closing, output)
}

/// A directory that another run has is a mistake of whoever chose it; any other trouble is not.
pub fn locked_out(error: LockError) -> Failure {
    match error {
        LockError::Taken { .. } => Failure::unusable(error),
        LockError::Unusable { .. } => Failure::incomplete(error),
    }
}

/// A runtime for sockets and timers.
pub fn runtime() -> Result<Runtime, Failure> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| {
            Failure::Incomplete(format!(
                "this machine gives no threads or timers ({error}): end other programs and try again"
            ))
        })
}

/// Runs the rounds, with a progress bar, until they end or somebody or the clock ends them.
fn visiting(
    work: &Work<'_>,
    measure: &Measure<'_>,
    header: RunHeader,
    prober: &Prober,
    journal: Journal,
    output: &OutputOptions,
) -> Result<Audited, Failure> {
    runtime()?.block_on(async {
        let tally = Arc::new(Tally::default());
        let ending = Arc::new(Ending::default());
        let _progress = Progress::of(&tally, output.quiet);
        let waiting = end_early(Arc::clone(&ending), work.max_time, output.lang);
        let waiting = tokio::spawn(waiting);
        let audited = audit(measure, header, work.depth, prober, journal, &tally, &ending).await;
        waiting.abort();
        audited.map_err(|error| {
            Failure::Incomplete(format!(
                "the journal could not be written ({error}): free some space or choose another --out"
            ))
        })
    })
}
