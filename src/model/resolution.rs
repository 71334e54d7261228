//! What became of a look-up.

use std::net::IpAddr;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Cause, Host};

/// What became of one host's name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Resolution {
    /// The name or address asked for.
    pub host: Host,
    /// When.
    pub at: Timestamp,
    /// The outcome.
    pub answer: DnsAnswer,
    /// Who said so; `None` in an older file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub told_by: Option<ToldBy>,
    /// For how many seconds the DNS lets others keep the addresses: the least of its records.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ttl: Option<u32>,
}

impl Resolution {
    /// An answer of which nothing else is known.
    pub fn new(host: Host, at: Timestamp, answer: DnsAnswer) -> Self {
        Resolution {
            host,
            at,
            answer,
            told_by: None,
            ttl: None,
        }
    }
}

/// Who told what became of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ToldBy {
    /// Nobody: the host is an address.
    Itself,
    /// This machine's hosts file.
    HostsFile,
    /// A DNS server, or its silence.
    Dns,
}

/// The outcomes of a look-up that must not be taken for one another (threat model H1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DnsAnswer {
    /// The addresses, sorted; at most 16, the rest counted.
    Addresses {
        /// The addresses that are visited.
        addresses: Vec<IpAddr>,
        /// How many more there were.
        beyond: usize,
        /// Those more, sorted; at most 256 of them.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        not_visited: Vec<IpAddr>,
    },
    /// NXDOMAIN; `twice` if a second question had the same answer and the parent domain resolves.
    NoSuchName {
        /// Asked and answered twice.
        twice: bool,
    },
    /// The name exists and has no address; `twice` as above.
    NoAddress {
        /// Asked and answered twice.
        twice: bool,
    },
    /// SERVFAIL.
    Failed,
    /// REFUSED.
    Refused,
    /// No answer in time.
    TimedOut,
}

impl DnsAnswer {
    /// Why there is no address to dial.
    pub fn cause(&self) -> Cause {
        match self {
            DnsAnswer::NoSuchName { .. } => Cause::NoSuchName,
            DnsAnswer::Addresses { .. } | DnsAnswer::NoAddress { .. } => Cause::NoAddress,
            DnsAnswer::Failed => Cause::DnsFailed,
            DnsAnswer::Refused => Cause::DnsRefused,
            DnsAnswer::TimedOut => Cause::DnsTimedOut,
        }
    }
}
