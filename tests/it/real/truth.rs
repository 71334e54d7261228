//! What is true of each server by its configuration, what others see of it, and what mailfleet says.

mod classes;
mod clear;
mod confirm;
pub mod opinion;
pub mod row;
pub mod said;
mod throttled;

use std::collections::BTreeSet;
use std::thread;

use super::authority::Authority;
use super::fleet::{Door, Fleet};
use super::presets;
use opinion::Asked;
use row::Row;
use said::{DEPTHS, Said};

/// Ports looked at at once. They wait for each other more than for the processor.
const AT_ONCE: usize = 6;

/// A port of the table.
pub struct Port<'f> {
    /// Its row.
    pub row: &'f Row,
    /// Where it is.
    pub door: &'f Door,
    /// What the client on tlslite-ng saw of it, where there is a way into TLS.
    pub asked: Option<Asked>,
}

/// Each port of the table. The fleet must run.
pub fn ports<'f>(fleet: &'f Fleet, table: &'f [Row]) -> Vec<Port<'f>> {
    let places = table.iter().flat_map(|row| {
        row.services
            .iter()
            .map(move |service| (row, fleet.door(&row.server, service)))
    });
    let places: Vec<(&Row, &Door)> = places.collect();
    let with_tls: Vec<&Door> = places
        .iter()
        .filter(|(row, _)| !row.no_tls)
        .map(|(_, door)| *door)
        .collect();
    let mut asked = opinion::ask(&with_tls).into_iter();
    places
        .into_iter()
        .map(|(row, door)| Port {
            row,
            door,
            asked: (!row.no_tls).then(|| asked.next().expect("an answer for each")),
        })
        .collect()
}

#[test]
fn the_table_is_written_in_words_that_exist() {
    let section = row::section();
    for row in row::table() {
        let Row {
            server,
            fires,
            may,
            others,
            suites,
            ..
        } = &row;
        let unknown: Vec<&String> = fires
            .union(may)
            .filter(|id| !section.contains(id))
            .collect();
        assert!(unknown.is_empty(), "{server}: {unknown:?}");
        assert!(fires.is_disjoint(may), "{server}");
        assert!(fires.is_superset(&row.only_at_deep), "{server}");
        assert!(others.iter().all(|id| !section.contains(id)), "{server}");
        let known = |word: &String| classes::WORDS.contains(&&**word);
        assert!(suites.iter().all(known), "{server}: {suites:?}");
        assert!(
            !row.because.is_empty() && !row.services.is_empty(),
            "{server}"
        );
    }
}

/// What no server of this table can show stands in the rogue scripts.
const ROGUES_ONLY: [&str; 5] = [
    "starttls-offered-in-tls",
    "tls-compression",
    "tlcp-only",
    "protocol-garbage",
    // It hangs on the library that is installed, so it stands in no row.
    "post-quantum-missing",
];

/// What `rfc8314`, by which the table is written, asks of nobody; the matrix of the presets has them.
const OTHER_MEASURES: [&str; 2] = ["cipher-discouraged", "key-exchange-outside-policy"];

#[test]
fn every_rule_of_the_section_has_a_row_or_a_rogue() {
    let policy = crate::scene::rfc8314();
    assert!(policy.suites.discourage.is_empty() && policy.key_exchange.is_silent());
    let fired: BTreeSet<String> = row::table().into_iter().flat_map(|row| row.fires).collect();
    let missing: Vec<String> = row::section()
        .into_iter()
        .filter(|id| !fired.contains(id) && !ROGUES_ONLY.contains(&&**id))
        .filter(|id| !OTHER_MEASURES.contains(&&**id))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
#[ignore = "needs Dovecot, Postfix, Exim, nginx, OpenSSL, tlslite-ng and root: tests/run installs them and runs this"]
fn harness_the_table_is_true() {
    let authority = Authority::new();
    let fleet = Fleet::start(&authority, |_| true);
    let table = row::table();
    let ports = ports(&fleet, &table);
    let differences = |port: &Port<'_>| {
        let mut differences = confirm::differences(port);
        differences.extend(clear::differences(port, &authority));
        differences
    };
    let differences: Vec<String> = thread::scope(|scope| {
        let parts = ports.chunks(ports.len().div_ceil(AT_ONCE));
        let workers: Vec<_> = parts
            .map(|part| scope.spawn(|| part.iter().flat_map(differences).collect::<Vec<String>>()))
            .collect();
        let done = workers.into_iter().map(|worker| worker.join());
        done.flat_map(|differences| differences.expect("a client that panics has said why"))
            .collect()
    });
    assert!(differences.is_empty(), "\n{}", differences.join("\n"));
}

#[test]
#[ignore = "needs Dovecot, Postfix, Exim, nginx, OpenSSL, tlslite-ng and root: tests/run installs them and runs this"]
fn truth_is_what_mailfleet_says() {
    let authority = Authority::new();
    let fleet = Fleet::start(&authority, |_| true);
    let table = row::table();
    let ports = ports(&fleet, &table);
    let doors: Vec<Door> = ports.iter().map(|port| *port.door).collect();
    let said = DEPTHS.map(|depth| Said::at(depth, &doors, &authority));

    let mut differences = Vec::new();
    for port in &ports {
        let (row, door) = (port.row, port.door);
        println!("{} {}: {}", door.server, door.service.name, row.because);
        println!("    true: {}", listed(&row.fires));
        for said in &said {
            let (depth, fired) = (said.depth, listed(&said.fired(door)));
            println!(
                "    {depth}, {} connections: {fired}",
                said.connections(door)
            );
            differences.extend(said.differences(port));
        }
    }
    for said in &said {
        let all: u32 = doors.iter().map(|door| said.connections(door)).sum();
        println!("{}: {all} connections to {} ports", said.depth, ports.len());
    }
    for said in said.iter().filter(|said| said.depth != "quick") {
        let matrix = presets::matrix(&said.audited.report);
        println!("{} by every preset:\n{matrix}", said.depth);
        differences.extend(presets::differences(said, &doors));
    }
    assert!(differences.is_empty(), "\n{}", differences.join("\n"));
}

fn listed(ids: &BTreeSet<String>) -> String {
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    ids.join(" ")
}
