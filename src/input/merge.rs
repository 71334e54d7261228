//! Equal accounts of several rows into one with several sources.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::rows::Draft;
use crate::model::{Account, AccountId, Hashing, Host, Place};

/// The accounts so far, in the order in which they were first read.
#[derive(Debug, Default)]
pub(super) struct Accounts {
    accounts: Vec<Account>,
    by_id: HashMap<AccountId, usize>,
}

impl Accounts {
    /// Adds an account, or a source to the one that is equal.
    ///
    /// The id is of person, protocol, host and port. Where an account of that id exists with
    /// another security or client, the later one's id is of these as well.
    pub(super) fn add(&mut self, draft: Draft, source: Place) {
        let Some(draft) = self.add_as(identity(&draft, false), draft, &source) else {
            return;
        };
        self.add_as(identity(&draft, true), draft, &source);
    }

    pub(super) fn into_vec(self) -> Vec<Account> {
        self.accounts
    }

    /// Gives the draft back if another account has that id.
    fn add_as(&mut self, id: AccountId, draft: Draft, source: &Place) -> Option<Draft> {
        match self.by_id.entry(id) {
            Entry::Vacant(place) => {
                place.insert(self.accounts.len());
                self.accounts.push(account(id, draft, source.clone()));
                None
            }
            Entry::Occupied(place) => {
                let account = self.accounts.get_mut(*place.get())?;
                if !is_equal(account, &draft) {
                    return Some(draft);
                }
                complete(account, draft, source);
                None
            }
        }
    }
}

fn account(id: AccountId, draft: Draft, source: Place) -> Account {
    Account {
        id,
        sources: vec![source],
        person: draft.person,
        other_departments: Vec::new(),
        client: draft.client,
        language: draft.language,
        protocol: draft.protocol,
        host: draft.host,
        port: draft.port,
        security: draft.security,
        accepts_any_certificate: draft.accepts_any_certificate,
        inferred: draft.inferred,
    }
}

/// Whether the settings are the same too; person, protocol, host and port are by the id.
fn is_equal(account: &Account, draft: &Draft) -> bool {
    account.security == draft.security
        && account.accepts_any_certificate == draft.accepts_any_certificate
        && account.client == draft.client
}

/// Adds the source, and what the rows before left blank. What any row states is not inferred.
fn complete(account: &mut Account, draft: Draft, source: &Place) {
    let person = &mut account.person;
    person.employee = person.employee.take().or(draft.person.employee);
    let others = &mut account.other_departments;
    match (&person.department, draft.person.department) {
        (None, department) => person.department = department,
        (Some(first), Some(other)) if *first != other && !others.contains(&other) => {
            others.push(other);
        }
        (Some(_), _) => {}
    }
    account.language = account.language.take().or(draft.language);
    account
        .inferred
        .retain(|field| draft.inferred.contains(field));
    // One row can give an account twice; its sources then stand next to each other.
    if account.sources.last() != Some(source) {
        account.sources.push(source.clone());
    }
}

/// A hash over parts with their lengths, so that no two lists of parts run together.
fn identity(draft: &Draft, with_settings: bool) -> AccountId {
    let mut hashing = Hashing::default();
    let mut add = |part: &[u8]| {
        hashing.update(&(part.len() as u64).to_le_bytes());
        hashing.update(part);
    };
    add(draft.person.key().as_bytes());
    add(draft
        .protocol
        .map_or("", |protocol| protocol.word())
        .as_bytes());
    match &draft.host {
        Host::Name(name) => add(name.as_bytes()),
        Host::Ip(address) => add(address.to_string().as_bytes()),
    }
    add(draft
        .port
        .map_or(String::new(), |port| port.to_string())
        .as_bytes());
    if with_settings {
        add(draft.security.word().as_bytes());
        add(&[u8::from(draft.accepts_any_certificate)]);
        add(draft.client.as_deref().unwrap_or_default().as_bytes());
    }
    AccountId(hashing.finish().0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Person, Protocol, Security};

    fn draft(email: &str, security: Security) -> Draft {
        Draft {
            person: Person {
                email: Some(email.into()),
                ..Person::default()
            },
            client: None,
            language: None,
            protocol: Some(Protocol::Pop3),
            host: "mail.a.test".parse().expect("a host"),
            port: Some(995),
            security,
            accepts_any_certificate: false,
            inferred: Vec::new(),
        }
    }

    fn source(line: u64) -> Place {
        Place {
            file: "a.csv".into(),
            line,
        }
    }

    #[test]
    fn equal_accounts_are_one_with_every_source() {
        let mut accounts = Accounts::default();
        accounts.add(draft("li@a.test", Security::Tls), source(2));
        accounts.add(draft("LI@A.test", Security::Tls), source(3));
        accounts.add(draft("li@a.test", Security::Tls), source(3));
        let accounts = accounts.into_vec();
        assert_eq!(accounts.len(), 1);
        assert_eq!(accounts[0].sources, [source(2), source(3)]);
    }

    #[test]
    fn an_account_keeps_every_department_that_its_rows_name() {
        let mut accounts = Accounts::default();
        let departments = [
            None,
            Some("Sales"),
            Some("Finance"),
            Some("Sales"),
            Some("Finance"),
        ];
        for department in departments {
            let mut row = draft("li@a.test", Security::Tls);
            row.person.department = department.map(Into::into);
            accounts.add(row, source(2));
        }
        let accounts = accounts.into_vec();
        let departments: Vec<&str> = accounts[0].departments().map(|name| &**name).collect();
        assert_eq!((accounts.len(), departments), (1, vec!["Sales", "Finance"]));
    }

    #[test]
    fn a_contradictory_account_has_an_id_of_its_own() {
        let mut accounts = Accounts::default();
        accounts.add(draft("li@a.test", Security::Tls), source(2));
        accounts.add(draft("li@a.test", Security::None), source(3));
        accounts.add(draft("li@a.test", Security::None), source(4));
        let accounts = accounts.into_vec();
        assert_eq!(accounts.len(), 2);
        assert_ne!(accounts[0].id, accounts[1].id);
        assert_eq!(accounts[1].sources, [source(3), source(4)]);
    }

    #[test]
    fn parts_do_not_run_together() {
        let mut one = draft("li@a.test", Security::Tls);
        let mut two = one.clone();
        one.host = "a.test".parse().expect("a host");
        one.port = Some(11);
        two.host = "a.test1".parse().expect("a host");
        two.port = Some(1);
        assert_ne!(identity(&one, false), identity(&two, false));
    }
}
