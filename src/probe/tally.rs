//! Counts of a run under way, for a progress bar.

use std::sync::atomic::{AtomicU64, Ordering};

/// Counts that only grow, but for [`Tally::under_way`]. Endpoints, unless said otherwise.
#[derive(Debug, Default)]
pub struct Tally {
    planned: AtomicU64,
    done: AtomicU64,
    under_way: AtomicU64,
    reached: AtomicU64,
}

impl Tally {
    /// Endpoints that are to be visited.
    pub fn planned(&self) -> u64 {
        self.planned.load(Ordering::Relaxed)
    }

    /// Endpoints whose every address was visited.
    pub fn done(&self) -> u64 {
        self.done.load(Ordering::Relaxed)
    }

    /// Connections that are open or being opened now.
    pub fn under_way(&self) -> u64 {
        self.under_way.load(Ordering::Relaxed)
    }

    /// Addresses that said a word or showed a certificate.
    pub fn reached(&self) -> u64 {
        self.reached.load(Ordering::Relaxed)
    }

    pub(super) fn plan(&self, endpoints: usize) {
        self.planned.fetch_add(endpoints as u64, Ordering::Relaxed);
    }

    pub(super) fn finish(&self) {
        self.done.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn hand_over(&self, reached: bool) {
        self.reached
            .fetch_add(u64::from(reached), Ordering::Relaxed);
    }

    /// Counts a connection; it is under way until the guard is dropped.
    pub(super) fn connect(&self) -> UnderWay<'_> {
        self.under_way.fetch_add(1, Ordering::Relaxed);
        UnderWay(self)
    }
}

/// A connection under way.
pub(super) struct UnderWay<'a>(&'a Tally);

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        self.0.under_way.fetch_sub(1, Ordering::Relaxed);
    }
}
