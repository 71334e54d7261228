//! A judgement in counts: what is left of it where it is only compared with another.

use std::collections::HashMap;

use super::bench::Heard;
use crate::model::{Account, AccountCounts, Answered, Judgement, PolicyCounts, RuleCounts};
use crate::rules::{RULES, Rule};

/// What the rules answer besides violations, counted while a judgement is made.
pub(super) struct RollCall {
    /// By the rule's place in the registry: subjects in order, and undecided ones.
    answers: Vec<(usize, usize)>,
}

impl RollCall {
    /// A roll on which nobody was heard yet.
    pub fn new() -> Self {
        RollCall {
            answers: vec![(0, 0); RULES.len()],
        }
    }

    /// Counts what is said of one subject.
    pub fn hear(&mut self, heard: &Heard) {
        for place in &heard.compliant {
            self.answers[*place].0 += 1;
        }
        for (place, _) in &heard.undetermined {
            self.answers[*place].1 += 1;
        }
    }

    /// The counts of the rules that were asked.
    pub fn close(self, asked: impl Iterator<Item = (usize, &'static Rule)>) -> Vec<Answered> {
        asked
            .map(|(place, rule)| Answered {
                rule: rule.id,
                compliant: self.answers[place].0,
                undetermined: self.answers[place].1,
            })
            .collect()
    }
}

/// Counts a judgement. `accounts` are those that were judged.
pub fn counts(accounts: &[Account], judgement: &Judgement) -> PolicyCounts {
    let mut rules: Vec<RuleCounts> = judgement
        .answered
        .iter()
        .map(|answered| RuleCounts {
            rule: answered.rule,
            violations: 0,
            breaches: 0,
            accounts: 0,
            compliant: answered.compliant,
            undetermined: answered.undetermined,
        })
        .collect();
    let places: HashMap<&str, usize> = rules.iter().map(|r| r.rule).zip(0..).collect();
    let rule_of: Vec<Option<usize>> = judgement
        .findings
        .iter()
        .map(|finding| places.get(finding.rule).copied())
        .collect();
    for (finding, place) in judgement.findings.iter().zip(&rule_of) {
        if let Some(place) = *place {
            let open = finding.waiver.is_none() && finding.breach;
            rules[place].violations += 1;
            rules[place].breaches += usize::from(open);
        }
    }
    // The last account that each rule touched: several findings of one rule touch it once.
    let mut last = vec![usize::MAX; rules.len()];
    for (index, (account, judged)) in accounts.iter().zip(&judgement.accounts).enumerate() {
        let own = judged.findings.iter().copied();
        for finding in own.chain(judgement.perhaps(account)) {
            if let Some(place) = rule_of[finding as usize]
                && last[place] != index
            {
                last[place] = index;
                rules[place].accounts += 1;
            }
        }
    }
    PolicyCounts {
        accounts: AccountCounts::of(&judgement.accounts),
        groups: judgement.groups.clone(),
        rules,
    }
}
