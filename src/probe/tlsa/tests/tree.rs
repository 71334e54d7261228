//! A small DNS on loopback: a root, the zones that it delegates to, and what they sign and deny.

use std::collections::{BTreeMap, BTreeSet};
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use hickory_resolver::proto::dnssec::crypto::Ed25519SigningKey;
use hickory_resolver::proto::dnssec::rdata::{DNSKEY, DNSSECRData, DS, NSEC, NSEC3};
use hickory_resolver::proto::dnssec::{
    Algorithm, DigestType, DnssecSigner, Nsec3HashAlgorithm, SigningKey, TrustAnchors,
};
use hickory_resolver::proto::op::{Message, Query, ResponseCode};
use hickory_resolver::proto::rr::rdata::tlsa::{CertUsage, Matching, Selector};
use hickory_resolver::proto::rr::rdata::{CNAME, NS, SOA, TLSA, TXT};
use hickory_resolver::proto::rr::{Name, RData, Record, RecordType};
use tokio::net::UdpSocket;

use super::signed;

/// Seconds that answers may be kept.
const TTL: u32 = 300;
const DAY: u64 = 86_400;
const SALT: &[u8] = &[0xab, 0xcd];

/// How a signed zone proves that something is not there.
#[derive(Clone, Copy, PartialEq)]
pub enum Denial {
    Nsec,
    Nsec3,
}

/// One zone: what it holds, the key that signs it, if it is signed, and how long signatures last.
pub struct Zone {
    name: Name,
    signer: Option<DnssecSigner>,
    denial: Denial,
    sets: BTreeMap<(Name, RecordType), Vec<RData>>,
}

pub fn name(text: &str) -> Name {
    Name::from_ascii(text).expect("a name")
}

pub fn signer(zone: &Name, days: u64) -> DnssecSigner {
    let pkcs8 = Ed25519SigningKey::generate_pkcs8().expect("a key");
    let key = Ed25519SigningKey::from_pkcs8(&pkcs8).expect("a key");
    let public = key.to_public_key().expect("its public half");
    let lasts = Duration::from_secs(days * DAY);
    DnssecSigner::new(
        DNSKEY::from_key(&public),
        Box::new(key),
        zone.clone(),
        lasts,
    )
}

pub fn record(name: &Name, data: RData) -> Record {
    Record::from_rdata(name.clone(), TTL, data)
}

/// A TLSA record `3 1 1` with so many times this octet.
pub fn tlsa(octet: u8) -> RData {
    let data = vec![octet; 32];
    RData::TLSA(TLSA::new(
        CertUsage::DaneEe,
        Selector::Spki,
        Matching::Sha256,
        data,
    ))
}

impl Zone {
    fn new(zone: &str, signer: Option<DnssecSigner>, denial: Denial) -> Zone {
        let zone = name(zone);
        let server = name("ns.test.");
        let soa = SOA::new(server.clone(), server.clone(), 1, 3_600, 600, 86_400, 300);
        let mut sets = BTreeMap::new();
        sets.insert((zone.clone(), RecordType::SOA), vec![RData::SOA(soa)]);
        sets.insert((zone.clone(), RecordType::NS), vec![RData::NS(NS(server))]);
        if let Some(signer) = &signer {
            let key = RData::DNSSEC(DNSSECRData::DNSKEY(signer.to_dnskey()));
            sets.insert((zone.clone(), RecordType::DNSKEY), vec![key]);
        }
        Zone {
            name: zone,
            signer,
            denial,
            sets,
        }
    }

    /// A zone whose signatures last.
    pub fn signed(zone: &str, denial: Denial) -> Zone {
        Zone::new(zone, Some(signer(&name(zone), 20 * 365)), denial)
    }

    /// A zone whose signatures have ended.
    pub fn stale(zone: &str) -> Zone {
        Zone::new(zone, Some(signer(&name(zone), 7)), Denial::Nsec)
    }

    pub fn unsigned(zone: &str) -> Zone {
        Zone::new(zone, None, Denial::Nsec)
    }

    /// With this record besides.
    pub fn with(mut self, owner: &str, data: RData) -> Zone {
        let set = self.sets.entry((name(owner), data.record_type()));
        set.or_default().push(data);
        self
    }

    pub fn alias(self, owner: &str, target: &str) -> Zone {
        self.with(owner, RData::CNAME(CNAME(name(target))))
    }

    pub fn text(self, owner: &str) -> Zone {
        self.with(owner, RData::TXT(TXT::new(vec!["text".to_owned()])))
    }

    /// With a delegation to a zone, by the fingerprint of its key if it has one.
    pub fn delegates(self, below: &Zone) -> Zone {
        let fingerprint = below.signer.as_ref().map(|signer| {
            let key = signer.to_dnskey();
            let digest = key.to_digest(&below.name, DigestType::SHA256);
            let digest = digest.expect("a digest").as_ref().to_vec();
            let tag = key.calculate_key_tag().expect("a tag");
            DS::new(tag, Algorithm::ED25519, DigestType::SHA256, digest)
        });
        let zone = self.delegates_without_proof(below);
        match fingerprint {
            Some(ds) => zone.with(&below.name.to_ascii(), RData::DNSSEC(DNSSECRData::DS(ds))),
            None => zone,
        }
    }

    /// With a delegation that says that the zone is not signed.
    pub fn delegates_without_proof(self, below: &Zone) -> Zone {
        let owner = below.name.to_ascii();
        self.with(&owner, RData::NS(NS(name("ns.test."))))
    }

    /// The key of its own, as an anchor of trust.
    pub fn anchor(&self) -> Arc<TrustAnchors> {
        let mut anchors = TrustAnchors::empty();
        let signer = self.signer.as_ref().expect("a signed zone");
        anchors.insert(signer.dnskey().public_key());
        Arc::new(anchors)
    }

    fn records(&self, owner: &Name, data: &[RData]) -> Vec<Record> {
        match &self.signer {
            Some(signer) => signed(signer, owner, data),
            None => data
                .iter()
                .map(|data| record(owner, data.clone()))
                .collect(),
        }
    }

    fn is_cut(&self, owner: &Name) -> bool {
        *owner != self.name && self.sets.contains_key(&(owner.clone(), RecordType::NS))
    }

    /// The types at a name. A delegation's NS is not signed, and its own zone's business.
    fn types(&self, owner: &Name) -> Vec<RecordType> {
        let sets = self.sets.keys().filter(|(name, _)| name == owner);
        let mut types: Vec<RecordType> = sets.map(|(_, kind)| *kind).collect();
        if !self.is_cut(owner) || types.contains(&RecordType::DS) {
            types.push(RecordType::RRSIG);
        }
        types
    }

    fn owners(&self) -> Vec<Name> {
        let owners: BTreeSet<Name> = self.sets.keys().map(|(name, _)| name.clone()).collect();
        owners.into_iter().collect()
    }

    /// The whole chain that denies what is not there.
    fn denials(&self) -> Vec<Record> {
        if self.signer.is_none() {
            return Vec::new();
        }
        match self.denial {
            Denial::Nsec => {
                let owners = self.owners();
                let next = owners.iter().cycle().skip(1);
                let pairs = owners.iter().zip(next);
                let one = |(owner, next): (&Name, &Name)| {
                    let nsec = NSEC::new_cover_self(next.clone(), self.types(owner));
                    self.records(owner, &[RData::DNSSEC(DNSSECRData::NSEC(nsec))])
                };
                pairs.flat_map(one).collect()
            }
            Denial::Nsec3 => self.hashed_denials(),
        }
    }

    /// Names between the apex and an owner count as well here, though they hold nothing.
    fn hashed_denials(&self) -> Vec<Record> {
        let mut hashed: BTreeMap<Vec<u8>, Name> = BTreeMap::new();
        for owner in self.owners() {
            let mut name = owner;
            while self.name.zone_of(&name) {
                let hash = Nsec3HashAlgorithm::SHA1.hash(SALT, &name, 0);
                hashed.insert(hash.expect("a hash").as_ref().to_vec(), name.clone());
                if name.is_root() {
                    break;
                }
                name = name.base_name();
            }
        }
        let next = hashed.keys().cycle().skip(1);
        let one = |((hash, owner), next): ((&Vec<u8>, &Name), &Vec<u8>)| {
            let types = self.types(owner);
            let types = match types[..] {
                [RecordType::RRSIG] => Vec::new(),
                _ => types,
            };
            let algorithm = Nsec3HashAlgorithm::SHA1;
            let nsec3 = NSEC3::new(algorithm, false, 0, SALT.to_vec(), next.clone(), types);
            let label = base32(hash);
            let owner = self.name.prepend_label(label.as_str()).expect("a label");
            self.records(&owner, &[RData::DNSSEC(DNSSECRData::NSEC3(nsec3))])
        };
        hashed.iter().zip(next).flat_map(one).collect()
    }
}

/// Base 32 with the extended hexadecimal alphabet (RFC 4648 §7), of octets by the five.
fn base32(octets: &[u8]) -> String {
    let digits = octets.chunks(5).flat_map(|five| {
        let number = five
            .iter()
            .fold(0_u64, |sum, octet| sum << 8 | u64::from(*octet));
        (0..8).rev().map(move |place| number >> (5 * place) & 31)
    });
    digits
        .map(|digit| char::from(b"0123456789abcdefghijklmnopqrstuv"[digit as usize]))
        .collect()
}

/// What stands between the zones and whoever asks.
pub type Meddler = fn(&Query, &mut Message);

/// Answers for these zones, as a resolver would that passes signatures on and follows aliases.
pub async fn serve(zones: Vec<Zone>, meddler: Meddler) -> SocketAddr {
    let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0))
        .await
        .expect("a port");
    let at = socket.local_addr().expect("its address");
    tokio::spawn(async move {
        let mut buffer = [0; 4096];
        while let Ok((length, from)) = socket.recv_from(&mut buffer).await {
            let question = Message::from_vec(&buffer[..length]).expect("a question");
            let query = question.queries[0].clone();
            let mut reply = answer(question, &query, &zones);
            meddler(&query, &mut reply);
            let reply = reply.to_vec().expect("an answer");
            let _ = socket.send_to(&reply, from).await;
        }
    });
    at
}

fn answer(question: Message, query: &Query, zones: &[Zone]) -> Message {
    let mut reply = question.into_response();
    let (asked, kind) = (query.name(), query.query_type());
    let zone = zone_of(zones, asked, kind);
    if let Some(data) = zone.sets.get(&(asked.clone(), kind)) {
        reply.add_answers(zone.records(asked, data));
        return reply;
    }
    if let Some(data) = zone.sets.get(&(asked.clone(), RecordType::CNAME)) {
        reply.add_answers(zone.records(asked, data));
        let RData::CNAME(CNAME(target)) = &data[0] else {
            unreachable!("an alias");
        };
        let zone = zone_of(zones, target, kind);
        if let Some(data) = zone.sets.get(&(target.clone(), kind)) {
            reply.add_answers(zone.records(target, data));
        }
        return reply;
    }
    let is_there = zone.owners().iter().any(|owner| asked.zone_of(owner));
    if !is_there {
        reply.metadata.response_code = ResponseCode::NXDomain;
    }
    let soa = &zone.sets[&(zone.name.clone(), RecordType::SOA)];
    reply.add_authorities(zone.records(&zone.name, soa));
    reply.add_authorities(zone.denials());
    reply
}

/// The zone that knows; what a delegation says of a zone, the one above it knows.
fn zone_of<'z>(zones: &'z [Zone], asked: &Name, kind: RecordType) -> &'z Zone {
    let below = |zone: &&Zone| kind == RecordType::DS && zone.name == *asked && !asked.is_root();
    let above = zones
        .iter()
        .filter(|zone| zone.name.zone_of(asked) && !below(zone));
    let nearest = above.max_by_key(|zone| zone.name.num_labels());
    nearest.expect("a root")
}
