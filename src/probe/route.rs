//! Where an endpoint is really dialled.

use std::net::IpAddr;

use super::options::Options;
use crate::model::{Endpoint, Host};

/// The host and port to dial.
#[derive(Debug, PartialEq, Eq)]
pub struct Route {
    /// The host whose addresses are dialled.
    pub host: Host,
    /// The port.
    pub port: u16,
    /// Whether `--connect-to` chose them.
    pub diverted: bool,
}

impl Route {
    /// The route to `endpoint`: the first `--connect-to` that fits, as curl does it.
    pub fn to(endpoint: &Endpoint, options: &Options) -> Route {
        let diversion = options.connect_to.iter().find(|diversion| {
            let host = diversion.from_host.as_ref();
            host.is_none_or(|host| *host == endpoint.host)
                && diversion.from_port.is_none_or(|port| port == endpoint.port)
        });
        let to_host = diversion.and_then(|diversion| diversion.to_host.clone());
        let to_port = diversion.and_then(|diversion| diversion.to_port);
        Route {
            host: to_host.unwrap_or_else(|| endpoint.host.clone()),
            port: to_port.unwrap_or(endpoint.port),
            diverted: diversion.is_some(),
        }
    }

    /// The addresses that `--resolve` gives for this host and port.
    pub fn given(&self, options: &Options) -> Vec<IpAddr> {
        let given = options.resolve.iter();
        let mut given: Vec<IpAddr> = given
            .filter(|given| given.host == self.host && given.port == self.port)
            .map(|given| given.address)
            .collect();
        given.sort_unstable();
        given.dedup();
        given
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn route(endpoint: &str, connect_to: &[&str]) -> String {
        let options = Options {
            connect_to: connect_to
                .iter()
                .map(|text| text.parse().expect("a diversion"))
                .collect(),
            ..Options::default()
        };
        let route = Route::to(&endpoint.parse().expect("an endpoint"), &options);
        format!("{} {} {}", route.host, route.port, route.diverted)
    }

    #[test]
    fn the_first_diversion_that_fits_is_taken() {
        let all = ["a.test:995:b.test:1995", "a.test::c.test:", "::d.test:1"];
        assert_eq!(route("a.test:995", &all), "b.test 1995 true");
        assert_eq!(route("a.test:993", &all), "c.test 993 true");
        assert_eq!(route("x.test:110", &all), "d.test 1 true");
        assert_eq!(route("x.test:110", &all[..2]), "x.test 110 false");
    }

    #[test]
    fn given_addresses_hold_for_host_and_port() {
        let options = Options {
            resolve: [
                "a.test:995:192.0.2.2",
                "a.test:995:192.0.2.1",
                "a.test:993:192.0.2.3",
            ]
            .iter()
            .map(|text| text.parse().expect("an address given"))
            .collect(),
            ..Options::default()
        };
        let route = Route::to(&"a.test:995".parse().expect("an endpoint"), &options);
        let expected: [IpAddr; 2] = [[192, 0, 2, 1].into(), [192, 0, 2, 2].into()];
        assert_eq!(route.given(&options), expected);
    }
}
