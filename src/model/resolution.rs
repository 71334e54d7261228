//! What became of a look-up.

use std::net::IpAddr;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Cause, Host};

/// What became of one host's name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resolution {
    /// The name or address asked for.
    pub host: Host,
    /// When.
    pub at: Timestamp,
    /// The outcome.
    pub answer: DnsAnswer,
}

/// The outcomes of a look-up that must not be taken for one another (threat model H1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
