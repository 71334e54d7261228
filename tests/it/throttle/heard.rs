//! Servers visited in this process, and what every rule makes of what was seen.

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use mailfleet::inventory::Inventory;
use mailfleet::judge::cases;
use mailfleet::model::{
    AccountVerdict, AskedFor, Cause, Depth, Endpoint, Gap, Observations, OtherSession, Phase,
    Protocol, Reason, Security, Twist, Verdict, Visit, Visited,
};
use mailfleet::plan;
use mailfleet::probe::{ConnectTo, Limits, Options, Prober, Tally};
use mailfleet::rules::{Check, RULES};
use tokio::sync::{mpsc, watch};

use crate::scene::{Scene, account, rfc8314};

/// Rules that tell of throttling itself, or of what it leads to, and blame nobody.
pub const OF_THROTTLING: [&str; 5] = [
    "server-throttled",
    "server-refuses",
    "unreachable",
    "unstable",
    "limit-reached",
];

/// A server to visit: what the account calls it, and where it is.
#[derive(Clone, Debug)]
pub struct Target {
    endpoint: Endpoint,
    at: SocketAddr,
}

impl Target {
    /// The server at `at`, as `endpoint`.
    pub fn new(endpoint: Endpoint, at: SocketAddr) -> Self {
        Target { endpoint, at }
    }

    /// The same server under a name of its own, so that many of them can be visited in one run.
    pub fn numbered(endpoint: &Endpoint, number: usize, at: SocketAddr) -> Self {
        let host = format!("n{number}.{}", endpoint.host);
        Target {
            endpoint: Endpoint::new(host.parse().expect("a host"), endpoint.port),
            at,
        }
    }
}

/// What was seen of a server, and what the rules say to it.
pub struct Heard {
    /// What was seen.
    pub visited: Visited,
    /// Rules that find something.
    pub violations: BTreeSet<&'static str>,
    /// Rules that look and find nothing.
    pub compliant: BTreeSet<&'static str>,
    /// Rules that cannot tell.
    pub undetermined: BTreeMap<&'static str, Reason>,
    /// The verdict of an account that uses it as the port suggests.
    pub verdict: AccountVerdict,
}

impl Heard {
    /// Whether any question was left without an answer.
    pub fn unanswered(&self) -> bool {
        let visited = &self.visited;
        let mut hellos = visited.hellos.iter();
        let mut sessions = visited.sessions.iter();
        visited.gaps().next().is_some()
            || hellos.any(|asked| asked.answer.gap().is_some())
            || sessions.any(lost)
            || visited.injection.gap().is_some()
            || visited.login_begun.gap().is_some()
    }
}

/// Whether a further session found no answer. A server without the kind of key that is asked for
/// refuses in its own way, and Dovecot's is to hang up.
fn lost(session: &OtherSession) -> bool {
    let own_way = |gap: &Gap| {
        gap.phase == Phase::Handshake && matches!(gap.cause, Cause::Closed | Cause::Reset)
    };
    let may_refuse = matches!(session.twist, Twist::RsaOnly | Twist::EcdsaOnly);
    let gap = session.shown.gap();
    gap.is_some_and(|gap| !(may_refuse && own_way(gap)))
}

/// No spacing, short waits: the servers are on loopback, and a silent one costs each wait in full. Long
/// enough, though, for a server on a machine that is busy with a build.
fn options(targets: &[Target]) -> Options {
    Options {
        interval: Duration::ZERO,
        connect_timeout: Duration::from_secs(2),
        retry_pauses: vec![Duration::from_millis(20), Duration::from_millis(100)],
        limits: Limits {
            greeting: Duration::from_secs(2),
            reply: Duration::from_secs(2),
            goodbye: Duration::from_millis(100),
            ..Limits::default()
        },
        allow_net: vec!["127.0.0.0/8".parse().expect("a net")],
        connect_to: targets
            .iter()
            .map(|target| ConnectTo {
                from_host: Some(target.endpoint.host.clone()),
                from_port: Some(target.endpoint.port),
                to_host: Some(target.at.ip().to_string().parse().expect("a host")),
                to_port: Some(target.at.port()),
            })
            .collect(),
        concurrency: 40,
        ..Options::default()
    }
}

/// Visits all targets in one run, as their own domain's auditor, and judges what was seen.
pub async fn hear(targets: &[Target], depth: Depth) -> Vec<Heard> {
    let seen = visit(targets, depth).await;
    let words = targets.iter().map(as_account);
    let scene = Scene {
        accounts: words.map(|words| account(&words)).collect(),
        seen,
        ..Scene::default()
    };
    let (inventory, policy) = (Inventory::of(&scene.accounts), rfc8314());
    let matter = scene.matter(&inventory, &policy);
    let judgement = mailfleet::judge::judge(&matter);
    let none = Inventory::of(&[]);
    let cases = cases::of(&matter, &none);
    targets
        .iter()
        .zip(&judgement.accounts)
        .map(|(target, account)| {
            let mut heard = Heard {
                visited: scene
                    .seen
                    .visits_to(&target.endpoint)
                    .next()
                    .expect("a visit")
                    .clone(),
                violations: BTreeSet::new(),
                compliant: BTreeSet::new(),
                undetermined: BTreeMap::new(),
                verdict: account.verdict.clone(),
            };
            for rule in RULES {
                let Check::Endpoint(check) = rule.check else {
                    continue;
                };
                match check(&cases[&target.endpoint], &policy) {
                    Verdict::Violation(_) => {
                        heard.violations.insert(rule.id);
                    }
                    Verdict::Compliant => {
                        heard.compliant.insert(rule.id);
                    }
                    Verdict::Undetermined(reason) => {
                        heard.undetermined.insert(rule.id, reason);
                    }
                    Verdict::NotAsked | Verdict::NotApplicable => {}
                }
            }
            heard
        })
        .collect()
}

fn as_account(target: &Target) -> String {
    let port = target.endpoint.port;
    let protocol = match Protocol::of_port(port) {
        Some(protocol) => protocol.word(),
        None => "-",
    };
    let security = match port {
        993 | 995 | 465 => "tls",
        _ => "starttls",
    };
    format!("anna {protocol} {security} {}", target.endpoint)
}

async fn visit(targets: &[Target], depth: Depth) -> Observations {
    let prober = Prober::new(options(targets)).expect("a prober");
    let visits = targets.iter().map(|target| Visit {
        endpoint: target.endpoint.clone(),
        asked_for: AskedFor::Listed,
        first_move: plan::first_move(target.endpoint.port, &BTreeSet::<Security>::new()),
        depth,
        contested: Default::default(),
        ours: true,
        forbidden: None,
    });
    let (out, mut received) = mpsc::channel(64);
    let (_stop, stopped) = watch::channel(false);
    let tally = Arc::new(Tally::default());
    let visits: Vec<Visit> = visits.collect();
    let mut seen = Observations::default();
    let collect = async {
        while let Some(observation) = received.recv().await {
            seen.add(observation);
        }
    };
    let work = async move { prober.visit(visits, &out, &tally, stopped).await };
    tokio::time::timeout(WATCHDOG, async { tokio::join!(work, collect) })
        .await
        .expect("the run ends");
    seen
}

/// Hundreds of servers, some of which make every wait last.
const WATCHDOG: Duration = Duration::from_secs(300);
