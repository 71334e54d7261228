//! One question, one fact: seen, not seen and why, or not asked and why.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Raw;

/// The answer to one question. There is no default: what is absent is never "no".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "Fact_of_{T}")]
pub enum Fact<T> {
    /// The question was asked and answered.
    Seen(T),
    /// The question was asked, or would have been, and no answer was to be had.
    Unknown(Gap),
    /// The question was not asked.
    NotAsked(Skip),
}

impl<T> Fact<T> {
    /// The answer, if there is one.
    pub fn seen(&self) -> Option<&T> {
        match self {
            Fact::Seen(answer) => Some(answer),
            _ => None,
        }
    }

    /// Why there is no answer to a question that was asked.
    pub fn gap(&self) -> Option<&Gap> {
        match self {
            Fact::Unknown(gap) => Some(gap),
            _ => None,
        }
    }
}

/// A file of an older version lacks the field: the question was not asked then.
impl<T> Default for Fact<T> {
    fn default() -> Self {
        Fact::NotAsked(Skip::OlderVersion)
    }
}

/// Why a question was not asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Skip {
    /// The observations are older than the question.
    OlderVersion,
    /// The depth of the run does not ask it.
    Depth,
    /// It makes no sense here: STARTTLS inside TLS, for one.
    NotApplicable,
    /// It could alarm, and is asked of own domains only (threat model E6).
    NotOurs,
}

/// Where and why a question found no answer. Knows no severity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Gap {
    /// The step at which it happened.
    pub phase: Phase,
    /// What happened.
    pub cause: Cause,
}

impl Gap {
    /// `cause` during `phase`.
    pub fn new(phase: Phase, cause: Cause) -> Self {
        Gap { phase, cause }
    }
}

/// Before anything was said.
impl From<Cause> for Gap {
    fn from(cause: Cause) -> Self {
        Gap::new(Phase::Connect, cause)
    }
}

/// The steps of a visit, in order.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    /// The name was looked up.
    Resolve,
    /// A TCP connection was begun.
    Connect,
    /// The server's first words were awaited.
    Greeting,
    /// What the server offers was asked.
    Capabilities,
    /// A login was begun, to be cancelled.
    Login,
    /// The upgrade was asked for.
    Starttls,
    /// TLS was being agreed.
    Handshake,
    /// What the server offers was asked again, inside TLS.
    CapabilitiesInTls,
    /// An issuer's word about a certificate was fetched.
    Fetch,
}

impl Phase {
    /// The word of `report.json` and of the message keys.
    pub const fn word(self) -> &'static str {
        match self {
            Phase::Resolve => "resolve",
            Phase::Connect => "connect",
            Phase::Greeting => "greeting",
            Phase::Capabilities => "capabilities",
            Phase::Login => "login",
            Phase::Starttls => "starttls",
            Phase::Handshake => "handshake",
            Phase::CapabilitiesInTls => "capabilities-in-tls",
            Phase::Fetch => "fetch",
        }
    }
}

/// What stood in the way of an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Cause {
    /// The name does not exist, by an authoritative answer.
    NoSuchName,
    /// The name exists and has no address.
    NoAddress,
    /// The resolver failed (SERVFAIL).
    DnsFailed,
    /// The resolver refused.
    DnsRefused,
    /// The resolver did not answer in time.
    DnsTimedOut,
    /// The resolver gave an address that it gives for names that cannot exist as well.
    DnsInvented,
    /// The connection was refused.
    Refused,
    /// No route, host or network unreachable.
    Unreachable,
    /// A deadline passed.
    TimedOut,
    /// The other side closed the connection.
    Closed,
    /// The other side reset the connection.
    Reset,
    /// The server asked to come back later (421, `[SYS/TEMP]`, BYE).
    Throttled,
    /// Other addresses of its network asked to come back later, so this one was spared.
    NeighboursThrottled,
    /// The server ended the conversation with a refusal; its words.
    Turned(Raw),
    /// A TLS alert of this number (RFC 9846 §6).
    Alert(u8),
    /// TLS that this client cannot go on with, in the words of the TLS library.
    Incompatible(String),
    /// An answer that follows no grammar; its first bytes.
    Malformed(Raw),
    /// A limit was reached.
    LimitReached(Limit),
    /// The policy of addresses forbids to dial there (`--allow-net`, `--deny-net`).
    AddressNotAllowed,
    /// The policy of ports forbids to dial there (`--allow-port`).
    PortNotAllowed,
    /// No address of this family can be reached from this machine.
    NoRouteHere,
    /// This machine could not do it: out of descriptors, forbidden by a local filter.
    Local(String),
    /// The run ended before this was asked.
    NotVisited,
    /// A fault of our own.
    Internal(String),
}

impl Cause {
    /// The word of `report.json` and of the message keys.
    pub const fn word(&self) -> &'static str {
        match self {
            Cause::NoSuchName => "no-such-name",
            Cause::NoAddress => "no-address",
            Cause::DnsFailed => "dns-failed",
            Cause::DnsRefused => "dns-refused",
            Cause::DnsTimedOut => "dns-timed-out",
            Cause::DnsInvented => "dns-invented",
            Cause::Refused => "refused",
            Cause::Unreachable => "unreachable",
            Cause::TimedOut => "timed-out",
            Cause::Closed => "closed",
            Cause::Reset => "reset",
            Cause::Throttled => "throttled",
            Cause::NeighboursThrottled => "neighbours-throttled",
            Cause::Turned(_) => "turned",
            Cause::Alert(_) => "alert",
            Cause::Incompatible(_) => "incompatible",
            Cause::Malformed(_) => "malformed",
            Cause::LimitReached(_) => "limit-reached",
            Cause::AddressNotAllowed => "address-not-allowed",
            Cause::PortNotAllowed => "port-not-allowed",
            Cause::NoRouteHere => "no-route-here",
            Cause::Local(_) => "local",
            Cause::NotVisited => "not-visited",
            Cause::Internal(_) => "internal",
        }
    }
}

/// A bound of ours that was met. Reaching it is an observation, not a breach.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Limit {
    /// One line was longer than allowed.
    Line,
    /// One reply had more lines than allowed.
    ReplyLines,
    /// One reply had more bytes than allowed.
    ReplyBytes,
    /// One connection carried more clear text than allowed.
    ConnectionBytes,
    /// One handshake carried more bytes than allowed.
    HandshakeBytes,
    /// One connection took longer than allowed in all.
    ConnectionTime,
    /// One address took longer than allowed in all.
    AddressTime,
    /// One visit would have needed more connections to one address than allowed.
    Connections,
    /// The server sent more certificates than are kept.
    Certificates,
    /// The name has more addresses than are visited.
    Addresses,
    /// An issuer's answer was larger than allowed.
    FetchedBytes,
}

impl Limit {
    /// The word of `report.json` and of the message keys.
    pub const fn word(self) -> &'static str {
        match self {
            Limit::Line => "line",
            Limit::ReplyLines => "reply-lines",
            Limit::ReplyBytes => "reply-bytes",
            Limit::ConnectionBytes => "connection-bytes",
            Limit::HandshakeBytes => "handshake-bytes",
            Limit::ConnectionTime => "connection-time",
            Limit::AddressTime => "address-time",
            Limit::Connections => "connections",
            Limit::Certificates => "certificates",
            Limit::Addresses => "addresses",
            Limit::FetchedBytes => "fetched-bytes",
        }
    }
}
