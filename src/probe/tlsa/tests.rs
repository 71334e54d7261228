//! A signed zone on loopback, and what stands or falls with its signatures.

use std::net::Ipv4Addr;
use std::time::Duration;

use hickory_resolver::proto::dnssec::DnssecSigner;
use hickory_resolver::proto::dnssec::rdata::{DNSSECRData, RRSIG};
use hickory_resolver::proto::op::{Message, ResponseCode};
use hickory_resolver::proto::rr::{DNSClass, Record, RecordSet};
use tokio::net::UdpSocket;

use super::*;

mod delegated;
mod tree;

use tree::{record, signer, tlsa};

/// How a zone answers a question for TLSA records.
#[derive(Clone, Copy, PartialEq)]
enum Manner {
    Signed,
    /// The data was changed behind the signature.
    Forged,
    /// Without signatures, although its parent says that it has some.
    Stripped,
    Refused,
}

/// A root zone that holds the records itself, so that its one key proves them.
struct Zone {
    at: SocketAddr,
    anchors: Arc<TrustAnchors>,
}

/// The records of a set and their signature, which begins with 2020.
fn signed(signer: &DnssecSigner, name: &Name, data: &[RData]) -> Vec<Record> {
    let mut records: Vec<Record> = data.iter().map(|data| record(name, data.clone())).collect();
    let mut set = RecordSet::new(name.clone(), records[0].record_type(), 0);
    for record in &records {
        set.insert(record.clone(), 0);
    }
    let inception = rcgen::date_time_ymd(2020, 1, 1);
    let signature = RRSIG::from_rrset(&set, DNSClass::IN, inception, signer).expect("signed");
    let signature = RData::DNSSEC(DNSSECRData::RRSIG(signature));
    records.push(record(name, signature));
    records
}

async fn serve(manner: Manner) -> Zone {
    let signer = signer(&Name::root(), 20 * 365);
    let mut anchors = TrustAnchors::empty();
    anchors.insert(signer.dnskey().public_key());
    let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0))
        .await
        .expect("a port");
    let at = socket.local_addr().expect("its address");
    tokio::spawn(async move {
        let mut buffer = [0; 4096];
        while let Ok((length, from)) = socket.recv_from(&mut buffer).await {
            let question = Message::from_vec(&buffer[..length]).expect("a question");
            let reply = answer(question, manner, &signer);
            let _ = socket.send_to(&reply, from).await;
        }
    });
    Zone {
        at,
        anchors: Arc::new(anchors),
    }
}

fn answer(question: Message, manner: Manner, signer: &DnssecSigner) -> Vec<u8> {
    let query = question.queries[0].clone();
    let mut reply = question.into_response();
    let name = query.name().clone();
    let mut records = match query.query_type() {
        RecordType::DNSKEY if name.is_root() => {
            let key = RData::DNSSEC(DNSSECRData::DNSKEY(signer.to_dnskey()));
            signed(signer, &name, &[key])
        }
        RecordType::TLSA if manner == Manner::Refused => {
            reply.metadata.response_code = ResponseCode::Refused;
            vec![]
        }
        RecordType::TLSA if name.to_ascii().starts_with("_995.") => {
            signed(signer, &name, &[tlsa(7)])
        }
        _ => vec![],
    };
    if query.query_type() == RecordType::TLSA {
        match manner {
            Manner::Signed | Manner::Refused => {}
            Manner::Stripped => records.truncate(1),
            Manner::Forged => {
                if let Some(RData::TLSA(data)) = records.first_mut().map(|one| &mut one.data) {
                    data.cert_data[0] ^= 1;
                }
            }
        }
    }
    reply.add_answers(records);
    reply.to_vec().expect("an answer")
}

async fn published(manner: Manner, endpoint: &str) -> Fact<TlsaAnswer> {
    let zone = serve(manner).await;
    let limits = Limits {
        dns: Duration::from_secs(2),
        ..Limits::default()
    };
    let validator = Validator::new(Some(zone.at), &limits, Some(zone.anchors));
    let endpoint = endpoint.parse().expect("an endpoint");
    validator.published(endpoint).await.answer
}

#[tokio::test]
async fn records_that_signatures_prove_are_secure() {
    let answer = published(Manner::Signed, "mail.signed.test:995").await;
    let expected = TlsaRecord {
        usage: 3,
        selector: 1,
        matching: 1,
        data: Raw(vec![7; 32]),
    };
    let expected = TlsaAnswer {
        secure: true,
        records: vec![expected],
    };
    assert_eq!(answer, Fact::Seen(expected));
}

#[tokio::test]
async fn records_that_were_changed_or_stripped_are_never_secure() {
    for manner in [Manner::Forged, Manner::Stripped] {
        let answer = published(manner, "mail.signed.test:995").await;
        let secure = answer.seen().is_some_and(|answer| answer.secure);
        assert!(!secure, "{answer:?}");
        assert_eq!(
            answer.gap().map(|gap| &gap.cause),
            Some(&Cause::DnsFailed),
            "{answer:?}"
        );
    }
}

#[tokio::test]
async fn a_no_that_nothing_proves_and_a_refusal_are_failures() {
    let unproven = published(Manner::Signed, "mail.signed.test:993").await;
    assert_eq!(
        unproven.gap().map(|gap| &gap.cause),
        Some(&Cause::DnsFailed)
    );
    let refused = published(Manner::Refused, "mail.signed.test:995").await;
    assert!(refused.gap().is_some(), "{refused:?}");
}

#[tokio::test]
async fn an_address_has_no_name_to_publish_at() {
    let answer = published(Manner::Signed, "192.0.2.1:995").await;
    assert_eq!(answer, Fact::NotAsked(Skip::NotApplicable));
}
