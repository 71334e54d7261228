//! The verdicts by department, by mail client and by protocol.

use std::collections::{BTreeMap, HashSet};

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::AccountCounts;

use super::bar::{Piece, pieces};
use super::clients::{Client, Clients, NOT_STATED};
use super::redact::small;
use super::{MERGED, Source};

/// Groups that one table lists; the rest stands in one row.
const LISTED: usize = 20;

/// The accounts, divided one way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Shares<'a> {
    /// `department`, `client` or `protocol`.
    pub by: &'static str,
    /// The groups, the one with most accounts that break the policy first.
    pub groups: Vec<Share<'a>>,
}

/// One group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Share<'a> {
    /// What it is called in the input, or [`MERGED`]; `None` where `by` and `word` are the key of our own name.
    pub name: Option<&'a str>,
    /// As in [`Shares`].
    pub by: &'static str,
    /// The word of the client or the protocol, or `not-stated`.
    pub word: &'static str,
    /// How many smaller groups it stands for; 0 for a group of its own.
    pub groups: usize,
    /// Its accounts by verdict.
    pub accounts: AccountCounts,
    /// How many people they are.
    pub people: usize,
    /// The accounts as a bar; that of the largest group is the longest.
    pub pieces: [Piece; 4],
}

/// A name of the input, or our own word.
type Name<'a> = (Option<&'a str>, &'static str);

#[derive(Default)]
struct Members {
    accounts: AccountCounts,
    people: HashSet<u32>,
}

impl Members {
    fn add(&mut self, others: Members) {
        self.accounts.add(&others.accounts);
        self.people.extend(others.people);
    }
}

/// Of several groups that redaction merged.
const OF_MERGED: Name<'static> = (Some(MERGED), NOT_STATED);

/// The accounts by department, by mail client and by protocol; nothing without accounts. `persons`
/// has the number of each account's person.
pub(super) fn shares<'a>(source: &'a Source<'a>, persons: &[u32]) -> Vec<Shares<'a>> {
    let mut clients = Clients::of(source);
    let mut divided: [BTreeMap<Name<'a>, Members>; 3] = Default::default();
    for ((account, judged), person) in source
        .accounts
        .iter()
        .zip(&source.judgement.accounts)
        .zip(persons)
    {
        let department = account.person.department.as_deref();
        let client = match clients.client(account.client.as_deref()) {
            Client::Merged => OF_MERGED,
            client => (None, client.word()),
        };
        let protocol = account.protocol.map(|protocol| protocol.word());
        let names = [
            (department, NOT_STATED),
            client,
            (None, protocol.unwrap_or(NOT_STATED)),
        ];
        for (groups, name) in divided.iter_mut().zip(names) {
            let members = groups.entry(name).or_default();
            members.accounts.count(judged.verdict.word());
            members.people.insert(*person);
        }
    }
    ["department", "client", "protocol"]
        .into_iter()
        .zip(divided)
        .filter(|(_, groups)| !groups.is_empty())
        .map(|(by, groups)| Shares {
            by,
            groups: match source.redacted {
                true => listed(by, merged(groups)),
                false => listed(by, groups),
            },
        })
        .collect()
}

/// The groups of too few people as one: of departments and clients the rows are merged already, of
/// what an account is set to they are not.
fn merged<'a>(groups: BTreeMap<Name<'a>, Members>) -> BTreeMap<Name<'a>, Members> {
    let members = groups.iter().flat_map(|(name, members)| {
        let people = members.people.iter();
        people.map(|person| (*name, u64::from(*person)))
    });
    let small = small(members.collect());
    let mut told: BTreeMap<Name<'a>, Members> = BTreeMap::new();
    for (name, members) in groups {
        let name = match small.contains(&name) {
            true => OF_MERGED,
            false => name,
        };
        told.entry(name).or_default().add(members);
    }
    told
}

/// The groups worst first, those beyond the listed ones in one row.
fn listed<'a>(by: &'static str, groups: BTreeMap<Name<'a>, Members>) -> Vec<Share<'a>> {
    let mut groups: Vec<(Name<'a>, Members)> = groups.into_iter().collect();
    let weight = |accounts: &AccountCounts| (accounts.non_compliant, accounts.total);
    groups.sort_by_key(|(_, members)| std::cmp::Reverse(weight(&members.accounts)));
    let rest = groups.split_off(groups.len().min(LISTED));
    let beyond = rest.len();
    let rest = rest.into_iter().map(|(_, members)| members);
    let rest = rest.reduce(|mut all, one| {
        all.add(one);
        all
    });
    let largest = groups.iter().map(|(_, members)| members.accounts.total);
    let whole = largest
        .chain(rest.as_ref().map(|rest| rest.accounts.total))
        .max();
    let share = |((name, word), groups, members): (Name<'a>, usize, Members)| Share {
        name,
        by,
        word,
        groups,
        people: members.people.len(),
        pieces: pieces(&members.accounts, whole.unwrap_or(0)),
        accounts: members.accounts,
    };
    groups
        .into_iter()
        .map(|(name, members)| (name, 0, members))
        .chain(rest.map(|rest| ((None, NOT_STATED), beyond, rest)))
        .map(share)
        .collect()
}
