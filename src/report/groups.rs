//! Findings by rule, worst first.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::Serialize;

use crate::model::{AccountId, Finding, Severity, Subject};
use crate::words::Words;

use super::changes::{Change, changes, number_people};
use super::recipes::{self, Recipes};
use super::references::{Clauses, by_document, references};
use super::sights::{Sight, sights};
use super::{Message, Source};

/// The findings of one rule.
#[derive(Debug, Serialize)]
pub struct Group<'a> {
    /// The rule.
    pub rule: &'static str,
    /// The worst severity among them.
    #[serde(serialize_with = "word_of")]
    pub severity: Severity,
    /// How many there are.
    pub findings: usize,
    /// How many of them a waiver accepts.
    pub waived: usize,
    /// How many subjects are endpoints.
    pub endpoints: usize,
    /// How many accounts they touch.
    pub accounts: usize,
    /// How many people.
    pub people: usize,
    /// The clauses.
    pub references: Vec<Clauses>,
    /// What the administrator writes, for each server software that was recognised.
    pub recipes: Vec<Recipes>,
    /// What was seen, alike things once.
    pub sights: Vec<Sight<'a>>,
    /// How many sights there are beyond those listed.
    pub sights_beyond: usize,
    /// What its accounts change to.
    pub moves: Vec<Move>,
}

fn word_of<S: serde::Serializer>(severity: &Severity, s: S) -> Result<S::Ok, S::Error> {
    s.serialize_str(severity.word())
}

/// How many of a rule's accounts make one change.
#[derive(Clone, Debug, Serialize)]
pub struct Move {
    /// The number of the change, from 1.
    pub change: usize,
    /// How many accounts.
    pub accounts: usize,
    /// What they change to, where settings were found.
    pub settings: Option<Message>,
    /// Whether that was proven.
    pub proof: Message,
}

/// How much a severity weighs against a number of people.
pub(super) const fn weight(severity: Severity) -> u64 {
    match severity {
        Severity::Info => 0,
        Severity::Low => 1,
        Severity::Medium => 3,
        Severity::High => 9,
        Severity::Critical => 27,
    }
}

/// The findings by rule, worst first, and the changes that mend them, the weightiest first.
pub(super) fn by_rule<'a>(
    source: &'a Source<'a>,
    english: &Words,
) -> (Vec<Group<'a>>, Vec<Change<'a>>) {
    let persons = number_people(source.accounts);
    let (changes, change_of) = changes(source, &persons);
    let mut groups = groups(source, english);
    let place_of: HashMap<&str, usize> = groups
        .iter()
        .enumerate()
        .map(|(index, group)| (group.rule, index))
        .collect();
    let mut people: Vec<HashSet<u32>> = vec![HashSet::new(); groups.len()];
    let mut moves: Vec<BTreeMap<usize, usize>> = vec![BTreeMap::new(); groups.len()];
    for (index, judged) in source.judgement.accounts.iter().enumerate() {
        let mut rules: Vec<usize> = judged
            .findings
            .iter()
            .filter_map(|&finding| {
                let rule = source.judgement.findings[finding as usize].rule;
                place_of.get(rule).copied()
            })
            .collect();
        rules.sort_unstable();
        rules.dedup();
        for rule in rules {
            groups[rule].accounts += 1;
            people[rule].insert(persons[index]);
            if let Some(change) = change_of[index] {
                *moves[rule].entry(change).or_default() += 1;
            }
        }
    }
    for ((group, people), moves) in groups.iter_mut().zip(people).zip(moves) {
        group.people = people.len();
        group.moves = moves
            .into_iter()
            .map(|(change, accounts)| Move {
                change: change + 1,
                accounts,
                settings: changes[change].settings.clone(),
                proof: changes[change].proof.clone(),
            })
            .collect();
    }
    (groups, changes)
}

/// The groups with what was seen; accounts and moves are counted later.
fn groups<'a>(source: &'a Source<'a>, english: &Words) -> Vec<Group<'a>> {
    let places: HashMap<AccountId, usize> = source
        .accounts
        .iter()
        .enumerate()
        .map(|(index, account)| (account.id, index))
        .collect();
    let mut order: Vec<&'static str> = Vec::new();
    let mut members: HashMap<&'static str, Vec<&'a Finding>> = HashMap::new();
    for finding in &source.judgement.findings {
        let group = members.entry(finding.rule).or_default();
        if group.is_empty() {
            order.push(finding.rule);
        }
        group.push(finding);
    }
    order
        .into_iter()
        .map(|rule| {
            let findings = &members[rule];
            let (sights, sights_beyond) = sights(source, findings, &places, english);
            Group {
                rule,
                severity: findings
                    .iter()
                    .map(|f| f.severity)
                    .max()
                    .unwrap_or(Severity::Info),
                findings: findings.len(),
                waived: findings.iter().filter(|f| f.waiver.is_some()).count(),
                endpoints: findings
                    .iter()
                    .filter(|f| matches!(f.subject, Subject::Endpoint(_)))
                    .count(),
                accounts: 0,
                people: 0,
                references: by_document(references(source, rule)),
                recipes: recipes::recipes(source, rule, findings),
                sights,
                sights_beyond,
                moves: Vec::new(),
            }
        })
        .collect()
}
