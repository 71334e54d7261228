//! Everything one run saw, found by key rather than by order of arrival.

use std::collections::{BTreeMap, HashMap};
use std::net::IpAddr;

use super::{
    CertificateId, Close, Endpoint, Fetched, Host, Observation, Resolution, ResolverTried,
    RunHeader, Tlsa, Undialled, Vantage, Visited,
};

/// What one run saw. Order of arrival never shows: a judgement reads it by key.
#[derive(Clone, Debug, Default)]
pub struct Observations {
    /// The first record, if it was read.
    pub run: Option<RunHeader>,
    /// The vantage when the run began.
    pub vantage: Option<Vantage>,
    /// The vantage when it ended.
    pub vantage_end: Option<Vantage>,
    /// What the resolver said of names that cannot exist.
    pub resolver_tried: Option<ResolverTried>,
    /// The last record, if the run came to its end.
    pub close: Option<Close>,
    /// Look-ups by host.
    pub resolutions: BTreeMap<Host, Resolution>,
    /// Visits by endpoint and address.
    pub visits: BTreeMap<Endpoint, BTreeMap<IpAddr, Visited>>,
    /// Endpoints that were not dialled, with the reason.
    pub undialled: BTreeMap<Endpoint, Undialled>,
    /// DER by SHA-256.
    pub certificates: HashMap<CertificateId, Vec<u8>>,
    /// What was fetched, by URL.
    pub fetched: BTreeMap<String, Fetched>,
    /// TLSA records by endpoint.
    pub tlsa: BTreeMap<Endpoint, Tlsa>,
}

impl Observations {
    /// Takes one record in. A later visit to the same address replaces an earlier one.
    pub fn add(&mut self, observation: Observation) {
        match observation {
            Observation::Run(header) => self.run = Some(header),
            Observation::Vantage(vantage) => self.vantage = Some(vantage),
            Observation::VantageEnd(vantage) => self.vantage_end = Some(vantage),
            Observation::ResolverTried(tried) => self.resolver_tried = Some(tried),
            Observation::Close(close) => self.close = Some(close),
            Observation::Resolution(resolution) => {
                self.resolutions.insert(resolution.host.clone(), resolution);
            }
            Observation::Visited(visited) => {
                self.visits
                    .entry(visited.endpoint.clone())
                    .or_default()
                    .insert(visited.address, *visited);
            }
            Observation::Undialled(undialled) => {
                self.undialled.insert(undialled.endpoint.clone(), undialled);
            }
            Observation::Certificate(record) => {
                self.certificates.entry(record.id).or_insert(record.der);
            }
            Observation::Fetched(fetched) => {
                self.fetched.insert(fetched.url.clone(), fetched);
            }
            Observation::Tlsa(tlsa) => {
                self.tlsa.insert(tlsa.endpoint.clone(), tlsa);
            }
        }
    }

    /// The visits to an endpoint, by address.
    pub fn visits_to(&self, endpoint: &Endpoint) -> impl Iterator<Item = &Visited> {
        self.visits
            .get(endpoint)
            .into_iter()
            .flat_map(BTreeMap::values)
    }

    /// Whether there is a record of this endpoint, of a visit or of why there was none.
    pub fn knows(&self, endpoint: &Endpoint) -> bool {
        self.visits.contains_key(endpoint) || self.undialled.contains_key(endpoint)
    }

    /// Whether the vantage was another at the end of the run than at its start; `None` where one of
    /// the two was not seen.
    pub fn vantage_changed(&self) -> Option<bool> {
        let (start, end) = self.vantage.as_ref().zip(self.vantage_end.as_ref())?;
        Some(!start.agrees_with(end))
    }

    /// TCP connections begun in all visits.
    pub fn connections(&self) -> u64 {
        self.visits
            .values()
            .flat_map(BTreeMap::values)
            .map(|visited| u64::from(visited.connections))
            .sum()
    }
}
