//! Records below delegations: proven, proven to be unsigned, denied, and falsified.

use std::sync::OnceLock;
use std::time::Duration;

use hickory_resolver::proto::dnssec::DnssecSigner;
use hickory_resolver::proto::dnssec::rdata::{DNSSECRData, NSEC};
use hickory_resolver::proto::op::{Message, Query, ResponseCode};
use hickory_resolver::proto::rr::rdata::CNAME;
use hickory_resolver::proto::rr::{RData, Record, RecordType};

use super::super::Validator;
use super::signed;
use super::tree::{Denial, Meddler, Zone, name, record, serve, signer, tlsa};
use crate::model::{Cause, Fact, Raw, TlsaAnswer, TlsaRecord};
use crate::probe::Limits;

/// A root, `test.` below it, and below that: two signed zones that deny in the two ways, one of
/// which has one below it, one without signatures with one below that says it has some, one whose
/// signatures have ended, and one whose key is not the one that its parent knows.
fn zones() -> Vec<Zone> {
    let deep = Zone::signed("deep.nsec.test.", Denial::Nsec)
        .with("_995._tcp.mail.deep.nsec.test.", tlsa(1));
    let nsec = Zone::signed("nsec.test.", Denial::Nsec)
        .with("_995._tcp.mail.nsec.test.", tlsa(2))
        .text("_587._tcp.mail.nsec.test.")
        .alias("_995._tcp.pop.nsec.test.", "_995._tcp.mail.nsec.test.")
        .alias("_995._tcp.far.nsec.test.", "_995._tcp.mail.plain.test.")
        .delegates(&deep);
    let nsec3 = Zone::signed("nsec3.test.", Denial::Nsec3)
        .with("_995._tcp.mail.nsec3.test.", tlsa(3))
        .text("_587._tcp.mail.nsec3.test.");
    let island = Zone::signed("island.plain.test.", Denial::Nsec)
        .with("_995._tcp.mail.island.plain.test.", tlsa(4));
    let plain = Zone::unsigned("plain.test.")
        .with("_995._tcp.mail.plain.test.", tlsa(5))
        .alias("_995._tcp.far.plain.test.", "_995._tcp.mail.nsec.test.")
        .delegates_without_proof(&island);
    let hidden = Zone::unsigned("plain.nsec3only.test.")
        .with("_995._tcp.mail.plain.nsec3only.test.", tlsa(6));
    let nsec3only = Zone::signed("nsec3only.test.", Denial::Nsec3).delegates(&hidden);
    let stale = Zone::stale("stale.test.").with("_995._tcp.mail.stale.test.", tlsa(7));
    let rolled =
        Zone::signed("rolled.test.", Denial::Nsec).with("_995._tcp.mail.rolled.test.", tlsa(8));
    let before = Zone::signed("rolled.test.", Denial::Nsec);
    let test = Zone::signed("test.", Denial::Nsec)
        .delegates(&nsec)
        .delegates(&nsec3)
        .delegates(&plain)
        .delegates(&nsec3only)
        .delegates(&stale)
        .delegates(&before);
    let root = Zone::signed(".", Denial::Nsec).delegates(&test);
    vec![
        root, test, nsec, deep, nsec3, plain, island, nsec3only, hidden, stale, rolled,
    ]
}

async fn published(meddler: Meddler, endpoint: &str) -> Fact<TlsaAnswer> {
    let zones = zones();
    let anchors = zones[0].anchor();
    let at = serve(zones, meddler).await;
    let limits = Limits {
        dns: Duration::from_secs(2),
        ..Limits::default()
    };
    let validator = Validator::new(Some(at), &limits, Some(anchors));
    let endpoint = endpoint.parse().expect("an endpoint");
    validator.published(endpoint).await.answer
}

fn nobody(_: &Query, _: &mut Message) {}

fn holding(octet: u8, secure: bool) -> Fact<TlsaAnswer> {
    Fact::Seen(TlsaAnswer {
        secure,
        records: vec![TlsaRecord {
            usage: 3,
            selector: 1,
            matching: 1,
            data: Raw(vec![octet; 32]),
        }],
    })
}

#[tokio::test]
async fn signatures_lead_from_the_root_through_delegations_to_a_record() {
    for (host, octet) in [
        ("mail.nsec.test", 2),
        ("mail.nsec3.test", 3),
        ("mail.deep.nsec.test", 1),
        ("pop.nsec.test", 2),
    ] {
        let answer = published(nobody, &format!("{host}:995")).await;
        assert_eq!(answer, holding(octet, true), "{host}");
    }
}

#[tokio::test]
async fn below_a_delegation_that_is_proven_to_be_unsigned_nothing_can_be_verified() {
    for (host, octet) in [
        ("mail.plain.test", 5),
        // Signed, but nothing above it says with which key.
        ("mail.island.plain.test", 4),
        ("mail.plain.nsec3only.test", 6),
        // One half of the way through an alias is not proven, whichever it is.
        ("far.nsec.test", 5),
        ("far.plain.test", 2),
    ] {
        let answer = published(nobody, &format!("{host}:995")).await;
        assert_eq!(answer, holding(octet, false), "{host}");
    }
}

#[tokio::test]
async fn a_no_that_is_proven_is_a_no() {
    for endpoint in [
        "mail.nsec.test:993",
        "other.nsec.test:995",
        "mail.nsec.test:587",
        "mail.nsec3.test:993",
        "other.nsec3.test:995",
        "mail.nsec3.test:587",
        "mail.deep.nsec.test:993",
        // Here nobody can prove anything, and the parent proves that.
        "mail.plain.test:993",
        "mail.nowhere.test:995",
    ] {
        let answer = published(nobody, endpoint).await;
        assert_eq!(answer, Fact::Seen(TlsaAnswer::default()), "{endpoint}");
    }
}

fn is_about(query: &Query, kind: RecordType) -> bool {
    query.query_type() == kind
}

fn without(records: &mut Vec<Record>, unwanted: &[RecordType]) {
    records.retain(|record| !unwanted.contains(&record.record_type()));
}

fn changes_the_record(query: &Query, reply: &mut Message) {
    if is_about(query, RecordType::TLSA) {
        for record in &mut reply.answers {
            if let RData::TLSA(data) = &mut record.data {
                data.cert_data[0] ^= 1;
            }
        }
    }
}

fn strips_the_signature(query: &Query, reply: &mut Message) {
    if is_about(query, RecordType::TLSA) {
        without(&mut reply.answers, &[RecordType::RRSIG]);
    }
}

/// As if the zone were not signed, without a word of the parent that says so.
fn strips_the_delegation(query: &Query, reply: &mut Message) {
    strips_the_signature(query, reply);
    if is_about(query, RecordType::DS) && *query.name() != name("test.") {
        reply.answers.clear();
    }
}

/// The same, with a denial by the parent that is not signed.
fn denies_the_delegation_unsigned(query: &Query, reply: &mut Message) {
    strips_the_signature(query, reply);
    if is_about(query, RecordType::DS) && *query.name() == name("nsec.test.") {
        reply.answers.clear();
        let nsec = NSEC::new_cover_self(name("z.test."), [RecordType::NS]);
        let data = RData::DNSSEC(DNSSECRData::NSEC(nsec));
        reply.add_authority(record(query.name(), data));
    }
}

/// Another key for the whole zone, under which everything is in order.
fn signs_with_a_key_of_its_own(query: &Query, reply: &mut Message) {
    static OWN: OnceLock<DnssecSigner> = OnceLock::new();
    let zone = name("nsec.test.");
    let own = OWN.get_or_init(|| signer(&zone, 20 * 365));
    let forged = match query.query_type() {
        RecordType::TLSA => tlsa(9),
        RecordType::DNSKEY if *query.name() == zone => {
            RData::DNSSEC(DNSSECRData::DNSKEY(own.to_dnskey()))
        }
        _ => return,
    };
    reply.answers = signed(own, query.name(), &[forged]);
}

/// An alias that leads to records of somebody else, which are in order.
fn leads_elsewhere(query: &Query, reply: &mut Message) {
    let target = name("_995._tcp.mail.deep.nsec.test.");
    if is_about(query, RecordType::TLSA) && *query.name() != target {
        let alias = RData::CNAME(CNAME(target));
        reply.answers = vec![record(query.name(), alias)];
    }
}

fn says_no(reply: &mut Message) {
    reply.answers.clear();
    reply.metadata.response_code = ResponseCode::NXDomain;
}

fn says_no_without_proof(query: &Query, reply: &mut Message) {
    if is_about(query, RecordType::TLSA) {
        says_no(reply);
        without(
            &mut reply.authorities,
            &[RecordType::NSEC, RecordType::NSEC3, RecordType::RRSIG],
        );
    }
}

fn says_no_with_a_proof_of_something_else(query: &Query, reply: &mut Message) {
    if is_about(query, RecordType::TLSA) {
        says_no(reply);
        reply.authorities.retain(|record| {
            let owner = record.name.to_ascii();
            !owner.starts_with("_995") && !owner.starts_with("_587") && !owner.starts_with("pop")
        });
    }
}

fn says_that_the_server_failed(query: &Query, reply: &mut Message) {
    if is_about(query, RecordType::TLSA) {
        says_no(reply);
        reply.authorities.clear();
        reply.metadata.response_code = ResponseCode::ServFail;
    }
}

#[tokio::test]
async fn what_is_falsified_is_neither_proof_nor_denial() {
    let meddlers: [(&str, Meddler); 9] = [
        ("changed", changes_the_record),
        ("stripped", strips_the_signature),
        ("delegation stripped", strips_the_delegation),
        ("delegation denied", denies_the_delegation_unsigned),
        ("own key", signs_with_a_key_of_its_own),
        ("another's records", leads_elsewhere),
        ("no proof of a no", says_no_without_proof),
        ("another no", says_no_with_a_proof_of_something_else),
        ("failure", says_that_the_server_failed),
    ];
    for (what, meddler) in meddlers {
        for host in ["mail.nsec.test", "mail.nsec3.test"] {
            let answer = published(meddler, &format!("{host}:995")).await;
            let cause = answer.gap().map(|gap| &gap.cause);
            assert_eq!(cause, Some(&Cause::DnsFailed), "{what}, {host}: {answer:?}");
        }
    }
    for host in ["mail.stale.test", "mail.rolled.test"] {
        let answer = published(nobody, &format!("{host}:995")).await;
        let cause = answer.gap().map(|gap| &gap.cause);
        assert_eq!(cause, Some(&Cause::DnsFailed), "{host}: {answer:?}");
    }
}
