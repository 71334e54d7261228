//! A chain from a file, as if a server sent it.

use std::net::Ipv4Addr;

use super::{Ending, close};
use crate::model::{
    AskedFor, CertificateRecord, DnsAnswer, Endpoint, Fact, Host, Limit, Observation, Observations,
    Resolution, RunHeader, Visited,
};
use crate::probe::Limits;
use crate::wire::cert;

/// Stands for the address of a server that was not visited: kept for examples (RFC 5737 §3).
const NO_SERVER: Ipv4Addr = Ipv4Addr::new(192, 0, 2, 0);

/// The observations of a server that would send this chain, leaf first, for a judgement before it
/// is installed. What only a server can show was not asked; for the address of a name stands
/// 192.0.2.0.
pub fn shown(header: RunHeader, endpoint: Endpoint, chain: &[Vec<u8>]) -> Observations {
    let kept = &chain[..chain.len().min(Limits::default().certificates)];
    let address = match endpoint.host {
        Host::Ip(address) => address,
        Host::Name(_) => NO_SERVER.into(),
    };
    let answer = DnsAnswer::Addresses {
        addresses: vec![address],
        beyond: 0,
        not_visited: Vec::new(),
    };
    let resolution = Resolution::new(endpoint.host.clone(), header.started, answer);
    let mut visited = Visited::unasked(endpoint, address, AskedFor::Listed, header.started);
    visited.chain = Fact::Seen(kept.iter().map(|der| cert::id(der)).collect());
    if kept.len() < chain.len() {
        visited.limits.push(Limit::Certificates);
    }
    let mut observations = Observations::default();
    observations.add(Observation::Run(header));
    for der in kept {
        observations.add(Observation::Certificate(CertificateRecord {
            id: cert::id(der),
            der: der.clone(),
        }));
    }
    observations.add(Observation::Resolution(resolution));
    observations.add(Observation::Visited(Box::new(visited)));
    observations.add(close(&observations, &Ending::default()));
    observations
}
