//! All visits at the same time, under one cap.

use std::any::Any;
use std::collections::{BTreeSet, HashSet};
use std::future::Future;
use std::net::{IpAddr, SocketAddr};
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use futures::FutureExt as _;
use jiff::Timestamp;
use tokio::sync::{Mutex, mpsc, watch};
use tokio::task::JoinSet;

use super::addresses::may_dial;
use super::certificates::Certificates;
use super::fetch::Fetcher;
use super::handshake::Tls;
use super::options::Options;
use super::pacing::Gates;
use super::resolve::Resolver;
use super::route::Route;
use super::sheet::Target;
use super::tally::Tally;
use super::tlsa::Validator;
use super::vantage;
use super::visit::AddressVisit;
use crate::model::{
    Cause, DnsAnswer, Endpoint, Fact, Fetched, Gap, Host, Limit, Observation, Phase, Resolution,
    Tlsa, Undialled, Vantage, Visit, Visited,
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
    /// Whether the resolver was asked for names that cannot exist.
    resolver_tried: AtomicBool,
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
            resolver_tried: AtomicBool::default(),
        })))
    }

    /// The DNS servers asked, or `hosts-file-only`.
    pub fn resolver_name(&self) -> String {
        self.0.resolver.name().to_owned()
    }

    /// This machine's place in its networks, now.
    pub fn vantage(&self) -> Vantage {
        vantage::look(self.0.resolver.servers())
    }

    /// Makes all visits at the same time under one cap; each record goes to `out` as it is
    /// complete. Returns when all are done, or at once when `stop` turns true: what is under way
    /// is then dropped without a record.
    pub async fn visit(
        &self,
        visits: Vec<Visit>,
        out: &mpsc::Sender<Observation>,
        tally: &Arc<Tally>,
        stop: watch::Receiver<bool>,
    ) {
        tally.plan(visits.len());
        let mut under_way = JoinSet::new();
        if self.0.asks_dns(&visits) && !self.0.resolver_tried.swap(true, Ordering::Relaxed) {
            under_way.spawn(self.0.clone().try_resolver(out.clone()));
        }
        for visit in visits {
            let task = self.0.clone().endpoint(visit, out.clone(), tally.clone());
            under_way.spawn(task);
        }
        all(under_way, stop).await;
    }

    /// Fetches what issuers say at each URL, from port 80 or one of `ports`, under the same cap and
    /// the same rules of addresses as visits; otherwise as [`Prober::visit`].
    pub async fn fetch(
        &self,
        urls: BTreeSet<String>,
        ports: &[u16],
        out: &mpsc::Sender<Observation>,
        stop: watch::Receiver<bool>,
    ) {
        let ports: Arc<[u16]> = ports.into();
        let mut under_way = JoinSet::new();
        for url in urls {
            let (shared, ports, out) = (self.0.clone(), ports.clone(), out.clone());
            under_way.spawn(async move {
                let fetcher = Fetcher {
                    options: &shared.options,
                    resolver: &shared.resolver,
                    gates: &shared.gates,
                    ports: &ports,
                };
                let work = fetcher.fetch(url.clone());
                let fetched = isolated(work).await.unwrap_or_else(|cause| Fetched {
                    url,
                    at: Timestamp::now(),
                    address: None,
                    answer: Fact::Unknown(Gap::new(Phase::Fetch, cause)),
                });
                // Whoever receives has gone: the run is over.
                let _ = out.send(Observation::Fetched(fetched)).await;
            });
        }
        all(under_way, stop).await;
    }

    /// Asks the DNS which certificates each endpoint should have; otherwise as [`Prober::visit`].
    pub async fn published(
        &self,
        endpoints: BTreeSet<Endpoint>,
        out: &mpsc::Sender<Observation>,
        stop: watch::Receiver<bool>,
    ) {
        let options = &self.0.options;
        let validator = Arc::new(Validator::new(options.resolver, &options.limits, None));
        let mut under_way = JoinSet::new();
        for endpoint in endpoints {
            let (validator, out) = (validator.clone(), out.clone());
            under_way.spawn(async move {
                let work = validator.published(endpoint.clone());
                let tlsa = isolated(work).await.unwrap_or_else(|cause| Tlsa {
                    endpoint,
                    at: Timestamp::now(),
                    answer: Fact::Unknown(Gap::new(Phase::Resolve, cause)),
                });
                // Whoever receives has gone: the run is over.
                let _ = out.send(Observation::Tlsa(tlsa)).await;
            });
        }
        all(under_way, stop).await;
    }
}

/// Waits for all, or drops them when `stop` turns true.
async fn all(mut under_way: JoinSet<()>, mut stop: watch::Receiver<bool>) {
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

impl Shared {
    /// Whether a DNS server is asked about any of the hosts.
    fn asks_dns(&self, visits: &[Visit]) -> bool {
        let allowed = visits.iter().filter(|visit| visit.forbidden.is_none());
        let mut routes = allowed.map(|visit| Route::to(&visit.endpoint, &self.options));
        routes.any(|route| {
            route.given(&self.options).is_empty() && self.resolver.asks_about(&route.host)
        })
    }

    async fn try_resolver(self: Arc<Self>, out: mpsc::Sender<Observation>) {
        let tried = self.resolver.try_names().await;
        // Whoever receives has gone: the run is over.
        let _ = out.send(Observation::ResolverTried(tried)).await;
    }

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
            not_dialled(&visit, Gap::new(Phase::Connect, cause), &out).await;
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
            return not_dialled(&visit, Gap::new(Phase::Connect, cause), &out).await;
        }
        let route = Route::to(&visit.endpoint, &self.options);
        let (addresses, beyond) = match self.addresses(&route, &out).await {
            Ok(found) => found,
            // The configured name's own record says it; another name has none.
            Err(_) if !route.diverted => return,
            Err(cause) => {
                return not_dialled(&visit, Gap::new(Phase::Resolve, cause), &out).await;
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
            Ok((record, certificates)) => {
                self.certificates.hand_over(certificates, out).await;
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
            DnsAnswer::Addresses {
                addresses, beyond, ..
            } => Ok((addresses, beyond)),
            other => Err(other.cause()),
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

/// Says that no address was found or looked for.
async fn not_dialled(visit: &Visit, gap: Gap, out: &mpsc::Sender<Observation>) {
    let record = Undialled {
        endpoint: visit.endpoint.clone(),
        asked_for: visit.asked_for,
        at: Timestamp::now(),
        gap,
    };
    // Whoever receives has gone: the run is over.
    let _ = out.send(Observation::Undialled(record)).await;
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
