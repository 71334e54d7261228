//! The case of every endpoint that was visited, is named or is tried.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;
use std::sync::Arc;

use super::Matter;
use crate::inventory::Inventory;
use crate::model::{Cause, DnsAnswer, Endpoint, Gap, Limit, Phase, Resolution, ShownChain, ToldBy};
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

/// What the fleet's own endpoints show; of candidates only that they answer.
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
    let tried = matter.observations.resolver_tried.as_ref();
    let answers = |seen: &AddressCase<'_>| seen.visit.reached();
    let answering = shown.iter().filter(|(_, seen)| seen.iter().any(answers));
    Surroundings::of(chains, hosts, matter.policy)
        .with_answering(answering.map(|(endpoint, _)| *endpoint))
        .with_resolver(tried)
}

/// The addresses of an endpoint that were visited: one case for each chain that clients can be
/// shown there, that of the first handshake first, and one where there is none. What answered at an
/// address that the resolver made up is not the server, and is left out.
///
/// A chain that only those are shown who send no name stays a fact: no rule looks at it, since no
/// account's client meets it.
fn addresses<'c>(endpoint: &Endpoint, matter: &'c Matter<'_>) -> Vec<AddressCase<'c>> {
    let visits = matter.observations.visits_to(endpoint);
    let invented = invented(endpoint, matter);
    visits
        .filter(|visit| !invented.contains(&visit.address))
        .flat_map(|visit| {
            let shown = visit.shown_to_clients();
            match shown.is_empty() {
                true => vec![AddressCase::of(visit)],
                false => shown
                    .into_iter()
                    .map(|shown| showing(shown, matter))
                    .collect(),
            }
        })
        .collect()
}

/// The addresses that the resolver gave for the endpoint's host, and for names that cannot exist.
fn invented(endpoint: &Endpoint, matter: &Matter<'_>) -> Vec<IpAddr> {
    let seen = matter.observations;
    let tried = seen.resolver_tried.as_ref();
    let Some(invented) = tried.and_then(|tried| tried.invented.seen()) else {
        return Vec::new();
    };
    match seen.resolutions.get(&endpoint.host) {
        Some(Resolution {
            answer: DnsAnswer::Addresses { addresses, .. },
            told_by: Some(ToldBy::Dns),
            ..
        }) => {
            let both = addresses.iter().filter(|one| invented.contains(one));
            both.copied().collect()
        }
        _ => Vec::new(),
    }
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
    let made_up = || {
        let any = !invented(endpoint, matter).is_empty();
        any.then(|| Gap::new(Phase::Resolve, Cause::DnsInvented))
    };
    EndpointCase {
        endpoint,
        at: matter.at,
        resolution,
        gap: undialled
            .map(|undialled| undialled.gap.clone())
            .or_else(made_up)
            .or_else(|| missing(resolution, &addresses)),
        addresses,
        expected: match matter.inventory.contains(endpoint) {
            true => matter.inventory.expected(endpoint),
            false => tried.expected(endpoint),
        },
        fleet: Arc::clone(fleet),
    }
}

fn showing<'c>(shown: ShownChain<'c>, matter: &Matter<'_>) -> AddressCase<'c> {
    AddressCase {
        visit: shown.visit,
        chain: (matter.explain)(shown.chain, &shown.visit.endpoint.host),
        attested: (matter.attest)(&shown),
        shown: Some(shown),
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
