//! The case of every endpoint that was visited, is named or is tried.

use std::collections::BTreeMap;
use std::net::IpAddr;

use super::Matter;
use crate::inventory::Inventory;
use crate::model::{Cause, DnsAnswer, Endpoint, Gap, Limit, Phase, Resolution, Visited};
use crate::rules::{AddressCase, EndpointCase};

/// One case per endpoint: the fleet's, those on trial, and whatever else was visited.
/// `tried` is the inventory of the trials.
pub fn of<'c>(
    matter: &'c Matter<'_>,
    tried: &'c Inventory,
) -> BTreeMap<Endpoint, EndpointCase<'c>> {
    matter
        .inventory
        .endpoints()
        .chain(tried.endpoints())
        .chain(matter.observations.visits.keys())
        .map(|endpoint| (endpoint.clone(), case(endpoint, matter, tried)))
        .collect()
}

fn case<'c>(endpoint: &'c Endpoint, matter: &'c Matter<'_>, tried: &Inventory) -> EndpointCase<'c> {
    let resolution = matter.observations.resolutions.get(&endpoint.host);
    let visits = || matter.observations.visits_to(endpoint);
    // A visit that was never made is kept under the unspecified address, with its reason.
    let never_made = visits()
        .find(|visit| visit.address.is_unspecified())
        .map(|visit| match visit.connected.gap() {
            Some(gap) => gap.clone(),
            None => Gap::new(Phase::Connect, Cause::NotVisited),
        });
    let addresses: Vec<AddressCase<'c>> = visits()
        .filter(|visit| !visit.address.is_unspecified())
        .map(|visit| address(endpoint, visit, matter))
        .collect();
    EndpointCase {
        endpoint,
        at: matter.at,
        resolution,
        gap: never_made.or_else(|| missing(resolution, &addresses)),
        addresses,
        expected: match matter.inventory.contains(endpoint) {
            true => matter.inventory.expected(endpoint),
            false => tried.expected(endpoint),
        },
    }
}

fn address<'c>(endpoint: &Endpoint, visit: &'c Visited, matter: &Matter<'_>) -> AddressCase<'c> {
    let chain = visit.chain.seen();
    AddressCase {
        visit,
        chain: chain.and_then(|chain| (matter.explain)(chain, &endpoint.host)),
    }
}

/// Why an address that the name leads to, or every address, was not visited.
fn missing(resolution: Option<&Resolution>, visited: &[AddressCase<'_>]) -> Option<Gap> {
    let cause = match resolution.map(|resolution| &resolution.answer) {
        // Whoever runs the name decides how many addresses it has, and what is on the last of them.
        Some(DnsAnswer::Addresses { addresses, beyond })
            if *beyond > 0
                && visited
                    .iter()
                    .any(|case| addresses.contains(&case.visit.address)) =>
        {
            Cause::LimitReached(Limit::Addresses)
        }
        Some(DnsAnswer::Addresses { addresses, .. }) if !visited.is_empty() => {
            let seen = |address: &IpAddr| visited.iter().any(|case| case.visit.address == *address);
            // Where none was, the address was given by hand for this port, and the look-up served others.
            match addresses.iter().all(seen) || !addresses.iter().any(seen) {
                true => return None,
                false => Cause::NotVisited,
            }
        }
        _ if !visited.is_empty() => return None,
        Some(DnsAnswer::NoSuchName { .. }) => Cause::NoSuchName,
        Some(DnsAnswer::NoAddress { .. }) => Cause::NoAddress,
        Some(DnsAnswer::Failed) => Cause::DnsFailed,
        Some(DnsAnswer::Refused) => Cause::DnsRefused,
        Some(DnsAnswer::TimedOut) => Cause::DnsTimedOut,
        Some(DnsAnswer::Addresses { .. } | DnsAnswer::NotAsked) | None => Cause::NotVisited,
    };
    let phase = match cause {
        Cause::NotVisited => Phase::Connect,
        _ => Phase::Resolve,
    };
    Some(Gap::new(phase, cause))
}
