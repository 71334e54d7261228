//! A judgement in counts: what is left of it where it is only compared with another.

use std::collections::HashMap;

use super::bench::Heard;
use crate::model::{Account, AccountCounts, Answered, Judgement, PolicyCounts, RuleCounts};
use crate::rules::{RULES, Rule};

/// What the rules answer besides violations, counted while a judgement is made.
pub(super) struct RollCall {
    /// By the rule's place in the registry.
    answers: Vec<Subjects>,
}

/// At how many subjects a rule gave each answer.
#[derive(Clone, Default)]
struct Subjects {
    compliant: usize,
    unasked: usize,
    undetermined: usize,
}

/// What a rule answered about one subject, from the best to the worst.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Said {
    Nothing,
    Compliant,
    Unasked,
    Undetermined,
    Violated,
}

impl RollCall {
    /// A roll on which nobody was heard yet.
    pub fn new() -> Self {
        RollCall {
            answers: vec![Subjects::default(); RULES.len()],
        }
    }

    /// Counts what is said of one subject. By however many measures it was judged, each rule counts
    /// it once, with its worst answer.
    pub fn hear<'h>(&mut self, by_measure: impl IntoIterator<Item = &'h Heard>) {
        let mut worst = vec![Said::Nothing; RULES.len()];
        for heard in by_measure {
            let violated = heard.violations.iter().map(|(place, ..)| *place);
            let undetermined = heard.undetermined.iter().map(|(place, _)| *place);
            let told = (violated.map(|place| (place, Said::Violated)))
                .chain(undetermined.map(|place| (place, Said::Undetermined)))
                .chain(heard.unasked.iter().map(|place| (*place, Said::Unasked)))
                .chain(
                    heard
                        .compliant
                        .iter()
                        .map(|place| (*place, Said::Compliant)),
                );
            for (place, said) in told {
                worst[place] = worst[place].max(said);
            }
        }
        for (subjects, said) in self.answers.iter_mut().zip(worst) {
            match said {
                Said::Compliant => subjects.compliant += 1,
                Said::Unasked => subjects.unasked += 1,
                Said::Undetermined => subjects.undetermined += 1,
                Said::Violated | Said::Nothing => {}
            }
        }
    }

    /// Counts each answer about the fleet, where the subjects are not told apart.
    pub fn hear_fleet(&mut self, heard: &Heard) {
        for place in &heard.compliant {
            self.answers[*place].compliant += 1;
        }
        for place in &heard.unasked {
            self.answers[*place].unasked += 1;
        }
        for (place, _) in &heard.undetermined {
            self.answers[*place].undetermined += 1;
        }
    }

    /// The counts of the rules that were asked.
    pub fn close(self, asked: impl Iterator<Item = (usize, &'static Rule)>) -> Vec<Answered> {
        asked
            .map(|(place, rule)| Answered {
                rule: rule.id,
                compliant: self.answers[place].compliant,
                undetermined: self.answers[place].undetermined,
                unasked: self.answers[place].unasked,
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
            waived: 0,
            accounts: 0,
            compliant: answered.compliant,
            undetermined: answered.undetermined,
            unasked: answered.unasked,
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
            rules[place].waived += usize::from(finding.waiver.is_some());
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
        needs_more_asked: judgement.needs_more_asked(),
    }
}
