//! Whether a chain is one that the domain published (RFC 6698 §2.1, RFC 7671 §5).
//!
//! Only whether a record names a certificate of the chain is looked at here. That usages 0 and 1
//! also want a path to a trusted root, and all but 3 the right name and dates, is what the rules
//! about certificates say anyway.

use std::fmt::Write as _;

use aws_lc_rs::digest::{SHA256, SHA512, digest};

use crate::model::{Dane, Fact, TlsaAnswer, TlsaRecord};
use crate::wire::cert::Certificate;

use super::Roots;
use super::walk::{contents, wrap};

/// Octets of a record's data that are shown.
const SHOWN: usize = 8;

/// What the records say of the chain `sent`, leaf first.
pub(super) fn compare(
    answer: &Fact<TlsaAnswer>,
    sent: &[Option<Certificate<'_>>],
    roots: &Roots,
) -> Dane {
    let answer = match answer {
        Fact::Seen(answer) => answer,
        Fact::Unknown(gap) => return Dane::Unseen(gap.clone()),
        Fact::NotAsked(_) => return Dane::NotAsked,
    };
    let records: Vec<&TlsaRecord> = answer.records.iter().filter(|one| is_usable(one)).collect();
    let Some(leaf) = sent.first().and_then(Option::as_ref) else {
        return Dane::Unproven;
    };
    if records.is_empty() {
        return Dane::Absent;
    }
    if !answer.secure {
        return Dane::Unproven;
    }
    let above = above(leaf, sent);
    let fits = |record: &TlsaRecord| match record.usage {
        1 | 3 => names(record, leaf.der(), leaf.key()),
        _ => {
            let sent = above.iter().any(|one| names(record, one.der(), one.key()));
            let top = above.last().unwrap_or(&leaf);
            sent || match record.usage {
                0 => names_root(record, top, roots),
                _ => is_issuer(record, top),
            }
        }
    };
    if records.iter().any(|record| fits(record)) {
        return Dane::Matches;
    }
    // Of a root that was not sent only its key is at hand.
    let of_unseen = |record: &&TlsaRecord| record.usage == 0 && record.selector == 0;
    if records.iter().any(of_unseen) {
        return Dane::Unproven;
    }
    Dane::Differs {
        published: records.iter().map(|record| shown(record)).collect(),
        fitting: format!("3 1 1 {}", hex(digest(&SHA256, leaf.key()).as_ref())),
    }
}

/// Others are passed over, as if they were not there (RFC 6698 §4.1).
fn is_usable(record: &TlsaRecord) -> bool {
    let fits = match record.matching {
        0 => !record.data.0.is_empty(),
        1 => record.data.0.len() == 32,
        2 => record.data.0.len() == 64,
        _ => false,
    };
    record.usage <= 3 && record.selector <= 1 && fits
}

fn names(record: &TlsaRecord, der: &[u8], key: &[u8]) -> bool {
    let selected = if record.selector == 0 { der } else { key };
    match record.matching {
        0 => record.data.0 == selected,
        1 => record.data.0 == digest(&SHA256, selected).as_ref(),
        _ => record.data.0 == digest(&SHA512, selected).as_ref(),
    }
}

/// Whether the record names the key of the root that issued the topmost certificate.
fn names_root(record: &TlsaRecord, top: &Certificate<'_>, roots: &Roots) -> bool {
    let anchors = roots.of_subject(contents(top.issuer()));
    let mut keys = anchors.map(|anchor| wrap(&anchor.subject_public_key_info));
    record.selector == 1
        && keys.any(|key| names(record, &[], &key) && top.is_signed_with(&key) == Some(true))
}

/// Whether the record holds the whole certificate of the authority that issued the topmost one: only
/// then it need not be sent (RFC 7671 §5.2).
fn is_issuer(record: &TlsaRecord, top: &Certificate<'_>) -> bool {
    let whole = (record.selector, record.matching) == (0, 0);
    whole
        && Certificate::parse(&record.data.0).is_ok_and(|issuer| {
            issuer.subject() == top.issuer() && top.is_signed_with(issuer.key()) == Some(true)
        })
}

/// The certificates above the leaf, each proven by the signature of the one below it.
fn above<'c, 'a>(
    leaf: &'c Certificate<'a>,
    sent: &'c [Option<Certificate<'a>>],
) -> Vec<&'c Certificate<'a>> {
    let mut way = vec![leaf];
    for _ in sent {
        let Some(current) = way.last().copied() else {
            break;
        };
        let next = sent.iter().flatten().find(|one| {
            one.subject() == current.issuer()
                && !way.iter().any(|on| on.der() == one.der())
                && current.is_signed_with(one.key()) == Some(true)
        });
        match next {
            Some(next) => way.push(next),
            None => break,
        }
    }
    way.remove(0);
    way
}

fn shown(record: &TlsaRecord) -> String {
    let data = &record.data.0;
    let more = if data.len() > SHOWN { "…" } else { "" };
    format!(
        "{} {} {} {}{more}",
        record.usage,
        record.selector,
        record.matching,
        hex(&data[..data.len().min(SHOWN)])
    )
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
