//! Which clauses speak for a rule under a policy.
//!
//! A rule has clauses of its own; a policy has its document's. Where a value decides whether a rule
//! fires, a clause speaks for that value alone: under another one it would be cited for what it does
//! not say.

use std::collections::BTreeSet;

use super::{Policy, Setting};
use crate::model::{Citation, Standard, Verb};

/// Whether two policies differ in a value.
type Differ = fn(&Policy, &Policy) -> bool;

/// Rules that fire by a value of the policy, with what makes two policies differ in it.
const DECIDED_BY_VALUE: [(&str, Differ); 9] = [
    ("tls-version-outdated", |a, b| {
        a.thresholds.tls_minimum != b.thresholds.tls_minimum
    }),
    ("tls-version-obsolete", |a, b| {
        a.thresholds.tls_oldest != b.thresholds.tls_oldest
    }),
    ("cipher-outside-policy", |a, b| a.suites != b.suites),
    ("cipher-discouraged", |a, b| {
        a.suites.discourage != b.suites.discourage
    }),
    ("key-exchange-weak", |a, b| {
        let bits = |policy: &Policy| (policy.thresholds.dh_bits, policy.thresholds.ec_bits);
        bits(a) != bits(b)
    }),
    ("key-exchange-outside-policy", |a, b| {
        a.key_exchange != b.key_exchange
    }),
    ("cert-weak-key", |a, b| {
        let bits = |policy: &Policy| (policy.thresholds.rsa_bits, policy.thresholds.ec_bits);
        bits(a) != bits(b)
    }),
    ("cert-key-outside-policy", |a, b| {
        let advised = |policy: &Policy| policy.thresholds.rsa_advised_bits;
        a.certificate_keys != b.certificate_keys || advised(a) != advised(b)
    }),
    ("cert-validity-too-long", |a, b| {
        let days = |policy: &Policy| {
            (
                policy.thresholds.validity_days,
                policy.thresholds.validity_advised_days,
            )
        };
        days(a) != days(b)
    }),
];

/// The rules whose value is another in one policy than in the other.
fn differing(one: &Policy, other: &Policy) -> impl Iterator<Item = &'static str> {
    let differ = DECIDED_BY_VALUE
        .iter()
        .filter(move |(_, differ)| differ(one, other));
    differ.map(|(rule, _)| *rule)
}

impl Policy {
    /// Whether a rule's own clauses speak for what this policy asks, too: they are those of the
    /// default policy's values.
    pub fn keeps_papers_of(&self, rule: &str) -> bool {
        !self.without_papers.contains(rule)
    }

    /// Notes for which rules it asks other values than the default policy.
    pub(super) fn compare_with_default(&mut self, default: &Policy) {
        self.without_papers = differing(self, default).collect::<BTreeSet<_>>();
    }

    /// Where it has a value of its own in place of the one that it extends, and names no clause for it,
    /// the clauses of the other no longer speak for the rule: the policy itself does.
    pub(super) fn own_its_values(&mut self, base: &Policy) {
        let own: Vec<&'static str> = differing(self, base).collect();
        for rule in own {
            let of_base = base
                .rules
                .get(rule)
                .map_or(&[][..], |setting| &setting.clauses);
            let setting: &mut Setting = self.rules.entry(rule).or_default();
            if setting.clauses == of_base {
                setting.clauses = vec![Citation::new(Standard::OwnPolicy, "", Verb::States)];
            }
        }
    }
}
