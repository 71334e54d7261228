//! Servers that misbehave, each in one way, and what must be seen of them.
#![allow(clippy::panic, reason = "a script that cannot be read fails its test")]

mod cut;
mod identity;
mod issuers;
mod manners;
mod names;
mod revoked;
pub mod script;
pub mod server;
mod tarpits;

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use mailfleet::model::{AskedFor, Endpoint, FirstMove, Observation, Visit, Visited};
use mailfleet::probe::{ConnectTo, Limits, Options, Prober, Tally};
use tokio::sync::{mpsc, watch};

use script::Script;
use server::{Server, self_signed};

const NAME: &str = "mail.rogue.test";

/// The usual limits, without waiting for an answer to the goodbye that scripts do not give.
fn limits() -> Limits {
    Limits {
        goodbye: Duration::from_millis(100),
        ..Limits::default()
    }
}

/// Options that reach loopback at full speed.
pub fn options() -> Options {
    Options {
        interval: Duration::ZERO,
        retry_pauses: vec![Duration::from_millis(10)],
        retries: 0,
        limits: limits(),
        allow_net: vec!["127.0.0.0/8".parse().expect("a net")],
        ..Options::default()
    }
}

/// Wherever `options` would go, it goes to this address instead.
fn diverted_to(at: std::net::SocketAddr) -> ConnectTo {
    ConnectTo {
        from_host: None,
        from_port: None,
        to_host: Some(at.ip().to_string().parse().expect("a host")),
        to_port: Some(at.port()),
    }
}

pub fn visit_to(endpoint: &str, first_move: FirstMove) -> Visit {
    Visit {
        endpoint: endpoint.parse::<Endpoint>().expect("an endpoint"),
        asked_for: AskedFor::Listed,
        first_move,
        depth: mailfleet::model::Depth::Standard,
        contested: Default::default(),
        ours: false,
        forbidden: None,
    }
}

/// Everything that `visits` yield. A run that hangs fails after a minute.
async fn observe(options: Options, visits: Vec<Visit>) -> Vec<Observation> {
    let prober = Prober::new(options).expect("a prober");
    observe_with(&prober, visits).await
}

pub async fn observe_with(prober: &Prober, visits: Vec<Visit>) -> Vec<Observation> {
    let (out, mut received) = mpsc::channel(4);
    let (_stop, stopped) = watch::channel(false);
    let tally = Arc::new(Tally::default());
    let collect = async {
        let mut all = Vec::new();
        while let Some(observation) = received.recv().await {
            all.push(observation);
        }
        all
    };
    let work = async move {
        prober.visit(visits, &out, &tally, stopped).await;
        assert_eq!(tally.done(), tally.planned());
        assert_eq!(tally.under_way(), 0);
    };
    let ((), all) = tokio::time::timeout(Duration::from_secs(60), async {
        tokio::join!(work, collect)
    })
    .await
    .expect("the run ends");
    all
}

pub fn visited(observations: &[Observation]) -> Vec<&Visited> {
    observations
        .iter()
        .filter_map(|observation| match observation {
            Observation::Visited(visited) => Some(&**visited),
            _ => None,
        })
        .collect()
}

async fn faults_of(script: Script) -> Vec<String> {
    let (acceptor, _) = self_signed(NAME);
    let server = Server::start(script.servers.clone(), acceptor).await;
    let options = Options {
        retries: script.retries,
        limits: script.limits.clone(),
        address_timeout: script.address,
        connect_to: vec![diverted_to(server.at)],
        ..options()
    };
    let mut visit = visit_to(&format!("{NAME}:2110"), script.first_move);
    visit.depth = script.depth;
    visit.ours = script.ours;
    let observations = observe(options, vec![visit]).await;
    let mut faults = server.complaints.lock().expect("complaints").clone();
    let records = visited(&observations);
    if records.len() != 1 {
        faults.push(format!("{} records", records.len()));
        return faults;
    }
    let record = serde_json::to_value(records[0]).expect("a record serialises");
    let again: Visited = serde_json::from_value(record.clone()).expect("and reads back");
    if again != *records[0] {
        faults.push("the record does not survive JSON".to_owned());
    }
    for fact in &script.facts {
        let found = record
            .pointer(&fact.pointer)
            .unwrap_or(&serde_json::Value::Null);
        if *found != fact.value {
            let pointer = &fact.pointer;
            faults.push(format!("{pointer} is {found}, not {}", fact.value));
        }
    }
    if !faults.is_empty() {
        faults.push(format!("{record:#}"));
    }
    faults
}

#[tokio::test]
async fn every_script_yields_its_facts() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/rogue");
    let mut names: Vec<_> = fs::read_dir(folder)
        .expect("the scripts")
        .map(|entry| entry.expect("a script").path())
        .collect();
    names.sort();
    assert!(names.len() >= 20, "only {} scripts", names.len());
    let mut faults = Vec::new();
    for batch in names.chunks(8) {
        let batch = batch.iter().map(|path| async move {
            let text = fs::read_to_string(path).expect("a text");
            let name = path.file_stem().expect("a name").to_string_lossy();
            let faults = faults_of(Script::read(&text)).await;
            faults
                .into_iter()
                .map(move |fault| format!("{name}: {fault}"))
        });
        faults.extend(futures::future::join_all(batch).await.into_iter().flatten());
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}
