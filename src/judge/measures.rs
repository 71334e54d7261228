//! By which measure each account is judged: the policy's own, or that of its group.

use std::collections::{BTreeMap, BTreeSet};

use super::bench::Bench;
use crate::inventory::Inventory;
use crate::model::{Account, Endpoint, GroupUse};
use crate::policy::{Membership, Policy};
use crate::rules::{EndpointCase, FleetCase, RULES, Rule};

/// Whose measure: the policy's own, or that of one of its groups, by its place among them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Whose {
    /// The policy's own.
    Own,
    /// A group's.
    Group(usize),
}

/// A bench for each measure, set up when the first account needs it.
pub(super) struct Measures<'a> {
    policy: &'a Policy,
    membership: Membership<'a>,
    cases: &'a BTreeMap<Endpoint, EndpointCase<'a>>,
    fleet: &'a FleetCase<'a>,
    asks_besides: bool,
    benches: BTreeMap<Whose, Bench<'a>>,
    of_accounts: Vec<Whose>,
    groups: Vec<GroupUse>,
}

impl<'a> Measures<'a> {
    /// The measures of a policy for these accounts; `asks_besides` is as in [`Bench::new`].
    pub fn of(
        policy: &'a Policy,
        accounts: &[Account],
        cases: &'a BTreeMap<Endpoint, EndpointCase<'a>>,
        fleet: &'a FleetCase<'a>,
        asks_besides: bool,
    ) -> Self {
        let mut groups: Vec<GroupUse> = policy
            .groups
            .iter()
            .map(|group| GroupUse {
                name: group.name.clone(),
                accounts: 0,
                elsewhere: 0,
            })
            .collect();
        let membership = policy.membership();
        let of_accounts = accounts
            .iter()
            .map(|account| {
                let places = membership.groups_of(account);
                let Some((first, others)) = places.split_first() else {
                    return Whose::Own;
                };
                groups[*first].accounts += 1;
                others
                    .iter()
                    .for_each(|other| groups[*other].elsewhere += 1);
                Whose::Group(*first)
            })
            .collect();
        Measures {
            policy,
            membership,
            cases,
            fleet,
            asks_besides,
            benches: BTreeMap::new(),
            of_accounts,
            groups,
        }
    }

    /// The measure of an account, by its place.
    pub fn of_account(&self, place: usize) -> Whose {
        self.of_accounts[place]
    }

    /// The measure of settings that are tried for an account.
    pub fn of_trial(&self, trial: &Account) -> Whose {
        let places = self.membership.groups_of(trial);
        places
            .first()
            .map_or(Whose::Own, |first| Whose::Group(*first))
    }

    /// The measures by which an endpoint is judged: those of its accounts, or the policy's own if
    /// it has none.
    pub fn of_endpoint(&self, endpoint: &Endpoint, inventory: &Inventory) -> BTreeSet<Whose> {
        let accounts = inventory.accounts_of(endpoint);
        let mut measures: BTreeSet<Whose> = accounts
            .iter()
            .map(|place| self.of_accounts[*place])
            .collect();
        if measures.is_empty() {
            measures.insert(Whose::Own);
        }
        measures
    }

    /// The bench of a measure.
    pub fn bench(&mut self, measure: Whose) -> &mut Bench<'a> {
        let (policy, cases, fleet) = (self.policy, self.cases, self.fleet);
        let asks_besides = self.asks_besides;
        self.benches.entry(measure).or_insert_with(|| {
            let policy = match measure {
                Whose::Own => policy,
                Whose::Group(place) => &policy.groups[place].policy,
            };
            Bench::new(policy, cases, fleet, asks_besides)
        })
    }

    /// The rules that any measure asks that judged, each with its place in the registry.
    pub fn asked(&self) -> impl Iterator<Item = (usize, &'static Rule)> {
        let rules = RULES.iter().copied().enumerate();
        rules.filter(|(_, rule)| {
            let mut benches = self.benches.values();
            benches.any(|bench| bench.policy().asks(rule.id))
        })
    }

    /// How many accounts each group judges.
    pub fn groups(self) -> Vec<GroupUse> {
        self.groups
    }
}
