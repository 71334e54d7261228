//! The servers that accounts may name.

use std::fmt;

use toml::de::DeTable;

use super::group::is_at_or_below;
use super::sheet::Sheet;
use super::{Pattern, raw};
use crate::model::{Endpoint, Host};

/// The servers that accounts may name: any, where it is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Approved {
    /// Single servers, or such as are named alike.
    pub servers: Vec<Server>,
    /// Domains at or below which every server is approved.
    pub domains: Vec<String>,
}

/// A server as a policy names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Server {
    /// Every port of a host.
    Host(Host),
    /// One port of a host.
    Endpoint(Endpoint),
    /// Hosts or endpoints that are named alike.
    Pattern(Pattern),
}

impl Approved {
    /// Whether every server is approved.
    pub fn is_empty(&self) -> bool {
        self.servers.is_empty() && self.domains.is_empty()
    }

    /// Whether an account may name this server; `None` where that depends on a port that is not said.
    pub fn approves(&self, host: &Host, port: Option<u16>) -> Option<bool> {
        let at_domain = |name: &str| self.domains.iter().any(|one| is_at_or_below(name, one));
        let named = |port| self.servers.iter().any(|server| server.is(host, port));
        if self.is_empty() || host.name().is_some_and(at_domain) || named(port) {
            return Some(true);
        }
        let on_some_port = || self.servers.iter().any(|server| server.is_on(host));
        match port.is_none() && on_some_port() {
            true => None,
            false => Some(false),
        }
    }

    /// Every name, as it is written in a file.
    pub fn names(&self) -> Vec<String> {
        let servers = self.servers.iter().map(Server::to_string);
        let domains = self.domains.iter().map(|domain| format!("*.{domain}"));
        servers.chain(domains).collect()
    }
}

impl Server {
    fn read(text: &str) -> Option<Server> {
        if text.contains('*') {
            let pattern = Pattern::read(text).filter(|pattern| !pattern.is_of_emails());
            return pattern.map(Server::Pattern);
        }
        let host = text.parse().ok().map(Server::Host);
        host.or_else(|| text.parse().ok().map(Server::Endpoint))
    }

    fn is(&self, host: &Host, port: Option<u16>) -> bool {
        match self {
            Server::Host(one) => one == host,
            Server::Endpoint(one) => one.host == *host && Some(one.port) == port,
            Server::Pattern(pattern) => pattern.matches_host(host, port),
        }
    }

    /// Whether it is a port of this host.
    fn is_on(&self, host: &Host) -> bool {
        match self {
            Server::Host(_) => false,
            Server::Endpoint(one) => one.host == *host,
            Server::Pattern(pattern) => pattern.matches_host_of_its_port(host),
        }
    }
}

/// As it is written in a file.
impl fmt::Display for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Server::Host(host) => host.fmt(f),
            Server::Endpoint(endpoint) => endpoint.fmt(f),
            Server::Pattern(pattern) => pattern.fmt(f),
        }
    }
}

/// Lets a file change the approved servers; a list that it leaves out stays.
pub(super) fn read<'t>(sheet: &mut Sheet<'t>, table: &DeTable<'t>, approved: &mut Approved) {
    if let Some(cell) = table.get("approved_servers") {
        let cells = sheet.names(cell);
        let servers = cells.iter().filter_map(|cell| {
            let server = Server::read(sheet.words(cell)?);
            if server.is_none() {
                sheet.wrong(cell, "a host, HOST:PORT, or such a name with a *");
            }
            server
        });
        approved.servers = servers.collect();
    }
    if let Some(cell) = table.get("approved_domains") {
        let cells = sheet.names(cell);
        let domains = cells.iter().filter_map(|cell| raw::domain(sheet, cell));
        approved.domains = domains.collect();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_is_approved_by_name_port_pattern_or_domain() {
        let read = |text: &str| Server::read(text).expect("a server");
        let approved = Approved {
            servers: vec![
                read("mail.example.com"),
                read("old.example.com:995"),
                read("mx-*.example.org:465"),
                read("192.0.2.7"),
            ],
            domains: vec!["example.net".to_owned()],
        };
        for (host, port, told) in [
            ("mail.example.com", None, Some(true)),
            ("mail.example.com", Some(110), Some(true)),
            ("old.example.com", Some(995), Some(true)),
            ("old.example.com", Some(110), Some(false)),
            ("old.example.com", None, None),
            ("mx-1.example.org", Some(465), Some(true)),
            ("mx-1.example.org", Some(25), Some(false)),
            ("mx-1.example.org", None, None),
            ("a.b.example.net", None, Some(true)),
            ("notexample.net", Some(993), Some(false)),
            ("192.0.2.7", Some(993), Some(true)),
            ("192.0.2.8", None, Some(false)),
        ] {
            let host = host.parse().expect("a host");
            assert_eq!(approved.approves(&host, port), told, "{host} {port:?}");
        }
        assert_eq!(
            Approved::default().approves(&"a.b".parse().expect("a host"), None),
            Some(true)
        );
        for text in ["*@example.com", "a b", "*.com", "mail.example.com:0"] {
            assert_eq!(Server::read(text), None, "{text}");
        }
    }
}
