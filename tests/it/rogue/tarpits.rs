//! How much later good servers are judged for the company of bad ones (threat model A3, A14).

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::{Duration, Instant};

use mailfleet::model::{FirstMove, Observation, Visit};
use mailfleet::probe::{Options, Prober, Tally, open_files_cap};
use tokio::sync::{mpsc, watch};

use super::script::Script;
use super::server::{Server, self_signed};
use super::{options, visit_to};

/// Servers of each kind.
const MANY: u16 = 500;

/// A byte each nine seconds: no wait for a byte ever ends, only clocks over all of it do.
const TARPIT: &str = "server:\n drip 9000ms \"220-\"\nfacts:\n / = 0";

const GOOD: &str = r#"server:
  tls
  say "+OK ready\r\n"
  expect CAPA
  say "+OK\r\nSASL PLAIN\r\n.\r\n"
  expect QUIT
  say "+OK bye\r\n"
facts:
  / = 0"#;

/// Servers of one kind, each on an address of its own.
async fn servers(net: u8, script: &str) -> Vec<Server> {
    let script = Script::read(script).servers;
    let (acceptor, _) = self_signed("tarpits.test");
    let mut servers = Vec::new();
    for number in 0..MANY {
        let [high, low] = number.to_be_bytes();
        let address = Ipv4Addr::new(127, net, high, low);
        servers.push(Server::start_at((address, 0).into(), script.clone(), acceptor.clone()).await);
    }
    servers
}

fn visits(servers: &[Server], first_move: FirstMove) -> impl Iterator<Item = Visit> {
    let places = servers.iter().map(|server| server.at.to_string());
    places.map(move |place| visit_to(&place, first_move))
}

/// How long after the start the last of these addresses was recorded, and with how many hellos each.
async fn last_of(good: &[SocketAddr], visits: Vec<Visit>) -> Duration {
    let prober = Prober::new(Options {
        concurrency: open_files_cap().min(256),
        ..options()
    })
    .expect("a prober");
    let (out, mut received) = mpsc::channel(64);
    let (_stop, stopped) = watch::channel(false);
    let tally = Arc::new(Tally::default());
    let begun = Instant::now();
    let work = async move { prober.visit(visits, &out, &tally, stopped).await };
    let watch = async {
        let (mut last, mut seen) = (Duration::ZERO, 0);
        while let Some(observation) = received.recv().await {
            if let Observation::Visited(visited) = observation
                && good.contains(&SocketAddr::new(visited.address, visited.endpoint.port))
            {
                assert_eq!(visited.hellos.len(), 2, "a good server is asked in full");
                (last, seen) = (begun.elapsed(), seen + 1);
            }
        }
        assert_eq!(seen, good.len());
        last
    };
    tokio::join!(work, watch).1
}

/// The figures are printed and not asserted: they are this machine's.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes minutes: tests/run --long runs it"]
async fn long_five_hundred_tarpits_delay_five_hundred_good_servers_by() {
    open_files_cap();
    let good = servers(7, GOOD).await;
    let places: Vec<SocketAddr> = good.iter().map(|server| server.at).collect();
    let alone = last_of(&places, visits(&good, FirstMove::Tls).collect()).await;
    let tarpits = servers(8, TARPIT).await;
    let bad = visits(&tarpits, FirstMove::Listen);
    let all = bad.chain(visits(&good, FirstMove::Tls)).collect();
    let together = last_of(&places, all).await;
    println!("{MANY} good servers alone: the last is recorded after {alone:.1?}");
    println!("behind {MANY} tarpits: after {together:.1?}");
}
