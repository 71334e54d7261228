//! Policies without the people they name, and their groups of few people as one.

use std::collections::BTreeSet;

use super::key::{Kind, PseudonymKey};
use super::people::People;
use super::small::{MERGED, small};
use crate::model::{Account, GroupUse, Sha256};
use crate::policy::{Group, Members, PRESETS, Policy};

/// The groups of one policy that judged too few people to be told one by one, by their places.
#[derive(Default)]
pub(super) struct Groups {
    merged: BTreeSet<usize>,
}

impl Groups {
    pub fn of(policy: &Policy, accounts: &[Account], persons: &[u64], uses: &[GroupUse]) -> Self {
        if uses.iter().all(|of| of.accounts + of.elsewhere == 0) {
            return Groups::default();
        }
        let membership = policy.membership();
        let members = accounts.iter().zip(persons);
        let members = members.flat_map(|(account, person)| {
            let groups = membership.groups_of(account);
            groups
                .into_iter()
                .map(|group| (group, *person))
                .collect::<Vec<_>>()
        });
        Groups {
            merged: small(members.collect()),
        }
    }

    fn is_merged(&self, place: usize) -> bool {
        self.merged.contains(&place)
    }

    /// The uses of the groups that stand, then those of the merged ones together.
    pub fn redact_uses(&self, uses: &mut Vec<GroupUse>, people: &People<'_>) {
        let mut together = GroupUse {
            name: MERGED.to_owned(),
            accounts: 0,
            elsewhere: 0,
        };
        let mut stand = Vec::new();
        for (place, of) in uses.drain(..).enumerate() {
            let GroupUse {
                name,
                accounts,
                elsewhere,
            } = of;
            match self.is_merged(place) {
                true => {
                    together.accounts += accounts;
                    together.elsewhere += elsewhere;
                }
                false => stand.push(GroupUse {
                    name: people.called(&name),
                    accounts,
                    elsewhere,
                }),
            }
        }
        if !self.merged.is_empty() {
            stand.push(together);
        }
        *uses = stand;
    }

    /// A policy without its members and exceptions, the merged groups as one without settings.
    pub fn redact_policy(&self, policy: &mut Policy, people: &People<'_>, key: &PseudonymKey) {
        let is_preset = |sha256: &str| {
            let mut presets = PRESETS
                .iter()
                .map(|preset| Sha256::of(preset.text.as_bytes()));
            presets.any(|preset| preset.to_string() == sha256)
        };
        let sha256 = match is_preset(&policy.sha256) {
            true => policy.sha256.clone(),
            false => key.hash(Kind::File, &policy.sha256),
        };
        let redact = |policy: &mut Policy| {
            let Policy {
                name,
                version,
                sha256: of_file,
                issuers,
                waivers,
                // Words of ours, and values without words.
                extends: _,
                document: _,
                breach_from: _,
                thresholds: _,
                rules: _,
                revocation: _,
                suites: _,
                key_exchange: _,
                certificate_keys: _,
                handshake: _,
                dane: _,
                allow_ports: _,
                waiver_terms: _,
                without_papers: _,
                // Servers and their domains stay.
                own_domains: _,
                approved: _,
                // Each in its turn.
                groups: _,
                next: _,
            } = policy;
            *name = people.called(name);
            *version = people.called(version);
            for issuer in issuers {
                *issuer = people.called(issuer);
            }
            of_file.clone_from(&sha256);
            *waivers = Vec::new();
        };
        policy.on_every_day(|policy| {
            redact(policy);
            let mut groups = Vec::new();
            for (place, group) in std::mem::take(&mut policy.groups).into_iter().enumerate() {
                let Group {
                    name,
                    members: _,
                    mut policy,
                } = group;
                if !self.is_merged(place) {
                    redact(&mut policy);
                    groups.push(Group {
                        name: people.called(&name),
                        members: Members::default(),
                        policy,
                    });
                }
            }
            if !self.merged.is_empty() {
                let mut of_all = policy.clone();
                of_all.next = None;
                groups.push(Group {
                    name: MERGED.to_owned(),
                    members: Members::default(),
                    policy: of_all,
                });
            }
            policy.groups = groups;
        });
    }
}
