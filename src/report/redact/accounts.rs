//! Accounts under the pseudonyms of their people, and what few people share merged.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::key::{PseudonymKey, shown};
use super::people::People;
use super::small::{MERGED, small};
use crate::model::{Account, ClientKind, Person, Text};
use crate::words::Language;

/// Gives every account the pseudonym of its person, and merges what few people share.
pub(super) fn redact_persons(
    accounts: &mut [Account],
    persons: &[u64],
    people: &People<'_>,
    recognise: fn(&str) -> ClientKind,
    key: &PseudonymKey,
) {
    // What is merged by hand must not look like a department of that name.
    let named = |cell: &Text| (**cell != *MERGED).then(|| cell.clone());
    let client = |account: &Account| {
        let cell = account.client.as_ref()?;
        match recognise(cell) {
            ClientKind::Other => named(cell),
            kind => Some(kind.word().into()),
        }
    };
    let department = |account: &Account| account.person.department.as_ref().and_then(named);
    let language = |account: &Account| account.language.as_ref()?.parse::<Language>().ok();
    let departments = shared_by_few(accounts, persons, department);
    let clients = shared_by_few(accounts, persons, client);
    let languages = shared_by_few(accounts, persons, language);
    let mut called: HashMap<Text, Text> = HashMap::new();
    let mut shown_cell = |cell: Option<Text>, few: &BTreeSet<Option<Text>>| {
        if few.contains(&cell) {
            return Some(MERGED.into());
        }
        let cell = cell?;
        let told = called.entry(cell);
        Some(
            told.or_insert_with_key(|cell| people.called(cell).into())
                .clone(),
        )
    };
    for (account, person) in accounts.iter_mut().zip(persons) {
        let (department, client) = (department(account), client(account));
        let language = language(account).filter(|one| !languages.contains(&Some(*one)));
        let Account {
            id,
            sources: _,
            person:
                Person {
                    employee,
                    email,
                    department: _,
                },
            other_departments: _,
            client: _,
            language: _,
            protocol: _,
            host: _,
            port: _,
            security: _,
            accepts_any_certificate: _,
            inferred: _,
        } = account;
        *id = key.account(*id);
        let pseudonym = Text::from(shown(*person));
        let stands_for = |name: &mut Option<Text>| {
            if name.is_some() {
                *name = Some(Arc::clone(&pseudonym));
            }
        };
        stands_for(employee);
        stands_for(email);
        account.person.department = shown_cell(department, &departments);
        account.other_departments = Vec::new();
        account.client = shown_cell(client, &clients);
        account.language = language.map(|language| language.tag().into());
    }
}

/// The values, none among them, that fewer than [`FEWEST`] people share. Where nobody has any there is
/// nothing to merge.
fn shared_by_few<G: Ord + Clone>(
    accounts: &[Account],
    persons: &[u64],
    of: impl Fn(&Account) -> Option<G>,
) -> BTreeSet<Option<G>> {
    let members = accounts.iter().zip(persons);
    let members: Vec<(Option<G>, u64)> = members.map(|(a, person)| (of(a), *person)).collect();
    match members.iter().all(|(group, _)| group.is_none()) {
        true => BTreeSet::new(),
        false => small(members),
    }
}
