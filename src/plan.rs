//! Accounts and policy into visits: what to ask where. No answers, no sockets.

mod contested;

use std::collections::BTreeSet;
use std::sync::Arc;

pub use contested::{contested, contesting};

use crate::inventory::Inventory;
use crate::model::{AskedFor, Cause, Contested, Depth, Endpoint, FirstMove, Security, Visit};
use crate::policy::Policy;

/// Ports below 1024 that are mail's own (threat model E4; 994 is NetEase's submission over TLS).
const MAIL_PORTS: [u16; 8] = [25, 110, 143, 465, 587, 993, 994, 995];

/// Ports from 1024 on where a service acts on whatever bytes it gets, so that even listening
/// there looks like an attack: databases, caches, queues, remote control, printers.
const ACTS_ON_BYTES: [u16; 22] = [
    1433, 1521, 1883, 2049, 2375, 2376, 2379, 3306, 3389, 4444, 5432, 5672, 5900, 5984, 5985, 6379,
    9042, 9100, 9200, 11211, 15672, 27017,
];

/// How much is asked of every endpoint.
#[derive(Clone, Debug)]
pub struct Asked {
    /// How deep the questions go.
    pub depth: Depth,
    /// What policies contest of what current servers take.
    pub contested: Arc<Contested>,
}

/// The visits of the first round: every endpoint that accounts name or may mean.
pub fn listed(inventory: &Inventory, policy: &Policy, asked: &Asked) -> Vec<Visit> {
    inventory
        .endpoints()
        .map(|endpoint| Visit {
            first_move: first_move(endpoint.port, &inventory.expected(endpoint).securities),
            forbidden: forbidden(endpoint.port, &policy.allow_ports),
            ours: policy.owns(&endpoint.host),
            endpoint: endpoint.clone(),
            asked_for: AskedFor::Listed,
            depth: asked.depth,
            contested: Arc::clone(&asked.contested),
        })
        .collect()
}

/// The visits of the second round: candidates' endpoints, each once, without those already seen.
pub fn candidates(
    wanted: &[(Endpoint, Security)],
    seen: impl Fn(&Endpoint) -> bool,
    policy: &Policy,
    asked: &Asked,
) -> Vec<Visit> {
    let mut planned = BTreeSet::new();
    wanted
        .iter()
        .filter(|(endpoint, _)| !seen(endpoint) && planned.insert(endpoint))
        .map(|(endpoint, security)| Visit {
            endpoint: endpoint.clone(),
            asked_for: AskedFor::Candidate,
            first_move: first_move(endpoint.port, &BTreeSet::from([*security])),
            depth: asked.depth,
            contested: Arc::clone(&asked.contested),
            ours: policy.owns(&endpoint.host),
            forbidden: forbidden(endpoint.port, &policy.allow_ports),
        })
        .collect()
}

/// How a conversation is opened, by port; on odd ports by what accounts say (threat model A13).
pub fn first_move(port: u16, securities: &BTreeSet<Security>) -> FirstMove {
    match port {
        993 | 994 | 995 | 465 => FirstMove::Tls,
        25 | 110 | 143 | 587 | 2525 | 4190 => FirstMove::Listen,
        _ if securities.contains(&Security::Tls) => FirstMove::ListenThenTls,
        _ => FirstMove::ListenOnly,
    }
}

/// Why a port may not be dialled, if it may not.
fn forbidden(port: u16, allowed: &[u16]) -> Option<Cause> {
    let mail = match port {
        0..1024 => MAIL_PORTS.contains(&port),
        _ => !ACTS_ON_BYTES.contains(&port),
    };
    (!mail && !allowed.contains(&port)).then_some(Cause::PortNotAllowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_mail_ports_are_dialled_unless_allowed() {
        for port in [22, 80, 3306, 6379, 9100, 631] {
            assert_eq!(forbidden(port, &[]), Some(Cause::PortNotAllowed), "{port}");
            assert_eq!(forbidden(port, &[port]), None, "{port}");
        }
        for port in [25, 110, 995, 2525, 2993, 4190, 1143] {
            assert_eq!(forbidden(port, &[]), None, "{port}");
        }
    }

    #[test]
    fn an_odd_port_is_greeted_with_tls_only_where_an_account_says_so() {
        let none = BTreeSet::from([Security::None]);
        let tls = BTreeSet::from([Security::None, Security::Tls]);
        assert_eq!(first_move(2993, &none), FirstMove::ListenOnly);
        assert_eq!(first_move(2993, &tls), FirstMove::ListenThenTls);
        assert_eq!(first_move(995, &none), FirstMove::Tls);
        assert_eq!(first_move(110, &tls), FirstMove::Listen);
    }
}
