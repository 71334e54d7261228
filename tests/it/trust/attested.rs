//! What is made of a chain, a staple, of what was fetched and of TLSA records.

use std::collections::HashMap;

use jiff::Timestamp;
use mailfleet::model::{
    AskedFor, Attested, Cause, Endpoint, Fact, Fetched, Gap, Observation, Observations,
    OtherSession, Phase, Raw, Said, Shown, Status, Suite, TlsSession, TlsVersion, Tlsa, TlsaAnswer,
    Twist, Visited,
};
use mailfleet::trust::{Chains, Roots};
use mailfleet::wire::cert;

use super::authority::HOST;

/// What a run saw of one server.
pub struct Seen {
    visit: Visited,
    observations: Observations,
}

impl Seen {
    pub fn chain(chain: &[Vec<u8>], at: Timestamp) -> Self {
        let endpoint = Endpoint::new(HOST.parse().expect("a host"), 995);
        let nothing = Gap::new(Phase::Capabilities, Cause::NotVisited);
        let address = "192.0.2.1".parse().expect("an address");
        let mut visit = Visited::unseen(endpoint, address, AskedFor::Listed, at, nothing);
        visit.chain = Fact::Seen(chain.iter().map(|der| cert::id(der)).collect());
        let certificates: HashMap<_, _> = chain
            .iter()
            .map(|der| (cert::id(der), der.clone()))
            .collect();
        Seen {
            visit,
            observations: Observations {
                certificates,
                ..Observations::default()
            },
        }
    }

    /// The same server shows another chain to clients that take RSA keys only.
    pub fn further(mut self, chain: &[Vec<u8>]) -> Self {
        let certificates = &mut self.observations.certificates;
        certificates.extend(chain.iter().map(|der| (cert::id(der), der.clone())));
        self.visit.sessions.push(OtherSession {
            twist: Twist::RsaOnly,
            shown: Fact::Seen(Shown {
                version: TlsVersion::TLS_1_3,
                chain: chain.iter().map(|der| cert::id(der)).collect(),
            }),
        });
        self
    }

    pub fn stapled(mut self, staple: &[u8]) -> Self {
        self.visit.tls = Fact::Seen(TlsSession {
            staple: Some(Raw::from(staple)),
            ..TlsSession::new(TlsVersion::TLS_1_3, Suite(0x1301))
        });
        self
    }

    pub fn fetched(mut self, url: &str, body: Option<&[u8]>) -> Self {
        self.observations.add(Observation::Fetched(Fetched {
            url: url.into(),
            at: self.visit.at,
            address: None,
            answer: match body {
                Some(body) => Fact::Seen(Raw::from(body)),
                None => Fact::Unknown(Gap::new(Phase::Fetch, Cause::TimedOut)),
            },
        }));
        self
    }

    pub fn published(mut self, answer: TlsaAnswer) -> Self {
        self.observations.add(Observation::Tlsa(Tlsa {
            endpoint: self.visit.endpoint.clone(),
            at: self.visit.at,
            answer: Fact::Seen(answer),
        }));
        self
    }

    pub fn attested(&self, roots: &Roots, at: Timestamp) -> Attested {
        let chains = Chains::new(roots, &self.observations.certificates);
        match self.visit.shown_to_clients().first() {
            Some(shown) => chains.attested(shown, &self.observations, at),
            None => Attested::default(),
        }
    }

    /// The URLs that would be asked next.
    pub fn questions(&self, roots: &Roots, at: Timestamp) -> Vec<String> {
        let mut observations = self.observations.clone();
        observations.add(Observation::Visited(Box::new(self.visit.clone())));
        let chains = Chains::new(roots, &self.observations.certificates);
        chains.questions(&observations, at).into_iter().collect()
    }

    /// What each source says, as `staple good`.
    pub fn said(&self, roots: &Roots, at: Timestamp) -> Vec<String> {
        told(&self.attested(roots, at).revocation)
    }

    /// What each source says of the authorities above, with their subject.
    pub fn said_above(&self, roots: &Roots, at: Timestamp) -> Vec<(String, Vec<String>)> {
        let authorities = self.attested(roots, at).authorities.into_iter();
        authorities
            .map(|authority| (authority.subject, told(&authority.revocation)))
            .collect()
    }
}

fn told(said: &[Said]) -> Vec<String> {
    said.iter()
        .map(|said| {
            let status = match said.status {
                Status::Good => "good",
                Status::Revoked { reason, .. } => reason,
                Status::Open(why) => why.word(),
            };
            format!("{} {status}", said.source.word())
        })
        .collect()
}
