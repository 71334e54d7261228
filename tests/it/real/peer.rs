//! mailfleet beside another scanner, on the same servers: what each says, and what it costs.
//!
//! Opt-in: `tests/real/peer.sh` installs the scanner and runs this. Every connection goes through a door
//! that counts it, so that both are counted alike.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write as _;
use std::net::{IpAddr, SocketAddr};
use std::process::{Command, Stdio};

use mailfleet::model::Suite;
use serde::Deserialize;
use serde_json::json;

use super::authority::Authority;
use super::fleet::{Door, Fleet};
use super::place::{laid_down, material};
use super::tlslite::python;
use super::truth::opinion::Asked;
use super::truth::row;
use super::truth::said::{DEPTHS, Said, Seen};
use super::truth::{Port, ports};
use crate::throttle::front::{Front, Rule};

/// Suites by version, as their registry names them.
type Suites = BTreeMap<String, BTreeSet<String>>;

/// What sslyze says of a server.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Peer {
    Suites(Suites),
    Error(String),
}

/// The ports of one run, each behind a door that counts.
struct Counted {
    fronts: Vec<Front>,
    doors: Vec<Door>,
}

impl Counted {
    fn before(ports: &[Port<'_>]) -> Self {
        let behind = |port: &Port<'_>| SocketAddr::from((port.door.address, port.door.port));
        let fronts: Vec<Front> = ports
            .iter()
            .map(|port| Front::start(behind(port), Rule::OPEN))
            .collect();
        let doors = ports.iter().zip(&fronts).map(|(port, front)| {
            let IpAddr::V4(address) = front.at.ip() else {
                panic!("fronts have addresses of IPv4");
            };
            Door {
                address,
                port: front.at.port(),
                ..*port.door
            }
        });
        let doors = doors.collect();
        Counted { fronts, doors }
    }

    fn total(&self) -> usize {
        self.fronts.iter().map(Front::passed).sum()
    }
}

/// Seconds of processor time of all processes that this one has waited for.
fn children_seconds() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").expect("Linux tells");
    // Behind the name, which may hold anything: fields 16 and 17, in hundredths.
    let fields: Vec<&str> = stat
        .rsplit(')')
        .next()
        .unwrap_or_default()
        .split_whitespace()
        .collect();
    let hundredths = |field: &str| field.parse::<f64>().expect("a number");
    (hundredths(fields[13]) + hundredths(fields[14])) / 100.0
}

fn timed<T>(run: impl FnOnce() -> T) -> (T, f64) {
    let before = children_seconds();
    let result = run();
    (result, children_seconds() - before)
}

fn sslyze(doors: &[Door]) -> Vec<Peer> {
    let name = |door: &Door| format!("{} {}", door.server, door.service.name);
    let servers: Vec<_> = doors
        .iter()
        .map(|door| {
            let upgrade = (!door.service.tls).then_some(door.service.speaks);
            json!({"name": name(door), "address": door.address, "port": door.port, "starttls": upgrade})
        })
        .collect();
    let mut child = Command::new(python())
        .arg(material("peer.py"))
        .env("PYTHONPATH", laid_down("peer"))
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("Python is installed");
    let mut input = child.stdin.take().expect("it is a pipe");
    input
        .write_all(json!(servers).to_string().as_bytes())
        .expect("it reads");
    drop(input);
    let output = child.wait_with_output().expect("our own child ends");
    let mut said: BTreeMap<String, Peer> =
        serde_json::from_slice(&output.stdout).expect("peer.py prints JSON");
    doors
        .iter()
        .map(|door| {
            said.remove(&name(door))
                .expect("it says something of every server")
        })
        .collect()
}

/// Where what was seen of the suites up to TLS 1.2 is not what is there.
fn differences(who: &str, seen: &Suites, asked: &Asked) -> Vec<String> {
    let name = |suite: &u32| {
        u16::try_from(*suite).map_or_else(|_| String::new(), |suite| Suite(suite).to_string())
    };
    let mut differences = Vec::new();
    // SSL 2.0 has no names in the registry; TLS 1.3 is not asked for suite by suite.
    for version in ["SSL 3.0", "TLS 1.0", "TLS 1.1", "TLS 1.2"] {
        let there: BTreeSet<String> = asked
            .suites
            .get(version)
            .into_iter()
            .flatten()
            .map(name)
            .collect();
        let seen = seen.get(version).cloned().unwrap_or_default();
        let (missed, invented) = (
            there.difference(&seen).count(),
            seen.difference(&there).count(),
        );
        if !there.is_empty() && seen.is_empty() {
            differences.push(format!("{who} sees nothing of {version}"));
        } else if missed + invented > 0 {
            differences.push(format!(
                "{who} misses {missed} suites of {version} and invents {invented}"
            ));
        }
    }
    differences
}

fn seen_by_mailfleet(said: &Said, door: &Door) -> Suites {
    let seen = said.visit(door).map(Seen::of).unwrap_or_default();
    seen.named()
}

#[test]
#[ignore = "compares with sslyze: tests/real/peer.sh installs it and runs this"]
fn peer_sslyze_beside_mailfleet() {
    let authority = Authority::new();
    // Children of this process would be counted as the scanners' own.
    let fleet = Fleet::start(&authority, |name| !name.starts_with("openssl-"));
    let mut table = row::table();
    table.retain_mut(|row| {
        // sslyze has no word for these two.
        row.services
            .retain(|service| !["lmtp", "sieve"].contains(&&**service));
        !row.server.starts_with("openssl-") && !row.no_tls && !row.services.is_empty()
    });
    let ports = ports(&fleet, &table);
    let runs = DEPTHS.map(|depth| {
        let counted = Counted::before(&ports);
        let (said, seconds) = timed(|| Said::at(depth, &counted.doors, &authority));
        (depth, counted, said, seconds)
    });
    let counted = Counted::before(&ports);
    let (peers, seconds) = timed(|| sslyze(&counted.doors));

    for (number, port) in ports.iter().enumerate() {
        let asked = port.asked.as_ref().expect("these servers have TLS");
        let connections: Vec<String> = runs
            .iter()
            .map(|(depth, counted, ..)| format!("{depth} {}", counted.fronts[number].passed()))
            .collect();
        let (server, service) = (port.door.server, port.door.service.name);
        let of_peer = counted.fronts[number].passed();
        println!(
            "{server} {service}: connections: {}, sslyze {of_peer}",
            connections.join(", ")
        );
        let [.., (_, through, said, _)] = &runs;
        let seen = seen_by_mailfleet(said, &through.doors[number]);
        let mut told = differences("mailfleet at deep", &seen, asked);
        match &peers[number] {
            Peer::Suites(suites) => told.extend(differences("sslyze", suites, asked)),
            Peer::Error(why) => told.push(format!("sslyze gives up: {why}")),
        }
        told.iter()
            .for_each(|difference| println!("    {difference}"));
    }
    for (depth, counted, _, seconds) in &runs {
        println!(
            "mailfleet at {depth}: {} connections, {seconds:.2} s of processor time",
            counted.total()
        );
    }
    println!(
        "sslyze: {} connections, {seconds:.2} s of processor time",
        counted.total()
    );
    assert!(
        counted.fronts.iter().all(|front| front.passed() > 0),
        "sslyze asked every server"
    );
    assert!(
        runs.iter()
            .all(|(_, counted, ..)| counted.fronts.iter().all(|front| front.passed() > 0)),
        "mailfleet asked every server"
    );
}
