//! What people change, by what they change to.

use std::collections::{BTreeMap, HashMap, HashSet};

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{Account, Finding, Fix, Proof, Protocol, Security};
use crate::words::{Language, Words};

use super::by_rule::weight;
use super::fixes::{is_certificates, offered, proof_message, settings_message};
use super::sights::place;
use super::steps::{language_of, steps_message};
use super::{Message, PEOPLE_LISTED, Source};

/// One change, and everyone who makes it.
#[derive(Debug, Serialize, JsonSchema)]
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
    /// How many of the accounts sent their password in the clear.
    pub in_clear: usize,
    /// How many of the accounts need it only until the server's certificate is mended.
    pub until_mended: usize,
    /// Whether mail may be on the person's computer only.
    pub keeps_mail: bool,
    /// The steps in each client and language that they use.
    #[serde(skip)]
    pub steps: Vec<Steps>,
    /// Who, as far as listed.
    pub who: Vec<Who<'a>>,
    /// How many accounts beyond those.
    pub who_beyond: usize,
    /// Accounts times what their worst open finding weighs, those about certificates left out.
    #[serde(skip)]
    pub(super) weight: u64,
    /// People who have more to mend than a server's certificate.
    #[serde(skip)]
    pub(super) first_people: HashSet<u32>,
    #[serde(skip)]
    pub(super) persons: HashSet<u32>,
    /// The rules behind it, with the number of accounts, worst first.
    #[serde(skip)]
    pub(super) rules: BTreeMap<&'static str, usize>,
}

/// The steps in one client.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Steps {
    /// The word of the client.
    pub client: &'static str,
    /// The language of the people; the report's if `None`.
    pub language: Option<Language>,
    /// The steps.
    pub steps: Message,
}

/// A change as the report in one language shows it.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Shown<'c, 'a> {
    #[serde(flatten)]
    change: &'c Change<'a>,
    steps: Vec<ShownSteps<'c>>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct ShownSteps<'c> {
    client: &'static str,
    /// The language's tag, where it is another than the report's.
    lang: Option<&'static str>,
    steps: &'c Message,
}

impl<'a> Change<'a> {
    /// The change with the steps once for each client and language.
    pub(super) fn shown(&self, report: Language) -> Shown<'_, 'a> {
        let mut known = HashSet::new();
        let steps = self.steps.iter().filter_map(|steps| {
            let language = steps.language.unwrap_or(report);
            known
                .insert((steps.client, language))
                .then_some(ShownSteps {
                    client: steps.client,
                    lang: (language != report).then_some(language.tag()),
                    steps: &steps.steps,
                })
        });
        Shown {
            steps: steps.collect(),
            change: self,
        }
    }
}

/// An account that changes.
#[derive(Debug, Serialize, JsonSchema)]
#[allow(missing_docs)]
pub struct Who<'a> {
    pub id: String,
    pub employee: Option<&'a str>,
    pub email: Option<&'a str>,
    pub department: Option<&'a str>,
    pub client: Option<&'a str>,
    pub from: String,
    pub security: &'static str,
    /// Whether it changes only until the server's certificate is mended.
    pub until_mended: bool,
}

/// One number per person, in the order of the accounts.
pub(super) fn number_people(accounts: &[Account]) -> Vec<u32> {
    let mut known: HashMap<String, u32> = HashMap::new();
    accounts
        .iter()
        .map(|account| {
            let next = known.len() as u32;
            *known.entry(account.person.key()).or_insert(next)
        })
        .collect()
}

/// What people change, and the change of each account.
pub(super) fn changes<'a>(
    source: &'a Source<'a>,
    persons: &[u32],
    english: &Words,
) -> (Vec<Change<'a>>, Vec<Option<usize>>) {
    let mut changes: Vec<Change<'a>> = Vec::new();
    let mut known: BTreeMap<(Option<Message>, Message), usize> = BTreeMap::new();
    let mut change_of = vec![None; source.accounts.len()];
    for (index, account) in source.accounts.iter().enumerate() {
        let findings = source.judgement.findings_of(index);
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
        // Where the port expects TLS, nothing went out in the clear.
        let mut rules = findings.clone().map(|finding| finding.rule);
        let in_clear =
            account.security == Security::None && !rules.any(|r| r == "security-mode-mismatch");
        change.in_clear += usize::from(in_clear);
        change.persons.insert(persons[index]);
        let open = findings.filter(|finding| finding.waiver.is_none());
        let theirs = open.clone().filter(|f| !is_certificates(f.rule));
        let weight = theirs.map(|f| weight(f.severity)).max().unwrap_or(0);
        let until_mended = weight == 0 && open.clone().any(|f| is_certificates(f.rule));
        change.until_mended += usize::from(until_mended);
        if weight > 0 {
            change.weight += weight;
            change.first_people.insert(persons[index]);
        }
        for finding in open {
            *change.rules.entry(finding.rule).or_default() += 1;
        }
        match change.who.len() {
            PEOPLE_LISTED => change.who_beyond += 1,
            _ => change.who.push(Who::new(account, until_mended)),
        }
        change.add_steps(source, account, fix, english);
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
pub(super) fn best_fix<'f>(findings: impl Iterator<Item = &'f Finding>) -> Option<&'f Fix> {
    let mut best: Option<&Fix> = None;
    for fix in findings.filter(|f| f.waiver.is_none()).filter_map(offered) {
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
            proven: fix.is_proven(),
            idea: fix.idea.map(|idea| idea.word()),
            accounts: 0,
            people: 0,
            in_clear: 0,
            until_mended: 0,
            keeps_mail: fix
                .to
                .as_ref()
                .is_some_and(|to| to.protocol == Protocol::Pop3),
            steps: Vec::new(),
            who: Vec::new(),
            who_beyond: 0,
            weight: 0,
            first_people: HashSet::new(),
            persons: HashSet::new(),
            rules: BTreeMap::new(),
        }
    }

    /// The steps in this account's client and language, unless they stand there already.
    fn add_steps(&mut self, source: &Source<'_>, account: &Account, fix: &Fix, english: &Words) {
        let Some(to) = &fix.to else { return };
        let kind = (source.recognise)(account.client.as_deref().unwrap_or(""));
        let kind = kind.with_dialog_for(to.protocol);
        let language = language_of(account);
        let known = |steps: &Steps| (steps.client, steps.language) == (kind.word(), language);
        if self.steps.iter().any(known) {
            return;
        }
        self.steps.push(Steps {
            client: kind.word(),
            language,
            steps: steps_message(kind, to, english),
        });
        self.steps.sort();
    }
}

impl<'a> Who<'a> {
    fn new(account: &'a Account, until_mended: bool) -> Self {
        Who {
            id: account.id.to_string(),
            employee: account.person.employee.as_deref(),
            email: account.person.email.as_deref(),
            department: account.person.department.as_deref(),
            client: account.client.as_deref(),
            from: place(account),
            security: account.security.word(),
            until_mended,
        }
    }
}
