//! The main job, as one sequence: no terminal, no printing.
//!
//! Round one visits what accounts name. A first judgement, thrown away, says what is broken and so
//! which other settings might be the fix; round two visits those. The only judgement that is kept
//! is over everything seen, and is the same one that `judge` makes again next year.

use std::io;
use std::net::Ipv4Addr;
use std::sync::Arc;

use jiff::Timestamp;
use tokio::sync::{mpsc, watch};

use crate::advise;
use crate::inventory::Inventory;
use crate::judge::{self, Matter};
use crate::model::{
    Account, AskedFor, CertificateRecord, Close, Depth, DnsAnswer, Endpoint, Fact, Host, Judgement,
    Limit, Observation, Observations, Resolution, RunHeader, Tried, Visit, Visited,
};
use crate::plan;
use crate::policy::Policy;
use crate::probe::{Limits, Prober, Tally};
use crate::store::Journal;
use crate::trust::{Chains, Roots};
use crate::wire::cert;

/// Records waiting to be written: enough that no visit waits for the disk.
const RECORDS_IN_FLIGHT: usize = 1024;

/// Stands for the address of a server that was not visited: kept for examples (RFC 5737 §3).
const NO_SERVER: Ipv4Addr = Ipv4Addr::new(192, 0, 2, 0);

/// By what a fleet is judged. Together with observations it decides everything in a report.
#[derive(Clone, Copy, Debug)]
pub struct Measure<'a> {
    /// The accounts, as read; without any, only the endpoints are judged.
    pub accounts: &'a [Account],
    /// The policy.
    pub policy: &'a Policy,
    /// The roots to trust.
    pub roots: &'a Roots,
    /// The time of judgement.
    pub at: Timestamp,
}

/// What an audit came to.
#[derive(Debug)]
pub struct Audited {
    /// Everything that was seen.
    pub observations: Observations,
    /// The hash of the journal's last line.
    pub head: String,
    /// The judgement over everything, with its fixes.
    pub judgement: Judgement,
    /// The settings that were tried as fixes.
    pub tried: Vec<Tried>,
}

/// Visits, judges, advises. Ends early, with what it has, when `stop` says so.
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
    stop: &watch::Sender<bool>,
) -> io::Result<Audited> {
    let ports = &measure.policy.allow_ports;
    let inventory = Inventory::of(measure.accounts);
    let mut record = Record {
        journal: Some(journal),
        observations: Observations::default(),
    };
    record.add(Observation::Run(header))?;

    let listed = plan::listed(&inventory, ports, depth);
    visit(prober, listed, &mut record, tally, stop).await?;

    let (draft, _) = judged(measure, &record.observations);
    let wanted = advise::candidates(measure.accounts, &draft, measure.policy).endpoints();
    let seen = |endpoint: &_| record.observations.visits.contains_key(endpoint);
    let candidates = plan::candidates(&wanted, seen, ports, depth);
    visit(prober, candidates, &mut record, tally, stop).await?;

    record.add(close(&record.observations, !*stop.borrow()))?;
    let Record {
        journal,
        observations,
    } = record;
    let head = journal.map_or(Ok(String::new()), Journal::finish)?;
    let (judgement, tried) = judged(measure, &observations);
    Ok(Audited {
        observations,
        head,
        judgement,
        tried,
    })
}

/// Visits, and keeps what is seen in memory only: for one host on a terminal.
pub async fn look(
    header: RunHeader,
    visits: Vec<Visit>,
    prober: &Prober,
    tally: &Arc<Tally>,
    stop: &watch::Sender<bool>,
) -> Observations {
    let mut record = Record {
        journal: None,
        observations: Observations::default(),
    };
    record.observations.add(Observation::Run(header));
    // Without a journal there is nothing that could fail.
    let _ = visit(prober, visits, &mut record, tally, stop).await;
    let close = close(&record.observations, !*stop.borrow());
    record.observations.add(close);
    record.observations
}

/// The observations of a server that would send this chain, leaf first, for a judgement before it
/// is installed. What only a server can show was not asked; for the address of a name stands
/// 192.0.2.0.
pub fn shown(header: RunHeader, endpoint: Endpoint, chain: &[Vec<u8>]) -> Observations {
    let kept = &chain[..chain.len().min(Limits::default().certificates)];
    let address = match endpoint.host {
        Host::Ip(address) => address,
        Host::Name(_) => NO_SERVER.into(),
    };
    let resolution = Resolution {
        host: endpoint.host.clone(),
        at: header.started,
        answer: DnsAnswer::Addresses {
            addresses: vec![address],
            beyond: 0,
        },
    };
    let mut visited = Visited::unasked(endpoint, address, AskedFor::Listed, header.started);
    visited.chain = Fact::Seen(kept.iter().map(|der| cert::id(der)).collect());
    if kept.len() < chain.len() {
        visited.limits.push(Limit::Certificates);
    }
    let mut observations = Observations::default();
    observations.add(Observation::Run(header));
    for der in kept {
        observations.add(Observation::Certificate(CertificateRecord {
            id: cert::id(der),
            der: der.clone(),
        }));
    }
    observations.add(Observation::Resolution(resolution));
    observations.add(Observation::Visited(Box::new(visited)));
    observations.add(close(&observations, true));
    observations
}

/// The end of a run, now, with its counts.
fn close(observations: &Observations, complete: bool) -> Observation {
    let visits = observations.visits.values();
    Observation::Close(Close {
        finished: Timestamp::now(),
        complete,
        visits: visits.map(|seen| seen.len() as u64).sum(),
        connections: observations.connections(),
        why: None,
    })
}

/// The judgement that is kept, and what was tried: a function of the measure and of what was seen.
pub fn judged(measure: &Measure<'_>, observations: &Observations) -> (Judgement, Vec<Tried>) {
    let inventory = match measure.accounts {
        [] => Inventory::of_listed(observations),
        accounts => Inventory::of(accounts),
    };
    let chains = Chains::new(measure.roots, &observations.certificates);
    let judgement_with = |trials: &[Account]| {
        judge::judge(&Matter {
            accounts: measure.accounts,
            trials,
            inventory: &inventory,
            observations,
            policy: measure.policy,
            explain: &|chain, host| chains.report(chain, host, measure.at),
            at: measure.at,
        })
    };
    let draft = judgement_with(&[]);
    let wanted = advise::candidates(measure.accounts, &draft, measure.policy);
    let mut judgement = judgement_with(&wanted.trials(measure.accounts));
    let tried = advise::settle(&mut judgement, &wanted, measure.accounts, observations);
    (judgement, tried)
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

/// Visits all at the same time and records what is seen as it comes.
async fn visit(
    prober: &Prober,
    visits: Vec<Visit>,
    record: &mut Record,
    tally: &Arc<Tally>,
    stop: &watch::Sender<bool>,
) -> io::Result<()> {
    let (sender, mut arriving) = mpsc::channel(RECORDS_IN_FLIGHT);
    let visiting = async {
        prober.visit(visits, &sender, tally, stop.subscribe()).await;
        drop(sender);
    };
    let recording = async {
        let mut recorded = Ok(());
        while let Some(observation) = arriving.recv().await {
            if recorded.is_ok() {
                recorded = record.add(observation);
                if recorded.is_err() {
                    // What cannot be kept need not be asked.
                    stop.send_replace(true);
                }
            }
        }
        recorded
    };
    tokio::join!(visiting, recording).1
}
