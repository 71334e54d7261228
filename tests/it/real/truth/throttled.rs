//! Real servers behind doors that let a few connections through: what is said of them stays true.

use std::net::SocketAddr;

use mailfleet::model::{Depth, Endpoint, VerdictWord};

use super::super::authority::Authority;
use super::super::fleet::{Door, Fleet};
use super::row::{self, Row, breaches};
use super::said::{Seen, invented};
use super::{Port, ports};
use crate::throttle::front::{Front, Rule};
use crate::throttle::heard::{Heard, Target, hear};
use crate::throttle::{rules, silence};

/// Some that say no by an alert and some that hang up, good and bad. The servers on tlslite-ng are too
/// slow to be asked by hundreds at once.
const DOORS: [(&str, &str); 5] = [
    ("dovecot-strict", "pop3s"),
    ("dovecot-lax", "pop3"),
    ("postfix-strict", "submission"),
    ("postfix-lax", "submissions"),
    ("nginx-lax", "imaps"),
];

/// Where what was heard is not true by the table.
fn lies(row: &Row, heard: &Heard, depth: Depth, rule: Rule, turned: usize) -> Vec<String> {
    let mut lies = Vec::new();
    let section = row::section();
    for id in &heard.violations {
        let of_section = section.iter().any(|other| other == id);
        let allowed = row.fires.contains(*id) || row.may.contains(*id) || *id == POST_QUANTUM;
        if of_section && !allowed {
            lies.push(format!("false alarm: {id}"));
        }
    }
    for id in heard.compliant.iter().filter(|id| row.fires.contains(**id)) {
        lies.push(format!("called compliant: {id}"));
    }
    let bad = row.fires.iter().any(|id| breaches(id));
    match (heard.verdict.word(), bad) {
        (VerdictWord::Compliant, true) if depth >= Depth::Standard => {
            lies.push("compliant, and it is not".to_owned());
        }
        (VerdictWord::NonCompliant, false) => lies.push("non-compliant, and it is".to_owned()),
        _ => {}
    }
    lies.extend(silence(heard, rule, turned));
    lies
}

const POST_QUANTUM: &str = "post-quantum-missing";

fn endpoint(door: &Door) -> Endpoint {
    let name = format!("mail.yourcompany.test:{}", door.service.port);
    name.parse().expect("a host and a port")
}

async fn all_lies(ports: &[Port<'_>], depth: Depth) -> Vec<String> {
    let limits = ports.iter().map(|port| (port, rules(&endpoint(port.door))));
    let limits: Vec<(&Port<'_>, Vec<Rule>)> = limits.collect();
    let most = limits.iter().map(|(_, rules)| rules.len()).max();
    let mut doors = Vec::new();
    let mut targets = Vec::new();
    // By turns, so that no server is asked by everybody at once.
    for turn in 0..most.unwrap_or(0) {
        for (port, rules) in &limits {
            let Some(rule) = rules.get(turn) else {
                continue;
            };
            let behind = SocketAddr::from((port.door.address, port.door.port));
            let front = Front::start(behind, *rule);
            let endpoint = endpoint(port.door);
            targets.push(Target::numbered(&endpoint, targets.len(), front.at));
            doors.push((*port, *rule, front));
        }
    }
    let heard = hear(&targets, depth).await;
    let mut all = Vec::new();
    for ((port, rule, front), heard) in doors.iter().zip(&heard) {
        let mut lies = lies(port.row, heard, depth, *rule, front.turned());
        let asked = port.asked.as_ref().expect("these servers have TLS");
        lies.extend(invented(&Seen::of(&heard.visited), asked));
        let place = format!("{} at {}, {rule:?}", port.row.server, depth.word());
        all.extend(lies.into_iter().map(|lie| format!("{place}: {lie}")));
    }
    all
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs Dovecot, Postfix, nginx, tlslite-ng and root: tests/run installs them and runs this"]
async fn long_truth_survives_every_limit() {
    let authority = Authority::new();
    let fleet = Fleet::start(&authority, |name| {
        DOORS.iter().any(|(server, _)| *server == name)
    });
    let mut table = row::table();
    table.retain_mut(|row| {
        let wanted = |service: &String| DOORS.contains(&(&*row.server, service));
        row.services.retain(wanted);
        !row.services.is_empty()
    });
    let ports = ports(&fleet, &table);
    assert_eq!(ports.len(), DOORS.len(), "a row of the table for each");
    for depth in [Depth::Standard, Depth::Deep] {
        let lies = all_lies(&ports, depth).await;
        assert!(lies.is_empty(), "\n{}", lies.join("\n"));
    }
}
