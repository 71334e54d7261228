//! How many connections at once, and how far apart: over all, to one IP address, and to a network
//! that has asked for patience.

use std::collections::{BTreeSet, HashMap};
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use ipnet::IpNet;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::Instant;

/// The gates that every connection passes. They count by the address really dialled, so that
/// many names on one address share its allowance (threat model G1).
pub struct Gates {
    slots: Arc<Semaphore>,
    per_address: usize,
    interval: Duration,
    addresses: Mutex<HashMap<IpAddr, Arc<Gate>>>,
    networks: Mutex<HashMap<IpNet, Patience>>,
}

struct Gate {
    connections: Arc<Semaphore>,
    last_start: tokio::sync::Mutex<Option<Instant>>,
}

/// What a network has asked for: a mail provider has many names and addresses there, and one
/// watcher over them all.
#[derive(Default)]
struct Patience {
    /// Until when each address is left alone.
    until: HashMap<IpAddr, Instant>,
    /// The addresses that were given up.
    given_up: BTreeSet<IpAddr>,
}

/// Who was given up, so that only what nothing can be said without is asked at an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GivenUp {
    /// The address itself.
    Itself,
    /// So many others of its network that it shares their fate.
    Neighbours,
}

/// Addresses of one network that must have asked for patience before the whole network gets it.
const OF_A_WHOLE_NETWORK: usize = 2;

/// Leave to hold one connection; dropped when it is closed.
pub struct Pass {
    _slot: OwnedSemaphorePermit,
    _connection: OwnedSemaphorePermit,
}

impl Gates {
    /// `slots` connections over all; `per_address` to one address, `interval` apart.
    pub fn new(slots: usize, per_address: usize, interval: Duration) -> Self {
        Gates {
            slots: Arc::new(Semaphore::new(slots.clamp(1, Semaphore::MAX_PERMITS))),
            per_address: per_address.clamp(1, Semaphore::MAX_PERMITS),
            interval,
            addresses: Mutex::default(),
            networks: Mutex::default(),
        }
    }

    /// Waits for its turn, first come, first served.
    ///
    /// Who waits for an address holds no slot, so hosts that are slow do not keep out the others:
    /// the slot comes last, and a holder of a slot never waits here for anything else.
    pub async fn enter(&self, address: IpAddr) -> Pass {
        let gate = self.gate(address);
        let connection = acquire(gate.connections.clone()).await;
        let mut last_start = gate.last_start.lock().await;
        let apart = last_start.map(|last| last + self.interval);
        if let Some(next) = apart.max(self.held_until(address)) {
            tokio::time::sleep_until(next).await;
        }
        let slot = acquire(self.slots.clone()).await;
        *last_start = Some(Instant::now());
        Pass {
            _slot: slot,
            _connection: connection,
        }
    }

    /// Leaves an address alone for `pause`, since it asked for that; and its whole network, once
    /// several addresses there did.
    pub fn hold(&self, address: IpAddr, pause: Duration) {
        let mut networks = self.networks();
        let patience = networks.entry(network(address)).or_default();
        let until = Instant::now() + pause;
        let held = patience
            .until
            .entry(address.to_canonical())
            .or_insert(until);
        *held = until.max(*held);
    }

    /// Notes that what was left to ask at an address is given up.
    pub fn give_up(&self, address: IpAddr) {
        let mut networks = self.networks();
        let patience = networks.entry(network(address)).or_default();
        patience.given_up.insert(address.to_canonical());
    }

    /// Whether an address was given up, or so many of its network that it is spared.
    pub fn given_up(&self, address: IpAddr) -> Option<GivenUp> {
        let networks = self.networks();
        let given_up = &networks.get(&network(address))?.given_up;
        match given_up.contains(&address.to_canonical()) {
            true => Some(GivenUp::Itself),
            false => (given_up.len() >= OF_A_WHOLE_NETWORK).then_some(GivenUp::Neighbours),
        }
    }

    fn held_until(&self, address: IpAddr) -> Option<Instant> {
        let networks = self.networks();
        let patience = networks.get(&network(address))?;
        match patience.until.len() >= OF_A_WHOLE_NETWORK {
            true => patience.until.values().copied().max(),
            false => patience.until.get(&address.to_canonical()).copied(),
        }
    }

    fn networks(&self) -> MutexGuard<'_, HashMap<IpNet, Patience>> {
        self.networks.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn gate(&self, address: IpAddr) -> Arc<Gate> {
        let mut addresses = self
            .addresses
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let gate = addresses.entry(address.to_canonical()).or_insert_with(|| {
            Arc::new(Gate {
                connections: Arc::new(Semaphore::new(self.per_address)),
                last_start: tokio::sync::Mutex::default(),
            })
        });
        gate.clone()
    }
}

/// The network whose addresses have one watcher: the smallest that is routed by itself. This
/// machine's own addresses have none in common.
fn network(address: IpAddr) -> IpNet {
    let address = address.to_canonical();
    let bits = match address {
        IpAddr::V4(_) if address.is_loopback() => 32,
        IpAddr::V4(_) => 24,
        IpAddr::V6(_) => 48,
    };
    IpNet::new(address, bits).map_or_else(|_| IpNet::from(address), |net| net.trunc())
}

async fn acquire(semaphore: Arc<Semaphore>) -> OwnedSemaphorePermit {
    semaphore
        .acquire_owned()
        .await
        .expect("the semaphores of the gates are never closed")
}

#[cfg(test)]
mod tests {
    use futures::FutureExt as _;
    use futures::future::join_all;

    use super::*;

    const ONE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 1));
    const TWO: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 2));

    #[tokio::test]
    async fn starts_on_one_address_are_apart() {
        let interval = Duration::from_millis(20);
        let gates = Gates::new(100, 2, interval);
        let starts = join_all((0..5).map(|_| async {
            drop(gates.enter(ONE).await);
            Instant::now()
        }))
        .await;
        // The first turn is only seen a moment behind its start; from then on all waits are whole.
        let waits = starts[4] - starts[1];
        assert!(waits >= interval * 2, "{waits:?}");
    }

    #[tokio::test]
    async fn no_more_than_allowed_are_held_on_one_address() {
        let gates = Gates::new(100, 2, Duration::ZERO);
        let (first, second) = (gates.enter(ONE).await, gates.enter(ONE).await);
        assert!(gates.enter(ONE).now_or_never().is_none());
        assert!(gates.enter(TWO).now_or_never().is_some());
        drop(first);
        drop(gates.enter(ONE).await);
        drop(second);
    }

    #[tokio::test]
    async fn who_waits_for_an_address_holds_no_slot() {
        let gates = Gates::new(2, 1, Duration::ZERO);
        let held = gates.enter(ONE).await;
        let mut waiting: Vec<_> = (0..10).map(|_| Box::pin(gates.enter(ONE))).collect();
        for turn in &mut waiting {
            assert!(turn.as_mut().now_or_never().is_none());
        }
        assert!(gates.enter(TWO).now_or_never().is_some());
        drop(held);
    }

    #[tokio::test]
    async fn an_address_that_asks_for_patience_gets_it_and_then_its_network() {
        let gates = Gates::new(4, 4, Duration::ZERO);
        let pause = Duration::from_millis(50);
        let begun = Instant::now();
        gates.hold(ONE, pause);
        assert_eq!(gates.held_until(TWO), None, "its neighbour is not held");
        gates.enter(ONE).await;
        assert!(begun.elapsed() >= pause);
        gates.hold(TWO, Duration::from_secs(60));
        let network = gates.held_until([192, 0, 2, 3].into());
        assert!(
            network > Some(begun + Duration::from_secs(60)),
            "the network is"
        );
    }

    #[test]
    fn what_is_given_up_is_shared_by_the_network_once_several_are() {
        let gates = Gates::new(1, 1, Duration::ZERO);
        let third = IpAddr::from([192, 0, 2, 3]);
        gates.give_up(ONE);
        assert_eq!(gates.given_up(ONE), Some(GivenUp::Itself));
        assert_eq!(gates.given_up(third), None);
        gates.give_up(TWO);
        assert_eq!(gates.given_up(ONE), Some(GivenUp::Itself));
        assert_eq!(gates.given_up(third), Some(GivenUp::Neighbours));
        assert_eq!(gates.given_up([192, 0, 3, 3].into()), None);
        for last in [1, 2] {
            gates.give_up([127, 0, 0, last].into());
        }
        let own = gates.given_up([127, 0, 0, 3].into());
        assert_eq!(own, None, "each is a machine of its own");
    }
}
