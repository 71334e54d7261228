//! What would be visited, how long it takes at least, and what it looks like from outside.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use crate::input::Input;
use crate::inventory::Inventory;
use crate::model::{Account, Contested, Depth, Host, Value};
use crate::plan::{self, Asked};
use crate::policy::Policy;
use crate::probe;
use crate::words::Words;

/// More ports than this on one host look like a port sweep (threat model E5).
const PORT_SWEEP: usize = 20;

/// More neighbours than this in one /24 look like an address sweep (threat model E5).
const ADDRESS_SWEEP: usize = 64;

/// Connections to a port of a server of which little is found, at the standard depth: a session and two
/// hellos where it takes current suites alone, and one more for each class of others that it has.
const USUAL_SERVER: u32 = 7;

/// Every endpoint with the number of its accounts.
pub(super) fn listed(input: &Input, policy: &Policy, words: &Words) -> String {
    let inventory = Inventory::of(&input.accounts);
    let asked = Asked {
        depth: Depth::Standard,
        // Where the visits lead is listed, not what is asked there.
        contested: Contested::default().into(),
    };
    let visits = plan::listed(&inventory, policy, &asked);
    if input.accounts.is_empty() {
        return String::new();
    }
    let counts = [
        ("accounts", input.accounts.len().into()),
        ("endpoints", visits.len().into()),
    ];
    let mut text = format!("{}\n", words.say("check-visits", &counts));
    for visit in &visits {
        let accounts = inventory.accounts_of(&visit.endpoint).len();
        let kept_out = match visit.forbidden {
            Some(_) => format!("  {}", words.say("check-forbidden", &[])),
            None => String::new(),
        };
        text += &format!(
            "  {:<48} {:>7} {}{kept_out}\n",
            visit.endpoint.to_string(),
            accounts,
            words.say("check-accounts", &[("accounts", accounts.into())]),
        );
    }
    let hosts: Vec<&Host> = visits.iter().map(|visit| &visit.endpoint.host).collect();
    text + &pace(&hosts, words)
}

/// About how long pacing makes it: a host's ports may share one address, and then wait for each other.
fn pace(hosts: &[&Host], words: &Words) -> String {
    let mut ports = BTreeMap::<&Host, u32>::new();
    for host in hosts {
        *ports.entry(host).or_default() += 1;
    }
    let standard = probe::Options::default();
    let most = ports.values().max().copied().unwrap_or_default();
    let about = standard.interval * (USUAL_SERVER * most).saturating_sub(1);
    let values = [
        ("hosts", ports.len().into()),
        ("ports", most.into()),
        ("connections", USUAL_SERVER.into()),
        ("seconds", about.as_secs().into()),
        ("most", standard.address_timeout.as_secs().into()),
    ];
    format!("{}\n", words.say("check-pace", &values))
}

/// Lists that look like a sweep: said here, since a network's owner will see one.
pub(super) fn sweeps(accounts: &[Account], words: &Words) -> Vec<String> {
    let mut ports = BTreeMap::<&Host, BTreeSet<u16>>::new();
    let mut neighbours = BTreeMap::<[u8; 3], BTreeSet<IpAddr>>::new();
    for account in accounts {
        ports.entry(&account.host).or_default().extend(account.port);
        if let Host::Ip(address @ IpAddr::V4(v4)) = &account.host {
            let [a, b, c, _] = v4.octets();
            neighbours.entry([a, b, c]).or_default().insert(*address);
        }
    }
    let by_port = ports.iter().filter(|(_, ports)| ports.len() > PORT_SWEEP);
    let by_address = neighbours
        .iter()
        .filter(|(_, all)| all.len() > ADDRESS_SWEEP);
    by_port
        .map(|(host, ports)| {
            let host = Value::Term(host.to_string());
            let values = [("ports", ports.len().into()), ("host", host)];
            words.say("check-port-sweep", &values)
        })
        .chain(by_address.map(|([a, b, c], all)| {
            let network = Value::Term(format!("{a}.{b}.{c}.0/24"));
            let values = [("addresses", all.len().into()), ("net", network)];
            words.say("check-address-sweep", &values)
        }))
        .collect()
}
