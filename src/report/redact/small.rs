//! Groups so small that whoever is in one can be told from the others.

use std::collections::{BTreeMap, BTreeSet};

/// People whom a group needs to stand on its own.
pub const FEWEST: usize = 5;

/// What stands for the name of every smaller group, in each language the message `group-merged`.
pub const MERGED: &str = "merged";

/// The groups of fewer than [`FEWEST`] people, out of who is in which. Where these have fewer than that
/// all together, the next smallest is among them too: what is merged must not be one small group.
pub(in crate::report) fn small<G: Ord + Clone>(mut members: Vec<(G, u64)>) -> BTreeSet<G> {
    members.sort_unstable();
    members.dedup();
    let mut people: BTreeMap<&G, usize> = BTreeMap::new();
    for (group, _) in &members {
        *people.entry(group).or_default() += 1;
    }
    let mut by_size: Vec<(usize, &G)> = people.into_iter().map(|(g, n)| (n, g)).collect();
    by_size.sort_unstable();
    let are_small = by_size.partition_point(|(people, _)| *people < FEWEST);
    let mut small: BTreeSet<G> = BTreeSet::new();
    for (place, (_, group)) in by_size.into_iter().enumerate() {
        if place >= are_small && (small.is_empty() || together(&members, &small) >= FEWEST) {
            break;
        }
        small.insert(group.clone());
    }
    small
}

/// How many people are in these groups.
fn together<G: Ord>(members: &[(G, u64)], groups: &BTreeSet<G>) -> usize {
    let within = members.iter().filter(|(group, _)| groups.contains(group));
    within
        .map(|(_, person)| person)
        .collect::<BTreeSet<_>>()
        .len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn merged(sizes: &[(&'static str, u64)]) -> Vec<&'static str> {
        let mut next = 0;
        let mut members = Vec::new();
        for (group, people) in sizes {
            for _ in 0..*people {
                next += 1;
                // Two accounts each.
                members.extend([(*group, next); 2]);
            }
        }
        small(members).into_iter().collect()
    }

    #[test]
    fn five_people_stand_alone_and_four_do_not() {
        assert_eq!(merged(&[("a", 5), ("b", 9)]), [""; 0]);
        assert_eq!(merged(&[("a", 4), ("b", 1), ("c", 9)]), ["a", "b"]);
    }

    #[test]
    fn what_is_merged_is_never_one_small_group() {
        assert_eq!(merged(&[("a", 4), ("b", 7), ("c", 9)]), ["a", "b"]);
        assert_eq!(merged(&[("a", 2), ("b", 2), ("c", 9)]), ["a", "b", "c"]);
        assert_eq!(merged(&[("a", 3)]), ["a"]);
    }

    #[test]
    fn whoever_is_in_two_small_groups_counts_once() {
        let members = vec![("a", 1), ("a", 2), ("a", 3), ("b", 1), ("b", 2), ("c", 9)];
        let large = (10..20).map(|person| ("d", person));
        let merged = small(members.into_iter().chain(large).collect());
        assert_eq!(merged.into_iter().collect::<Vec<_>>(), ["a", "b", "c", "d"]);
    }
}
