//! What is visited: a distinct host and port.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::{Host, Protocol, Security};

/// A distinct host and port that accounts use; visited once, however many use it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Endpoint {
    /// The configured host, already normalised.
    pub host: Host,
    /// The port, never 0.
    pub port: u16,
}

impl Endpoint {
    /// The endpoint at `host` and `port`.
    pub fn new(host: Host, port: u16) -> Self {
        Endpoint { host, port }
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.host {
            Host::Ip(std::net::IpAddr::V6(address)) => write!(f, "[{address}]:{}", self.port),
            host => write!(f, "{host}:{}", self.port),
        }
    }
}

impl FromStr for Endpoint {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (host, port) = text
            .rsplit_once(':')
            .ok_or("write HOST:PORT, such as mail.example.com:995")?;
        let port = port
            .parse()
            .ok()
            .filter(|port| *port != 0)
            .ok_or("the port is a number from 1 to 65535")?;
        let host = host.parse::<Host>().map_err(|error| error.to_string())?;
        Ok(Endpoint { host, port })
    }
}

impl Serialize for Endpoint {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Endpoint {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(de::Error::custom)
    }
}

/// What the accounts of an endpoint expect of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Expected {
    /// The protocols that they speak.
    pub protocols: BTreeSet<Protocol>,
    /// How they secure the connection.
    pub securities: BTreeSet<Security>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_endpoint_reads_back_what_it_prints() {
        for text in ["mail.example.com:995", "192.0.2.1:110", "[2001:db8::1]:993"] {
            let endpoint: Endpoint = text.parse().expect("an endpoint");
            assert_eq!(endpoint.to_string(), text);
        }
        for text in [
            "mail.example.com",
            "mail.example.com:0",
            "mail.example.com:65536",
            ":25",
        ] {
            assert!(text.parse::<Endpoint>().is_err(), "{text}");
        }
    }
}
