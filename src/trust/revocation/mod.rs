//! What a certificate's issuer says of it: stapled, by an OCSP responder, or in a list.
//!
//! High confidence only. An answer counts if the key that signed the certificate, or a responder
//! certified by it for this, signed the answer; if it is about this certificate; and if it holds at
//! the time of judgement. Only the server's own certificate is looked at, not the authorities'
//! above it, and no responder's certificate is asked about in turn.

mod issuer;
mod list;
mod response;

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use crate::model::{Fact, Fetched, Open, RevocationSource, Said, Status};
use crate::wire::cert::Certificate;
use crate::wire::ocsp;

use super::Roots;
use issuer::Issuer;

/// Sources of one kind that are asked about one certificate.
const SOURCES: usize = 2;
/// Octets of an address above which it is not asked.
const URL: usize = 1_024;
/// How far clocks may differ, which is also what OpenSSL allows.
const SKEW: SignedDuration = SignedDuration::from_mins(5);
/// How long an answer holds that names no end.
const WITHOUT_END: SignedDuration = SignedDuration::from_hours(24);

/// What each source says of the first of `sent`: the staple, then those that it names itself, in
/// the order in which they are asked. Empty for a certificate that is its own issuer.
pub(super) fn said(
    sent: &[Option<Certificate<'_>>],
    roots: &Roots,
    staple: Option<&[u8]>,
    fetched: &BTreeMap<String, Fetched>,
    at: Timestamp,
) -> Vec<Said> {
    let Some(leaf) = sent.first().and_then(Option::as_ref) else {
        return Vec::new();
    };
    if leaf.subject() == leaf.issuer() {
        return Vec::new();
    }
    let issuer = Issuer::of(leaf, sent, roots);
    let judged = |source, bytes: &[u8]| match (&issuer, source) {
        (None, _) => Status::Open(Open::NoIssuer),
        (Some(issuer), RevocationSource::Crl) => list::status(bytes, leaf, issuer, at),
        (Some(issuer), _) => response::status(bytes, leaf, issuer, at),
    };
    let mut said = Vec::new();
    if let Some(staple) = staple {
        said.push(Said {
            source: RevocationSource::Staple,
            url: None,
            status: judged(RevocationSource::Staple, staple),
        });
    }
    for (source, url) in sources(leaf, issuer.as_ref()) {
        let status = match fetched.get(&url).map(|fetched| &fetched.answer) {
            Some(Fact::Seen(body)) => judged(source, &body.0),
            Some(Fact::Unknown(_)) => Status::Open(Open::NoAnswer),
            Some(Fact::NotAsked(_)) | None if issuer.is_none() => Status::Open(Open::NoIssuer),
            Some(Fact::NotAsked(_)) | None => Status::Open(Open::NotAsked),
        };
        said.push(Said {
            source,
            url: Some(url),
            status,
        });
    }
    said
}

/// Which to ask next where nothing is settled: the first that was not asked yet.
pub(super) fn next(said: &[Said]) -> Option<&str> {
    let open = |said: &Said| matches!(said.status, Status::Open(_));
    let waits = |said: &&Said| said.status == Status::Open(Open::NotAsked);
    match said.iter().all(open) {
        true => said.iter().find(waits)?.url.as_deref(),
        false => None,
    }
}

/// The sources that a certificate names: responders with the question in the URL, then lists. Over
/// http alone: answers carry their own proof, and what asks for a certificate to be asked about
/// would have no end.
fn sources(
    leaf: &Certificate<'_>,
    issuer: Option<&Issuer<'_>>,
) -> impl Iterator<Item = (RevocationSource, String)> {
    let fits = |url: &&str| {
        let scheme = url.get(..7).unwrap_or_default();
        scheme.eq_ignore_ascii_case("http://") && url.len() <= URL
    };
    let responders = leaf.responders().into_iter().filter(fits).take(SOURCES);
    let serial = leaf.serial();
    let responders: Vec<String> = responders
        .map(|url| match issuer {
            Some(issuer) => ocsp::question(url, issuer.name, issuer.octets(), serial),
            None => url.to_owned(),
        })
        .collect();
    let lists: Vec<String> = leaf
        .lists()
        .into_iter()
        .filter(fits)
        .take(SOURCES)
        .map(str::to_owned)
        .collect();
    let responders = responders
        .into_iter()
        .map(|url| (RevocationSource::Ocsp, url));
    responders.chain(lists.into_iter().map(|url| (RevocationSource::Crl, url)))
}

/// Whether an answer of these dates holds at the time of judgement.
fn is_current(from: Timestamp, until: Option<Timestamp>, at: Timestamp) -> bool {
    let until = match until {
        Some(until) => until.saturating_add(SKEW),
        None => from.saturating_add(WITHOUT_END),
    };
    let begun = at.saturating_add(SKEW).is_ok_and(|late| from <= late);
    begun && until.is_ok_and(|until| at <= until)
}

/// Revoked since then, for the reason of that number (RFC 5280 §5.3.1).
fn revoked(since: Timestamp, reason: Option<u8>) -> Status {
    Status::Revoked {
        since,
        reason: match reason {
            Some(1) => "keyCompromise",
            Some(2) => "cACompromise",
            Some(3) => "affiliationChanged",
            Some(4) => "superseded",
            Some(5) => "cessationOfOperation",
            Some(6) => "certificateHold",
            Some(9) => "privilegeWithdrawn",
            Some(10) => "aACompromise",
            _ => "unspecified",
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_holds_from_its_beginning_to_its_end() {
        let time = |text: &str| text.parse::<Timestamp>().expect("a time");
        let (from, until) = (time("2026-06-15T12:00:00Z"), time("2026-06-20T12:00:00Z"));
        for (at, with_end, without) in [
            ("2026-06-15T11:54:59Z", false, false),
            ("2026-06-15T11:55:00Z", true, true),
            ("2026-06-16T12:00:00Z", true, true),
            ("2026-06-16T12:00:01Z", true, false),
            ("2026-06-20T12:05:00Z", true, false),
            ("2026-06-20T12:05:01Z", false, false),
        ] {
            assert_eq!(is_current(from, Some(until), time(at)), with_end, "{at}");
            assert_eq!(is_current(from, None, time(at)), without, "{at}");
        }
        assert!(!is_current(Timestamp::MAX, Some(Timestamp::MIN), from));
        assert!(is_current(Timestamp::MIN, Some(Timestamp::MAX), from));
        assert!(is_current(from, Some(Timestamp::MAX), Timestamp::MAX));
    }
}
