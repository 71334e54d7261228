//! Policies in counts.

use serde::Deserialize;

use crate::model::{GroupUse, PolicyCounts, RuleCounts, RuleState};
use crate::report::{PolicyRow, RuleId, Summary};

use super::bounds::is_countable;

/// A rule under one policy.
#[derive(Deserialize)]
pub(super) struct ComparisonPart {
    rule: RuleId,
    state: RuleState,
    violations: Option<usize>,
    breaches: Option<usize>,
    #[serde(default)]
    waived: Option<usize>,
    accounts: Option<usize>,
    compliant: usize,
    undetermined: usize,
    unasked: usize,
}

/// What each policy makes of the fleet. The rules stand policy by policy, as many for each.
pub(super) fn counts(
    policies: &[PolicyRow],
    summary: &Summary,
    comparison: &[ComparisonPart],
) -> Result<Vec<PolicyCounts>, &'static str> {
    let decides = policies.iter().map(|policy| policy.decides);
    if !decides.eq((0..policies.len()).map(|place| place == 0)) || policies.is_empty() {
        return Err("the first policy, and no other, has to be the one that decides");
    }
    if policies.len() != summary.policies.len() || !comparison.len().is_multiple_of(policies.len())
    {
        return Err("policies and their counts do not belong together");
    }
    if !comparison.iter().all(ComparisonPart::is_countable) {
        return Err("a rule has more findings or subjects than can be listed");
    }
    let rules = comparison.len() / policies.len();
    let each = policies.iter().zip(&summary.policies).enumerate();
    let counts = each.map(|(place, (policy, verdicts))| PolicyCounts {
        accounts: verdicts.accounts.clone(),
        groups: groups(policy),
        needs_more_asked: policy.needs_more_asked,
        rules: comparison[place * rules..][..rules]
            .iter()
            .filter_map(ComparisonPart::counts)
            .collect(),
    });
    Ok(counts.collect())
}

/// How many accounts each group of a policy judged.
pub(super) fn groups(policy: &PolicyRow) -> Vec<GroupUse> {
    let groups = policy.groups.iter().map(|group| GroupUse {
        name: group.name.clone(),
        accounts: group.accounts,
        elsewhere: group.elsewhere,
    });
    groups.collect()
}

impl ComparisonPart {
    /// Whether its numbers can be added to others.
    fn is_countable(&self) -> bool {
        let counted = [self.violations, self.breaches, self.waived, self.accounts];
        let subjects = [self.compliant, self.undetermined, self.unasked].map(Some);
        let mut numbers = counted.into_iter().chain(subjects).flatten();
        numbers.all(is_countable)
    }

    fn counts(&self) -> Option<RuleCounts> {
        (self.state != RuleState::NotAsked).then(|| RuleCounts {
            rule: self.rule.0,
            violations: self.violations.unwrap_or(0),
            breaches: self.breaches.unwrap_or(0),
            waived: self.waived.unwrap_or(0),
            accounts: self.accounts.unwrap_or(0),
            compliant: self.compliant,
            undetermined: self.undetermined,
            unasked: self.unasked,
        })
    }
}
