//! Who would fail if another measure held: two judgements of the same facts, side by side.

use std::sync::Arc;

use super::{AccountCounts, AccountVerdict, Endpoint, Evidence, Severity, VerdictWord};

/// What changes for a fleet from one measure to another; nothing of what stays as it is.
#[derive(Clone, Debug, Default)]
pub struct Contrast {
    /// Accounts by verdict now.
    pub now: AccountCounts,
    /// Accounts by verdict then.
    pub then: AccountCounts,
    /// Accounts that would fail, or could no longer be verified, in the order of the input.
    pub accounts: Vec<AccountContrast>,
    /// Sets of rules by which accounts change: many accounts share one.
    pub causes: Vec<Vec<&'static str>>,
    /// Endpoints that would break the measure, or could no longer be verified, by name.
    pub endpoints: Vec<EndpointContrast>,
    /// The rules behind it, worst first, then in the registry's order.
    pub rules: Vec<RuleContrast>,
    /// Accounts that break the measure now and would not then.
    pub relieved: usize,
}

/// An account that stands worse then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountContrast {
    /// Its place among the accounts.
    pub account: u32,
    /// Its verdict now.
    pub now: AccountVerdict,
    /// Its verdict then: `non-compliant` or `not-verified`.
    pub then: AccountVerdict,
    /// By which rules, as a place in [`Contrast::causes`].
    pub cause: u32,
}

/// An endpoint that stands worse then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndpointContrast {
    /// The endpoint.
    pub endpoint: Endpoint,
    /// How many accounts use it, or may mean it.
    pub accounts: usize,
    /// Whether it would break the measure; otherwise it could no longer be verified.
    pub fails: bool,
    /// By which rules, in the registry's order.
    pub rules: Vec<&'static str>,
}

/// What one rule would do.
#[derive(Clone, Debug)]
pub struct RuleContrast {
    /// The rule.
    pub rule: &'static str,
    /// The worst severity that it would have; of what is only undetermined, the worst that it could.
    pub severity: Severity,
    /// Accounts that would fail by it.
    pub failing: usize,
    /// Accounts that could no longer be verified because of it.
    pub unverified: usize,
    /// Endpoints that would break the measure by it.
    pub endpoints: usize,
    /// What was seen, alike things once, where most accounts are in front.
    pub sights: Vec<SightContrast>,
    /// How many sights there are beyond those.
    pub sights_beyond: usize,
}

/// What was seen at one place.
#[derive(Clone, Debug)]
pub struct SightContrast {
    /// Where: an endpoint, or the host of an account without a port.
    pub place: String,
    /// What.
    pub evidence: Arc<Evidence>,
    /// How many accounts would fail by it.
    pub accounts: usize,
}

impl Contrast {
    /// Accounts that would fail.
    pub fn failing(&self) -> usize {
        self.becoming(VerdictWord::NonCompliant)
    }

    /// Accounts that could no longer be verified.
    pub fn unverified(&self) -> usize {
        self.becoming(VerdictWord::NotVerified)
    }

    fn becoming(&self, verdict: VerdictWord) -> usize {
        let then = self.accounts.iter().map(|account| account.then.word());
        then.filter(|word| *word == verdict).count()
    }
}
