//! What the rest of the fleet shows, as far as it explains one endpoint.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{CertificateFacts, ChainReport, Endpoint, Host, Path, ResolverTried};
use crate::policy::Policy;

use super::antivirus::is_antivirus;

/// Hosts that must show one unknown authority before it looks like somebody's own.
const HOSTS_OF_AN_AUTHORITY: usize = 2;

/// The hosts of the fleet, and the authorities that only they know.
#[derive(Debug, Default)]
pub struct Surroundings {
    hosts: BTreeSet<Host>,
    /// A host by the domain right above it, for wildcards.
    by_parent: BTreeMap<String, Host>,
    /// Authorities that look like our own, with the number of hosts that show them.
    own_authorities: BTreeMap<String, usize>,
    /// The ports on which each host answered; candidates for fixes included.
    answering: BTreeMap<Host, BTreeSet<u16>>,
    /// Whether the resolver gives addresses for names that cannot exist.
    names_are_invented: bool,
}

impl Surroundings {
    /// Of the fleet's hosts, with the chain that each address of them showed.
    pub fn of<'a>(
        shown: impl IntoIterator<Item = (&'a Host, &'a ChainReport)>,
        hosts: impl IntoIterator<Item = &'a Host>,
        policy: &Policy,
    ) -> Self {
        let mut surroundings = Surroundings::default();
        for host in hosts {
            if let Some((_, parent)) = host.name().and_then(|name| name.split_once('.')) {
                let first = surroundings.by_parent.entry(parent.to_owned());
                first.or_insert_with(|| host.clone());
            }
            surroundings.hosts.insert(host.clone());
        }
        let mut authorities: BTreeMap<&str, BTreeSet<&Host>> = BTreeMap::new();
        for (host, chain) in shown {
            if !matches!(chain.path, Path::Holds { .. })
                && let Some(authority) = chain.private_authority()
                && !is_antivirus(authority)
            {
                authorities.entry(authority).or_default().insert(host);
            }
        }
        surroundings.own_authorities = authorities
            .into_iter()
            .filter(|(_, hosts)| hosts.len() >= HOSTS_OF_AN_AUTHORITY && are_ours(hosts, policy))
            .map(|(authority, hosts)| (authority.to_owned(), hosts.len()))
            .collect();
        surroundings
    }

    /// The same, with the endpoints that answered.
    pub fn with_answering<'a>(mut self, endpoints: impl IntoIterator<Item = &'a Endpoint>) -> Self {
        for Endpoint { host, port } in endpoints {
            self.answering
                .entry(host.clone())
                .or_default()
                .insert(*port);
        }
        self
    }

    /// The ports on which a host answered.
    pub fn ports_answering(&self, host: &Host) -> impl Iterator<Item = u16> {
        self.answering.get(host).into_iter().flatten().copied()
    }

    /// The same, with what the resolver said of names that cannot exist.
    pub fn with_resolver(mut self, tried: Option<&ResolverTried>) -> Self {
        let invented = tried.and_then(|tried| tried.invented.seen());
        self.names_are_invented = invented.is_some_and(|invented| !invented.is_empty());
        self
    }

    /// Whether nothing can be made of what the resolver says about names that it does not know.
    pub fn names_are_invented(&self) -> bool {
        self.names_are_invented
    }

    /// A host of the fleet, other than `host`, whose name the certificate bears.
    pub fn host_borne_by(&self, leaf: &CertificateFacts, host: &Host) -> Option<&Host> {
        let other = |found: &&Host| *found != host;
        let names = leaf.dns_names.iter().map(|name| name.to_ascii_lowercase());
        let by_name = names.filter_map(|name| match name.strip_prefix("*.") {
            Some(parent) if parent.contains('.') => self.by_parent.get(parent),
            Some(_) => None,
            None => self.hosts.get(&Host::Name(name.into())),
        });
        let addresses = leaf.ip_addresses.iter();
        let by_address = addresses.filter_map(|address| self.hosts.get(&Host::Ip(*address)));
        by_name.chain(by_address).find(other)
    }

    /// How many hosts show this authority, if it is known to nobody else and looks like our own.
    pub fn hosts_of_own_authority(&self, authority: &str) -> Option<usize> {
        self.own_authorities.get(authority).copied()
    }
}

/// Whether these hosts are one owner's: in our own domains, or all in one registrable domain.
fn are_ours(hosts: &BTreeSet<&Host>, policy: &Policy) -> bool {
    let mut domains = hosts.iter().map(|host| host.registrable_domain());
    let first = domains.next().flatten();
    hosts.iter().all(|host| policy.owns(host))
        || first.is_some() && domains.all(|domain| domain == first)
}
