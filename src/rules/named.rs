//! Whether the fault that breaks a path has a rule of its own: one cause, one finding.

use crate::model::{ChainReport, Fault, Severity};
use crate::policy::Policy;

use super::bounds::{Bounds, bounds};
use super::flaw::{Flaw, flaw};

/// Whether another rule finds the fault in this chain, the policy asks it, and does not take it more
/// lightly than a path that breaks: `own` is the rule that tells of that.
pub(super) fn is_named(fault: Fault, chain: &ChainReport, policy: &Policy, own: &str) -> bool {
    finder(fault, chain, policy).is_some_and(|rule| weight(rule, policy) >= weight(own, policy))
}

/// The rule that finds the fault. Each looks at more than what breaks paths, so that the chain is
/// put to the same question here that the rule asks.
fn finder(fault: Fault, chain: &ChainReport, policy: &Policy) -> Option<&'static str> {
    let leaf = chain.leaf()?;
    let (finds, rule) = match fault {
        // An authority that may not certify servers is no matter of that rule.
        Fault::Purpose => {
            let usage = leaf.extensions.extended_key_usage.as_ref();
            let is_wrong = usage.is_some_and(|usage| !usage.allows_servers());
            (is_wrong, "cert-wrong-usage")
        }
        Fault::AuthorityAsServer => (leaf.is_ca, "cert-wrong-usage"),
        Fault::Name => {
            let is_left = matches!(bounds(chain), Bounds::Left { .. });
            (is_left, "cert-name-constraint")
        }
        Fault::Hash => {
            let mut signed = chain.below_root();
            let is_broken = signed.any(|one| one.broken_hash().is_some());
            (is_broken, "cert-weak-signature")
        }
        Fault::Key(signer) => {
            let mut signers = chain.below_root().filter(|one| one.id == signer);
            let is_weak = signers.any(|one| {
                let flaw = flaw(one, &policy.thresholds);
                flaw.is_some_and(|flaw| !matches!(flaw, Flaw::SmallExponent(_)))
            });
            (is_weak, "cert-weak-key")
        }
        Fault::Other => return None,
    };
    finds.then_some(rule)
}

/// How much a violation weighs by this policy; nothing where the rule is not asked. The forms that
/// are looked for here are high unless the policy says otherwise.
fn weight(rule: &str, policy: &Policy) -> Option<Severity> {
    let settled = policy.rules.get(rule).and_then(|setting| setting.severity);
    policy
        .asks(rule)
        .then_some(settled.unwrap_or(Severity::High))
}
