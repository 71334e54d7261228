//! What current servers take and a policy may rule out. Which policy, and what becomes of whoever takes
//! it, is not known here.

use std::collections::BTreeSet;

use super::{NamedGroup, Suite};

/// What is asked about besides what is asked of every server. A good server has all of it and picks
/// something better, so that nobody would see it otherwise. A server that takes one of a set has
/// answered for the whole set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contested {
    /// Sets of modern suites, one for each list that leaves some out; those of TLS 1.2 and of TLS 1.3 are
    /// asked about apart.
    pub suites: BTreeSet<BTreeSet<Suite>>,
    /// Sets of groups of TLS 1.3, likewise.
    pub groups: BTreeSet<BTreeSet<NamedGroup>>,
}

impl Contested {
    /// Whether nothing is asked besides.
    pub fn is_empty(&self) -> bool {
        self.suites.is_empty() && self.groups.is_empty()
    }
}
