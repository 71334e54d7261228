//! Endpoints: as `report.json` has them, and as people read them, address by address.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{
    DnsAnswer, Endpoint, EndpointJudgement, JudgedChain, Resolution, Severity, Undialled, Visited,
};

use super::answers::{AnswerRow, answers};
use super::chains::{self, ChainRow};
use super::ladder::{Rung, ladder, name};
use super::{Message, Source};

/// One endpoint.
#[derive(Debug, Serialize, JsonSchema)]
#[allow(missing_docs)] // The fields are words of the model, which says there what they mean.
pub struct EndpointRow<'a> {
    pub id: String,
    pub host: String,
    pub port: u16,
    pub protocol: Option<&'static str>,
    pub reached: bool,
    pub accounts: usize,
    pub addresses: Vec<&'a Visited>,
    /// What became of the chains that they showed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub chains: Vec<ChainRow>,
    /// Why it was not dialled, where it was not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undialled: Option<&'a Undialled>,
    /// What became of its name, where no address was visited.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resolution: Option<&'a Resolution>,
    pub findings: Vec<String>,
    /// As people read it; not in `report.json`, which has the observations.
    #[serde(skip)]
    pub sheets: Vec<AddressRow>,
    /// The worst severity of its open findings.
    #[serde(skip)]
    pub worst: Option<Severity>,
    /// Why there is no address at all.
    #[serde(skip)]
    pub unresolved: Option<&'static str>,
}

/// One endpoint, as pages show it.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ShownEndpoint {
    /// Where it stands on the page, without the `#`.
    anchor: String,
    /// The worst severity of its open findings.
    worst: Option<&'static str>,
    /// Why there is no address at all.
    unresolved: Option<&'static str>,
    /// Its addresses.
    sheets: Vec<AddressRow>,
    /// `HOST:PORT`.
    id: String,
    /// The protocol that it speaks.
    protocol: Option<&'static str>,
    /// Whether some word or handshake was seen.
    reached: bool,
    /// How many accounts use it.
    accounts: usize,
    /// How many findings are about it.
    findings: usize,
}

impl ShownEndpoint {
    /// The endpoint at a place of the list, from 1.
    pub(super) fn new(place: usize, row: EndpointRow<'_>) -> Self {
        ShownEndpoint {
            anchor: format!("endpoint-{place}"),
            worst: row.worst.map(Severity::word),
            unresolved: row.unresolved,
            sheets: row.sheets,
            id: row.id,
            protocol: row.protocol,
            reached: row.reached,
            accounts: row.accounts,
            findings: row.findings.len(),
        }
    }
}

/// One address of an endpoint, as people read it.
#[derive(Debug, Serialize, JsonSchema)]
#[allow(missing_docs)]
pub struct AddressRow {
    pub address: String,
    pub dialled: Option<String>,
    pub at: Timestamp,
    pub millis: u32,
    pub connections: u32,
    /// How many hellos of our own were sent, or were to be.
    pub hellos: usize,
    pub reached: bool,
    /// Questions and answers, in the order of the conversation.
    pub answers: Vec<AnswerRow>,
    /// The chain from the root down to the server's own certificate.
    pub ladder: Vec<Rung>,
    /// Whether the certificate bears the configured name.
    pub name: Option<Message>,
    /// Other chains that it showed.
    pub others: Vec<OtherChain>,
}

/// A chain that an address showed besides that of the first handshake.
#[derive(Debug, Serialize, JsonSchema)]
#[allow(missing_docs)]
pub struct OtherChain {
    pub shown: Message,
    pub ladder: Vec<Rung>,
    pub name: Option<Message>,
}

pub(super) fn row<'a>(
    source: &'a Source<'a>,
    endpoint: &'a Endpoint,
    judged: &'a EndpointJudgement,
) -> EndpointRow<'a> {
    let addresses: Vec<&Visited> = source.observations.visits_to(endpoint).collect();
    let findings = || {
        judged
            .findings
            .iter()
            .map(|&i| &source.judgement.findings[i as usize])
    };
    let unvisited = Some(endpoint).filter(|_| addresses.is_empty());
    EndpointRow {
        id: endpoint.to_string(),
        host: endpoint.host.to_string(),
        port: endpoint.port,
        protocol: addresses
            .iter()
            .find_map(|visit| visit.greeting.seen())
            .map(|greeting| greeting.spoken.name()),
        reached: addresses.iter().any(|visit| visit.reached()),
        accounts: judged.accounts,
        chains: chains::rows(judged),
        undialled: unvisited.and_then(|place| source.observations.undialled.get(place)),
        resolution: unvisited.and_then(|place| source.observations.resolutions.get(&place.host)),
        findings: findings()
            .map(|finding| finding.fingerprint.to_string())
            .collect(),
        sheets: addresses
            .iter()
            .map(|visit| {
                sheet(
                    visit,
                    judged
                        .chains
                        .get(&visit.address)
                        .map_or(&[][..], Vec::as_slice),
                )
            })
            .collect(),
        worst: findings()
            .filter(|f| f.waiver.is_none())
            .map(|f| f.severity)
            .max(),
        unresolved: unvisited.and_then(|endpoint| unresolved(source, endpoint)),
        addresses,
    }
}

/// Why an endpoint without visits has none.
fn unresolved(source: &Source<'_>, endpoint: &Endpoint) -> Option<&'static str> {
    if let Some(undialled) = source.observations.undialled.get(endpoint) {
        return Some(undialled.gap.cause.word());
    }
    let resolution = source.observations.resolutions.get(&endpoint.host)?;
    Some(match resolution.answer {
        DnsAnswer::NoSuchName { .. } => "no-such-name",
        DnsAnswer::NoAddress { .. } => "no-address",
        DnsAnswer::Failed => "dns-failed",
        DnsAnswer::Refused => "dns-refused",
        DnsAnswer::TimedOut => "dns-timed-out",
        DnsAnswer::Addresses { .. } => "not-visited",
    })
}

fn sheet(visit: &Visited, chains: &[JudgedChain]) -> AddressRow {
    let (first, others) = match chains {
        [first, others @ ..] => (Some(&*first.report), others),
        [] => (None, chains),
    };
    AddressRow {
        address: visit.address.to_string(),
        dialled: visit.dialled.map(|elsewhere| elsewhere.to_string()),
        at: visit.at,
        millis: visit.millis,
        connections: visit.connections,
        hellos: visit.hellos.len(),
        reached: visit.reached(),
        answers: answers(visit, chains.first().map(|chain| &chain.attested)),
        ladder: first.map(ladder).unwrap_or_default(),
        name: first.and_then(name),
        others: others.iter().map(OtherChain::new).collect(),
    }
}

impl OtherChain {
    fn new(chain: &JudgedChain) -> Self {
        OtherChain {
            shown: Message::new("ladder-other").with("handshake", chain.handshake.phrase()),
            ladder: ladder(&chain.report),
            name: name(&chain.report),
        }
    }
}
