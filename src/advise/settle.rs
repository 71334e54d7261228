//! Which candidate becomes the fix: the first, in order, that was judged compliant.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::candidates::{Wanted, WantedGroup};
use crate::model::{
    Account, AccountId, AccountVerdict, Candidate, Endpoint, Fix, Judgement, Observations, Proof,
    Subject, Tried, Unproven,
};

/// Settles a fix for every finding of an account that is not compliant, and says what was tried.
/// The trials of the judgement are those of [`Wanted::trials`], in that order.
pub fn settle(
    judgement: &mut Judgement,
    wanted: &Wanted,
    accounts: &[Account],
    observations: &Observations,
) -> Vec<Tried> {
    let mut trials = judgement.trials.iter();
    let mut tried = BTreeSet::new();
    let mut fixes: HashMap<usize, Fix> = HashMap::new();
    for group in &wanted.groups {
        let verdicts: Vec<_> = trials.by_ref().take(group.candidates.len()).collect();
        tried.extend(outcomes(group, &verdicts));
        let stated = accounts[group.accounts[0]].protocol.is_some();
        let fix = fix_of(group, &verdicts, stated, observations);
        for &account in &group.accounts {
            if judgement.accounts[account].verdict == AccountVerdict::NonCompliant {
                fixes.insert(account, fix.clone());
            }
        }
    }
    attach(judgement, accounts, &fixes);
    tried.into_iter().collect()
}

fn outcomes<'a>(
    group: &'a WantedGroup,
    verdicts: &'a [&AccountVerdict],
) -> impl Iterator<Item = Tried> + 'a {
    let both = group.candidates.iter().zip(verdicts);
    both.map(|(candidate, verdict)| Tried {
        settings: candidate.settings.clone(),
        idea: candidate.idea,
        verdict: verdict.word(),
    })
}

fn fix_of(
    group: &WantedGroup,
    verdicts: &[&AccountVerdict],
    stated: bool,
    observations: &Observations,
) -> Fix {
    let proven = group
        .candidates
        .iter()
        .zip(verdicts)
        .filter(|(_, verdict)| ***verdict == AccountVerdict::Compliant)
        .find_map(|(candidate, _)| Some((candidate, proof(candidate, observations)?)));
    match proven {
        Some((candidate, proof)) => Fix {
            to: Some(candidate.settings.clone()),
            idea: Some(candidate.idea),
            proof,
        },
        None => Fix {
            to: None,
            idea: None,
            proof: Proof::NotProven(why_not(group, stated, observations)),
        },
    }
}

fn proof(candidate: &Candidate, observations: &Observations) -> Option<Proof> {
    let endpoint = candidate.settings.endpoint();
    let at = observations
        .visits_to(&endpoint)
        .map(|visit| visit.at)
        .max()?;
    Some(Proof::Proven { endpoint, at })
}

fn why_not(group: &WantedGroup, stated: bool, observations: &Observations) -> Unproven {
    let was_visited = |endpoint: &Endpoint| {
        observations.visits.contains_key(endpoint)
            || observations.resolutions.contains_key(&endpoint.host)
    };
    let endpoints = || group.candidates.iter().map(|c| c.settings.endpoint());
    if !stated {
        Unproven::SettingsNotStated
    } else if group.candidates.is_empty() {
        Unproven::NoCandidate
    } else if endpoints().any(|endpoint| was_visited(&endpoint)) {
        Unproven::NothingCompliant
    } else {
        Unproven::NotInObservations
    }
}

/// An account's findings get its fix; an endpoint's finding gets the fix that most of its accounts share.
fn attach(judgement: &mut Judgement, accounts: &[Account], fixes: &HashMap<usize, Fix>) {
    let mut by_account: HashMap<AccountId, &Fix> = HashMap::new();
    let mut by_endpoint: HashMap<Endpoint, BTreeMap<&Fix, usize>> = HashMap::new();
    for (&index, fix) in fixes {
        let account = &accounts[index];
        by_account.insert(account.id, fix);
        for endpoint in account.possible_endpoints() {
            let shared = by_endpoint.entry(endpoint).or_default();
            // In the order of the fixes, so that equal counts are settled alike in every run.
            *shared.entry(fix).or_default() += 1;
        }
    }
    for finding in &mut judgement.findings {
        finding.fix = match &finding.subject {
            Subject::Account(id) => by_account.get(id).map(|fix| (*fix).clone()),
            Subject::Endpoint(endpoint) => by_endpoint.get(endpoint).and_then(|shared| {
                let most = shared.values().copied().max()?;
                let (fix, _) = shared.iter().find(|(_, count)| **count == most)?;
                Some((*fix).clone())
            }),
            Subject::Person(_) | Subject::Domain(_) | Subject::Fleet => None,
        };
    }
}
