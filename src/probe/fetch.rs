//! What issuers say, fetched from where their certificates say it is (threat model B11).

use std::net::{IpAddr, SocketAddr};

use jiff::Timestamp;
use tokio::time::timeout;

use super::addresses::may_dial;
use super::connect::dial;
use super::http::{Place, body_of};
use super::options::Options;
use super::pacing::Gates;
use super::resolve::Resolver;
use super::route::Route;
use crate::model::{Cause, DnsAnswer, Endpoint, Fact, Fetched, Gap, Phase, Raw};

/// Addresses of one host that are tried.
const ADDRESSES: usize = 2;

/// Fetches from addresses that may be dialled, and from port 80 or the `ports` allowed.
pub struct Fetcher<'a> {
    /// Which addresses, and where else to go.
    pub options: &'a Options,
    /// Names into addresses.
    pub resolver: &'a Resolver,
    /// How many at once, how far apart.
    pub gates: &'a Gates,
    /// Ports allowed beyond 80.
    pub ports: &'a [u16],
}

impl Fetcher<'_> {
    /// The body at `url`, or why there is none.
    pub async fn fetch(&self, url: String) -> Fetched {
        let at = Timestamp::now();
        let mut address = None;
        let answer = match self.body(&url, &mut address).await {
            Ok(body) => Fact::Seen(Raw(body)),
            Err(cause) => Fact::Unknown(Gap::new(Phase::Fetch, cause)),
        };
        Fetched {
            url,
            at,
            address,
            answer,
        }
    }

    async fn body(&self, url: &str, dialled: &mut Option<IpAddr>) -> Result<Vec<u8>, Cause> {
        let place = Place::of(url).ok_or_else(|| Cause::Malformed(Raw::from(url.as_bytes())))?;
        if place.port != 80 && !self.ports.contains(&place.port) {
            return Err(Cause::PortNotAllowed);
        }
        let endpoint = Endpoint::new(place.host.clone(), place.port);
        let route = Route::to(&endpoint, self.options);
        let mut addresses = self.addresses(&route).await?;
        let options = self.options;
        addresses.retain(|address| may_dial(*address, &options.allow_net, &options.deny_net));
        let mut outcome = Err(Cause::AddressNotAllowed);
        for address in addresses.into_iter().take(ADDRESSES) {
            let _pass = self.gates.enter(address).await;
            *dialled = Some(address);
            let work = self.exchange(SocketAddr::new(address, route.port), &place);
            let patience = options.limits.fetch;
            outcome = timeout(patience, work)
                .await
                .unwrap_or(Err(Cause::TimedOut));
            if outcome.is_ok() {
                break;
            }
        }
        outcome
    }

    async fn exchange(&self, at: SocketAddr, place: &Place) -> Result<Vec<u8>, Cause> {
        let (connection, _) = dial(at, self.options.connect_timeout).await?;
        body_of(connection, place, &self.options.limits).await
    }

    async fn addresses(&self, route: &Route) -> Result<Vec<IpAddr>, Cause> {
        let given = route.given(self.options);
        if !given.is_empty() {
            return Ok(given);
        }
        match self.resolver.look_up(&route.host).await.answer {
            DnsAnswer::Addresses { addresses, .. } => Ok(addresses),
            other => Err(other.cause()),
        }
    }
}
