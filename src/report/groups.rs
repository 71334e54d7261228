//! Findings by rule, what people change by what they change to, and what was not seen by reason.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::Serialize;

use crate::model::{
    Account, AccountId, Finding, Fix, Proof, Reason, Severity, Subject, VerdictWord,
};
use crate::words::{Language, Words};

use super::rows::{Message, Reference, proof_message, references, settings_message};
use super::{PEOPLE_LISTED, SUBJECTS_LISTED, Source};

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
    pub references: Vec<Reference>,
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

/// What was seen of a subject, or of several accounts alike.
#[derive(Debug, Serialize)]
pub struct Sight<'a> {
    /// The first finding's.
    pub fingerprint: String,
    /// Where: an endpoint, an account's server, a person.
    pub subject: String,
    /// `endpoint`, `account`, `person`, `domain` or `fleet`.
    pub kind: &'static str,
    /// What.
    pub evidence: Message,
    /// How many accounts it touches.
    pub accounts: usize,
    /// The exception that accepts it.
    pub waiver: Option<WaivedBy<'a>>,
}

/// The exception that accepts a finding.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[allow(missing_docs)]
pub struct WaivedBy<'a> {
    pub reason: &'a str,
    pub approved_by: &'a str,
    pub until: String,
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

/// One change, and everyone who makes it.
#[derive(Debug, Serialize)]
pub struct Change<'a> {
    /// From 1.
    pub number: usize,
    /// What to enter, where settings were found.
    pub settings: Option<Message>,
    /// Whether it was proven, or why not.
    pub proof: Message,
    /// Whether it was.
    pub proven: bool,
    /// Where the idea came from.
    pub idea: Option<&'static str>,
    /// How many accounts.
    pub accounts: usize,
    /// How many people.
    pub people: usize,
    /// The steps in each client that they use.
    pub steps: Vec<Steps>,
    /// Who, as far as listed.
    pub who: Vec<Who<'a>>,
    /// How many accounts beyond those.
    pub who_beyond: usize,
    /// Accounts times what their worst open finding weighs.
    #[serde(skip)]
    pub(super) weight: u64,
    #[serde(skip)]
    pub(super) persons: HashSet<u32>,
    /// The rules behind it, with the number of accounts, worst first.
    #[serde(skip)]
    pub(super) rules: BTreeMap<&'static str, usize>,
}

/// The steps in one client.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[allow(missing_docs)]
pub struct Steps {
    pub client: &'static str,
    pub steps: Message,
}

/// An account that changes.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct Who<'a> {
    pub id: String,
    pub employee: Option<&'a str>,
    pub email: Option<&'a str>,
    pub department: Option<&'a str>,
    pub client: Option<&'a str>,
    pub from: String,
    pub security: &'static str,
}

/// Accounts at one place that could not be verified for one reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Unverified {
    pub place: String,
    pub reason: &'static str,
    pub accounts: usize,
}

/// Where an account's settings lead, as far as they say.
pub(super) fn place(account: &Account) -> String {
    match account.endpoint() {
        Some(endpoint) => endpoint.to_string(),
        None => account.host.to_string(),
    }
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
pub(super) fn by_rule<'a>(source: &'a Source<'a>) -> (Vec<Group<'a>>, Vec<Change<'a>>) {
    let english = Words::of(Language::En);
    let persons = number_people(source.accounts);
    let (changes, change_of) = changes(source, &persons);
    let mut groups = groups(source, &english);
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

/// One number per person, in the order of the accounts.
fn number_people(accounts: &[Account]) -> Vec<u32> {
    let mut known: HashMap<String, u32> = HashMap::new();
    accounts
        .iter()
        .map(|account| {
            let next = known.len() as u32;
            *known.entry(account.person.key()).or_insert(next)
        })
        .collect()
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
                references: references(source, rule),
                sights,
                sights_beyond,
                moves: Vec::new(),
            }
        })
        .collect()
}

/// What was seen: accounts with one server and the same evidence are one sight.
fn sights<'a>(
    source: &'a Source<'a>,
    findings: &[&'a Finding],
    places: &HashMap<AccountId, usize>,
    english: &Words,
) -> (Vec<Sight<'a>>, usize) {
    let mut sights: Vec<Sight<'a>> = Vec::new();
    let mut known: BTreeMap<(String, Message, Option<WaivedBy<'a>>), Option<usize>> =
        BTreeMap::new();
    let mut beyond = 0;
    for finding in findings {
        let subject = match &finding.subject {
            Subject::Account(id) => match places.get(id) {
                Some(&index) => place(&source.accounts[index]),
                None => id.to_string(),
            },
            other => other.to_string(),
        };
        let evidence = Message::of_evidence(finding.rule, &finding.evidence, english);
        let waiver = finding.waiver.as_ref().map(|note| WaivedBy {
            reason: &note.reason,
            approved_by: &note.approved_by,
            until: note.until.to_string(),
        });
        let key = (subject.clone(), evidence.clone(), waiver.clone());
        match known.get(&key) {
            Some(Some(index)) => sights[*index].accounts += finding.accounts,
            Some(None) => {}
            None if sights.len() == SUBJECTS_LISTED => {
                beyond += 1;
                known.insert(key, None);
            }
            None => {
                known.insert(key, Some(sights.len()));
                sights.push(Sight {
                    fingerprint: finding.fingerprint.to_string(),
                    subject,
                    kind: finding.subject.kind(),
                    evidence,
                    accounts: finding.accounts,
                    waiver,
                });
            }
        }
    }
    (sights, beyond)
}

/// What people change, and the change of each account.
fn changes<'a>(source: &'a Source<'a>, persons: &[u32]) -> (Vec<Change<'a>>, Vec<Option<usize>>) {
    let mut changes: Vec<Change<'a>> = Vec::new();
    let mut known: BTreeMap<(Option<Message>, Message), usize> = BTreeMap::new();
    let mut change_of = vec![None; source.accounts.len()];
    for (index, judged) in source.judgement.accounts.iter().enumerate() {
        let account = &source.accounts[index];
        let findings = judged
            .findings
            .iter()
            .map(|&finding| &source.judgement.findings[finding as usize]);
        let Some(fix) = best_fix(findings.clone()) else {
            continue;
        };
        let settings = fix.to.as_ref().map(|to| settings_message("settings", to));
        let proof = proof_message(fix);
        let number = *known
            .entry((settings.clone(), proof.clone()))
            .or_insert(changes.len());
        if number == changes.len() {
            changes.push(Change::new(settings, proof, fix));
        }
        let change = &mut changes[number];
        change_of[index] = Some(number);
        change.accounts += 1;
        change.persons.insert(persons[index]);
        let open = findings.filter(|finding| finding.waiver.is_none());
        change.weight += open.clone().map(|f| weight(f.severity)).max().unwrap_or(0);
        for finding in open {
            *change.rules.entry(finding.rule).or_default() += 1;
        }
        match change.who.len() {
            PEOPLE_LISTED => change.who_beyond += 1,
            _ => change.who.push(Who::new(account)),
        }
        change.add_steps(source, account, fix);
    }
    let mut order: Vec<usize> = (0..changes.len()).collect();
    order.sort_by_key(|&index| {
        (
            !changes[index].proven,
            std::cmp::Reverse(changes[index].weight),
        )
    });
    let mut new_place = vec![0; changes.len()];
    for (place, &old) in order.iter().enumerate() {
        new_place[old] = place;
    }
    let mut sorted: Vec<(usize, Change<'a>)> = changes
        .into_iter()
        .enumerate()
        .map(|(old, change)| (new_place[old], change))
        .collect();
    sorted.sort_by_key(|(place, _)| *place);
    let changes = sorted
        .into_iter()
        .map(|(place, change)| Change {
            number: place + 1,
            people: change.persons.len(),
            ..change
        })
        .collect();
    let change_of = change_of
        .into_iter()
        .map(|old: Option<usize>| old.map(|old| new_place[old]));
    (changes, change_of.collect())
}

/// The fix of an account: a proven one if any of its findings has it.
fn best_fix<'f>(findings: impl Iterator<Item = &'f Finding>) -> Option<&'f Fix> {
    let mut best: Option<&Fix> = None;
    for fix in findings
        .filter(|f| f.waiver.is_none())
        .filter_map(|f| f.fix.as_ref())
    {
        match &fix.proof {
            Proof::Proven { .. } => return Some(fix),
            Proof::NotProven(_) => best = best.or(Some(fix)),
        }
    }
    best
}

impl<'a> Change<'a> {
    fn new(settings: Option<Message>, proof: Message, fix: &Fix) -> Self {
        Change {
            number: 0,
            settings,
            proof,
            proven: matches!(fix.proof, Proof::Proven { .. }),
            idea: fix.idea.map(|idea| idea.word()),
            accounts: 0,
            people: 0,
            steps: Vec::new(),
            who: Vec::new(),
            who_beyond: 0,
            weight: 0,
            persons: HashSet::new(),
            rules: BTreeMap::new(),
        }
    }

    /// The steps in this account's client, unless they stand there already.
    fn add_steps(&mut self, source: &Source<'_>, account: &Account, fix: &Fix) {
        let Some(to) = &fix.to else { return };
        let kind = (source.recognise)(account.client.as_deref().unwrap_or(""));
        if self.steps.iter().any(|steps| steps.client == kind.word()) {
            return;
        }
        let key = format!("fix-client-{}-{}", kind.word(), to.protocol.word());
        self.steps.push(Steps {
            client: kind.word(),
            steps: settings_message(&key, to),
        });
        self.steps.sort();
    }
}

impl<'a> Who<'a> {
    fn new(account: &'a Account) -> Self {
        Who {
            id: account.id.to_string(),
            employee: account.person.employee.as_deref(),
            email: account.person.email.as_deref(),
            department: account.person.department.as_deref(),
            client: account.client.as_deref(),
            from: place(account),
            security: account.security.word(),
        }
    }
}

/// What could not be verified, by place and reason, most accounts first.
pub(super) fn unverified(source: &Source<'_>) -> Vec<Unverified> {
    let mut counts: BTreeMap<(String, Reason), usize> = BTreeMap::new();
    for (account, judged) in source.accounts.iter().zip(&source.judgement.accounts) {
        if judged.verdict.word() == VerdictWord::NotVerified
            && let Some(reason) = judged.verdict.reason()
        {
            *counts.entry((place(account), reason)).or_default() += 1;
        }
    }
    let mut rows: Vec<Unverified> = counts
        .into_iter()
        .map(|((place, reason), accounts)| Unverified {
            place,
            reason: reason.word(),
            accounts,
        })
        .collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.accounts));
    rows
}
