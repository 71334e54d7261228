//! How the prober behaves towards servers: paced, bounded, nowhere it may not go.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use mailfleet::model::{Cause, DnsAnswer, FirstMove, Gap, Limit, Observation, Phase, Resolution};
use mailfleet::probe::{Limits, Options, Prober, Tally};
use tokio::io::AsyncWriteExt as _;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, watch};

use super::script::Script;
use super::server::{Server, self_signed};
use super::{NAME, diverted_to, limits, observe, observe_with, options, visit_to, visited};

/// Greets its guests one at a time, slowly, and keeps the most it ever had at once.
async fn gauge(most: Arc<AtomicUsize>) -> SocketAddr {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .await
        .expect("a port");
    let at = listener.local_addr().expect("its address");
    tokio::spawn(async move {
        let mut guests: Vec<TcpStream> = Vec::new();
        let mut bell = tokio::time::interval(Duration::from_millis(10));
        loop {
            tokio::select! {
                accepted = listener.accept() => {
                    guests.retain(is_open);
                    guests.push(accepted.expect("a guest").0);
                    most.fetch_max(guests.len(), Ordering::Relaxed);
                }
                _ = bell.tick() => {
                    guests.retain(is_open);
                    if let Some(first) = guests.first_mut() {
                        let _ = first.write_all(b"-ERR closed today\r\n").await;
                    }
                }
            }
        }
    });
    at
}

fn is_open(guest: &TcpStream) -> bool {
    let mut byte = [0];
    matches!(guest.try_read(&mut byte), Err(error) if error.kind() == std::io::ErrorKind::WouldBlock)
}

#[tokio::test]
async fn many_names_on_one_address_share_its_allowance() {
    let most = Arc::new(AtomicUsize::new(0));
    let at = gauge(most.clone()).await;
    let options = Options {
        connect_to: vec![diverted_to(at)],
        ..options()
    };
    let visits = (0..30)
        .map(|n| visit_to(&format!("host{n}.test:110"), FirstMove::Listen))
        .collect();
    let observations = observe(options, visits).await;
    assert_eq!(visited(&observations).len(), 30);
    for record in visited(&observations) {
        let gap = record.capabilities.gap().expect("turned away");
        assert!(matches!(gap.cause, Cause::Turned(_)), "{gap:?}");
    }
    assert_eq!(most.load(Ordering::Relaxed), 2);
}

#[tokio::test]
async fn an_address_that_is_not_allowed_gets_no_packet() {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .await
        .expect("a port");
    let port = listener.local_addr().expect("its address").port();
    let options = Options {
        allow_net: Vec::new(),
        resolve: vec![
            format!("named.test:{port}:127.0.0.1")
                .parse()
                .expect("given"),
        ],
        connect_to: vec![
            format!("diverted.test::127.0.0.1:{port}")
                .parse()
                .expect("a diversion"),
        ],
        ..options()
    };
    let hosts = [
        "127.0.0.1",
        "[::ffff:127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "named.test",
        "diverted.test",
    ];
    let visits: Vec<_> = hosts
        .iter()
        .map(|host| visit_to(&format!("{host}:{port}"), FirstMove::Listen))
        .collect();
    let observations = observe(options, visits).await;
    assert_eq!(visited(&observations).len(), hosts.len());
    for record in visited(&observations) {
        let expected = Gap::new(Phase::Connect, Cause::AddressNotAllowed);
        assert_eq!(record.connected.gap(), Some(&expected));
        assert_eq!(record.connections, 0);
    }
    nobody_called(&listener).await;
}

#[tokio::test]
async fn a_name_without_an_address_is_a_resolution_and_nothing_else() {
    // A port on which nobody answers questions about names.
    let closed = tokio::net::UdpSocket::bind((Ipv4Addr::LOCALHOST, 0))
        .await
        .expect("a port");
    let options = || Options {
        resolver: Some(closed.local_addr().expect("its address")),
        limits: Limits {
            dns: Duration::from_millis(50),
            ..limits()
        },
        ..options()
    };
    let visits = || vec![visit_to("nowhere.test:110", FirstMove::Listen)];
    let observations = observe(options(), visits()).await;
    let trial = |one: &&Observation| matches!(one, Observation::ResolverTried(_));
    let others: Vec<_> = observations.iter().filter(|one| !trial(one)).collect();
    let [Observation::Resolution(record)] = others[..] else {
        panic!("{observations:?}");
    };
    assert_eq!(record.answer, DnsAnswer::TimedOut);
    // The configured name is not looked up where another is dialled: the record says why instead.
    let diverted = Options {
        connect_to: vec![
            "nowhere.test::elsewhere.test:"
                .parse()
                .expect("a diversion"),
        ],
        ..options()
    };
    let observations = observe(diverted, visits()).await;
    let others: Vec<_> = observations.iter().filter(|one| !trial(one)).collect();
    let [Observation::Undialled(record)] = others[..] else {
        panic!("{observations:?}");
    };
    let expected = Gap::new(Phase::Resolve, Cause::DnsTimedOut);
    assert_eq!(record.gap, expected);
    assert_eq!(record.endpoint.to_string(), "nowhere.test:110");
}

#[tokio::test]
async fn a_forbidden_port_is_neither_looked_up_nor_dialled() {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .await
        .expect("a port");
    let port = listener.local_addr().expect("its address").port();
    let mut visit = visit_to(&format!("127.0.0.1:{port}"), FirstMove::Listen);
    visit.forbidden = Some(Cause::PortNotAllowed);
    let observations = observe(options(), vec![visit]).await;
    let [Observation::Undialled(record)] = &observations[..] else {
        panic!("{observations:?}");
    };
    assert_eq!(record.gap, Gap::new(Phase::Connect, Cause::PortNotAllowed));
    nobody_called(&listener).await;
}

pub async fn nobody_called(listener: &TcpListener) {
    // A connection of our own is the first in the queue only if there is no other.
    let at = listener.local_addr().expect("its address");
    let own = TcpStream::connect(at).await.expect("a connection");
    let (_, from) = listener.accept().await.expect("ours");
    assert_eq!(from, own.local_addr().expect("our end"));
}

#[tokio::test]
async fn a_certificate_is_recorded_once_and_before_the_visit() {
    let (acceptor, der) = self_signed(NAME);
    let steps = Script::read(
        "server:\n tls\n say \"+OK\\r\\n\"\n expect CAPA\n say \"+OK\\r\\n.\\r\\n\"\n hold\nfacts:\n / = 0",
    )
    .servers;
    let server = Server::start(steps, acceptor).await;
    let options = Options {
        connect_to: vec![diverted_to(server.at)],
        ..options()
    };
    let prober = Prober::new(options).expect("a prober");
    let first = vec![
        visit_to("a.test:995", FirstMove::Tls),
        visit_to("b.test:995", FirstMove::Tls),
    ];
    let mut observations = observe_with(&prober, first).await;
    let second = vec![visit_to("c.test:995", FirstMove::Tls)];
    observations.extend(observe_with(&prober, second).await);
    let Observation::Certificate(record) = &observations[0] else {
        panic!("{observations:?}");
    };
    assert_eq!(record.der, der);
    assert_eq!(visited(&observations).len(), 3);
    assert_eq!(observations.len(), 4);
    for visited in visited(&observations) {
        assert_eq!(visited.chain.seen(), Some(&vec![record.id]));
    }
}

#[tokio::test]
async fn every_address_of_a_name_is_visited_and_recorded_apart() {
    let (acceptor, _) = self_signed(NAME);
    let turned_away = Script::read("server:\n say \"-ERR no\\r\\n\"\nfacts:\n / = 0").servers;
    let server = Server::start(turned_away, acceptor).await;
    let port = server.at.port();
    // The server listens on the first of these alone.
    let addresses = ["127.0.0.1", "127.0.0.2", "127.0.0.3"];
    let options = Options {
        resolve: addresses
            .iter()
            .map(|address| {
                format!("many.test:{port}:{address}")
                    .parse()
                    .expect("given")
            })
            .collect(),
        retries: 2,
        ..options()
    };
    let visits = vec![visit_to(&format!("many.test:{port}"), FirstMove::Listen)];
    let observations = observe(options, visits).await;
    let mut records = visited(&observations);
    records.sort_by_key(|record| record.address);
    let seen: Vec<String> = records
        .iter()
        .map(|record| record.address.to_string())
        .collect();
    assert_eq!(seen, addresses);
    assert!(records[0].greeting.seen().is_some());
    for refused in &records[1..] {
        let expected = Gap::new(Phase::Connect, Cause::Refused);
        assert_eq!(refused.connected.gap(), Some(&expected));
        assert_eq!(
            refused.connections, 1,
            "a refusal is an answer, not to be asked for again"
        );
    }
}

#[tokio::test]
async fn a_host_has_one_resolution_record_in_both_rounds() {
    let (acceptor, _) = self_signed(NAME);
    let server = Server::start(vec![Vec::new()], acceptor).await;
    let prober = Prober::new(options()).expect("a prober");
    let visit = || vec![visit_to(&server.at.to_string(), FirstMove::ListenOnly); 2];
    let mut observations = observe_with(&prober, visit()).await;
    observations.extend(observe_with(&prober, visit()).await);
    let resolutions: Vec<&Resolution> = observations
        .iter()
        .filter_map(|observation| match observation {
            Observation::Resolution(resolution) => Some(resolution),
            _ => None,
        })
        .collect();
    assert_eq!(resolutions.len(), 1);
    assert_eq!(resolutions[0].host, "127.0.0.1".parse().expect("a host"));
}

#[tokio::test]
async fn a_run_that_is_stopped_ends_at_once() {
    let (acceptor, _) = self_signed(NAME);
    let silent = Script::read("server:\n hold\nfacts:\n / = 0").servers;
    let server = Server::start(silent, acceptor).await;
    let prober = Prober::new(options()).expect("a prober");
    let (out, mut received) = mpsc::channel(4);
    let (stop, stopped) = watch::channel(false);
    let tally = Arc::new(Tally::default());
    let visits = vec![visit_to(&server.at.to_string(), FirstMove::Listen)];
    let work = prober.visit(visits, &out, &tally, stopped);
    let stopping = async {
        // The look-up of an address is the first record; then the visit is under way.
        assert!(matches!(
            received.recv().await,
            Some(Observation::Resolution(_))
        ));
        stop.send(true).expect("a listener");
    };
    let both = async { tokio::join!(work, stopping) };
    let watchdog = Limits::default().greeting / 2;
    tokio::time::timeout(watchdog, both).await.expect("it ends");
    assert_eq!(tally.done(), 0);
    assert!(received.try_recv().is_err());
}

#[tokio::test]
async fn tarpits_do_not_keep_out_the_others() {
    let (acceptor, _) = self_signed(NAME);
    let tarpit = Script::read("server:\n drip 20ms \"220-\"\nfacts:\n / = 0").servers;
    let tarpit = Server::start(tarpit, acceptor.clone()).await;
    let good = Script::read("server:\n say \"-ERR no\\r\\n\"\nfacts:\n / = 0").servers;
    let good = Server::start(good, acceptor).await;
    let tarpits = SocketAddr::from(([127, 0, 0, 1], tarpit.at.port()));
    let mut visits = vec![visit_to(&tarpits.to_string(), FirstMove::Listen); 20];
    visits.push(visit_to(
        &format!("good.test:{}", good.at.port()),
        FirstMove::Listen,
    ));
    let options = Options {
        concurrency: 2,
        per_host: 1,
        limits: Limits {
            connection: Duration::from_millis(100),
            ..limits()
        },
        // Another address of the same machine, so that the two have gates of their own.
        connect_to: vec![
            format!("good.test::127.0.0.2:{}", good.at.port())
                .parse()
                .expect("a diversion"),
        ],
        ..options()
    };
    // The good server listens on 127.0.0.1 alone: 127.0.0.2 refuses, and at once.
    let observations = observe(options, visits).await;
    let records = visited(&observations);
    assert_eq!(records.len(), 21);
    assert!(
        records[0].endpoint.host.name().is_some(),
        "the last one was first"
    );
    for record in &records[1..] {
        assert_eq!(record.limits, [Limit::ConnectionTime]);
    }
}
