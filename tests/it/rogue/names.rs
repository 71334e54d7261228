//! Names that change under our hands, and resolvers that make them up.

use std::net::Ipv4Addr;
use std::time::Duration;

use mailfleet::model::{
    Cause, DnsAnswer, Fact, FirstMove, Gap, Observation, Phase, Resolution, ResolverTried, ToldBy,
};
use mailfleet::probe::{Limits, Options, Prober};
use tokio::net::TcpListener;

use super::manners::nobody_called;
use super::script::Script;
use super::server::{Identity, Server, acceptor};
use super::{limits, observe, observe_with, options, visit_to, visited};
use crate::dns::{Dns, Says, at};

const HOST: &str = "mail.corp.test";

/// Options that ask this server.
fn asking(dns: &Dns) -> Options {
    Options {
        resolver: Some(dns.at),
        limits: Limits {
            dns: Duration::from_millis(500),
            ..limits()
        },
        ..options()
    }
}

fn resolutions(observations: &[Observation]) -> Vec<&Resolution> {
    let found = observations.iter().filter_map(|one| match one {
        Observation::Resolution(resolution) => Some(resolution),
        _ => None,
    });
    found.collect()
}

fn tried(observations: &[Observation]) -> Vec<&ResolverTried> {
    let found = observations.iter().filter_map(|one| match one {
        Observation::ResolverTried(tried) => Some(tried),
        _ => None,
    });
    found.collect()
}

/// The nth question gets the address 127.0.0.(9 + n).
fn rotating(name: &str, nth: usize) -> Says {
    match name {
        HOST => at(&format!("127.0.0.{}", 9 + nth)),
        _ => Says::NoSuchName,
    }
}

/// Threat model I4: whatever the DNS says later, a run keeps to what it was told.
#[tokio::test]
async fn a_name_is_asked_for_once_in_a_run_though_its_addresses_rotate() {
    let dns = Dns::start(rotating);
    let prober = Prober::new(asking(&dns)).expect("a prober");
    let visits = |ports: [u16; 2]| {
        let visit = |port| visit_to(&format!("{HOST}:{port}"), FirstMove::Listen);
        ports.map(visit).to_vec()
    };
    let first = observe_with(&prober, visits([1, 2])).await;
    let second = observe_with(&prober, visits([3, 4])).await;
    let told = resolutions(&first);
    assert_eq!((told.len(), resolutions(&second).len()), (1, 0));
    assert_eq!(
        (told[0].told_by, told[0].ttl),
        (Some(ToldBy::Dns), Some(60))
    );
    let DnsAnswer::Addresses { addresses, .. } = &told[0].answer else {
        panic!("{told:?}");
    };
    assert_eq!(*addresses, [Ipv4Addr::new(127, 0, 0, 10)]);
    for record in visited(&first).into_iter().chain(visited(&second)) {
        assert_eq!(record.address, addresses[0]);
    }
    let questions = dns.asked().into_iter().filter(|name| name == HOST);
    assert_eq!(questions.count(), 2, "one for each family");
}

/// Threat model E3: the address that was judged is the one that is dialled.
#[tokio::test]
async fn a_name_that_points_inward_the_second_time_leads_nowhere() {
    let forbidden = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .await
        .expect("a port");
    let port = forbidden.local_addr().expect("its address").port();
    let inward = |nth: usize| match nth % 2 {
        0 => at("127.0.0.1"),
        _ => at("127.0.0.9"),
    };
    for first_is_inward in [false, true] {
        let dns = Dns::start(move |name, nth| match name {
            HOST => inward(nth + usize::from(first_is_inward)),
            _ => Says::NoSuchName,
        });
        let options = Options {
            allow_net: vec!["127.0.0.9/32".parse().expect("a net")],
            ..asking(&dns)
        };
        let visit = visit_to(&format!("{HOST}:{port}"), FirstMove::Listen);
        let observations = observe(options, vec![visit]).await;
        let records = visited(&observations);
        let gap = records[0].connected.gap().expect("nobody listens there");
        let expected = match first_is_inward {
            true => Cause::AddressNotAllowed,
            false => Cause::Refused,
        };
        assert_eq!(*gap, Gap::new(Phase::Connect, expected));
    }
    nobody_called(&forbidden).await;
}

/// Threat model I6: the name that was configured is the one that counts, not its alias.
#[tokio::test]
async fn an_alias_is_followed_and_the_configured_name_is_asked_for() {
    let made = rcgen::generate_simple_self_signed(["farm.host.test".to_owned()]).expect("made");
    let identity = Identity::new(
        vec![made.cert.der().to_vec()],
        made.signing_key.serialize_der(),
    );
    let names = identity.1.clone();
    let steps = "server:\n tls\n say \"+OK\\r\\n\"\n expect CAPA\n say \"+OK\\r\\n.\\r\\n\"\n hold\n\
                 facts:\n / = 0";
    let server = Server::start(Script::read(steps).servers, acceptor(identity)).await;
    let dns = Dns::start(|name, _| match name {
        HOST => Says::Alias("farm.host.test", vec![Ipv4Addr::LOCALHOST.into()]),
        _ => Says::NoSuchName,
    });
    let visit = visit_to(&format!("{HOST}:{}", server.at.port()), FirstMove::Tls);
    let observations = observe(asking(&dns), vec![visit]).await;
    let record = visited(&observations)[0];
    assert!(record.tls.seen().is_some(), "{record:?}");
    assert_eq!(record.endpoint.host.to_string(), HOST);
    let sent = names.lock().expect("names").clone();
    assert!(
        !sent.is_empty() && sent.iter().all(|name| name.as_deref() == Some(HOST)),
        "{sent:?}"
    );
}

/// Threat model H2: tried once in a run, and only where a resolver is asked at all.
#[tokio::test]
async fn a_resolver_is_tried_once_and_only_where_it_is_asked() {
    let dns = Dns::start(|name, _| match name {
        HOST => at("127.0.0.10"),
        _ => at("127.0.0.80"),
    });
    let mut unasked = asking(&dns);
    unasked.resolve = vec!["given.test:1:127.0.0.10".parse().expect("given")];
    unasked.connect_to = vec!["diverted.test::127.0.0.10:".parse().expect("a diversion")];
    let mut forbidden = visit_to(&format!("{HOST}:1"), FirstMove::Listen);
    forbidden.forbidden = Some(Cause::PortNotAllowed);
    let hosts = ["127.0.0.10:1", "given.test:1", "diverted.test:1"];
    let mut visits = hosts.map(|host| visit_to(host, FirstMove::Listen)).to_vec();
    visits.push(forbidden);
    let prober = Prober::new(unasked).expect("a prober");
    let observations = observe_with(&prober, visits).await;
    assert!(tried(&observations).is_empty());
    assert_eq!(dns.asked(), [""; 0]);

    let visit = || vec![visit_to(&format!("{HOST}:1"), FirstMove::Listen)];
    let (first, second) = (
        observe_with(&prober, visit()).await,
        observe_with(&prober, visit()).await,
    );
    let [made_up] = tried(&first)[..] else {
        panic!("{first:?}");
    };
    let portal = Ipv4Addr::new(127, 0, 0, 80).into();
    assert_eq!(made_up.invented, Fact::Seen(vec![portal]));
    assert!(tried(&second).is_empty());
}
