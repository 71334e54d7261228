//! What is true of each server by its configuration, what others see of it, and what mailfleet says.

mod classes;
mod clear;
mod confirm;
mod opinion;
mod row;
mod said;
mod throttled;

use std::collections::BTreeSet;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use super::authority::Authority;
use super::fleet::{Door, Fleet};
use row::Row;
use said::{DEPTHS, Said};

/// Servers asked at once. They wait for each other more than for the processor.
const AT_ONCE: usize = 6;

/// Each port of the table with its row.
fn ports<'f>(fleet: &'f Fleet, table: &'f [Row]) -> Vec<(&'f Row, &'f Door)> {
    let ports = |row: &'f Row| {
        row.services.iter().map(move |service| {
            let door = fleet.door(&row.server, service);
            (
                row,
                door.unwrap_or_else(|| panic!("no {} {service}", row.server)),
            )
        })
    };
    table.iter().flat_map(ports).collect()
}

/// What `ask` says of each port, several at once, in the table's order.
fn of_each<T: Send>(ports: &[(&Row, &Door)], ask: impl Fn(&Row, &Door) -> T + Sync) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let answers = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                while let Some((row, door)) = ports.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let answer = ask(row, door);
                    let at = ports
                        .iter()
                        .position(|(_, other)| std::ptr::eq(*other, *door));
                    answers
                        .lock()
                        .expect("nobody panics here")
                        .push((at, answer));
                }
            });
        }
    });
    let mut answers = answers.into_inner().expect("nobody panics here");
    answers.sort_by_key(|(at, _)| *at);
    answers.into_iter().map(|(_, answer)| answer).collect()
}

#[test]
fn the_table_is_written_in_words_that_exist() {
    let section = row::section();
    for row in row::table() {
        let named = row.fires.iter().chain(&row.may);
        let unknown: Vec<&String> = named.filter(|id| !section.contains(id)).collect();
        assert!(unknown.is_empty(), "{}: {unknown:?}", row.server);
        assert!(row.fires.is_disjoint(&row.may), "{}", row.server);
        assert!(
            row.others.iter().all(|id| !section.contains(id)),
            "{}",
            row.server
        );
        assert!(
            row.suites
                .iter()
                .all(|word| classes::WORDS.contains(&&**word)),
            "{}",
            row.server
        );
        assert!(
            !row.because.is_empty() && !row.services.is_empty(),
            "{}",
            row.server
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

#[test]
fn every_rule_of_the_section_has_a_row_or_a_rogue() {
    let fired: BTreeSet<String> = row::table().into_iter().flat_map(|row| row.fires).collect();
    let missing: Vec<String> = row::section()
        .into_iter()
        .filter(|id| !fired.contains(id) && !ROGUES_ONLY.contains(&&**id))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
#[ignore = "needs Dovecot, Postfix, Exim, nginx, OpenSSL, tlslite-ng and root: tests/run installs them and runs this"]
fn harness_the_table_is_true() {
    let authority = Authority::new();
    let fleet = Fleet::start(&authority, |_| true);
    let table = row::table();
    let differences = of_each(&ports(&fleet, &table), |row, door| {
        let mut differences = confirm::differences(row, door);
        differences.extend(clear::differences(row, door, &authority));
        differences
    });
    let differences: Vec<String> = differences.into_iter().flatten().collect();
    assert!(differences.is_empty(), "\n{}", differences.join("\n"));
}

#[test]
#[ignore = "needs Dovecot, Postfix, Exim, nginx, OpenSSL, tlslite-ng and root: tests/run installs them and runs this"]
fn truth_is_what_mailfleet_says() {
    let authority = Authority::new();
    let fleet = Fleet::start(&authority, |_| true);
    let table = row::table();
    let ports = ports(&fleet, &table);
    let asked = of_each(&ports, |row, door| {
        (!row.no_tls).then(|| opinion::ask(door))
    });
    let said = DEPTHS.map(|depth| Said::at(depth, &ports, &authority));

    let mut differences = Vec::new();
    for ((row, door), asked) in ports.iter().zip(&asked) {
        println!("{} {}: {}", door.server, door.service.name, row.because);
        println!("    true: {}", listed(&row.fires));
        for (said, depth) in said.iter().zip(DEPTHS) {
            let fired = listed(&said.fired(door));
            println!(
                "    {depth}, {} connections: {fired}",
                said.connections(door)
            );
            differences.extend(said.differences(row, door, asked.as_ref()));
        }
    }
    for (said, depth) in said.iter().zip(DEPTHS) {
        let all: u32 = ports.iter().map(|(_, door)| said.connections(door)).sum();
        println!("{depth}: {all} connections to {} ports", ports.len());
    }
    assert!(differences.is_empty(), "\n{}", differences.join("\n"));
}

fn listed(ids: &BTreeSet<String>) -> String {
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    ids.join(" ")
}
