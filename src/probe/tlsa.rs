//! TLSA records, with their proof: this asks through a resolver of ours that validates DNSSEC from
//! the root of the DNS down, so that the word of a resolver on the way need not be believed.

use std::net::SocketAddr;
use std::sync::Arc;

use hickory_resolver::TokioResolver;
use hickory_resolver::config::{NameServerConfig, ResolveHosts, ResolverConfig};
use hickory_resolver::net::runtime::TokioRuntimeProvider;
use hickory_resolver::net::{DnsError, NetError};
use hickory_resolver::proto::dnssec::TrustAnchors;
use hickory_resolver::proto::op::ResponseCode;
use hickory_resolver::proto::rr::{Name, RData, RecordType};
use jiff::Timestamp;
use tokio::sync::Semaphore;
use tokio::time::timeout;

use super::limits::Limits;
use crate::model::{Cause, Endpoint, Fact, Gap, Phase, Raw, Skip, Tlsa, TlsaAnswer, TlsaRecord};

/// Records of one name that are kept.
const RECORDS: usize = 64;
/// Questions that one proof may take, from the root down, as multiples of the time for one.
const STEPS: u32 = 6;

/// Asks for TLSA records and verifies what comes.
pub struct Validator {
    dns: Option<TokioResolver>,
    turns: Semaphore,
    patience: std::time::Duration,
}

impl Validator {
    /// Asks `server`, or the system's servers. `anchors` are the keys of the DNS root, or those
    /// known to the library.
    pub fn new(
        server: Option<SocketAddr>,
        limits: &Limits,
        anchors: Option<Arc<TrustAnchors>>,
    ) -> Self {
        let builder = match server {
            Some(server) => {
                let mut config = NameServerConfig::udp_and_tcp(server.ip());
                for connection in &mut config.connections {
                    connection.port = server.port();
                }
                let config = ResolverConfig::from_name_servers(vec![config]);
                let provider = TokioRuntimeProvider::default();
                Some(TokioResolver::builder_with_config(config, provider))
            }
            None => TokioResolver::builder_tokio().ok(),
        };
        // Without a resolver every question fails, which is then the fact.
        let dns = builder.and_then(|mut builder| {
            let options = builder.options_mut();
            options.timeout = limits.dns;
            options.attempts = 1;
            options.validate = true;
            options.preserve_intermediates = true;
            options.use_hosts_file = ResolveHosts::Never;
            match anchors {
                Some(anchors) => builder.with_trust_anchor(anchors).build().ok(),
                None => builder.build().ok(),
            }
        });
        Validator {
            dns,
            turns: Semaphore::new(limits.lookups.clamp(1, Semaphore::MAX_PERMITS)),
            patience: limits.dns * STEPS,
        }
    }

    /// The records at `_port._tcp.host` (RFC 6698 §3). An address has no name to publish them at.
    pub async fn published(&self, endpoint: Endpoint) -> Tlsa {
        let turn = self.turns.acquire().await;
        let at = Timestamp::now();
        let answer = match endpoint.host.name() {
            None => Fact::NotAsked(Skip::NotApplicable),
            Some(host) => {
                let name = format!("_{}._tcp.{host}.", endpoint.port);
                let asked = timeout(self.patience, self.ask(&name)).await;
                match asked.unwrap_or(Err(Cause::DnsTimedOut)) {
                    Ok(answer) => Fact::Seen(answer),
                    Err(cause) => Fact::Unknown(Gap::new(Phase::Resolve, cause)),
                }
            }
        };
        drop(turn);
        Tlsa {
            endpoint,
            at,
            answer,
        }
    }

    async fn ask(&self, name: &str) -> Result<TlsaAnswer, Cause> {
        let (Some(dns), Ok(name)) = (&self.dns, Name::from_ascii(name)) else {
            return Err(Cause::DnsFailed);
        };
        let lookup = match dns.lookup(name, RecordType::TLSA).await {
            Ok(lookup) => lookup,
            Err(error) => return absent(&error),
        };
        let mut secure = true;
        let mut records = Vec::new();
        for record in lookup.answers() {
            // An alias on the way that nothing proves may lead anywhere.
            if record.record_type() != RecordType::RRSIG {
                secure &= record.proof.is_secure();
            }
            if let RData::TLSA(tlsa) = &record.data {
                records.push(TlsaRecord {
                    usage: tlsa.cert_usage.into(),
                    selector: tlsa.selector.into(),
                    matching: tlsa.matching.into(),
                    data: Raw(tlsa.cert_data.clone()),
                });
            }
        }
        records.sort_unstable();
        records.truncate(RECORDS);
        Ok(TlsaAnswer {
            secure: secure && !records.is_empty(),
            records,
        })
    }
}

/// No records, or why that is not known. A "no" that should be proven and is not is a failure.
fn absent(error: &NetError) -> Result<TlsaAnswer, Cause> {
    let NetError::Dns(error) = error else {
        return Err(match error {
            NetError::Timeout => Cause::DnsTimedOut,
            _ => Cause::DnsFailed,
        });
    };
    let code = match error {
        DnsError::Nsec { proof, .. } if proof.is_secure() || proof.is_insecure() => {
            return Ok(TlsaAnswer::default());
        }
        DnsError::NoRecordsFound(none) => none.response_code,
        DnsError::ResponseCode(code) => *code,
        _ => return Err(Cause::DnsFailed),
    };
    match code {
        ResponseCode::NXDomain | ResponseCode::NoError => Ok(TlsaAnswer::default()),
        ResponseCode::Refused => Err(Cause::DnsRefused),
        _ => Err(Cause::DnsFailed),
    }
}

#[cfg(test)]
mod tests;
