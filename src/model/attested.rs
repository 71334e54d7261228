//! What others attest of a server's certificate: its issuer, the domain, and the logs of certificate
//! transparency.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Gap;

/// What others attest of the certificate that one address shows, as of the time of judgement.
/// Knows no policy.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attested {
    /// What the issuer says of it, source by source; the staple first. Empty if the certificate
    /// names no source that can be asked and nothing was stapled.
    pub revocation: Vec<Said>,
    /// The authorities above it without which no path leads to a trusted root, from the leaf upwards.
    pub authorities: Vec<Authority>,
    /// Whether it is one that the domain published.
    pub dane: Dane,
    /// How many timestamps of logs came with it.
    pub scts: Scts,
}

/// An authority between the server's certificate and a root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authority {
    /// Its subject, as RFC 4514 text.
    pub subject: String,
    /// What its issuer says of it, source by source; a staple is about the server's certificate alone.
    pub revocation: Vec<Said>,
}

/// What one source says of a certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// What kind of source.
    pub source: RevocationSource,
    /// Where it was or would be asked; `None` for a staple.
    pub url: Option<String>,
    /// What it says.
    pub status: Status,
}

impl Said {
    /// Whether it says good or revoked.
    pub fn settles(&self) -> bool {
        !matches!(self.status, Status::Open(_))
    }
}

/// Where word of a revocation comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RevocationSource {
    /// An OCSP response that the server sent along.
    Staple,
    /// An OCSP responder.
    Ocsp,
    /// A certificate revocation list.
    Crl,
}

impl RevocationSource {
    /// The word of evidence and of message keys.
    pub const fn word(self) -> &'static str {
        match self {
            RevocationSource::Staple => "staple",
            RevocationSource::Ocsp => "ocsp",
            RevocationSource::Crl => "crl",
        }
    }
}

/// The standing of a certificate. Good and revoked only by an answer that is signed by who may
/// sign it, is about this certificate, and is current.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Not revoked.
    Good,
    /// Revoked.
    Revoked {
        /// Since when.
        since: Timestamp,
        /// Why, as RFC 5280 §5.3.1 calls it; `unspecified` where the issuer does not say.
        reason: &'static str,
    },
    /// This source settles nothing.
    Open(Open),
}

/// Why a source settles nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Open {
    /// The run did not ask it.
    NotAsked,
    /// It was asked and gave no answer.
    NoAnswer,
    /// It answered that it will not or cannot say.
    Declined,
    /// It does not know the certificate.
    NotKnown,
    /// The answer does not parse.
    Unreadable,
    /// Nobody who may speak for the issuer signed the answer.
    NotAuthentic,
    /// The certificate of the issuer was not sent and is no root, so no signature can be verified.
    NoIssuer,
    /// The answer is about other certificates.
    OtherCertificate,
    /// The answer no longer holds at the time of judgement, or says what will be.
    NotCurrent,
    /// The answer, though signed by who may sign it, was made only then: after it was seen, by the
    /// clock of whoever saw it.
    NotYet(Timestamp),
    /// A list of changes, a list of several issuers, or one with conditions that are not known here.
    Unsupported,
}

impl Open {
    /// The word of evidence, by which messages choose their words.
    pub const fn word(self) -> &'static str {
        match self {
            Open::NotAsked => "not-asked",
            Open::NoAnswer => "no-answer",
            Open::Declined => "declined",
            Open::NotKnown => "not-known",
            Open::Unreadable => "unreadable",
            Open::NotAuthentic => "not-authentic",
            Open::NoIssuer => "no-issuer",
            Open::OtherCertificate => "other-certificate",
            Open::NotCurrent => "not-current",
            Open::NotYet(_) => "not-yet",
            Open::Unsupported => "unsupported",
        }
    }
}

/// Signed certificate timestamps of the server's certificate, by the ways on which they can come (RFC
/// 6962 §3.3). Counted; no log's signature is verified.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Scts {
    /// Inside the certificate.
    pub embedded: SctList,
    /// Inside the stapled OCSP response.
    pub stapled: SctList,
    /// In the TLS extension of a handshake that showed this certificate.
    pub handshake: SctList,
}

/// What came on one way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SctList {
    /// That which could hold them was not seen.
    #[default]
    Unseen,
    /// So many.
    Count(usize),
    /// Something that is no list of timestamps.
    Unreadable,
}

impl From<Option<usize>> for SctList {
    fn from(count: Option<usize>) -> Self {
        count.map_or(SctList::Unreadable, SctList::Count)
    }
}

/// What the TLSA records of an endpoint say of a chain (RFC 6698 §2.1, RFC 7671 §5).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Dane {
    /// Nobody asked for them.
    #[default]
    NotAsked,
    /// They were asked for, and no answer was to be had.
    Unseen(Gap),
    /// There is none, or none that RFC 6698 defines.
    Absent,
    /// They cannot be verified here: no DNSSEC proves them, or what they name was not sent.
    Unproven,
    /// One of them matches.
    Matches,
    /// They are proven, and none matches.
    Differs {
        /// Each as `USAGE SELECTOR MATCHING DATA`, the data shortened.
        published: Vec<String>,
        /// The record that would match, `3 1 1 …`.
        fitting: String,
    },
}
