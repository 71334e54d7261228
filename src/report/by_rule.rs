//! Findings by rule, worst first.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{Finding, Fix, Severity, Subject};
use crate::words::Words;

use super::authorities::{self, AuthoritySight, authority_of};
use super::changes::{Change, changes, number_people};
use super::fixes::{is_certificates, offered};
use super::named::places;
use super::recipes::{self, Recipes};
use super::references::{Clauses, by_document, references};
use super::sights::{Sight, place, sights};
use super::{Message, Source};

/// The findings of one rule.
#[derive(Debug, Serialize, JsonSchema)]
pub struct RuleFindings<'a> {
    /// The rule.
    pub rule: &'static str,
    /// The worst severity among them.
    #[serde(serialize_with = "word_of")]
    #[schemars(with = "String")]
    pub severity: Severity,
    /// Whether any of them breaks the policy, or the settings of a group that it concerns.
    #[serde(skip)]
    pub(super) breach: bool,
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
    /// Private authorities that look like our own, each with everything that shows it.
    pub authorities: Vec<AuthoritySight>,
    /// What was seen besides, alike things once.
    pub sights: Vec<Sight<'a>>,
    /// How many sights there are beyond those listed.
    pub sights_beyond: usize,
    /// What its accounts change to, where a person can do something about the rule.
    pub moves: Vec<Move>,
    /// The message that tells people what to do, where they can do something.
    pub person: Option<String>,
    /// Whether it is about certificates.
    pub certificates: bool,
    /// The servers of its open findings that no proven change mends, sorted, as far as they are named in short.
    #[serde(skip)]
    pub(super) servers: Vec<String>,
    /// How many servers there are beyond those.
    #[serde(skip)]
    pub(super) servers_beyond: usize,
    /// How many hosts its open findings about endpoints are on.
    #[serde(skip)]
    pub(super) hosts: usize,
    /// How many findings are of private authorities: those are things to do of their own, and count
    /// neither among these servers and hosts nor among these people.
    #[serde(skip)]
    pub(super) apart: usize,
    /// How many people the other findings touch.
    #[serde(skip)]
    pub(super) people_besides: usize,
}

fn word_of<S: serde::Serializer>(severity: &Severity, s: S) -> Result<S::Ok, S::Error> {
    s.serialize_str(severity.word())
}

/// How many of a rule's accounts make one change.
#[derive(Clone, Debug, Serialize, JsonSchema)]
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

/// Servers of a rule that are named where it is told in short.
const SERVERS: usize = 3;

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
) -> (Vec<RuleFindings<'a>>, Vec<Change<'a>>) {
    let persons = number_people(source.accounts);
    let (changes, change_of) = changes(source, &persons, english);
    let mut found = gathered(source, english);
    let place_of: HashMap<&str, usize> = found
        .iter()
        .enumerate()
        .map(|(index, of_rule)| (of_rule.rule, index))
        .collect();
    let mut people: Vec<HashSet<u32>> = vec![HashSet::new(); found.len()];
    // Counted only where they are not simply all: with half a million accounts a set is no trifle.
    let mut besides = people.clone();
    let mut moves: Vec<BTreeMap<usize, usize>> = vec![BTreeMap::new(); found.len()];
    for (index, judged) in source.judgement.accounts.iter().enumerate() {
        let mut rules_of = |findings: &mut dyn Iterator<Item = u32>| -> BTreeSet<usize> {
            findings
                .filter_map(|finding| {
                    let finding = &source.judgement.findings[finding as usize];
                    let place = *place_of.get(finding.rule)?;
                    if found[place].apart > 0 && authority_of(finding).is_none() {
                        besides[place].insert(persons[index]);
                    }
                    Some(place)
                })
                .collect()
        };
        let own = rules_of(&mut judged.findings.iter().copied());
        let meant = rules_of(&mut source.judgement.perhaps(&source.accounts[index]));
        for &rule in own.union(&meant) {
            found[rule].accounts += 1;
            people[rule].insert(persons[index]);
        }
        if let Some(change) = change_of[index] {
            for rule in own {
                *moves[rule].entry(change).or_default() += 1;
            }
        }
    }
    for (of_rule, (people, besides)) in found.iter_mut().zip(people.iter().zip(&besides)) {
        of_rule.people = people.len();
        of_rule.people_besides = match of_rule.apart {
            0 => people.len(),
            _ => besides.len(),
        };
    }
    for (of_rule, moves) in found.iter_mut().zip(moves) {
        of_rule.moves = moves
            .into_iter()
            .map(|(change, accounts)| Move {
                change: change + 1,
                accounts,
                settings: changes[change].settings.clone(),
                proof: changes[change].proof.clone(),
            })
            .collect();
        of_rule.settle_person(english);
    }
    (found, changes)
}

/// Whether settings that mend it were proven.
fn is_mended(finding: &Finding) -> bool {
    offered(finding).is_some_and(Fix::is_proven)
}

impl RuleFindings<'_> {
    /// What people are told, and the changes that stand with it.
    fn settle_person(&mut self, english: &Words) {
        if self.certificates {
            self.moves.retain(|a_move| a_move.settings.is_some());
        }
        let any = format!("{}-fix-person", self.rule);
        if !english.has(&any) {
            self.moves.clear();
            return;
        }
        let with_settings = format!("{any}-settings");
        let are_shown = self.moves.iter().any(|a_move| a_move.settings.is_some());
        self.person = Some(match are_shown {
            true if self.certificates => "until-mended".to_owned(),
            true if english.has(&with_settings) => with_settings,
            _ => any,
        });
    }
}

/// The findings of each rule with what was seen; accounts and moves are counted later.
fn gathered<'a>(source: &'a Source<'a>, english: &Words) -> Vec<RuleFindings<'a>> {
    let places = places(source.accounts);
    let mut order: Vec<&'static str> = Vec::new();
    let mut members: HashMap<&'static str, Vec<&'a Finding>> = HashMap::new();
    for finding in &source.judgement.findings {
        let of_rule = members.entry(finding.rule).or_default();
        if of_rule.is_empty() {
            order.push(finding.rule);
        }
        of_rule.push(finding);
    }
    order
        .into_iter()
        .map(|rule| {
            let findings = &members[rule];
            let besides: Vec<&Finding> = findings
                .iter()
                .copied()
                .filter(|finding| authority_of(finding).is_none())
                .collect();
            let (sights, sights_beyond) = sights(source, &besides, &places, english);
            let open = || besides.iter().filter(|f| f.waiver.is_none());
            let servers: BTreeSet<String> = open()
                .filter_map(|f| match &f.subject {
                    Subject::Endpoint(endpoint) => Some(endpoint.to_string()),
                    Subject::Account(_) if is_mended(f) => None,
                    Subject::Account(id) => Some(place(&source.accounts[*places.get(id)?])),
                    _ => None,
                })
                .collect();
            let hosts: BTreeSet<_> = open()
                .filter_map(|f| match &f.subject {
                    Subject::Endpoint(endpoint) => Some(&endpoint.host),
                    _ => None,
                })
                .collect();
            RuleFindings {
                rule,
                severity: findings
                    .iter()
                    .map(|f| f.severity)
                    .max()
                    .unwrap_or(Severity::Info),
                breach: findings.iter().any(|f| f.breach),
                findings: findings.len(),
                waived: findings.iter().filter(|f| f.waiver.is_some()).count(),
                endpoints: findings
                    .iter()
                    .filter(|f| matches!(f.subject, Subject::Endpoint(_)))
                    .count(),
                accounts: 0,
                people: 0,
                references: by_document(references(
                    source,
                    rule,
                    &findings
                        .iter()
                        .filter_map(|f| f.evidence.protocol)
                        .collect(),
                )),
                recipes: recipes::recipes(source, rule, findings),
                authorities: authorities::sights(source, findings),
                sights,
                sights_beyond,
                moves: Vec::new(),
                person: None,
                certificates: is_certificates(rule),
                servers_beyond: servers.len().saturating_sub(SERVERS),
                servers: servers.into_iter().take(SERVERS).collect(),
                hosts: hosts.len(),
                apart: findings.len() - besides.len(),
                people_besides: 0,
            }
        })
        .collect()
}
