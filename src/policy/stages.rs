//! A policy as it stands on a day: settings that begin later, and groups with settings of their own.
//!
//! Every combination of day and group is made when the file is read, so that none of them can turn
//! out to be a mistake in the middle of a judgement.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use toml::Spanned;
use toml::de::DeTable;

use super::group::{Enrolled, Group};
use super::sheet::{Cell, Sheet};
use super::waiver::day;
use super::{Policy, raw};

/// The most days on which one list of settings may change.
const MOST_DAYS: usize = 12;

/// The most policies that one file may make: its days times its groups.
const MOST_POLICIES: usize = 512;

/// A policy from a day on.
#[derive(Clone, Debug)]
pub struct Stage {
    /// The first day on which it holds, in UTC.
    pub begins: Date,
    /// The whole policy as it stands from then on; of later stages it knows, too.
    pub policy: Policy,
}

/// The day of a time, in UTC: policies know no other.
pub fn day_of(at: Timestamp) -> Date {
    at.to_zoned(TimeZone::UTC).date()
}

impl Policy {
    /// The policy in force on a day: itself, or the last of its stages that has begun. Asking that
    /// one again gives the same.
    pub fn stage_at(&self, day: Date) -> &Policy {
        let begun = self.stages().take_while(|stage| stage.begins <= day);
        begun.last().map_or(self, |stage| &stage.policy)
    }

    /// The policy in force at a time, by the day in UTC.
    pub fn in_force(&self, at: Timestamp) -> &Policy {
        self.stage_at(day_of(at))
    }

    /// The stages that begin after a day, the next first. Each is a whole policy, to judge by.
    pub fn later_stages(&self, day: Date) -> impl Iterator<Item = &Stage> {
        self.stages().filter(move |stage| stage.begins > day)
    }

    /// The policy on each of its days, and on each for all and for every group.
    pub fn all(&self) -> impl Iterator<Item = &Policy> {
        let later = self.stages().map(|stage| &stage.policy);
        std::iter::once(self).chain(later).flat_map(|policy| {
            let groups = policy.groups.iter().map(|group| &group.policy);
            std::iter::once(policy).chain(groups)
        })
    }

    /// Changes something that holds on every day and in every group, such as what the command line
    /// adds.
    pub fn everywhere(&mut self, mut change: impl FnMut(&mut Policy)) {
        self.on_every_day(|policy| {
            change(policy);
            for group in &mut policy.groups {
                change(&mut group.policy);
            }
        });
    }

    /// Changes something that holds on every day and that groups do not have, such as exceptions.
    pub fn on_every_day(&mut self, mut change: impl FnMut(&mut Policy)) {
        let mut stage = Some(self);
        while let Some(policy) = stage {
            change(policy);
            stage = policy.next.as_deref_mut().map(|next| &mut next.policy);
        }
    }

    fn stages(&self) -> impl Iterator<Item = &Stage> {
        std::iter::successors(self.next.as_deref(), |stage| stage.policy.next.as_deref())
    }
}

/// Settings that begin on a day.
pub(super) struct Change<'a, 't> {
    begins: Date,
    cell: Cell<'a, 't>,
}

/// The changes of a list, the first day first. One without a day is far off: its settings are read
/// all the same, for their mistakes.
pub(super) fn changes<'a, 't>(
    sheet: &mut Sheet<'t>,
    table: &'a DeTable<'t>,
) -> Vec<Change<'a, 't>> {
    let Some(list) = table.get("from") else {
        return Vec::new();
    };
    let cells = sheet.list(list);
    sheet.most(list, cells.len(), MOST_DAYS);
    let mut changes: Vec<Change<'a, 't>> = Vec::new();
    for cell in cells.iter().take(MOST_DAYS) {
        let Some(table) = sheet.table(cell) else {
            continue;
        };
        let date = table.get("date");
        if date.is_none() {
            let cure = "write their first day: date = 2027-07-01";
            sheet.note(cell.span(), "these settings have no `date`", cure);
        }
        let begins = date.and_then(|cell| day(sheet, cell));
        if let (Some(place), Some(begins)) = (date, begins)
            && changes.iter().any(|other| other.begins == begins)
        {
            let what = format!("settings that begin on {begins} stand here already");
            sheet.note(place.span(), what, "join the two");
        }
        changes.push(Change {
            begins: begins.unwrap_or(Date::MAX),
            cell,
        });
    }
    changes.sort_by_key(|change| change.begins);
    changes
}

/// Makes a policy of a file and of the one that it extends, for every day on which either changes.
pub(super) fn compose<'t>(
    sheet: &mut Sheet<'t>,
    table: &Spanned<DeTable<'t>>,
    base: &Policy,
    known_rules: &[&'static str],
) -> Policy {
    let own = changes(sheet, table.get_ref());
    let groups = Enrolled::read(sheet, table.get_ref());
    let of_groups = groups.iter().flat_map(|group| &group.changes);
    let days: BTreeSet<Date> = own
        .iter()
        .chain(of_groups)
        .map(|change| change.begins)
        .chain(base.stages().map(|stage| stage.begins))
        .collect();
    let most_days = MOST_POLICIES / (groups.len() + 1) - 1;
    if days.len() > most_days {
        let (count, of) = (days.len(), groups.len());
        let what = format!("settings change on {count} days, each for {of} groups");
        let cure = format!("let changes share days, {most_days} at most, or join groups");
        sheet.note(0..0, what, cure);
    }
    let mut on = |day: Option<Date>| {
        let base = day.map_or(base, |day| base.stage_at(day));
        let mut policy = base.alone();
        raw::apply(sheet, table, &mut policy, known_rules);
        begun(sheet, &own, day, &mut policy, known_rules);
        let members = policy.alone();
        policy.groups = groups
            .iter()
            .map(|group| {
                let mut theirs = members.clone();
                theirs.waivers.clear();
                raw::settings(sheet, group.table, &mut theirs, known_rules);
                begun(sheet, &group.changes, day, &mut theirs, known_rules);
                Group {
                    name: group.name.clone(),
                    members: group.members.clone(),
                    policy: theirs,
                }
            })
            .collect();
        policy
    };
    let mut next = None;
    for begins in days.into_iter().take(most_days).rev() {
        let mut policy = on(Some(begins));
        policy.next = next;
        next = Some(Box::new(Stage { begins, policy }));
    }
    let mut policy = on(None);
    policy.next = next;
    policy
}

/// Applies the changes that have begun; none has before the first day.
fn begun<'t>(
    sheet: &mut Sheet<'t>,
    changes: &[Change<'_, 't>],
    day: Option<Date>,
    policy: &mut Policy,
    known_rules: &[&'static str],
) {
    let begun = changes.iter().filter(|change| Some(change.begins) <= day);
    for change in begun {
        if let Some(table) = change.cell.get_ref().as_table() {
            sheet.keys(table, &raw::settings_and(&["date"]));
            raw::settings(sheet, table, policy, known_rules);
        }
    }
}

impl Policy {
    /// The policy without what is to come and without groups.
    fn alone(&self) -> Policy {
        Policy {
            groups: Vec::new(),
            next: None,
            ..self.clone()
        }
    }
}
