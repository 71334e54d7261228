//! What a run may do: how much at once, how long, and where to.

use std::collections::BTreeMap;
use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::str::FromStr;
use std::time::Duration;

use ipnet::IpNet;

use super::limits::{Limits, time};
use super::open_files::MOST_AT_ONCE;
use crate::model::{Depth, Host};

/// How a prober behaves. The default is the command line's.
#[derive(Clone, Debug)]
pub struct Options {
    /// Connections at once, over all hosts.
    pub concurrency: usize,
    /// Connections at once to one IP address.
    pub per_host: usize,
    /// Time between the starts of two connections to one IP address.
    pub interval: Duration,
    /// Time for a TCP connection to stand.
    pub connect_timeout: Duration,
    /// Time for one address in all, waiting for a slot not counted.
    pub address_timeout: Duration,
    /// How often a visit is repeated after a timeout of connect, a reset or "try later".
    pub retries: u32,
    /// The pauses before the first and each further repetition, +-50 %.
    pub retry_pauses: Vec<Duration>,
    /// Networks that may be dialled although they are loopback, link-local and the like.
    pub allow_net: Vec<IpNet>,
    /// Networks that may not be dialled; wins over all.
    pub deny_net: Vec<IpNet>,
    /// Dial elsewhere, and record it as the endpoint configured.
    pub connect_to: Vec<ConnectTo>,
    /// Addresses given by hand, never looked up.
    pub resolve: Vec<Resolve>,
    /// The DNS server to ask instead of the system's and its hosts file.
    pub resolver: Option<SocketAddr>,
    /// The bounds on what one server can cost.
    pub limits: Limits,
}

impl Default for Options {
    /// As many connections at once as are ever of use; [`open_files_cap`](super::open_files_cap)
    /// says for how many there is room.
    fn default() -> Self {
        Options {
            concurrency: MOST_AT_ONCE,
            per_host: 2,
            interval: Duration::from_millis(500),
            connect_timeout: Duration::from_secs(5),
            address_timeout: Limits::address_time(Depth::Standard),
            retries: 2,
            retry_pauses: vec![Duration::from_secs(5), Duration::from_secs(30)],
            allow_net: Vec::new(),
            deny_net: Vec::new(),
            connect_to: Vec::new(),
            resolve: Vec::new(),
            resolver: None,
            limits: Limits::default(),
        }
    }
}

impl Options {
    /// [`Limits::shown`], with the bounds that are options.
    pub fn shown(&self) -> BTreeMap<String, String> {
        let mut shown = self.limits.shown();
        shown.extend(
            [
                ("connect-time", time(self.connect_timeout)),
                ("address-time", time(self.address_timeout)),
                ("concurrency", self.concurrency.to_string()),
                ("per-host", self.per_host.to_string()),
                ("interval", time(self.interval)),
                ("retries", self.retries.to_string()),
            ]
            .map(|(name, bound)| (name.to_owned(), bound)),
        );
        shown
    }

    /// The options that decide where a run may go and where it really goes, by name; only those given.
    pub fn given(&self) -> BTreeMap<String, String> {
        let resolver = self.resolver.map(|resolver| resolver.to_string());
        let lists = [
            ("connect-to", joined(&self.connect_to)),
            ("resolve", joined(&self.resolve)),
            ("resolver", resolver.unwrap_or_default()),
            ("allow-net", joined(&self.allow_net)),
            ("deny-net", joined(&self.deny_net)),
        ];
        lists
            .into_iter()
            .filter(|(_, list)| !list.is_empty())
            .map(|(name, list)| (name.to_owned(), list))
            .collect()
    }
}

fn joined<T: fmt::Display>(list: &[T]) -> String {
    let words: Vec<String> = list.iter().map(T::to_string).collect();
    words.join(", ")
}

/// `HOST1:PORT1:HOST2:PORT2`: dial the second where the first is configured, as curl has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConnectTo {
    /// The configured host; any if `None`.
    pub from_host: Option<Host>,
    /// The configured port; any if `None`.
    pub from_port: Option<u16>,
    /// The host to dial; the configured one if `None`.
    pub to_host: Option<Host>,
    /// The port to dial; the configured one if `None`.
    pub to_port: Option<u16>,
}

/// `HOST:PORT:ADDRESS`: the address of a host, given by hand, as curl has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolve {
    /// The host.
    pub host: Host,
    /// The port for which it holds.
    pub port: u16,
    /// The address.
    pub address: IpAddr,
}

const CONNECT_TO: &str = "--connect-to takes HOST1:PORT1:HOST2:PORT2, with an IPv6 address in \
                          brackets; leave a part empty for any, such as ::192.0.2.1:995";
const RESOLVE: &str = "--resolve takes HOST:PORT:ADDRESS, such as mail.example.com:995:192.0.2.1";

impl FromStr for ConnectTo {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parts = parts(text).ok_or(CONNECT_TO)?;
        let [from_host, from_port, to_host, to_port] = parts[..] else {
            return Err(CONNECT_TO);
        };
        let host = |part: &str| match part {
            "" => Ok(None),
            part => part.parse().map(Some).map_err(|_| CONNECT_TO),
        };
        let port = |part: &str| match part {
            "" => Ok(None),
            part => port(part).map(Some).ok_or(CONNECT_TO),
        };
        Ok(ConnectTo {
            from_host: host(from_host)?,
            from_port: port(from_port)?,
            to_host: host(to_host)?,
            to_port: port(to_port)?,
        })
    }
}

impl FromStr for Resolve {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut halves = text.splitn(3, ':');
        let (host, number, address) = match (halves.next(), halves.next(), halves.next()) {
            (Some(host), Some(number), Some(address)) => (host, number, address),
            _ => return Err(RESOLVE),
        };
        let bare = address
            .strip_prefix('[')
            .and_then(|rest| rest.strip_suffix(']'));
        let address: IpAddr = bare.unwrap_or(address).parse().map_err(|_| RESOLVE)?;
        Ok(Resolve {
            host: host.parse().map_err(|_| RESOLVE)?,
            port: port(number).ok_or(RESOLVE)?,
            address: address.to_canonical(),
        })
    }
}

fn port(text: &str) -> Option<u16> {
    text.parse().ok().filter(|port| *port != 0)
}

impl fmt::Display for ConnectTo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let side = |host: &Option<Host>, port: Option<u16>| {
            let host = host.as_ref().map(bracketed).unwrap_or_default();
            let port = port.map(|port| port.to_string()).unwrap_or_default();
            format!("{host}:{port}")
        };
        let from = side(&self.from_host, self.from_port);
        write!(f, "{from}:{}", side(&self.to_host, self.to_port))
    }
}

impl fmt::Display for Resolve {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let address = bracketed(&Host::Ip(self.address));
        write!(f, "{}:{}:{address}", bracketed(&self.host), self.port)
    }
}

fn bracketed(host: &Host) -> String {
    match host {
        Host::Ip(IpAddr::V6(address)) => format!("[{address}]"),
        host => host.to_string(),
    }
}

/// Splits at colons outside of brackets; `None` if the brackets do not match.
fn parts(text: &str) -> Option<Vec<&str>> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut inside = false;
    for (at, c) in text.char_indices() {
        match c {
            '[' if !inside => inside = true,
            ']' if inside => inside = false,
            '[' | ']' => return None,
            ':' if !inside => {
                parts.push(&text[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    (!inside).then_some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn connect_to_reads_as_curl_has_it() {
        let read: ConnectTo = "Mail.example.com:995:[::1]:1995"
            .parse()
            .expect("all parts");
        assert_eq!(read.from_host, "mail.example.com".parse().ok());
        assert_eq!(read.to_string(), "mail.example.com:995:[::1]:1995");
        assert_eq!(read.from_port, Some(995));
        assert_eq!(read.to_host, "::1".parse().ok());
        assert_eq!(read.to_port, Some(1995));
        let any: ConnectTo = "::127.0.0.1:".parse().expect("empty parts");
        assert_eq!(
            (any.from_host, any.from_port, any.to_port),
            (None, None, None)
        );
        for wrong in [
            "",
            "a:1:b",
            "a:0:b:1",
            "a:1:b:1:c",
            "a:1:[::1:1",
            "a b:1:c:1",
        ] {
            assert!(wrong.parse::<ConnectTo>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn resolve_reads_as_curl_has_it() {
        let read: Resolve = "mail.example.com:995:192.0.2.1"
            .parse()
            .expect("three parts");
        assert_eq!(read.address, IpAddr::from([192, 0, 2, 1]));
        let six: Resolve = "mail.example.com:995:[2001:db8::1]"
            .parse()
            .expect("brackets");
        assert_eq!(
            six,
            "mail.example.com:995:2001:db8::1".parse().expect("none")
        );
        for wrong in ["", "a:1", "a:x:192.0.2.1", "a:1:b", ":1:192.0.2.1"] {
            assert!(wrong.parse::<Resolve>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_method_section_names_options_and_limits() {
        let shown = Options::default().shown();
        assert_eq!(shown["interval"], "500 ms");
        assert_eq!(shown["address-time"], "120 s");
        assert!(shown.contains_key("line"));
    }
}
