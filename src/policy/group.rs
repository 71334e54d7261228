//! Groups of people whose accounts are judged by settings of their own.

use std::collections::HashMap;

use toml::de::DeTable;

use super::membership::at_and_above;
use super::sheet::Sheet;
use super::stages::{self, Change};
use super::{Membership, Pattern, Policy, raw};
use crate::model::folded;

/// The most groups that a policy may have.
const MOST: usize = 64;

/// The most addresses with a `*` in all groups: each is tried for every account.
const MOST_ALIKE: usize = 256;

/// The most names in one list of a group.
const MOST_NAMES: usize = 1000;

/// People whose accounts, and whose servers as far as they are concerned, are judged by settings of
/// their own.
#[derive(Clone, Debug)]
pub struct Group {
    /// What the report calls it.
    pub name: String,
    /// Who is in it.
    pub members: Members,
    /// The whole policy as it stands for them; it has no groups, stages or waivers.
    pub policy: Policy,
}

/// Members that two groups have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InCommon<'p> {
    /// The department or domain.
    pub members: String,
    /// The group that judges them.
    pub first: &'p str,
    /// The other.
    pub second: &'p str,
}

/// Who is in a group: whoever any of these names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Members {
    /// Departments as the input names them; case and blanks at the ends do not matter.
    pub departments: Vec<String>,
    /// Domains of e-mail addresses, those below included.
    pub domains: Vec<String>,
    /// E-mail addresses that are made alike.
    pub emails: Vec<Pattern>,
}

impl Members {
    /// Everything that names somebody: departments, domains as `*@DOMAIN`, addresses.
    pub fn names(&self) -> Vec<String> {
        let departments = self.departments.iter().cloned();
        let domains = self.domains.iter().map(|domain| format!("*@{domain}"));
        let emails = self.emails.iter().map(Pattern::to_string);
        departments.chain(domains).chain(emails).collect()
    }
}

impl Policy {
    /// Its groups by the names of their members.
    pub fn membership(&self) -> Membership<'_> {
        Membership::of(self)
    }

    /// Where two groups name the same department or domain: the first judges.
    pub fn groups_in_common(&self) -> Vec<InCommon<'_>> {
        let mut departments = HashMap::<String, usize>::new();
        let mut domains = HashMap::<&str, usize>::new();
        let mut below = HashMap::<&str, (usize, &str)>::new();
        let mut told = Vec::new();
        for (place, second) in self.groups.iter().enumerate() {
            let mut tell = |first: Option<usize>, name: &str| {
                if let Some(first) = first.filter(|first| *first != place) {
                    told.push(InCommon {
                        members: name.to_owned(),
                        first: &self.groups[first].name,
                        second: &second.name,
                    });
                }
            };
            for name in &second.members.departments {
                let first = departments.entry(folded(name)).or_insert(place);
                tell(Some(*first), name);
            }
            for name in &second.members.domains {
                let above = at_and_above(name).filter_map(|one| domains.get(one).copied());
                match above.min() {
                    Some(first) => tell(Some(first), name),
                    None => {
                        let narrower = below.get(name.as_str());
                        if let Some((first, narrower)) = narrower {
                            tell(Some(*first), narrower);
                        }
                    }
                }
                domains.entry(name).or_insert(place);
                for one in at_and_above(name).skip(1) {
                    below.entry(one).or_insert((place, name));
                }
            }
        }
        told
    }
}

/// Whether a name is a domain or lies below it.
pub(super) fn is_at_or_below(name: &str, domain: &str) -> bool {
    name.strip_suffix(domain)
        .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

/// A group of the file before its policy is made.
pub(super) struct Enrolled<'a, 't> {
    pub name: String,
    pub members: Members,
    pub table: &'a DeTable<'t>,
    pub changes: Vec<Change<'a, 't>>,
}

/// The keys of a group beside its settings.
pub(super) const KEYS: [&str; 5] = ["name", "departments", "domains", "emails", "from"];

impl<'a, 't> Enrolled<'a, 't> {
    /// The groups of a file.
    pub fn read(sheet: &mut Sheet<'t>, table: &'a DeTable<'t>) -> Vec<Enrolled<'a, 't>> {
        let Some(list) = table.get("group") else {
            return Vec::new();
        };
        let cells = sheet.list(list);
        sheet.most(list, cells.len(), MOST);
        let mut groups: Vec<Enrolled<'a, 't>> = Vec::new();
        for cell in cells.iter().take(MOST) {
            let Some(table) = sheet.table(cell) else {
                continue;
            };
            sheet.keys(table, &raw::settings_and(&KEYS));
            let name = match table.get("name") {
                Some(cell) => sheet.name(cell).unwrap_or_default().to_owned(),
                None => {
                    sheet.note(cell.span(), "this group has no `name`", "give it a name");
                    String::new()
                }
            };
            if let Some(place) = table.get("name")
                && !name.is_empty()
                && groups.iter().any(|other| other.name == name)
            {
                let what = "another group has this name already";
                sheet.note(place.span(), what, "give each group a name of its own");
            }
            let members = members(sheet, table);
            if members == Members::default() {
                let what = "nobody is in this group";
                let cure = "write departments = [\"…\"], domains = [\"…\"] or emails = [\"…\"]";
                sheet.note(cell.span(), what, cure);
            }
            groups.push(Enrolled {
                name,
                members,
                table,
                changes: stages::changes(sheet, table),
            });
        }
        let patterns = groups.iter().flat_map(|group| &group.members.emails);
        let alike = patterns.filter(|one| one.mailbox().is_none()).count();
        if alike > MOST_ALIKE {
            let what = format!("{alike} addresses of groups have a *");
            let cure = format!("{MOST_ALIKE} are read at most: name domains instead");
            sheet.note(list.span(), what, cure);
        }
        groups
    }
}

fn members<'t>(sheet: &mut Sheet<'t>, table: &DeTable<'t>) -> Members {
    let mut members = Members::default();
    let mut each = |key: &str, keep: &mut dyn FnMut(&mut Sheet<'t>, _)| {
        if let Some(list) = table.get(key) {
            let cells = sheet.list(list);
            sheet.most(list, cells.len(), MOST_NAMES);
            for cell in cells.iter().take(MOST_NAMES) {
                keep(sheet, cell);
            }
        }
    };
    each("departments", &mut |sheet, cell| {
        members
            .departments
            .extend(sheet.name(cell).map(str::to_owned));
    });
    each("domains", &mut |sheet, cell| {
        members.domains.extend(raw::domain(sheet, cell));
    });
    each("emails", &mut |sheet, cell| {
        let pattern = sheet.words(cell).map(Pattern::read);
        match pattern {
            Some(Some(pattern)) if pattern.is_of_emails() => members.emails.push(pattern),
            Some(_) => sheet.wrong(
                cell,
                "an address, or one with a *, such as \"*@branch.example.com\"",
            ),
            None => {}
        }
    });
    members
}
