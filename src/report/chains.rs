//! What became of the chains that an endpoint showed, as `report.json` has them and gives them back.

use std::net::IpAddr;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::{
    Attested, CertificateFacts, CertificateId, ChainReport, Dane, EndpointJudgement, Handshake,
    JudgedChain, NameMatch, Path, Phrase, PublicKey, Scts,
};

/// A chain that an address showed.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
pub struct ChainRow {
    /// The address.
    pub address: IpAddr,
    /// In which handshake it came first.
    pub handshake: Handshake,
    /// The certificates as sent, leaf first.
    pub certificates: Vec<CertificateRow>,
    /// Whether a path to a trusted root holds, and if not, why.
    pub path: Path,
    /// Whether that root is a public one.
    pub public_root: bool,
    /// Whether the leaf bears the configured name.
    pub name: NameMatch,
    /// Timestamps of certificate transparency that came with it.
    pub scts: Scts,
    /// What the domain publishes of it.
    pub dane: Dane,
}

/// One certificate of a chain.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CertificateRow {
    /// It parses.
    Read(Box<CertificateSaid>),
    /// It does not; what of it, and where.
    Malformed(Phrase),
}

/// What a certificate says of itself, as far as a report tells it. Times are seconds since
/// 1970-01-01T00:00:00Z, since not every year of a certificate is one of a calendar.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[allow(missing_docs)]
pub struct CertificateSaid {
    pub sha256: CertificateId,
    pub subject: String,
    pub issuer: String,
    pub not_before: i64,
    pub not_after: i64,
    pub key: PublicKey,
    pub embedded_scts: usize,
    /// The names of a server's own certificate.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dns_names: Vec<String>,
    /// Its addresses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ip_addresses: Vec<IpAddr>,
}

/// The chains of an endpoint, address by address.
pub(super) fn rows(judged: &EndpointJudgement) -> Vec<ChainRow> {
    let chains = judged.chains.iter();
    chains
        .flat_map(|(address, chains)| chains.iter().map(|chain| ChainRow::new(*address, chain)))
        .collect()
}

impl ChainRow {
    fn new(address: IpAddr, chain: &JudgedChain) -> Self {
        let certificates = chain.report.certificates.iter().enumerate();
        let row = |(place, certificate): (usize, &Result<Arc<CertificateFacts>, Phrase>)| {
            match certificate {
                Ok(facts) => {
                    CertificateRow::Read(Box::new(CertificateSaid::new(facts, place == 0)))
                }
                Err(what) => CertificateRow::Malformed(what.clone()),
            }
        };
        ChainRow {
            address,
            handshake: chain.handshake,
            certificates: certificates.map(row).collect(),
            path: chain.report.path.clone(),
            public_root: chain.report.public_root,
            name: chain.report.name.clone(),
            scts: chain.attested.scts,
            dane: chain.attested.dane.clone(),
        }
    }

    /// The chain again, as far as a report tells of it.
    pub(super) fn judged(self) -> JudgedChain {
        let certificates = self.certificates.into_iter().map(|row| match row {
            CertificateRow::Read(said) => Ok(Arc::new(said.facts())),
            CertificateRow::Malformed(what) => Err(what),
        });
        JudgedChain {
            handshake: self.handshake,
            report: Arc::new(ChainReport {
                certificates: certificates.collect(),
                path: self.path,
                name: self.name,
                public_root: self.public_root,
            }),
            attested: Attested {
                scts: self.scts,
                dane: self.dane,
                ..Attested::default()
            },
        }
    }
}

impl CertificateSaid {
    fn new(facts: &CertificateFacts, is_leaf: bool) -> Self {
        CertificateSaid {
            sha256: facts.id,
            subject: facts.subject.clone(),
            issuer: facts.issuer.clone(),
            not_before: facts.not_before,
            not_after: facts.not_after,
            key: facts.key.clone(),
            embedded_scts: facts.extensions.embedded_scts,
            dns_names: match is_leaf {
                true => facts.dns_names.clone(),
                false => Vec::new(),
            },
            ip_addresses: match is_leaf {
                true => facts.ip_addresses.clone(),
                false => Vec::new(),
            },
        }
    }

    fn facts(self) -> CertificateFacts {
        let mut facts = CertificateFacts::blank(self.sha256, self.key);
        facts.subject = self.subject;
        facts.issuer = self.issuer;
        facts.not_before = self.not_before;
        facts.not_after = self.not_after;
        facts.extensions.embedded_scts = self.embedded_scts;
        facts.dns_names = self.dns_names;
        facts.ip_addresses = self.ip_addresses;
        facts
    }
}
