//! Endpoints: what was seen at them, and what was settled of them.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::model::{
    Endpoint, EndpointJudgement, Fingerprint, Observations, Resolution, Undialled, Visited,
};
use crate::report::ChainRow;

use super::findings::{Numbers, number_of};
use super::rows::Gather;

/// The endpoints by name.
#[derive(Default)]
pub(super) struct Endpoints {
    seen: Observations,
    judged: Vec<(Endpoint, Judged)>,
}

struct Judged {
    judgement: EndpointJudgement,
    findings: Vec<Fingerprint>,
}

#[derive(Deserialize)]
pub(super) struct EndpointPart {
    id: Endpoint,
    accounts: usize,
    addresses: Vec<Visited>,
    #[serde(default)]
    chains: Vec<ChainRow>,
    #[serde(default)]
    undialled: Option<Undialled>,
    #[serde(default)]
    resolution: Option<Resolution>,
    findings: Vec<String>,
}

impl Gather for Endpoints {
    type Row = EndpointPart;

    fn take(&mut self, row: EndpointPart) -> Result<(), String> {
        let mut visits = BTreeMap::new();
        for visit in row.addresses {
            if visit.endpoint != row.id {
                return Err(format!("a visit to another endpoint stands at {}", row.id));
            }
            if visits.insert(visit.address, visit).is_some() {
                return Err(format!("an address of {} stands twice", row.id));
            }
        }
        if !visits.is_empty() && self.seen.visits.insert(row.id.clone(), visits).is_some() {
            return Err(format!("the endpoint {} stands twice", row.id));
        }
        if let Some(undialled) = row.undialled {
            self.seen.undialled.insert(row.id.clone(), undialled);
        }
        if let Some(resolution) = row.resolution {
            let host = row.id.host.clone();
            self.seen.resolutions.insert(host, resolution);
        }
        let mut judgement = EndpointJudgement {
            accounts: row.accounts,
            ..EndpointJudgement::default()
        };
        for chain in row.chains {
            let of_address = judgement.chains.entry(chain.address).or_default();
            of_address.push(chain.judged());
        }
        let findings = row.findings.iter().map(|text| text.parse());
        let findings = findings.collect::<Result<_, _>>()?;
        self.judged.push((
            row.id,
            Judged {
                judgement,
                findings,
            },
        ));
        Ok(())
    }
}

/// What was seen, and what was settled of each endpoint.
pub(super) struct Settled {
    pub(super) seen: Observations,
    pub(super) judged: BTreeMap<Endpoint, EndpointJudgement>,
}

impl Endpoints {
    /// Settles them, given the numbers of their findings.
    pub(super) fn settled(self, numbers: &Numbers) -> Result<Settled, String> {
        let mut all = BTreeMap::new();
        for (endpoint, judged) in self.judged {
            let findings = judged.findings.into_iter();
            let judgement = EndpointJudgement {
                findings: findings
                    .map(|named| number_of(numbers, named))
                    .collect::<Result<_, _>>()?,
                ..judged.judgement
            };
            let name = endpoint.to_string();
            if all.insert(endpoint, judgement).is_some() {
                return Err(format!("the endpoint {name} stands twice"));
            }
        }
        Ok(Settled {
            seen: self.seen,
            judged: all,
        })
    }
}
