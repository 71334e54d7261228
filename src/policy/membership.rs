//! Which groups an account is in, looked up by its names.

use std::collections::HashMap;

use super::{Pattern, Policy};
use crate::model::{Account, Mailbox, folded};

/// The groups of a policy by the names of their members; each list has every place in
/// [`Policy::groups`] once, the first one first.
#[derive(Debug)]
pub struct Membership<'a> {
    departments: HashMap<String, Vec<usize>>,
    domains: HashMap<&'a str, Vec<usize>>,
    emails: HashMap<Mailbox, Vec<usize>>,
    alike: Vec<(usize, &'a Pattern)>,
}

impl<'a> Membership<'a> {
    /// The groups of a policy.
    pub fn of(policy: &'a Policy) -> Self {
        let mut membership = Membership {
            departments: HashMap::new(),
            domains: HashMap::new(),
            emails: HashMap::new(),
            alike: Vec::new(),
        };
        for (place, group) in policy.groups.iter().enumerate() {
            for name in &group.members.departments {
                enter(&mut membership.departments, folded(name), place);
            }
            for domain in &group.members.domains {
                enter(&mut membership.domains, domain.as_str(), place);
            }
            for pattern in &group.members.emails {
                match pattern.mailbox() {
                    Some(mailbox) => enter(&mut membership.emails, mailbox, place),
                    None => membership.alike.push((place, pattern)),
                }
            }
        }
        membership
    }

    /// The groups that an account is in, as places in [`Policy::groups`]. The first judges it.
    pub fn groups_of(&self, account: &Account) -> Vec<usize> {
        let mut places = Vec::new();
        let mut add = |found: Option<&Vec<usize>>| places.extend(found.into_iter().flatten());
        if !self.departments.is_empty() {
            for department in account.departments() {
                add(self.departments.get(&folded(department)));
            }
        }
        let by_email = [self.domains.len(), self.emails.len(), self.alike.len()];
        let email = account.person.email.as_deref();
        if let Some(mailbox) = email.filter(|_| by_email != [0; 3]).and_then(Mailbox::read) {
            for domain in at_and_above(&mailbox.domain) {
                add(self.domains.get(domain));
            }
            add(self.emails.get(&mailbox));
            let alike = self.alike.iter();
            let alike = alike.filter(|(_, pattern)| pattern.matches_mailbox(&mailbox));
            places.extend(alike.map(|(place, _)| *place));
        }
        places.sort_unstable();
        places.dedup();
        places
    }
}

fn enter<K: std::hash::Hash + Eq>(places: &mut HashMap<K, Vec<usize>>, key: K, place: usize) {
    let places = places.entry(key).or_default();
    if places.last() != Some(&place) {
        places.push(place);
    }
}

/// A domain and those above it: `a.b.c`, `b.c`, `c`.
pub(super) fn at_and_above(domain: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(domain), |rest| rest.split_once('.').map(|(_, up)| up))
}
