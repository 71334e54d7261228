//! Findings as they come in, and in the order in which they are told.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use aws_lc_rs::digest::{SHA256, digest};

use super::bench::{Heard, breaks};
use super::measures::Whose;
use super::waive::Waivers;
use crate::model::{
    AccountJudgement, AccountVerdict, Answered, Endpoint, EndpointJudgement, Evidence, Excuse,
    Finding, Fingerprint, GroupUse, Judgement, Severity, Subject,
};
use crate::rules::RULES;

/// Findings by arrival. A number given out here is a place in that order.
#[derive(Default)]
pub(super) struct Docket {
    entries: Vec<Entry>,
    used: HashSet<(usize, u32)>,
    /// Those that concern an account for which no waiver of its own accepts them.
    open: HashSet<u32>,
    /// What was found of each endpoint by each measure that judged it.
    found: BTreeMap<(Endpoint, Whose), Vec<u32>>,
}

/// What was settled, its findings by the numbers of the docket.
pub(super) struct Settled {
    /// Of each account.
    pub accounts: Vec<AccountJudgement>,
    /// Of each endpoint.
    pub endpoints: BTreeMap<Endpoint, EndpointJudgement>,
    /// Of each candidate's settings.
    pub trials: Vec<AccountVerdict>,
    /// How many accounts each group judged.
    pub groups: Vec<GroupUse>,
    /// How often each rule had an answer.
    pub answered: Vec<Answered>,
}

/// A finding before its place is known.
pub(super) struct Entry {
    /// The rule's place in the registry.
    pub place: usize,
    /// Settled.
    pub severity: Severity,
    /// Whether it breaks the measure by which it was found.
    pub breach: bool,
    /// Whom it is about.
    pub subject: Subject,
    /// What was seen.
    pub evidence: Arc<Evidence>,
    /// The waiver that accepts it.
    pub waiver: Option<usize>,
    /// Accounts that it touches besides those that list it.
    pub accounts: usize,
}

impl Docket {
    /// Takes in one finding.
    pub fn enter(&mut self, entry: Entry) -> u32 {
        let number = u32::try_from(self.entries.len())
            .expect("fewer findings than accounts and endpoints times rules, far below 2^32");
        if let Some(waiver) = entry.waiver {
            self.excuse(waiver, number);
        }
        self.entries.push(entry);
        number
    }

    /// Takes in every violation of one subject; `waived` names the waiver that accepts a rule's.
    pub fn enter_all(
        &mut self,
        heard: &Heard,
        subject: &Subject,
        waived: impl Fn(&'static str) -> Option<usize>,
    ) -> Vec<u32> {
        heard
            .violations
            .iter()
            .map(|(place, severity, evidence)| {
                self.enter(Entry {
                    place: *place,
                    severity: *severity,
                    breach: breaks(*place, *severity, heard.breach_from),
                    subject: subject.clone(),
                    evidence: Arc::clone(evidence),
                    waiver: waived(RULES[*place].id),
                    accounts: 0,
                })
            })
            .collect()
    }

    /// Counts a waiver as used for a finding, be it for one account only.
    pub fn excuse(&mut self, waiver: usize, number: u32) {
        self.used.insert((waiver, number));
    }

    /// Notes that a finding concerns an account for which no waiver of its own accepts it.
    pub fn leave_open(&mut self, number: u32) {
        self.open.insert(number);
    }

    /// The rule of a finding that was taken in.
    pub fn rule(&self, number: u32) -> &'static str {
        RULES[self.entries[number as usize].place].id
    }

    /// Remembers what was found of an endpoint by a measure.
    pub fn keep(&mut self, endpoint: &Endpoint, measure: Whose, numbers: Vec<u32>) {
        self.found.insert((endpoint.clone(), measure), numbers);
    }

    /// What was found of an endpoint by a measure.
    pub fn found(&self, endpoint: &Endpoint, measure: Whose) -> &[u32] {
        let found = self.found.get(&(endpoint.clone(), measure));
        found.map_or(&[], Vec::as_slice)
    }

    /// Puts everything in its final order and counts the accounts of each finding.
    pub fn close(mut self, settled: Settled, waivers: &Waivers<'_>) -> Judgement {
        let Settled {
            mut accounts,
            mut endpoints,
            trials,
            groups,
            answered,
        } = settled;
        let places = self.arrange();
        let told = |numbers: &mut Vec<u32>| {
            numbers.iter_mut().for_each(|n| *n = places[*n as usize]);
            numbers.sort_unstable();
            numbers.dedup();
        };
        for account in &mut accounts {
            told(&mut account.findings);
            for number in &account.findings {
                self.entries[*number as usize].accounts += 1;
            }
            let excused = &mut account.excused;
            excused.iter_mut().for_each(|excuse| {
                excuse.finding = places[excuse.finding as usize];
            });
            excused.sort_unstable();
            excused.dedup_by_key(|excuse| excuse.finding);
        }
        self.accept(&accounts, &places, waivers);
        for endpoint in endpoints.values_mut() {
            told(&mut endpoint.findings);
        }
        let used: HashSet<(usize, u32)> = self
            .used
            .iter()
            .map(|(waiver, number)| (*waiver, places[*number as usize]))
            .collect();
        let mut uses: BTreeMap<usize, usize> = BTreeMap::new();
        for (waiver, _) in used {
            *uses.entry(waiver).or_default() += 1;
        }
        Judgement {
            findings: self
                .entries
                .into_iter()
                .map(|entry| entry.finding(waivers))
                .collect(),
            accounts,
            trials,
            endpoints,
            groups,
            waivers: waivers.uses(|waiver| uses.get(&waiver).copied().unwrap_or(0)),
            answered,
        }
    }

    /// Accepts what is accepted for each account that it concerns, by the waiver that ends first: until
    /// then all of them hold.
    fn accept(&mut self, accounts: &[AccountJudgement], places: &[u32], waivers: &Waivers<'_>) {
        let open: HashSet<u32> = self.open.iter().map(|n| places[*n as usize]).collect();
        let excused = accounts.iter().flat_map(|account| &account.excused);
        let excused: BTreeSet<Excuse> = excused.copied().collect();
        let ends = |waiver: usize| (waivers.note(waiver).until, waiver);
        let mut first: BTreeMap<u32, usize> = BTreeMap::new();
        for excuse in excused {
            let waiver = first.entry(excuse.finding).or_insert(excuse.waiver);
            if ends(excuse.waiver) < ends(*waiver) {
                *waiver = excuse.waiver;
            }
        }
        for (finding, waiver) in first {
            if !open.contains(&finding) {
                let entry = &mut self.entries[finding as usize];
                entry.waiver = entry.waiver.or(Some(waiver));
            }
        }
    }

    /// Sorts the entries, one per rule and subject (the gravest, where contradictory rows or several
    /// measures made several), and tells where each number went.
    fn arrange(&mut self) -> Vec<u32> {
        let mut order: Vec<usize> = (0..self.entries.len()).collect();
        let by_identity = |n: &usize| (self.entries[*n].place, &self.entries[*n].subject);
        order.sort_by(|a, b| {
            let (one, other) = (&self.entries[*a], &self.entries[*b]);
            by_identity(a)
                .cmp(&by_identity(b))
                .then(other.severity.cmp(&one.severity))
                .then_with(|| one.evidence.variant.cmp(&other.evidence.variant))
                .then_with(|| one.evidence.values.cmp(&other.evidence.values))
        });
        let mut kept: Vec<(usize, Vec<usize>)> = Vec::new();
        for number in order {
            match kept.last_mut() {
                Some((first, rest)) if by_identity(first) == by_identity(&number) => {
                    rest.push(number);
                }
                _ => kept.push((number, Vec::new())),
            }
        }
        // Stable: within one severity the order of rules and subjects stays.
        kept.sort_by_key(|(first, _)| Reverse(self.entries[*first].severity));
        let mut places = vec![0; self.entries.len()];
        let mut entries: Vec<Option<Entry>> = self.entries.drain(..).map(Some).collect();
        for (place, (first, rest)) in (0u32..).zip(kept) {
            places[first] = place;
            let breach = rest.iter().any(|number| {
                let other = entries[*number].as_ref();
                other.is_some_and(|other| other.breach)
            });
            rest.into_iter().for_each(|number| places[number] = place);
            self.entries
                .extend(entries[first].take().map(|entry| Entry {
                    breach: entry.breach || breach,
                    ..entry
                }));
        }
        places
    }
}

impl Entry {
    fn finding(self, waivers: &Waivers<'_>) -> Finding {
        let rule = RULES[self.place].id;
        Finding {
            fingerprint: fingerprint(rule, &self.subject),
            rule,
            subject: self.subject,
            severity: self.severity,
            breach: self.breach,
            evidence: self.evidence,
            accounts: self.accounts,
            waiver: self.waiver.map(|place| waivers.note(place)),
            fix: None,
        }
    }
}

/// The first 8 bytes of the SHA-256 over rule, kind and subject, each ended by a line feed, which
/// none of them can hold.
fn fingerprint(rule: &str, subject: &Subject) -> Fingerprint {
    let text = format!("{rule}\n{}\n{subject}\n", subject.kind());
    let mut first = [0; 8];
    first.copy_from_slice(&digest(&SHA256, text.as_bytes()).as_ref()[..8]);
    Fingerprint(u64::from_be_bytes(first))
}
