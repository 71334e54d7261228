//! All visits at the same time, under one cap.

use std::any::Any;
use std::collections::HashSet;
use std::future::Future;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use futures::FutureExt as _;
use jiff::Timestamp;
use tokio::sync::{Mutex, mpsc, watch};
use tokio::task::JoinSet;

use super::addresses::may_dial;
use super::certificates::Certificates;
use super::handshake::Tls;
use super::options::Options;
use super::pacing::Gates;
use super::resolve::Resolver;
use super::route::Route;
use super::sheet::Target;
use super::tally::Tally;
use super::visit::AddressVisit;
use crate::model::{
    Cause, DnsAnswer, Gap, Host, Limit, Observation, Phase, Resolution, Visit, Visited,
};

/// Why no prober could be made.
#[derive(Debug, thiserror::Error)]
pub enum ProbeError {
    /// The resolver cannot be set up.
    #[error(
        "the DNS resolver cannot be set up ({0}): check /etc/resolv.conf, or name a server with --resolver"
    )]
    Resolver(String),
    /// The TLS library cannot be set up.
    #[error("the TLS library cannot be set up ({0}): please report this")]
    Tls(String),
}

/// Visits endpoints. It lives through both rounds of an audit: what it resolved, how it paces
/// itself and which certificates it handed over carry on.
pub struct Prober(Arc<Shared>);

struct Shared {
    options: Options,
    resolver: Resolver,
    gates: Gates,
    tls: Tls,
    certificates: Certificates,
    resolutions: Mutex<HashSet<Host>>,
}

impl Prober {
    /// A prober that keeps to `options`.
    pub fn new(options: Options) -> Result<Prober, ProbeError> {
        let resolver = Resolver::new(options.resolver, &options.limits)
            .map_err(|error| ProbeError::Resolver(error.to_string()))?;
        let tls = Tls::new().map_err(|error| ProbeError::Tls(error.to_string()))?;
        let gates = Gates::new(options.concurrency, options.per_host, options.interval);
        Ok(Prober(Arc::new(Shared {
            options,
            resolver,
            gates,
            tls,
            certificates: Certificates::default(),
            resolutions: Mutex::default(),
        })))
    }

    /// The DNS servers asked, or `hosts file only`.
    pub fn resolver_name(&self) -> String {
        self.0.resolver.name().to_owned()
    }

    /// Makes all visits at the same time under one cap; each record goes to `out` as it is
    /// complete. Returns when all are done, or at once when `stop` turns true: what is under way
    /// is then dropped without a record.
    pub async fn visit(
        &self,
        visits: Vec<Visit>,
        out: &mpsc::Sender<Observation>,
        tally: &Arc<Tally>,
        mut stop: watch::Receiver<bool>,
    ) {
        tally.plan(visits.len());
        let mut under_way = JoinSet::new();
        for visit in visits {
            let task = self.0.clone().endpoint(visit, out.clone(), tally.clone());
            under_way.spawn(task);
        }
        let stopped = async {
            if stop.wait_for(|stop| *stop).await.is_err() {
                // Nobody is left who could stop it.
                std::future::pending::<()>().await;
            }
        };
        tokio::select! {
            () = stopped => under_way.shutdown().await,
            () = async { while under_way.join_next().await.is_some() {} } => {}
        }
    }
}

impl Shared {
    async fn endpoint(
        self: Arc<Self>,
        visit: Visit,
        out: mpsc::Sender<Observation>,
        tally: Arc<Tally>,
    ) {
        let work = self
            .clone()
            .every_address(visit.clone(), out.clone(), tally.clone());
        if let Err(cause) = isolated(work).await {
            let record = nowhere(&visit, Gap::new(Phase::Connect, cause));
            hand_over(record, &out, &tally).await;
        }
        tally.finish();
    }

    async fn every_address(
        self: Arc<Self>,
        visit: Visit,
        out: mpsc::Sender<Observation>,
        tally: Arc<Tally>,
    ) {
        if let Some(cause) = visit.forbidden.clone() {
            let record = nowhere(&visit, Gap::new(Phase::Connect, cause));
            return hand_over(record, &out, &tally).await;
        }
        let route = Route::to(&visit.endpoint, &self.options);
        let (addresses, beyond) = match self.addresses(&route, &out).await {
            Ok(found) => found,
            // The configured name's own record says it; another name has none.
            Err(_) if !route.diverted => return,
            Err(cause) => {
                let record = nowhere(&visit, Gap::new(Phase::Resolve, cause));
                return hand_over(record, &out, &tally).await;
            }
        };
        let mut under_way = JoinSet::new();
        for address in addresses {
            let at = SocketAddr::new(address, route.port);
            let target = Target {
                endpoint: visit.endpoint.clone(),
                address,
                dialled: route.diverted.then_some(at),
                asked_for: visit.asked_for,
            };
            let (shared, visit) = (self.clone(), visit.clone());
            let (out, tally) = (out.clone(), tally.clone());
            under_way.spawn(async move {
                shared
                    .address(visit, target, at, beyond, &out, &tally)
                    .await;
            });
        }
        while under_way.join_next().await.is_some() {}
    }

    async fn address(
        &self,
        visit: Visit,
        target: Target,
        at: SocketAddr,
        beyond: usize,
        out: &mpsc::Sender<Observation>,
        tally: &Tally,
    ) {
        if !may_dial(at.ip(), &self.options.allow_net, &self.options.deny_net) {
            let gap = Gap::new(Phase::Connect, Cause::AddressNotAllowed);
            return hand_over(unseen(target, gap), out, tally).await;
        }
        let run = AddressVisit::new(&self.options, &self.tls, &self.gates, tally, &visit, at)
            .run(target.clone());
        let mut record = match isolated(run).await {
            Ok((record, sent)) => {
                self.certificates.hand_over(sent.chain, out).await;
                record
            }
            Err(cause) => unseen(target, Gap::new(Phase::Connect, cause)),
        };
        if beyond > 0 {
            record.limits.push(Limit::Addresses);
        }
        hand_over(record, out, tally).await;
    }

    /// The addresses behind a route, and how many more there are.
    async fn addresses(
        &self,
        route: &Route,
        out: &mpsc::Sender<Observation>,
    ) -> Result<(Vec<IpAddr>, usize), Cause> {
        let given = route.given(&self.options);
        if !given.is_empty() {
            return Ok((given, 0));
        }
        let resolution = self.resolver.look_up(&route.host).await;
        if !route.diverted {
            self.record(&resolution, out).await;
        }
        match resolution.answer {
            DnsAnswer::Addresses { addresses, beyond } => Ok((addresses, beyond)),
            DnsAnswer::NoSuchName { .. } => Err(Cause::NoSuchName),
            DnsAnswer::NoAddress { .. } => Err(Cause::NoAddress),
            DnsAnswer::Failed => Err(Cause::DnsFailed),
            DnsAnswer::Refused => Err(Cause::DnsRefused),
            DnsAnswer::TimedOut => Err(Cause::DnsTimedOut),
            DnsAnswer::NotAsked => Err(Cause::NotVisited),
        }
    }

    async fn record(&self, resolution: &Resolution, out: &mpsc::Sender<Observation>) {
        let mut recorded = self.resolutions.lock().await;
        if recorded.insert(resolution.host.clone()) {
            // Whoever receives has gone: the run is over.
            let _ = out.send(Observation::Resolution(resolution.clone())).await;
        }
    }
}

/// A visit that no address was found or looked for.
fn nowhere(visit: &Visit, gap: Gap) -> Visited {
    let address = match visit.endpoint.host {
        Host::Ip(address) => address,
        Host::Name(_) => IpAddr::V4(Ipv4Addr::UNSPECIFIED),
    };
    let target = Target {
        endpoint: visit.endpoint.clone(),
        address,
        dialled: None,
        asked_for: visit.asked_for,
    };
    unseen(target, gap)
}

/// The record of a target of which nothing was seen.
fn unseen(target: Target, gap: Gap) -> Visited {
    let mut record = Visited::unseen(
        target.endpoint,
        target.address,
        target.asked_for,
        Timestamp::now(),
        gap,
    );
    record.dialled = target.dialled;
    record
}

async fn hand_over(record: Visited, out: &mpsc::Sender<Observation>, tally: &Tally) {
    tally.hand_over(record.reached());
    // Whoever receives has gone: the run is over.
    let _ = out.send(Observation::Visited(Box::new(record))).await;
}

/// Runs `work`; a fault of ours in it ends that visit and no other (threat model B15).
async fn isolated<T>(work: impl Future<Output = T>) -> Result<T, Cause> {
    let caught = AssertUnwindSafe(work).catch_unwind().await;
    caught.map_err(|panic| Cause::Internal(words(&*panic)))
}

fn words(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "no words".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_fault_of_ours_ends_one_visit() {
        #[allow(clippy::panic, reason = "this is the fault")]
        let faulty = async { panic!("a fault") };
        let good = async { 7 };
        let (faulty, good) = tokio::join!(isolated::<()>(faulty), isolated(good));
        assert_eq!(faulty, Err(Cause::Internal("a fault".to_owned())));
        assert_eq!(good, Ok(7));
    }
}
