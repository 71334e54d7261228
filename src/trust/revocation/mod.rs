//! What a certificate's issuer says of it: stapled, by an OCSP responder, or in a list.
//!
//! High confidence only. An answer counts if the key that signed the certificate, or a responder
//! certified by it for this, signed the answer; if it is about this certificate; and if it holds at
//! the time of judgement. Looked at are the server's own certificate and those of the authorities
//! above it that no path to a trusted root can do without: where another that was sent can stand in
//! the place of one, whose word a client heeds cannot be told. No responder's certificate is asked
//! about in turn.

mod issuer;
mod list;
mod response;

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use crate::model::{Authority, Fact, Fetched, Open, RevocationSource, Said, Status};
use crate::wire::cert::Certificate;
use crate::wire::ocsp;

use super::Roots;
use issuer::Issuer;

/// Authorities above one certificate that are asked about; one to three are usual.
const AUTHORITIES: usize = 4;
/// Sources of one kind that are asked about one certificate.
const SOURCES: usize = 2;
/// Octets of an address above which it is not asked.
const URL: usize = 1_024;
/// How far clocks may differ, which is also what OpenSSL allows.
const SKEW: SignedDuration = SignedDuration::from_mins(5);
/// How long an answer holds that names no end.
const WITHOUT_END: SignedDuration = SignedDuration::from_hours(24);

/// What is said is taken from here.
#[derive(Clone, Copy)]
pub(super) struct Heard<'h> {
    /// What was fetched, by URL.
    pub fetched: &'h BTreeMap<String, Fetched>,
    /// The time of judgement.
    pub at: Timestamp,
}

/// What each source says of the first of `sent`: the staple, then those that it names itself, in
/// the order in which they are asked. Empty for a certificate that is its own issuer.
pub(super) fn of_leaf(
    sent: &[Option<Certificate<'_>>],
    roots: &Roots,
    staple: Option<(&[u8], Timestamp)>,
    heard: Heard<'_>,
) -> Vec<Said> {
    let Some(leaf) = sent.first().and_then(Option::as_ref) else {
        return Vec::new();
    };
    if leaf.subject() == leaf.issuer() {
        return Vec::new();
    }
    let issuer = Issuer::of(leaf, sent, roots);
    let stapled = staple.map(|(staple, seen)| Said {
        source: RevocationSource::Staple,
        url: None,
        status: heard.judge(
            RevocationSource::Staple,
            staple,
            seen,
            leaf,
            issuer.as_ref(),
        ),
    });
    let mut said = Vec::from_iter(stapled);
    said.extend(heard.of_sources(leaf, issuer.as_ref()));
    said
}

/// What each source says of the authorities at these places of `sent`: those that no path can do
/// without, upwards from the leaf.
pub(super) fn of_authorities(
    sent: &[Option<Certificate<'_>>],
    needed: &[usize],
    roots: &Roots,
    heard: Heard<'_>,
) -> Vec<Authority> {
    let authorities = needed.iter().filter_map(|index| sent.get(*index)?.as_ref());
    authorities
        .filter(|authority| authority.subject() != authority.issuer())
        .take(AUTHORITIES)
        .map(|authority| {
            let issuer = Issuer::of(authority, sent, roots);
            Authority {
                subject: authority.subject_text(),
                revocation: heard.of_sources(authority, issuer.as_ref()).collect(),
            }
        })
        .collect()
}

impl Heard<'_> {
    /// What those sources say that the certificate names itself.
    fn of_sources(
        self,
        certificate: &Certificate<'_>,
        issuer: Option<&Issuer<'_>>,
    ) -> impl Iterator<Item = Said> {
        sources(certificate, issuer).map(move |(source, url)| {
            let fetched = self.fetched.get(&url);
            let status = match fetched.map(|fetched| (&fetched.answer, fetched.at)) {
                Some((Fact::Seen(body), seen)) => {
                    self.judge(source, &body.0, seen, certificate, issuer)
                }
                Some((Fact::Unknown(_), _)) => Status::Open(Open::NoAnswer),
                _ if issuer.is_none() => Status::Open(Open::NoIssuer),
                _ => Status::Open(Open::NotAsked),
            };
            Said {
                source,
                url: Some(url),
                status,
            }
        })
    }

    /// What one answer, seen then, says of a certificate.
    fn judge(
        self,
        source: RevocationSource,
        bytes: &[u8],
        seen: Timestamp,
        certificate: &Certificate<'_>,
        issuer: Option<&Issuer<'_>>,
    ) -> Status {
        let Some(issuer) = issuer else {
            return Status::Open(Open::NoIssuer);
        };
        let dock = Dock {
            certificate,
            issuer,
            at: self.at,
            seen,
        };
        let status = match source {
            RevocationSource::Crl => list::status(bytes, &dock),
            RevocationSource::Staple | RevocationSource::Ocsp => response::status(bytes, &dock),
        };
        status.unwrap_or_else(Status::Open)
    }
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
    certificate: &Certificate<'_>,
    issuer: Option<&Issuer<'_>>,
) -> impl Iterator<Item = (RevocationSource, String)> {
    let fits = |url: &&str| {
        let scheme = url.get(..7).unwrap_or_default();
        scheme.eq_ignore_ascii_case("http://") && url.len() <= URL
    };
    let responders = certificate
        .responders()
        .into_iter()
        .filter(fits)
        .take(SOURCES);
    let serial = certificate.serial();
    let responders: Vec<String> = responders
        .map(|url| match issuer {
            Some(issuer) => ocsp::question(url, issuer.name, issuer.octets(), serial),
            None => url.to_owned(),
        })
        .collect();
    let lists: Vec<String> = certificate
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

/// What an answer is held against.
struct Dock<'d> {
    certificate: &'d Certificate<'d>,
    issuer: &'d Issuer<'d>,
    /// The time of judgement.
    at: Timestamp,
    /// When the answer was seen.
    seen: Timestamp,
}

/// That an answer of these dates holds at the time of judgement, which may be when the run began:
/// an answer made since then, but not later than it was seen, says as much of it.
///
/// # Errors
///
/// Why it does not hold.
fn holds(
    from: Timestamp,
    until: Option<Timestamp>,
    at: Timestamp,
    seen: Timestamp,
) -> Result<(), Open> {
    let until = match until {
        Some(until) => until.checked_add(SKEW),
        None => from.max(seen).checked_add(WITHOUT_END),
    };
    let begun = at.max(seen).checked_add(SKEW);
    if from > begun.unwrap_or(Timestamp::MAX) {
        return Err(Open::NotYet(from));
    }
    match at <= until.unwrap_or(Timestamp::MAX) {
        true => Ok(()),
        false => Err(Open::NotCurrent),
    }
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

    fn time(text: &str) -> Timestamp {
        text.parse().expect("a time")
    }

    #[test]
    fn an_answer_holds_from_its_beginning_to_its_end() {
        let (from, until) = (time("2026-06-15T12:00:00Z"), time("2026-06-20T12:00:00Z"));
        for (at, with_end, without) in [
            ("2026-06-15T11:54:59Z", false, false),
            ("2026-06-15T11:55:00Z", true, true),
            ("2026-06-16T12:00:00Z", true, true),
            ("2026-06-16T12:00:01Z", true, false),
            ("2026-06-20T12:05:00Z", true, false),
            ("2026-06-20T12:05:01Z", false, false),
        ] {
            let early = time("2026-06-15T00:00:00Z");
            let at = time(at);
            assert_eq!(
                holds(from, Some(until), at, early).is_ok(),
                with_end,
                "{at}"
            );
            assert_eq!(holds(from, None, at, early).is_ok(), without, "{at}");
        }
        let (first, last) = (Timestamp::MIN, Timestamp::MAX);
        assert_eq!(
            holds(last, Some(first), from, from),
            Err(Open::NotYet(last))
        );
        assert!(holds(first, Some(last), from, from).is_ok());
        assert!(holds(from, Some(last), last, last).is_ok());
        assert_eq!(
            holds(first, Some(from), until, until),
            Err(Open::NotCurrent)
        );
    }

    #[test]
    fn an_answer_made_while_the_run_went_on_holds() {
        let (from, until) = (time("2026-06-15T12:00:00Z"), time("2026-06-20T12:00:00Z"));
        let began = time("2026-06-15T11:00:00Z");
        let seen = time("2026-06-15T12:00:01Z");
        assert!(holds(from, Some(until), began, seen).is_ok());
        assert_eq!(
            holds(from, Some(until), began, began),
            Err(Open::NotYet(from))
        );
    }
}
