//! The main job, as one sequence: no terminal, no printing.
//!
//! Round one visits what accounts name. A first judgement, thrown away, says what is broken and so
//! which other settings might be the fix; round two visits those. Round three asks what issuers and
//! domains say of the certificates seen, where the policy wants it. The judgement that is kept is over
//! everything seen, and is the same one that `judge` makes again next year.

mod ending;
mod hearing;
mod installed;

use std::collections::BTreeSet;
use std::io;
use std::sync::Arc;

use jiff::Timestamp;
use tokio::sync::{mpsc, watch};

use crate::inventory::Inventory;
use crate::model::{Close, Depth, Endpoint, Observation, Observations, RunHeader, Visit, Visited};
use crate::plan::{self, Asked};
use crate::probe::{Prober, Tally};
use crate::store::Journal;
use crate::trust::Chains;

pub use ending::Ending;
pub use hearing::{Judged, Measure, judged};
pub use installed::shown;

use hearing::Hearing;

/// Records waiting to be written: enough that no visit waits for the disk.
const RECORDS_IN_FLIGHT: usize = 1024;

/// What an audit came to.
#[derive(Debug)]
pub struct Audited {
    /// Everything that was seen.
    pub observations: Observations,
    /// The hash of the journal's last line.
    pub head: String,
    /// What was made of it.
    pub judged: Judged,
}

/// Visits, judges, advises. Ends early, with what it has, when asked to.
///
/// # Errors
///
/// The journal's: what is learned must be kept, or it need not be asked.
pub async fn audit(
    measure: &Measure<'_>,
    header: RunHeader,
    depth: Depth,
    prober: &Prober,
    journal: Journal,
    tally: &Arc<Tally>,
    ending: &Ending,
) -> io::Result<Audited> {
    let policy = measure.policy;
    let inventory = Inventory::of(measure.accounts);
    let asked = Asked {
        depth,
        contested: measure.contested().into(),
    };
    let mut record = Record {
        journal: Some(journal),
        observations: Observations::default(),
    };
    record.add(Observation::Run(header))?;
    record.add(Observation::Vantage(prober.vantage()))?;

    let listed = plan::listed(&inventory, policy, &asked);
    visit(prober, listed, |seen| record.add(seen), tally, ending).await?;

    let wanted = Hearing::new(measure, &record.observations).wanted();
    let candidates = plan::candidates(
        &wanted.endpoints(),
        |endpoint| record.observations.knows(endpoint),
        policy,
        &asked,
    );
    visit(prober, candidates, |seen| record.add(seen), tally, ending).await?;

    vouched(measure, prober, &mut record, ending).await?;

    record.add(Observation::VantageEnd(prober.vantage()))?;
    record.add(close(&record.observations, ending))?;
    let head = record.journal.map_or(Ok(String::new()), Journal::finish)?;
    let judged = judged(measure, &record.observations);
    Ok(Audited {
        observations: record.observations,
        head,
        judged,
    })
}

/// Visits, and keeps what is seen in memory only: for one host on a terminal.
pub async fn look(
    measure: &Measure<'_>,
    header: RunHeader,
    visits: Vec<Visit>,
    prober: &Prober,
    tally: &Arc<Tally>,
    ending: &Ending,
) -> Observations {
    let mut record = Record {
        journal: None,
        observations: Observations::default(),
    };
    record.observations.add(Observation::Run(header));
    let begins = Observation::Vantage(prober.vantage());
    record.observations.add(begins);
    // Memory refuses nothing, so there is no error to pass on.
    let _ = visit(prober, visits, |seen| record.add(seen), tally, ending).await;
    let _ = vouched(measure, prober, &mut record, ending).await;
    let ends = Observation::VantageEnd(prober.vantage());
    record.observations.add(ends);
    let end = close(&record.observations, ending);
    record.observations.add(end);
    record.observations
}

/// The end of a run, now, with its counts.
fn close(observations: &Observations, ending: &Ending) -> Observation {
    let visits = observations.visits.values();
    Observation::Close(Close {
        finished: Timestamp::now(),
        complete: !*ending.stop.borrow(),
        visits: visits.map(|addresses| addresses.len() as u64).sum(),
        connections: observations.connections(),
        why: ending.why.get().copied(),
    })
}

/// Where what is seen goes: to the disk, if it is to last, and to memory.
struct Record {
    journal: Option<Journal>,
    observations: Observations,
}

impl Record {
    fn add(&mut self, observation: Observation) -> io::Result<()> {
        if let Some(journal) = &mut self.journal {
            journal.append(&observation)?;
        }
        self.observations.add(observation);
        Ok(())
    }
}

/// Visits all at the same time and keeps what is seen as it comes.
async fn visit(
    prober: &Prober,
    visits: Vec<Visit>,
    keep: impl FnMut(Observation) -> io::Result<()>,
    tally: &Arc<Tally>,
    ending: &Ending,
) -> io::Result<()> {
    let visiting = async |sender, stop| prober.visit(visits, &sender, tally, stop).await;
    asked(visiting, keep, ending).await
}

/// Asks who vouches for the certificates seen: the domain, then, source by source, the issuers.
async fn vouched(
    measure: &Measure<'_>,
    prober: &Prober,
    record: &mut Record,
    ending: &Ending,
) -> io::Result<()> {
    if measure.asks_for_tlsa() {
        let endpoints = showing_certificates(&record.observations);
        let asking = async |sender, stop| prober.published(endpoints, &sender, stop).await;
        asked(asking, |seen| record.add(seen), ending).await?;
    }
    while measure.asks_issuers() && !*ending.stop.borrow() {
        let seen = &record.observations;
        let questions = Chains::new(measure.roots, &seen.certificates).questions(seen, measure.at);
        if questions.is_empty() {
            break;
        }
        let ports = &measure.policy.allow_ports;
        let asking = async |sender, stop| prober.fetch(questions, ports, &sender, stop).await;
        asked(asking, |seen| record.add(seen), ending).await?;
    }
    Ok(())
}

fn showing_certificates(seen: &Observations) -> BTreeSet<Endpoint> {
    let shows = |visit: &Visited| !visit.shown_to_clients().is_empty();
    let endpoints = seen.visits.iter();
    endpoints
        .filter(|(_, visits)| visits.values().any(shows))
        .map(|(endpoint, _)| endpoint.clone())
        .collect()
}

/// Asks, and keeps what is seen as it comes.
async fn asked(
    ask: impl AsyncFnOnce(mpsc::Sender<Observation>, watch::Receiver<bool>),
    keep: impl FnMut(Observation) -> io::Result<()>,
    ending: &Ending,
) -> io::Result<()> {
    let (sender, arriving) = mpsc::channel(RECORDS_IN_FLIGHT);
    // Whoever asks has the only sender: when all is said, nothing arrives any more.
    let asking = ask(sender, ending.stop.subscribe());
    tokio::join!(asking, kept(arriving, keep, ending)).1
}

/// Keeps what arrives until nobody is left who sends.
async fn kept(
    mut arriving: mpsc::Receiver<Observation>,
    mut keep: impl FnMut(Observation) -> io::Result<()>,
    ending: &Ending,
) -> io::Result<()> {
    let mut kept = Ok(());
    while let Some(observation) = arriving.recv().await {
        if kept.is_ok() {
            kept = keep(observation);
            if kept.is_err() {
                // What cannot be kept need not be asked.
                ending.stop.send_replace(true);
            }
        }
    }
    kept
}
