//! The main job, as one sequence: no terminal, no printing.
//!
//! Round one visits what accounts name. A first judgement, thrown away, says what is broken and so
//! which other settings might be the fix; round two visits those. Round three asks what issuers and
//! domains say of the certificates seen, where the policy wants it. The judgement that is kept is over
//! everything seen, and is the same one that `judge` makes again next year.

use std::collections::BTreeSet;
use std::io;
use std::net::Ipv4Addr;
use std::sync::{Arc, OnceLock};

use jiff::Timestamp;
use tokio::sync::{mpsc, watch};

use crate::advise::{self, Wanted};
use crate::inventory::Inventory;
use crate::judge::{self, Matter, Under};
use crate::model::{
    Account, AskedFor, CertificateRecord, Close, Contrast, Depth, DnsAnswer, EndedBy, Endpoint,
    Fact, Host, Judgement, Limit, Observation, Observations, PolicyCounts, Resolution, RunHeader,
    Tried, Visit, Visited,
};
use crate::plan;
use crate::policy::{self, Policy, RevocationDemand, Stage};
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
    /// The policy that decides: verdicts, fixes, the exit status, and what may be dialled and asked
    /// ([`Policy::allow_ports`], [`Policy::own_domains`]).
    pub policy: &'a Policy,
    /// Policies by which the same facts are judged besides, for comparison.
    pub others: &'a [Policy],
    /// Policies of which it is asked who would fail by them.
    pub what_if: &'a [Policy],
    /// The roots to trust.
    pub roots: &'a Roots,
    /// The time of judgement.
    pub at: Timestamp,
    /// Whether that time was given by hand; otherwise this machine's clock showed it.
    pub at_given: bool,
}

impl Measure<'_> {
    fn policies(&self) -> impl Iterator<Item = &Policy> {
        let others = self.others.iter().chain(self.what_if);
        std::iter::once(self.policy).chain(others)
    }

    /// The settings of the policy that decides which begin after the day of judgement, the next first.
    pub fn stages(&self) -> impl Iterator<Item = &Stage> {
        self.policy.later_stages(policy::day_of(self.at))
    }

    /// Whether TLSA records are asked for: where any policy needs them, since what was not asked
    /// could not be judged.
    ///
    /// Questions about what is public already are the union of all policies. What may be dialled,
    /// and whom questions that could alarm are put to, stays the first one's word: a policy that is
    /// named for comparison widens neither.
    pub fn asks_for_tlsa(&self) -> bool {
        self.policies().any(|policy| policy.dane)
    }

    /// Whether issuers are asked about revocation: where any policy needs it.
    pub fn asks_issuers(&self) -> bool {
        self.policies()
            .any(|policy| policy.revocation == RevocationDemand::Asked)
    }
}

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

/// What a measure makes of what was seen.
#[derive(Debug)]
pub struct Judged {
    /// The judgement by the policy that decides, with its fixes.
    pub judgement: Judgement,
    /// The settings that were tried as fixes.
    pub tried: Vec<Tried>,
    /// What each policy makes of the fleet, in counts: the one that decides, then the others.
    pub counts: Vec<PolicyCounts>,
    /// Who would fail from a day on, for each of [`Measure::stages`].
    pub stages: Vec<Contrast>,
    /// Who would fail, for each policy of [`Measure::what_if`].
    pub contrasts: Vec<Contrast>,
}

/// Asks a run to end early, with what it has.
#[derive(Debug)]
pub struct Ending {
    stop: watch::Sender<bool>,
    why: OnceLock<EndedBy>,
}

impl Default for Ending {
    fn default() -> Self {
        Ending {
            stop: watch::Sender::new(false),
            why: OnceLock::new(),
        }
    }
}

impl Ending {
    /// Asks; the first one to ask is the reason that the report gives.
    pub fn ask(&self, by: EndedBy) {
        self.why.get_or_init(|| by);
        self.stop.send_replace(true);
    }
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
    let mut record = Record {
        journal: Some(journal),
        observations: Observations::default(),
    };
    record.add(Observation::Run(header))?;
    record.add(Observation::Vantage(prober.vantage()))?;

    let listed = plan::listed(&inventory, policy, depth);
    visit(prober, listed, |seen| record.add(seen), tally, ending).await?;

    let wanted = Hearing::new(measure, &record.observations).wanted();
    let candidates = plan::candidates(
        &wanted.endpoints(),
        |endpoint| record.observations.knows(endpoint),
        policy,
        depth,
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

/// The observations of a server that would send this chain, leaf first, for a judgement before it
/// is installed. What only a server can show was not asked; for the address of a name stands
/// 192.0.2.0.
pub fn shown(header: RunHeader, endpoint: Endpoint, chain: &[Vec<u8>]) -> Observations {
    let kept = &chain[..chain.len().min(Limits::default().certificates)];
    let address = match endpoint.host {
        Host::Ip(address) => address,
        Host::Name(_) => NO_SERVER.into(),
    };
    let answer = DnsAnswer::Addresses {
        addresses: vec![address],
        beyond: 0,
        not_visited: Vec::new(),
    };
    let resolution = Resolution::new(endpoint.host.clone(), header.started, answer);
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
    observations.add(close(&observations, &Ending::default()));
    observations
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

/// What is kept of a judgement, what was tried, and what the other policies say: a function of the
/// measure and of what was seen.
///
/// Each further policy costs one judgement more, of which only counts, or who stands worse, outlive
/// the next one. Whether a candidate would help is asked under the policy that decides only.
pub fn judged(measure: &Measure<'_>, observations: &Observations) -> Judged {
    let hearing = Hearing::new(measure, observations);
    let wanted = hearing.wanted();
    let trials = wanted.trials(measure.accounts);
    let mut judgement = hearing.judge(measure.policy, &trials);
    let tried = advise::settle(&mut judgement, &wanted, measure.accounts, observations);
    let count = |judgement: &Judgement| judge::counts(measure.accounts, judgement);
    let mut counts = vec![count(&judgement)];
    for policy in measure.others {
        counts.push(count(&hearing.judge(policy, &[])));
    }
    let stages = measure
        .stages()
        .map(|stage| hearing.contrast(&judgement, &stage.policy))
        .collect();
    let contrasts = measure
        .what_if
        .iter()
        .map(|policy| hearing.contrast(&judgement, policy))
        .collect();
    Judged {
        judgement,
        tried,
        counts,
        stages,
        contrasts,
    }
}

/// A fleet before its judges, with everything that several judgements share.
struct Hearing<'a> {
    measure: &'a Measure<'a>,
    observations: &'a Observations,
    inventory: Inventory,
    chains: Chains<'a>,
}

impl<'a> Hearing<'a> {
    fn new(measure: &'a Measure<'a>, observations: &'a Observations) -> Self {
        Hearing {
            measure,
            observations,
            inventory: match measure.accounts {
                [] => Inventory::of_listed(observations),
                accounts => Inventory::of(accounts),
            },
            chains: Chains::new(measure.roots, &observations.certificates),
        }
    }

    /// What might help those that a judgement without trials finds in breach.
    fn wanted(&self) -> Wanted {
        let draft = self.judge(self.measure.policy, &[]);
        advise::candidates(self.measure.accounts, &draft, self.measure.policy)
    }

    /// Who stands worse under `policy` than in the judgement that is kept.
    fn contrast(&self, kept: &Judgement, policy: &Policy) -> Contrast {
        let at = self.measure.at;
        let now = Under {
            judgement: kept,
            policy: self.measure.policy.in_force(at),
            at,
        };
        let then = Under {
            judgement: &self.judge(policy, &[]),
            policy: policy.in_force(at),
            at,
        };
        judge::contrast(self.measure.accounts, &now, &then)
    }

    fn judge(&self, policy: &Policy, trials: &[Account]) -> Judgement {
        let at = self.measure.at;
        judge::judge(&Matter {
            accounts: self.measure.accounts,
            trials,
            inventory: &self.inventory,
            observations: self.observations,
            policy,
            explain: &|chain, host| self.chains.report(chain, host, at),
            attest: &|shown| self.chains.attested(shown, self.observations, at),
            at,
            at_given: self.measure.at_given,
        })
    }
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
    let (sender, arriving) = mpsc::channel(RECORDS_IN_FLIGHT);
    let visiting = async {
        let stop = ending.stop.subscribe();
        prober.visit(visits, &sender, tally, stop).await;
        drop(sender);
    };
    tokio::join!(visiting, kept(arriving, keep, ending)).1
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
        let (sender, arriving) = mpsc::channel(RECORDS_IN_FLIGHT);
        let asking = async {
            let stop = ending.stop.subscribe();
            prober.published(endpoints, &sender, stop).await;
            drop(sender);
        };
        let keep = |seen| record.add(seen);
        tokio::join!(asking, kept(arriving, keep, ending)).1?;
    }
    while measure.asks_issuers() && !*ending.stop.borrow() {
        let seen = &record.observations;
        let questions = Chains::new(measure.roots, &seen.certificates).questions(seen, measure.at);
        if questions.is_empty() {
            break;
        }
        let ports = &measure.policy.allow_ports;
        let (sender, arriving) = mpsc::channel(RECORDS_IN_FLIGHT);
        let asking = async {
            let stop = ending.stop.subscribe();
            prober.fetch(questions, ports, &sender, stop).await;
            drop(sender);
        };
        let keep = |seen| record.add(seen);
        tokio::join!(asking, kept(arriving, keep, ending)).1?;
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
