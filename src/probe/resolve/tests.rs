//! A DNS server on loopback that answers each name in its own way.

use std::net::Ipv4Addr;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::net::UdpSocket;

use super::*;
use crate::model::{Cause, Gap, Phase};

struct FakeServer {
    at: SocketAddr,
    asked: Arc<AtomicUsize>,
}

/// The response code and the IPv4 addresses for the `nth` question for a name.
type Zone = fn(name: &str, nth: usize) -> Option<(u8, Vec<Ipv4Addr>)>;

async fn serve(zone: Zone) -> FakeServer {
    let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0))
        .await
        .expect("a port");
    let at = socket.local_addr().expect("its address");
    let asked = Arc::new(AtomicUsize::new(0));
    let count = asked.clone();
    tokio::spawn(async move {
        let mut seen: HashMap<(String, u16), usize> = HashMap::new();
        let mut buffer = [0; 1500];
        while let Ok((length, from)) = socket.recv_from(&mut buffer).await {
            count.fetch_add(1, Ordering::Relaxed);
            let (name, end) = question(&buffer[..length]);
            let family = u16::from_be_bytes([buffer[end], buffer[end + 1]]);
            let nth = seen.entry((name.clone(), family)).or_default();
            *nth += 1;
            if let Some((code, addresses)) = zone(&name, *nth) {
                let addresses = if family == 1 { addresses } else { Vec::new() };
                let answer = answer(&buffer[..end + 4], code, &addresses);
                let _ = socket.send_to(&answer, from).await;
            }
        }
    });
    FakeServer { at, asked }
}

/// The name asked for, and where its type stands.
fn question(packet: &[u8]) -> (String, usize) {
    let mut at = 12;
    let mut labels = Vec::new();
    while packet[at] != 0 {
        let end = at + 1 + usize::from(packet[at]);
        labels.push(String::from_utf8_lossy(&packet[at + 1..end]).to_lowercase());
        at = end;
    }
    (labels.join("."), at + 1)
}

fn answer(question: &[u8], code: u8, addresses: &[Ipv4Addr]) -> Vec<u8> {
    let mut packet = question.to_vec();
    packet[2..12].copy_from_slice(&[0x81, 0x80 | code, 0, 1, 0, 0, 0, 0, 0, 0]);
    packet[7] = u8::try_from(addresses.len()).expect("a few");
    for address in addresses {
        packet.extend([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4]);
        packet.extend(address.octets());
    }
    packet
}

async fn ask(zone: Zone, name: &str) -> (DnsAnswer, usize) {
    let server = serve(zone).await;
    let limits = Limits {
        dns: Duration::from_millis(300),
        ..Limits::default()
    };
    let resolver = Resolver::new(Some(server.at), &limits).expect("a resolver");
    let host = name.parse().expect("a host");
    let answer = resolver.look_up(&host).await.answer;
    let asked = server.asked.load(Ordering::Relaxed);
    assert_eq!(resolver.look_up(&host).await.answer, answer);
    assert_eq!(server.asked.load(Ordering::Relaxed), asked, "asked again");
    (answer, asked)
}

#[tokio::test]
async fn addresses_are_sorted_and_capped() {
    let zone: Zone = |_, _| Some((0, (1..=20).rev().map(|n| [192, 0, 2, n].into()).collect()));
    let (answer, _) = ask(zone, "mail.example.com").await;
    let DnsAnswer::Addresses {
        addresses,
        beyond,
        not_visited,
    } = answer
    else {
        unreachable!("{answer:?}");
    };
    assert_eq!((addresses.len(), beyond), (16, 4));
    assert_eq!(not_visited.len(), 4);
    assert!(not_visited.iter().all(|more| *more > addresses[15]));
    assert_eq!(addresses[0], IpAddr::from([192, 0, 2, 1]));
    assert!(addresses.is_sorted());
}

#[tokio::test]
async fn no_such_name_is_confirmed_by_a_second_question_and_the_parent() {
    let zone: Zone = |name, _| Some((if name == "example.com" { 0 } else { 3 }, vec![]));
    let (answer, asked) = ask(zone, "mail.example.com").await;
    assert_eq!(answer, DnsAnswer::NoSuchName { twice: true });
    assert_eq!(asked, 5);
    let nothing: Zone = |_, _| Some((3, vec![]));
    assert_eq!(
        ask(nothing, "mail.example.com").await.0,
        DnsAnswer::NoSuchName { twice: false }
    );
}

#[tokio::test]
async fn a_no_that_is_taken_back_is_an_answer() {
    let zone: Zone = |_, nth| match nth {
        1 => Some((3, vec![])),
        _ => Some((0, vec![[192, 0, 2, 1].into()])),
    };
    assert!(matches!(
        ask(zone, "mail.example.com").await.0,
        DnsAnswer::Addresses { .. }
    ));
}

#[tokio::test]
async fn failures_are_told_apart() {
    let no_data: Zone = |_, _| Some((0, vec![]));
    let failed: Zone = |_, _| Some((2, vec![]));
    let refused: Zone = |_, _| Some((5, vec![]));
    let silent: Zone = |_, _| None;
    for (zone, expected) in [
        (no_data, DnsAnswer::NoAddress { twice: true }),
        (failed, DnsAnswer::Failed),
        (refused, DnsAnswer::Refused),
        (silent, DnsAnswer::TimedOut),
    ] {
        assert_eq!(ask(zone, "mail.example.com").await.0, expected);
    }
}

#[tokio::test]
async fn an_address_is_its_own_answer() {
    let nobody: Zone = |_, _| None;
    let (answer, asked) = ask(nobody, "192.0.2.9").await;
    let addresses = vec![[192, 0, 2, 9].into()];
    assert_eq!(
        answer,
        DnsAnswer::Addresses {
            addresses,
            beyond: 0,
            not_visited: Vec::new()
        }
    );
    assert_eq!(asked, 0);
}

async fn tried(zone: Zone) -> ResolverTried {
    let server = serve(zone).await;
    let limits = Limits {
        dns: Duration::from_millis(300),
        ..Limits::default()
    };
    let resolver = Resolver::new(Some(server.at), &limits).expect("a resolver");
    resolver.try_names().await
}

#[tokio::test]
async fn a_resolver_that_invents_addresses_is_found_out() {
    const PORTAL: [u8; 4] = [192, 0, 2, 80];
    let everything: Zone = |_, _| Some((0, vec![PORTAL.into()]));
    let only_below_com: Zone = |name, _| match name.ends_with(".com") {
        true => Some((0, vec![PORTAL.into()])),
        false => Some((3, vec![])),
    };
    for zone in [everything, only_below_com] {
        let tried = tried(zone).await;
        assert_eq!(tried.invented, Fact::Seen(vec![PORTAL.into()]));
        assert_eq!(tried.names.len(), 2);
    }
}

#[tokio::test]
async fn an_honest_resolver_invents_nothing_whatever_wildcards_it_knows() {
    let wildcard: Zone = |name, _| match name.ends_with(".corp.test") {
        true => Some((0, vec![[192, 0, 2, 1].into()])),
        false => Some((3, vec![])),
    };
    let half_silent: Zone = |name, _| (!name.ends_with(".com")).then(|| (3, vec![]));
    for zone in [wildcard, half_silent] {
        assert_eq!(tried(zone).await.invented, Fact::Seen(vec![]));
    }
    let failing: Zone = |_, _| Some((2, vec![]));
    let gap = Gap::new(Phase::Resolve, Cause::DnsFailed);
    assert_eq!(tried(failing).await.invented, Fact::Unknown(gap));
}

#[tokio::test]
async fn names_that_cannot_exist_are_other_ones_each_time() {
    assert_ne!(trial::names(), trial::names());
}

#[tokio::test]
async fn who_told_it_and_how_long_it_holds_are_kept() {
    let zone: Zone = |_, _| Some((0, vec![[192, 0, 2, 1].into()]));
    let server = serve(zone).await;
    let resolver = Resolver::new(Some(server.at), &Limits::default()).expect("a resolver");
    let told = |host: &str| {
        let host = host.parse().expect("a host");
        let resolver = &resolver;
        async move { resolver.look_up(&host).await }
    };
    let by_dns = told("mail.example.com").await;
    assert_eq!((by_dns.told_by, by_dns.ttl), (Some(ToldBy::Dns), Some(60)));
    let itself = told("192.0.2.9").await;
    assert_eq!((itself.told_by, itself.ttl), (Some(ToldBy::Itself), None));
    let name: Host = "mail.example.com".parse().expect("a host");
    let address: Host = "192.0.2.9".parse().expect("a host");
    assert!(resolver.asks_about(&name) && !resolver.asks_about(&address));
}
