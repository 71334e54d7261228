//! The case of every endpoint that was visited, is named or is tried.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;
use std::sync::Arc;

use super::Matter;
use crate::inventory::Inventory;
use crate::model::{Cause, DnsAnswer, Endpoint, Gap, Limit, Phase, Resolution, Visited};
use crate::rules::{AddressCase, EndpointCase, Surroundings};

/// One case per endpoint: the fleet's, those on trial, and whatever else was visited.
/// `tried` is the inventory of the trials.
pub fn of<'c>(
    matter: &'c Matter<'_>,
    tried: &'c Inventory,
) -> BTreeMap<Endpoint, EndpointCase<'c>> {
    let endpoints: BTreeSet<&Endpoint> = matter
        .inventory
        .endpoints()
        .chain(tried.endpoints())
        .chain(matter.observations.visits.keys())
        .chain(matter.observations.undialled.keys())
        .collect();
    let shown: BTreeMap<&Endpoint, Vec<AddressCase<'c>>> = endpoints
        .into_iter()
        .map(|endpoint| (endpoint, addresses(endpoint, matter)))
        .collect();
    let fleet = Arc::new(surroundings(&shown, matter));
    shown
        .into_iter()
        .map(|(endpoint, addresses)| {
            let case = case(endpoint, addresses, matter, tried, &fleet);
            (endpoint.clone(), case)
        })
        .collect()
}

/// What the fleet's own endpoints show; candidates explain nothing.
fn surroundings(
    shown: &BTreeMap<&Endpoint, Vec<AddressCase<'_>>>,
    matter: &Matter<'_>,
) -> Surroundings {
    let listed = || matter.inventory.endpoints();
    let chains = listed().flat_map(|endpoint| {
        let addresses = shown.get(endpoint).into_iter().flatten();
        addresses.filter_map(|address| Some((&endpoint.host, address.need_chain().ok()?)))
    });
    let hosts = listed().map(|endpoint| &endpoint.host);
    Surroundings::of(chains, hosts, matter.policy)
}

/// The addresses of an endpoint that were visited.
fn addresses<'c>(endpoint: &Endpoint, matter: &'c Matter<'_>) -> Vec<AddressCase<'c>> {
    matter
        .observations
        .visits_to(endpoint)
        .map(|visit| address(endpoint, visit, matter))
        .collect()
}

fn case<'c>(
    endpoint: &'c Endpoint,
    addresses: Vec<AddressCase<'c>>,
    matter: &'c Matter<'_>,
    tried: &Inventory,
    fleet: &Arc<Surroundings>,
) -> EndpointCase<'c> {
    let resolution = matter.observations.resolutions.get(&endpoint.host);
    let undialled = matter.observations.undialled.get(endpoint);
    EndpointCase {
        endpoint,
        at: matter.at,
        resolution,
        gap: undialled
            .map(|undialled| undialled.gap.clone())
            .or_else(|| missing(resolution, &addresses)),
        addresses,
        expected: match matter.inventory.contains(endpoint) {
            true => matter.inventory.expected(endpoint),
            false => tried.expected(endpoint),
        },
        fleet: Arc::clone(fleet),
    }
}

fn address<'c>(endpoint: &Endpoint, visit: &'c Visited, matter: &Matter<'_>) -> AddressCase<'c> {
    let chain = visit.chain.seen();
    AddressCase {
        visit,
        chain: chain.and_then(|chain| (matter.explain)(chain, &endpoint.host)),
        attested: (matter.attest)(visit),
    }
}

/// Why an address that the name leads to, or every address, was not visited.
fn missing(resolution: Option<&Resolution>, visited: &[AddressCase<'_>]) -> Option<Gap> {
    let cause = match resolution.map(|resolution| &resolution.answer) {
        // Whoever runs the name decides how many addresses it has, and what is on the last of them.
        Some(DnsAnswer::Addresses {
            addresses, beyond, ..
        }) if *beyond > 0
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
        Some(DnsAnswer::Addresses { .. }) | None => Cause::NotVisited,
        Some(answer) => answer.cause(),
    };
    let phase = match cause {
        Cause::NotVisited => Phase::Connect,
        _ => Phase::Resolve,
    };
    Some(Gap::new(phase, cause))
}
