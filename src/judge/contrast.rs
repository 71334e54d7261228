//! Two judgements of the same facts, side by side: who would fail if the other measure held.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use jiff::Timestamp;

use super::bench::{breaks, gravest};
use super::waive::Waivers;
use crate::model::{
    Account, AccountContrast, AccountCounts, Contrast, Endpoint, EndpointContrast,
    EndpointJudgement, Evidence, Finding, Judgement, RuleContrast, Severity, SightContrast,
    Subject, Value, VerdictWord,
};
use crate::policy::Policy;
use crate::rules::RULES;

/// Sights of one rule that are kept; the rest is counted.
const SIGHTS: usize = 100;

/// A judgement, and the measure that it was made by.
#[derive(Clone, Copy, Debug)]
pub struct Under<'a> {
    /// The judgement.
    pub judgement: &'a Judgement,
    /// Its policy.
    pub policy: &'a Policy,
    /// Its time.
    pub at: Timestamp,
}

/// Who stands worse under `then` than under `now`, by which rules, and on what evidence. Both are
/// judgements of these accounts over the same observations.
pub fn contrast(accounts: &[Account], now: &Under<'_>, then: &Under<'_>) -> Contrast {
    let mut gathering = Gathering::new(then);
    let mut causes = Causes::default();
    let mut changed = Vec::new();
    let mut relieved = 0;
    let both = now
        .judgement
        .accounts
        .iter()
        .zip(&then.judgement.accounts)
        .map(|(now, then)| (&now.verdict, &then.verdict));
    for ((place, account), (was, becomes)) in (0u32..).zip(accounts).zip(both) {
        let cause = match (was.word(), becomes.word()) {
            (
                VerdictWord::Compliant | VerdictWord::Waived | VerdictWord::NotVerified,
                VerdictWord::NonCompliant,
            ) => gathering.failing(place, account),
            (VerdictWord::Compliant | VerdictWord::Waived, VerdictWord::NotVerified) => {
                gathering.unverified(account)
            }
            (VerdictWord::NonCompliant, VerdictWord::Compliant | VerdictWord::Waived) => {
                relieved += 1;
                continue;
            }
            _ => continue,
        };
        changed.push(AccountContrast {
            account: place,
            now: was.clone(),
            then: becomes.clone(),
            cause: causes.place(cause),
        });
    }
    let endpoints = gathering.endpoints(now);
    Contrast {
        now: AccountCounts::of(&now.judgement.accounts),
        then: AccountCounts::of(&then.judgement.accounts),
        accounts: changed,
        causes: causes.told(),
        endpoints,
        rules: gathering.close(),
        relieved,
    }
}

impl Under<'_> {
    /// Whether a finding breaks the measure.
    fn breaks(&self, finding: &Finding) -> bool {
        finding.waiver.is_none() && finding.breach
    }

    /// The findings by which an endpoint breaks the measure.
    fn breaches_of<'j>(&'j self, judged: &'j EndpointJudgement) -> impl Iterator<Item = u32> + 'j {
        let findings = judged.findings.iter().copied();
        findings.filter(|number| self.breaks(&self.judgement.findings[*number as usize]))
    }

    /// The rules that might break the measure at an endpoint and could not be decided, by their
    /// places in the registry.
    fn undecided_of(&self, judged: &EndpointJudgement) -> Vec<usize> {
        let undecided = judged.undetermined.iter();
        let mut places: Vec<usize> = undecided
            .filter_map(|(rule, _)| place_of(rule))
            .filter(|place| {
                let gravest = gravest(RULES[*place], self.policy);
                breaks(*place, gravest, self.policy.breach_from)
            })
            .collect();
        places.sort_unstable();
        places.dedup();
        places
    }
}

fn place_of(rule: &str) -> Option<usize> {
    RULES.iter().position(|known| known.id == rule)
}

/// Sets of rules, each kept once.
#[derive(Default)]
struct Causes {
    known: HashMap<Vec<usize>, u32>,
    told: Vec<Vec<&'static str>>,
}

impl Causes {
    fn place(&mut self, rules: Vec<usize>) -> u32 {
        let next = self.known.len() as u32;
        *self.known.entry(rules).or_insert_with_key(|rules| {
            self.told
                .push(rules.iter().map(|place| RULES[*place].id).collect());
            next
        })
    }

    fn told(self) -> Vec<Vec<&'static str>> {
        self.told
    }
}

/// What is alike in several sights of one rule: where it was, and what was seen.
type Alike = (
    String,
    Option<&'static str>,
    BTreeMap<Cow<'static, str>, Value>,
);

/// What is gathered about one rule.
struct OfRule {
    severity: Severity,
    failing: usize,
    unverified: usize,
    endpoints: usize,
    sights: BTreeMap<Alike, usize>,
    seen: Vec<SightContrast>,
}

/// What stands worse then, gathered account by account.
struct Gathering<'a> {
    then: &'a Under<'a>,
    waivers: Waivers<'a>,
    /// By the rule's place in the registry.
    rules: BTreeMap<usize, OfRule>,
    /// Which sight a piece of evidence makes, by its address: accounts with equal settings share it.
    known: HashMap<(usize, *const Evidence), usize>,
}

impl<'a> Gathering<'a> {
    fn new(then: &'a Under<'a>) -> Self {
        Gathering {
            then,
            waivers: Waivers::of(&then.policy.waivers, then.at),
            rules: BTreeMap::new(),
            known: HashMap::new(),
        }
    }

    /// Takes in an account that would fail; gives the rules by which it would.
    fn failing(&mut self, place: u32, account: &Account) -> Vec<usize> {
        let mut rules = Vec::new();
        for number in &self.then.judgement.accounts[place as usize].findings {
            let finding = &self.then.judgement.findings[*number as usize];
            let Some(rule) = place_of(finding.rule) else {
                continue;
            };
            let excused = self.waivers.for_account(finding.rule, account).is_some();
            if self.then.breaks(finding) && !excused {
                self.sight(rule, finding, Some(account));
                if !rules.contains(&rule) {
                    rules.push(rule);
                }
            }
        }
        for rule in &rules {
            self.of(*rule).failing += 1;
        }
        rules.sort_unstable();
        rules
    }

    /// Takes in an account that could no longer be verified; gives the rules that are undecided at
    /// its endpoints.
    fn unverified(&mut self, account: &Account) -> Vec<usize> {
        let endpoints = account.possible_endpoints();
        let judged = endpoints
            .iter()
            .filter_map(|endpoint| self.then.judgement.endpoints.get(endpoint));
        let mut rules: Vec<usize> = judged.flat_map(|j| self.then.undecided_of(j)).collect();
        rules.sort_unstable();
        rules.dedup();
        for rule in &rules {
            let worst = gravest(RULES[*rule], self.then.policy);
            let of_rule = self.of(*rule);
            of_rule.unverified += 1;
            of_rule.severity = of_rule.severity.max(worst);
        }
        rules
    }

    /// The endpoints that stand worse then.
    fn endpoints(&mut self, now: &Under<'_>) -> Vec<EndpointContrast> {
        let mut changed = Vec::new();
        for (endpoint, judged) in &self.then.judgement.endpoints {
            let before = now.judgement.endpoints.get(endpoint);
            if before.is_some_and(|before| now.breaches_of(before).next().is_some()) {
                continue;
            }
            let breaches: Vec<u32> = self.then.breaches_of(judged).collect();
            let fails = !breaches.is_empty();
            let rules = match fails {
                true => self.failing_endpoint(&breaches),
                // Where it could not be verified before either, nothing changes.
                false if before.is_some_and(|before| !now.undecided_of(before).is_empty()) => {
                    continue;
                }
                false => self.then.undecided_of(judged),
            };
            if !rules.is_empty() {
                changed.push(EndpointContrast {
                    endpoint: Endpoint::clone(endpoint),
                    accounts: judged.accounts,
                    fails,
                    rules: rules.iter().map(|place| RULES[*place].id).collect(),
                });
            }
        }
        changed
    }

    fn failing_endpoint(&mut self, breaches: &[u32]) -> Vec<usize> {
        let mut rules = Vec::new();
        for number in breaches {
            let finding = &self.then.judgement.findings[*number as usize];
            if let Some(rule) = place_of(finding.rule) {
                self.sight(rule, finding, None);
                rules.push(rule);
            }
        }
        rules.sort_unstable();
        rules.dedup();
        for rule in &rules {
            self.of(*rule).endpoints += 1;
        }
        rules
    }

    fn of(&mut self, rule: usize) -> &mut OfRule {
        self.rules.entry(rule).or_insert_with(|| OfRule {
            severity: Severity::Info,
            failing: 0,
            unverified: 0,
            endpoints: 0,
            sights: BTreeMap::new(),
            seen: Vec::new(),
        })
    }

    /// Keeps what was seen, and counts the account that would fail by it.
    fn sight(&mut self, rule: usize, finding: &Finding, account: Option<&Account>) {
        let key = (rule, Arc::as_ptr(&finding.evidence));
        let known = self.known.get(&key).copied();
        let of_rule = self.of(rule);
        of_rule.severity = of_rule.severity.max(finding.severity);
        let number = known.unwrap_or_else(|| of_rule.place(finding, account));
        of_rule.seen[number].accounts += usize::from(account.is_some());
        self.known.insert(key, number);
    }

    fn close(self) -> Vec<RuleContrast> {
        let rules = self.rules.into_iter();
        let mut rules: Vec<RuleContrast> = rules
            .map(|(place, of_rule)| of_rule.told(RULES[place].id))
            .collect();
        // Stable: within one severity the order of the registry stays.
        rules.sort_by_key(|rule| Reverse(rule.severity));
        rules
    }
}

impl OfRule {
    /// The sight that a finding belongs to.
    fn place(&mut self, finding: &Finding, account: Option<&Account>) -> usize {
        let place = match (&finding.subject, account) {
            (Subject::Account(_), Some(account)) => match account.endpoint() {
                Some(endpoint) => endpoint.to_string(),
                None => account.host.to_string(),
            },
            (subject, _) => subject.to_string(),
        };
        let evidence = &finding.evidence;
        let alike = (place, evidence.variant, evidence.values.clone());
        let next = self.seen.len();
        let place = alike.0.clone();
        let number = *self.sights.entry(alike).or_insert(next);
        if number == next {
            self.seen.push(SightContrast {
                place,
                evidence: Arc::clone(evidence),
                accounts: 0,
            });
        }
        number
    }

    fn told(self, rule: &'static str) -> RuleContrast {
        let mut sights = self.seen;
        sights.sort_by(|one, other| {
            let by_place = || one.place.cmp(&other.place);
            let by_values = || one.evidence.values.cmp(&other.evidence.values);
            (other.accounts.cmp(&one.accounts))
                .then_with(by_place)
                .then_with(by_values)
        });
        let sights_beyond = sights.len().saturating_sub(SIGHTS);
        sights.truncate(SIGHTS);
        RuleContrast {
            rule,
            severity: self.severity,
            failing: self.failing,
            unverified: self.unverified,
            endpoints: self.endpoints,
            sights,
            sights_beyond,
        }
    }
}
