//! Names into addresses, with the outcomes of DNS told apart (threat model H1).

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use hickory_resolver::config::{NameServerConfig, ResolveHosts, ResolverConfig};
use hickory_resolver::net::runtime::TokioRuntimeProvider;
use hickory_resolver::net::{DnsError, NetError};
use hickory_resolver::proto::op::{Query, ResponseCode};
use hickory_resolver::proto::rr::{Name, RData, RecordType};
use hickory_resolver::{Hosts, TokioResolver};
use jiff::Timestamp;
use tokio::sync::{OnceCell, Semaphore};
use tokio::time::timeout;

use super::limits::Limits;
use crate::model::{DnsAnswer, Fact, Host, Resolution, ResolverTried, Skip, ToldBy};

/// The name of a resolver that asks nobody; the message `resolver-hosts-file-only` says it.
const HOSTS_FILE_ONLY: &str = "hosts-file-only";

/// How many of the addresses that are not visited are kept.
const NOT_VISITED_LISTED: usize = 256;

/// Looks each host up once, and remembers.
pub struct Resolver {
    dns: Option<TokioResolver>,
    hosts: Hosts,
    /// The server that was given; otherwise the system's are asked.
    given: Option<SocketAddr>,
    name: String,
    addresses: usize,
    patience: Duration,
    turns: Semaphore,
    known: Mutex<HashMap<Host, Arc<OnceCell<Resolution>>>>,
}

/// What one question to DNS came to.
enum Answered {
    /// The addresses, and the least time in seconds for which they may be kept.
    Addresses(Vec<IpAddr>, u32),
    NoSuchName,
    NoData,
    Broken(DnsAnswer),
}

impl Resolver {
    /// Asks `server`, or the system's servers and hosts file.
    pub fn new(server: Option<SocketAddr>, limits: &Limits) -> Result<Self, NetError> {
        let (builder, hosts) = match server {
            Some(server) => {
                let mut config = NameServerConfig::udp_and_tcp(server.ip());
                for connection in &mut config.connections {
                    connection.port = server.port();
                }
                let config = ResolverConfig::from_name_servers(vec![config]);
                let builder =
                    TokioResolver::builder_with_config(config, TokioRuntimeProvider::default());
                (Some(builder), Hosts::default())
            }
            // Without a readable configuration there is still the hosts file.
            None => (
                TokioResolver::builder_tokio().ok(),
                Hosts::from_system().unwrap_or_default(),
            ),
        };
        let dns = builder.map(|mut builder| {
            let options = builder.options_mut();
            options.timeout = limits.dns;
            options.attempts = 1;
            // Two questions for each name that is looked up, and room for the confirmations.
            options.max_active_requests = limits.lookups.saturating_mul(4);
            // A second question must reach the server.
            options.cache_size = 0;
            // The hosts file is read here: a name found in it has the families it has there.
            options.use_hosts_file = ResolveHosts::Never;
            builder.build()
        });
        let dns = dns.transpose()?;
        let name = match (server, &dns) {
            (Some(server), _) => server.to_string(),
            (None, Some(_)) => listed(&system_servers()),
            (None, None) => HOSTS_FILE_ONLY.to_owned(),
        };
        Ok(Resolver {
            dns,
            hosts,
            given: server,
            name,
            addresses: limits.addresses,
            // First question, second question and the parent's, on two servers each.
            patience: limits.dns * 6,
            turns: Semaphore::new(limits.lookups.clamp(1, Semaphore::MAX_PERMITS)),
            known: Mutex::default(),
        })
    }

    /// Who is asked, as the report says it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Who is asked, as things stand now: a system's servers can change while a run lasts.
    pub fn servers(&self) -> Vec<IpAddr> {
        match (self.given, &self.dns) {
            (Some(server), _) => vec![server.ip()],
            (None, Some(_)) => system_servers(),
            (None, None) => Vec::new(),
        }
    }

    /// Whether a DNS server is asked about `host`, and not the hosts file or nobody.
    pub fn asks_about(&self, host: &Host) -> bool {
        let name = host.name().and_then(fqdn);
        self.dns.is_some() && name.is_some_and(|name| self.in_hosts_file(&name).is_empty())
    }

    /// What the DNS servers say of names that cannot exist.
    pub async fn try_names(&self) -> ResolverTried {
        let at = Timestamp::now();
        let names = trial::names();
        let invented = match &self.dns {
            Some(dns) => trial::invented(dns, &names).await,
            None => Fact::NotAsked(Skip::NotApplicable),
        };
        ResolverTried {
            at,
            names,
            invented,
        }
    }

    /// What became of `host`, the same answer for the whole run.
    pub async fn look_up(&self, host: &Host) -> Resolution {
        let cell = {
            let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
            known.entry(host.clone()).or_default().clone()
        };
        cell.get_or_init(|| self.ask(host)).await.clone()
    }

    async fn ask(&self, host: &Host) -> Resolution {
        let turn = self.turns.acquire().await;
        let at = Timestamp::now();
        let (answer, told_by, ttl) = match host {
            Host::Ip(address) => (self.listed(vec![*address]), ToldBy::Itself, None),
            Host::Name(name) => self.ask_for(name).await,
        };
        drop(turn);
        Resolution {
            host: host.clone(),
            at,
            answer,
            told_by: Some(told_by),
            ttl,
        }
    }

    async fn ask_for(&self, name: &str) -> (DnsAnswer, ToldBy, Option<u32>) {
        let Some(fqdn) = fqdn(name) else {
            return (DnsAnswer::NoSuchName { twice: false }, ToldBy::Dns, None);
        };
        let here = self.in_hosts_file(&fqdn);
        if !here.is_empty() {
            return (self.listed(here), ToldBy::HostsFile, None);
        }
        let (answer, ttl) = match &self.dns {
            None => (DnsAnswer::Failed, None),
            Some(dns) => timeout(self.patience, self.ask_dns(dns, &fqdn))
                .await
                .unwrap_or((DnsAnswer::TimedOut, None)),
        };
        (answer, ToldBy::Dns, ttl)
    }

    async fn ask_dns(&self, dns: &TokioResolver, name: &Name) -> (DnsAnswer, Option<u32>) {
        let found = |addresses, ttl| (self.listed(addresses), Some(ttl));
        let answer = match both_families(dns, name).await {
            Answered::Addresses(addresses, ttl) => return found(addresses, ttl),
            Answered::Broken(why) => why,
            // A "no" accuses somebody, so it is asked for twice, of a resolver that knows the parent.
            first => match (first, both_families(dns, name).await) {
                (_, Answered::Addresses(addresses, ttl)) => return found(addresses, ttl),
                (Answered::NoSuchName, Answered::NoSuchName) => DnsAnswer::NoSuchName {
                    twice: exists(dns, &name.base_name()).await,
                },
                (Answered::NoData, Answered::NoData) => DnsAnswer::NoAddress { twice: true },
                (Answered::NoSuchName, _) => DnsAnswer::NoSuchName { twice: false },
                _ => DnsAnswer::NoAddress { twice: false },
            },
        };
        (answer, None)
    }

    fn in_hosts_file(&self, name: &Name) -> Vec<IpAddr> {
        [RecordType::A, RecordType::AAAA]
            .into_iter()
            .filter_map(|family| {
                self.hosts
                    .lookup_static_host(&Query::query(name.clone(), family))
            })
            .flat_map(|lookup| {
                let found = lookup
                    .answers()
                    .iter()
                    .filter_map(|record| record.data.ip_addr());
                found.collect::<Vec<_>>()
            })
            .collect()
    }

    fn listed(&self, mut addresses: Vec<IpAddr>) -> DnsAnswer {
        addresses.sort_unstable();
        addresses.dedup();
        let visited = self.addresses.min(addresses.len());
        let mut not_visited = addresses.split_off(visited);
        let beyond = not_visited.len();
        not_visited.truncate(NOT_VISITED_LISTED);
        DnsAnswer::Addresses {
            addresses,
            beyond,
            not_visited,
        }
    }
}

async fn both_families(dns: &TokioResolver, name: &Name) -> Answered {
    let (four, six) = tokio::join!(
        one_family(dns, name, RecordType::A),
        one_family(dns, name, RecordType::AAAA)
    );
    match (four, six) {
        (Answered::Addresses(mut four, ttl), Answered::Addresses(six, other)) => {
            four.extend(six);
            Answered::Addresses(four, ttl.min(other))
        }
        (found @ Answered::Addresses(..), _) | (_, found @ Answered::Addresses(..)) => found,
        (broken @ Answered::Broken(_), _) | (_, broken @ Answered::Broken(_)) => broken,
        (Answered::NoSuchName, Answered::NoSuchName) => Answered::NoSuchName,
        _ => Answered::NoData,
    }
}

async fn one_family(dns: &TokioResolver, name: &Name, family: RecordType) -> Answered {
    match dns.lookup(name.clone(), family).await {
        Ok(lookup) => {
            let found = lookup
                .answers()
                .iter()
                .filter_map(|record| match record.data {
                    RData::A(four) => Some(IpAddr::from(four.0)),
                    RData::AAAA(six) => Some(IpAddr::from(six.0)),
                    _ => None,
                });
            match found.collect::<Vec<_>>() {
                none if none.is_empty() => Answered::NoData,
                // An alias on the way to the addresses may be kept for a shorter time than they.
                addresses => {
                    let ttl = lookup.answers().iter().map(|record| record.ttl).min();
                    Answered::Addresses(addresses, ttl.unwrap_or(0))
                }
            }
        }
        Err(error) => negative(&error),
    }
}

fn negative(error: &NetError) -> Answered {
    let code = match error {
        NetError::Dns(DnsError::NoRecordsFound(none)) => none.response_code,
        NetError::Dns(DnsError::ResponseCode(code)) => *code,
        NetError::Timeout => return Answered::Broken(DnsAnswer::TimedOut),
        _ => return Answered::Broken(DnsAnswer::Failed),
    };
    match code {
        ResponseCode::NXDomain => Answered::NoSuchName,
        ResponseCode::NoError => Answered::NoData,
        ResponseCode::Refused => Answered::Broken(DnsAnswer::Refused),
        _ => Answered::Broken(DnsAnswer::Failed),
    }
}

/// Whether `name` is known to exist: any answer but NXDOMAIN or none at all.
async fn exists(dns: &TokioResolver, name: &Name) -> bool {
    match dns.lookup(name.clone(), RecordType::SOA).await {
        Ok(_) => true,
        Err(error) => matches!(negative(&error), Answered::NoData),
    }
}

/// With the dot at the end no search domain is tried.
fn fqdn(name: &str) -> Option<Name> {
    Name::from_ascii(format!("{name}.")).ok()
}

fn system_servers() -> Vec<IpAddr> {
    let servers = hickory_resolver::system_conf::read_system_conf()
        .map(|(config, _)| config)
        .unwrap_or_default();
    let servers = servers.name_servers().iter();
    servers.map(|server| server.ip).collect()
}

fn listed(servers: &[IpAddr]) -> String {
    let servers: Vec<String> = servers.iter().map(IpAddr::to_string).collect();
    servers.join(", ")
}

mod trial;

#[cfg(test)]
mod tests;
