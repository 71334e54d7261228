//! What is to be asked besides, for policies that rule out some of what current servers take.
//!
//! The usual questions look for what nobody should take. Whoever rules out more, TLS 1.2 or ChaCha20 say,
//! would get no answer about it from a server that picks something better, and a rule that got none changes
//! no verdict.

use std::collections::BTreeSet;

use crate::model::{Contested, NamedGroup, Suite, SuiteTraits, TlsVersion};
use crate::policy::{Policy, Stance};

/// The rules that look at what is asked besides.
const TOO_OLD: &str = "tls-version-obsolete";
const OUTSIDE: &str = "cipher-outside-policy";
const WEAK: &str = "key-exchange-weak";
const UNLISTED: &str = "key-exchange-outside-policy";

/// What these policies contest, each on all its days and for all its groups. Asked for is what can break
/// a measure; of what is merely worth a remark, a remark suffices that nobody asked.
pub fn contested<'p>(policies: impl IntoIterator<Item = &'p Policy>) -> Contested {
    let mut contested = Contested::default();
    for policy in policies.into_iter().flat_map(Policy::all) {
        contested.suites.extend([too_old(policy), outside(policy)]);
        contested.groups.extend([weak(policy), unlisted(policy)]);
    }
    contested.suites.remove(&BTreeSet::new());
    contested.groups.remove(&BTreeSet::new());
    contested
}

/// The rules for which a policy has something asked besides: what a run did not ask that was planned for
/// others, they cannot tell.
pub fn contesting(policy: &Policy) -> impl Iterator<Item = &'static str> {
    let by_suites = [(TOO_OLD, too_old(policy)), (OUTSIDE, outside(policy))];
    let by_groups = [(WEAK, weak(policy)), (UNLISTED, unlisted(policy))];
    let by_suites = by_suites.into_iter().filter(|(_, set)| !set.is_empty());
    let by_groups = by_groups.into_iter().filter(|(_, set)| !set.is_empty());
    (by_suites.map(|(rule, _)| rule)).chain(by_groups.map(|(rule, _)| rule))
}

/// Every modern suite of TLS 1.2, where TLS 1.2 is too old.
fn too_old(policy: &Policy) -> BTreeSet<Suite> {
    let is = policy.thresholds.tls_oldest > TlsVersion::TLS_1_2;
    let of_tls_1_2 = |suite: &Suite| {
        let traits = suite.traits();
        traits.is_some_and(|traits| traits.usable_at(TlsVersion::TLS_1_2))
    };
    when(is && can_breach(policy, TOO_OLD), || {
        modern_suites().filter(of_tls_1_2).collect()
    })
}

/// The modern suites that a policy does not list.
fn outside(policy: &Policy) -> BTreeSet<Suite> {
    when(can_breach(policy, OUTSIDE), || {
        let is_outside = |suite: &Suite| !policy.suites.allows(*suite);
        modern_suites().filter(is_outside).collect()
    })
}

/// The groups of TLS 1.3 that are too small for a policy.
fn weak(policy: &Policy) -> BTreeSet<NamedGroup> {
    let least = policy.thresholds;
    let is_weak = |group: &NamedGroup| {
        let least = match group.finite_field() {
            true => least.dh_bits,
            false => least.ec_bits,
        };
        group.rated_bits().is_some_and(|bits| bits < least)
    };
    when(can_breach(policy, WEAK), || {
        NamedGroup::OF_TLS_1_3.into_iter().filter(is_weak).collect()
    })
}

/// The groups of TLS 1.3 that a policy does not list.
fn unlisted(policy: &Policy) -> BTreeSet<NamedGroup> {
    let demand = &policy.key_exchange;
    let is_outside =
        |group: &NamedGroup| demand.stance(|listed| listed == group) == Stance::Outside;
    when(can_breach(policy, UNLISTED), || {
        NamedGroup::OF_TLS_1_3
            .into_iter()
            .filter(is_outside)
            .collect()
    })
}

fn when<T: Default>(holds: bool, all: impl FnOnce() -> T) -> T {
    if holds { all() } else { T::default() }
}

/// Whether a violation of a rule is asked about, and not set below what breaks the measure.
fn can_breach(policy: &Policy, rule: &str) -> bool {
    let severity = policy.severity_for(rule);
    policy.asks(rule) && severity.is_none_or(|severity| severity >= policy.breach_from)
}

fn modern_suites() -> impl Iterator<Item = Suite> {
    let modern = |suite: &Suite| suite.traits().is_some_and(SuiteTraits::modern);
    Suite::all().filter(move |suite| suite.in_use() && modern(suite))
}
