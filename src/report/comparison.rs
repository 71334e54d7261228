//! Several policies over the same facts: who is compliant under which, and one matrix, rule by policy.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::{AccountCounts, PolicyCounts, RuleState};
use crate::rules::RULES;

use super::{Message, Source};

/// What one rule makes under one policy: a row of `report.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[allow(missing_docs)]
pub struct Comparison<'a> {
    pub policy: &'a str,
    pub rule: &'static str,
    pub state: RuleState,
    /// Findings, waived ones included; `None` where the rule was not asked, or fired nowhere and
    /// could not be decided or was not asked everywhere: that is no nought.
    pub violations: Option<usize>,
    /// Those of them that are open and break the policy.
    pub breaches: Option<usize>,
    /// Those of them that a waiver accepts for everyone.
    pub waived: Option<usize>,
    /// Accounts that the findings touch.
    pub accounts: Option<usize>,
    /// Subjects at which the rule looked and found nothing.
    pub compliant: usize,
    /// Subjects that it could not decide.
    pub undetermined: usize,
    /// Subjects of which the run did not ask what the rule needs.
    pub unasked: usize,
}

/// What one policy makes of the accounts.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[allow(missing_docs)]
pub struct PolicyVerdicts {
    pub policy: String,
    pub version: String,
    /// Whether it decides verdicts, counts, fixes and the exit status.
    pub decides: bool,
    pub accounts: AccountCounts,
    pub verified_percent: usize,
}

/// The matrix as the readable formats show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Matrix {
    /// The columns.
    pub policies: Vec<PolicyVerdicts>,
    /// The rules in the registry's order: those that fired, or fare differently from policy to
    /// policy.
    pub rows: Vec<MatrixRow>,
    /// Rules left out that could not be decided or were not asked everywhere, alike under each policy: no nought.
    pub undecided: Vec<Undecided>,
    /// Rules left out that found everything in order under each policy.
    pub met: usize,
    /// Rules left out that nothing in the fleet is the matter of, or that no policy asks.
    pub idle: usize,
}

/// One rule under every policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[allow(missing_docs)]
pub struct MatrixRow {
    pub rule: &'static str,
    pub cells: Vec<MatrixCell>,
}

/// A rule that fired nowhere and could not be decided, or was not asked, everywhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[allow(missing_docs)]
pub struct Undecided {
    pub rule: &'static str,
    pub said: Message,
}

/// One rule under one policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct MatrixCell {
    /// In one word.
    pub state: RuleState,
    /// Whether something open breaks the policy.
    pub breaks: bool,
    /// In words.
    pub said: Message,
}

/// What each policy makes of the accounts.
pub(super) fn verdicts(source: &Source<'_>) -> Vec<PolicyVerdicts> {
    source
        .policies()
        .enumerate()
        .map(|(index, (policy, counts))| PolicyVerdicts {
            policy: policy.name.clone(),
            version: policy.version.clone(),
            decides: index == 0,
            accounts: counts.accounts.clone(),
            verified_percent: counts.accounts.verified_percent(),
        })
        .collect()
}

/// Every rule under every policy, policy by policy.
pub(super) fn comparison<'s>(source: &'s Source<'_>) -> Vec<Comparison<'s>> {
    source
        .policies()
        .flat_map(|(policy, counts)| RULES.iter().map(|rule| row(&policy.name, rule.id, counts)))
        .collect()
}

fn row<'a>(policy: &'a str, rule: &'static str, counts: &PolicyCounts) -> Comparison<'a> {
    let asked = counts.of(rule);
    let state = asked.map_or(RuleState::NotAsked, |counts| counts.state());
    let counted = asked.filter(|_| {
        !matches!(
            state,
            RuleState::NotDetermined | RuleState::NotAskedInThisRun
        )
    });
    Comparison {
        policy,
        rule,
        state,
        violations: counted.map(|counts| counts.violations),
        breaches: counted.map(|counts| counts.breaches),
        waived: counted.map(|counts| counts.waived),
        accounts: counted.map(|counts| counts.accounts),
        compliant: asked.map_or(0, |counts| counts.compliant),
        undetermined: asked.map_or(0, |counts| counts.undetermined),
        unasked: asked.map_or(0, |counts| counts.unasked),
    }
}

/// The matrix, where there is more than one policy.
pub(super) fn matrix(source: &Source<'_>) -> Option<Matrix> {
    if source.policies.len() < 2 {
        return None;
    }
    let mut matrix = Matrix {
        policies: verdicts(source),
        rows: Vec::new(),
        undecided: Vec::new(),
        met: 0,
        idle: 0,
    };
    for rule in RULES {
        let cells: Vec<Comparison<'_>> = source
            .policies()
            .map(|(policy, counts)| row(&policy.name, rule.id, counts))
            .collect();
        let cells: Vec<MatrixCell> = cells.iter().map(MatrixCell::new).collect();
        let first = cells[0].clone();
        let alike = cells.iter().all(|cell| *cell == first);
        match first.state {
            RuleState::Met if alike => matrix.met += 1,
            RuleState::NotApplicable | RuleState::NotAsked if alike => matrix.idle += 1,
            RuleState::NotDetermined | RuleState::NotAskedInThisRun if alike => {
                matrix.undecided.push(Undecided {
                    rule: rule.id,
                    said: first.said,
                });
            }
            _ => matrix.rows.push(MatrixRow {
                rule: rule.id,
                cells,
            }),
        }
    }
    Some(matrix)
}

impl MatrixCell {
    fn new(row: &Comparison<'_>) -> Self {
        let said = Message::new(format!("compared-{}", row.state.word()));
        MatrixCell {
            state: row.state,
            breaks: row.breaches.is_some_and(|breaches| breaches > 0),
            said: match row.state {
                RuleState::Violated => said
                    .with("violations", row.violations.unwrap_or(0))
                    .with("accounts", row.accounts.unwrap_or(0))
                    .with("breaches", row.breaches.unwrap_or(0))
                    .with("waived", row.waived.unwrap_or(0))
                    .with("undetermined", row.undetermined)
                    .with("unasked", row.unasked),
                RuleState::NotDetermined => said
                    .with("undetermined", row.undetermined)
                    .with("unasked", row.unasked)
                    .with("compliant", row.compliant),
                RuleState::NotAskedInThisRun => said
                    .with("unasked", row.unasked)
                    .with("compliant", row.compliant),
                RuleState::NotAsked | RuleState::Met | RuleState::NotApplicable => said,
            },
        }
    }
}
