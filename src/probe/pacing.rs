//! How many connections at once, and how far apart: over all, and to one IP address.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::Instant;

/// The gates that every connection passes. They count by the address really dialled, so that
/// many names on one address share its allowance (threat model G1).
pub struct Gates {
    slots: Arc<Semaphore>,
    per_address: usize,
    interval: Duration,
    addresses: Mutex<HashMap<IpAddr, Arc<Gate>>>,
}

struct Gate {
    connections: Arc<Semaphore>,
    last_start: tokio::sync::Mutex<Option<Instant>>,
}

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
        if let Some(last) = *last_start {
            tokio::time::sleep_until(last + self.interval).await;
        }
        let slot = acquire(self.slots.clone()).await;
        *last_start = Some(Instant::now());
        Pass {
            _slot: slot,
            _connection: connection,
        }
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
}
