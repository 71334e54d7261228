//! From where it was looked, as far as a machine can tell of itself without any privilege.

use std::net::IpAddr;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Fact;

/// This machine's place in its networks at one moment. Seen at the start and at the end of a run, so
/// that a network that changed in between shows (threat model H11).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Vantage {
    /// When.
    pub at: Timestamp,
    /// The addresses from which connections to far IPv4 and IPv6 addresses leave; one for each
    /// family that has a way out.
    pub addresses: Vec<IpAddr>,
    /// The DNS servers that are asked; empty where none is known.
    pub resolvers: Vec<IpAddr>,
    /// The SHA-256, in hexadecimal, over the default routes: family, gateway and interface. Unknown
    /// where the system does not show its routes.
    pub gateway: Fact<String>,
}

impl Vantage {
    /// Whether nothing that both have seen differs.
    pub fn agrees_with(&self, other: &Vantage) -> bool {
        let gateways = self.gateway.seen().zip(other.gateway.seen());
        self.addresses == other.addresses
            && self.resolvers == other.resolvers
            && gateways.is_none_or(|(one, other)| one == other)
    }
}

/// What the resolver said of names that cannot exist (threat model H2).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ResolverTried {
    /// When.
    pub at: Timestamp,
    /// The names, made up at random for this run.
    pub names: Vec<String>,
    /// The addresses that it gave for them, sorted; none where it is honest. Unknown if it answered
    /// about none of them.
    pub invented: Fact<Vec<IpAddr>>,
}
