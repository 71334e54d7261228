//! The network of this machine lets nothing out to a port.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use crate::model::{Citation, Evidence, Host, Severity, Standard, Subject, Value, Verb, Verdict};
use crate::policy::Policy;

use super::example::{list, term};
use super::kinship::Kinship;
use super::wall::is_wall;
use super::{AddressCase, Check, EndpointCase, FleetAnswer, FleetCase, Rule};

/// Servers of unrelated owners and networks that must all fail on a port. Fewer may well have closed
/// it themselves: then it cannot be told, and `unreachable` says so.
const LEAST: usize = 3;
/// Servers that the evidence lists; the rest is counted.
const LISTED: usize = 10;

/// `vantage-blocked`: no server answers on a port, though the same ones answer on others. Many networks
/// let nobody out to port 25, 110 or 995 (threat model H3). Nothing is said of the servers by that.
pub const RULE: Rule = Rule {
    id: "vantage-blocked",
    severity: Severity::Info,
    variants: &[],
    citations: &[Citation::new(Standard::Mailfleet, "", Verb::Interpretation)],
    check: Check::Fleet(judge),
    example: || {
        Evidence::new()
            .with("ports", list(&["995"]))
            .with("count", 12_i64)
            .with("how", term("timed-out"))
            .with(
                "servers",
                list(&["mail.example.com:995", "mail.other.example:995"]),
            )
    },
};

fn judge(case: &FleetCase<'_>, policy: &Policy) -> FleetAnswer {
    let answering: BTreeSet<(&Host, u16)> = case
        .cases
        .values()
        .filter(|case| case.addresses.iter().any(|address| address.visit.reached()))
        .map(|case| (&case.endpoint.host, case.endpoint.port))
        .collect();
    let open: BTreeSet<u16> = answering.iter().map(|(_, port)| *port).collect();
    let elsewhere: BTreeSet<&Host> = answering.iter().map(|(host, _)| *host).collect();
    let mut failing: BTreeMap<u16, Vec<&EndpointCase<'_>>> = BTreeMap::new();
    for endpoint in &case.endpoints {
        let place = endpoint.endpoint;
        if !open.contains(&place.port) && elsewhere.contains(&place.host) && meets_a_wall(endpoint)
        {
            failing.entry(place.port).or_default().push(endpoint);
        }
    }
    let kinship = Kinship::of(case.leaves().map(|(_, _, leaf)| leaf));
    failing.retain(|_, endpoints| unrelated(endpoints, &kinship, policy) >= LEAST);
    match failing.is_empty() {
        true => Vec::new(),
        false => vec![(Subject::Fleet, Verdict::Violation(told(&failing)))],
    }
}

/// Whether everything that was dialled failed, in a way in which a firewall fails.
fn meets_a_wall(case: &EndpointCase<'_>) -> bool {
    let mut dialled = case.addresses.iter().filter(|address| address.has_route());
    let walled = |address: &AddressCase<'_>| address.visit.gaps().next().is_some_and(is_wall);
    dialled.clone().next().is_some() && dialled.all(walled)
}

/// How many of these have nothing to do with each other, by their owner or by the network in which
/// they stand: one hoster can stand behind many names, and close a port for all of them.
fn unrelated(endpoints: &[&EndpointCase<'_>], kinship: &Kinship, policy: &Policy) -> usize {
    let mut owners = BTreeSet::new();
    let mut networks: BTreeSet<Vec<u8>> = BTreeSet::new();
    let mut count = 0;
    for case in endpoints {
        let host = &case.endpoint.host;
        let owner = match policy.owns(host) {
            true => None,
            false => Some(kinship.family(host)),
        };
        let addresses = case.addresses.iter().map(|address| address.visit.address);
        let near: BTreeSet<Vec<u8>> = addresses.map(network).collect();
        if !owners.contains(&owner) && networks.is_disjoint(&near) {
            count += 1;
            owners.insert(owner);
            networks.extend(near);
        }
    }
    count
}

/// The first 24 bits of an IPv4 address, or the first 48 of an IPv6 one: what one owner has.
fn network(address: IpAddr) -> Vec<u8> {
    match address.to_canonical() {
        IpAddr::V4(four) => four.octets()[..3].to_vec(),
        IpAddr::V6(six) => six.octets()[..6].to_vec(),
    }
}

fn told(failing: &BTreeMap<u16, Vec<&EndpointCase<'_>>>) -> Evidence {
    let ports = failing.keys().map(u16::to_string).collect();
    let endpoints: Vec<&EndpointCase<'_>> = failing.values().flatten().copied().collect();
    let listed = endpoints.iter().take(LISTED);
    let gaps = endpoints.iter().flat_map(|case| &case.addresses);
    let how: BTreeSet<&str> = gaps
        .filter_map(|address| Some(address.visit.gaps().next()?.cause.word()))
        .collect();
    let how = match how.len() {
        1 => how.first().copied().unwrap_or_default(),
        _ => "several",
    };
    Evidence::new()
        .with("ports", Value::List(ports))
        .with("count", endpoints.len())
        .with("how", Value::Term(how.to_owned()))
        .with(
            "servers",
            Value::List(listed.map(|case| case.endpoint.to_string()).collect()),
        )
}
