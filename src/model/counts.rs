//! What one measure makes of a whole fleet, in counts: small, whatever the size of the fleet.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{AccountJudgement, GroupUse, VerdictWord};

/// Accounts by verdict.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
pub struct AccountCounts {
    /// All.
    pub total: usize,
    /// Meet the policy.
    pub compliant: usize,
    /// Break it.
    pub non_compliant: usize,
    /// Could not be seen.
    pub not_verified: usize,
    /// Break it, accepted.
    pub waived: usize,
}

impl AccountCounts {
    /// Counts verdicts.
    pub fn of(accounts: &[AccountJudgement]) -> Self {
        let mut counts = AccountCounts::default();
        for judged in accounts {
            counts.count(judged.verdict.word());
        }
        counts
    }

    /// Counts one account more.
    pub const fn count(&mut self, verdict: VerdictWord) {
        self.total += 1;
        *match verdict {
            VerdictWord::Compliant => &mut self.compliant,
            VerdictWord::NonCompliant => &mut self.non_compliant,
            VerdictWord::NotVerified => &mut self.not_verified,
            VerdictWord::Waived => &mut self.waived,
        } += 1;
    }

    /// Counts those that others counted.
    pub const fn add(&mut self, others: &AccountCounts) {
        self.total += others.total;
        self.compliant += others.compliant;
        self.non_compliant += others.non_compliant;
        self.not_verified += others.not_verified;
        self.waived += others.waived;
    }

    /// How many accounts have a verdict.
    pub const fn with(&self, verdict: VerdictWord) -> usize {
        match verdict {
            VerdictWord::Compliant => self.compliant,
            VerdictWord::NonCompliant => self.non_compliant,
            VerdictWord::NotVerified => self.not_verified,
            VerdictWord::Waived => self.waived,
        }
    }

    /// Whole percents that could be verified, rounded down; 100 without accounts.
    pub const fn verified_percent(&self) -> usize {
        match self.total {
            0 => 100,
            total => (total - self.not_verified) * 100 / total,
        }
    }
}

/// What one rule answered over a whole fleet, its violations apart: those are findings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// The rule's id.
    pub rule: &'static str,
    /// Subjects (endpoints, accounts, the fleet) at which it looked and found nothing.
    pub compliant: usize,
    /// Subjects that it could not decide.
    pub undetermined: usize,
    /// Subjects of which the run did not ask what it needs.
    pub unasked: usize,
}

/// What one policy makes of a fleet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PolicyCounts {
    /// Accounts by verdict.
    pub accounts: AccountCounts,
    /// How many accounts each of its groups judged.
    pub groups: Vec<GroupUse>,
    /// The rules that it asks, in the registry's order.
    pub rules: Vec<RuleCounts>,
    /// Whether it needs what the run, planned for other policies, did not ask somewhere.
    pub needs_more_asked: bool,
}

/// What one rule makes of a fleet under one policy that asks it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleCounts {
    /// The rule's id.
    pub rule: &'static str,
    /// Findings, waived ones included.
    pub violations: usize,
    /// Those of them that are open and break the measure by which they were judged.
    pub breaches: usize,
    /// Those of them that a waiver accepts for everyone.
    pub waived: usize,
    /// How many accounts the findings touch.
    pub accounts: usize,
    /// Subjects at which it looked and found nothing.
    pub compliant: usize,
    /// Subjects that it could not decide.
    pub undetermined: usize,
    /// Subjects of which the run did not ask what it needs.
    pub unasked: usize,
}

/// The answer of a rule over a whole fleet, in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RuleState {
    /// The policy does not ask it.
    NotAsked,
    /// It fired.
    Violated,
    /// It did not fire, and could not be decided everywhere: that is not green.
    NotDetermined,
    /// It did not fire, and the run did not ask everywhere what it needs, at its depth or in its
    /// version: that is not green either.
    NotAskedInThisRun,
    /// It looked everywhere that it applies and found nothing.
    Met,
    /// Nothing in the fleet is its matter.
    NotApplicable,
}

impl RuleState {
    /// The word of `report.json` and of the message keys.
    pub const fn word(self) -> &'static str {
        match self {
            RuleState::NotAsked => "not-asked",
            RuleState::Violated => "violated",
            RuleState::NotDetermined => "not-determined",
            RuleState::NotAskedInThisRun => "not-asked-in-this-run",
            RuleState::Met => "met",
            RuleState::NotApplicable => "not-applicable",
        }
    }
}

impl RuleCounts {
    /// In one word; the first that holds, from the worst on.
    pub const fn state(&self) -> RuleState {
        match self {
            RuleCounts {
                violations: 1.., ..
            } => RuleState::Violated,
            RuleCounts {
                undetermined: 1.., ..
            } => RuleState::NotDetermined,
            RuleCounts { unasked: 1.., .. } => RuleState::NotAskedInThisRun,
            RuleCounts { compliant: 1.., .. } => RuleState::Met,
            _ => RuleState::NotApplicable,
        }
    }
}

impl PolicyCounts {
    /// What it says of a rule; `None` where the policy does not ask it.
    pub fn of(&self, rule: &str) -> Option<&RuleCounts> {
        self.rules.iter().find(|counts| counts.rule == rule)
    }
}
