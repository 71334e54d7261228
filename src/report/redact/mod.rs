//! Redaction: people stand under pseudonyms in everything that a report says of them (threat model F4).
//!
//! A run's people are handed over once, as a [`Fleet`], and come back [`Disclosed`]: named, or under
//! pseudonyms. A fleet is consumed, so whoever writes a format holds no name that is not to be told,
//! and no format can forget anything. What a fleet is made of is taken apart field by field below: a
//! field that is added does not compile until somebody says here what becomes of it.
//!
//! | what | becomes |
//! |---|---|
//! | employee, address, person | one pseudonym, keyed by HMAC-SHA-256 over what tells a person from others |
//! | account id, fingerprint of a finding about a person | keyed likewise |
//! | order of accounts, findings, waivers | by pseudonym |
//! | department, client, group of a policy, language | merged where fewer than [`FEWEST`] people share it |
//! | input files and the lines of accounts | stand-ins; the lines of rejected rows stay, nobody's name stands beside them |
//! | SHA-256 of inputs and of policies that are no presets, report id | keyed: who guesses a short list could confirm it by its hash |
//! | who approved a waiver, who owns it | a pseudonym, the person's own where they are in the input |
//! | reasons and tickets of waivers | without addresses, names, and words of names |
//! | names of policies, groups and issuers, headers, notes, the auditor, organisation and vantage | without addresses and whole names |
//! | what servers said | without addresses in the domains of the people; so in findings, and the observations stay as they are |
//! | hosts, ports, settings, verdicts, counts | stay |

mod accounts;
mod inputs;
mod judgement;
mod key;
mod order;
mod people;
mod policies;
mod small;
mod texts;
mod words;

use std::ops::Deref;

use jiff::civil::Date;

use crate::model::{Account, ClientKind, Contrast, InputFile, Judgement, PolicyCounts, Rejected};
use crate::policy::Policy;

use super::{Message, TitledContrast};
use accounts::redact_persons;
use inputs::Places;
use judgement::Told;
use key::Kind;
pub use key::PseudonymKey;
use order::{rearrange, sorted_by};
use people::People;
use policies::Groups;
pub(super) use small::small;
pub use small::{FEWEST, MERGED};
use texts::texts;

/// Everything of a run that may name people.
#[derive(Debug)]
pub struct Fleet {
    /// See [`super::Source::report_id`].
    pub report_id: String,
    /// The accounts, in the order of the judgement.
    pub accounts: Vec<Account>,
    /// The rows that gave none.
    pub rejected: Vec<Rejected>,
    /// The files they came from.
    pub inputs: Vec<InputFile>,
    /// What was made of what was seen.
    pub judgement: Judgement,
    /// The policy that decides, as it is in force.
    pub policy: Policy,
    /// Those that are compared with it, likewise.
    pub others: Vec<Policy>,
    /// What each makes of the fleet, in their order.
    pub counts: Vec<PolicyCounts>,
    /// What is supposed to hold.
    pub supposed: Vec<Supposed>,
    /// Who answers for the audit.
    pub auditor: Option<String>,
    /// For whom it is.
    pub organisation: Option<String>,
    /// From where the servers were visited.
    pub vantage: Option<String>,
    /// What the run has to say besides.
    pub notes: Vec<Message>,
    /// Which client a cell of the input means.
    pub recognise: fn(&str) -> ClientKind,
}

/// A policy that is supposed to hold, and what would change.
#[derive(Debug)]
pub struct Supposed {
    /// From which day on it will; `None` for what is only asked.
    pub begins: Option<Date>,
    /// The policy.
    pub policy: Policy,
    /// What would change.
    pub contrast: Contrast,
}

impl Supposed {
    /// The contrast with what it is of.
    pub fn titled(&self) -> TitledContrast<'_> {
        match self.begins {
            Some(day) => TitledContrast::when_begun(day, &self.policy, &self.contrast),
            None => TitledContrast::if_held(&self.policy, &self.contrast),
        }
    }
}

/// A fleet of which it was decided how its people stand in the report.
#[derive(Debug)]
pub struct Disclosed {
    fleet: Fleet,
    redacted: bool,
}

impl Disclosed {
    /// Whether people stand under pseudonyms.
    pub const fn is_redacted(&self) -> bool {
        self.redacted
    }
}

impl Deref for Disclosed {
    type Target = Fleet;

    fn deref(&self) -> &Fleet {
        &self.fleet
    }
}

impl Fleet {
    /// With everybody's name, or under the pseudonyms of a key.
    pub fn disclosed(self, key: Option<&PseudonymKey>) -> Disclosed {
        Disclosed {
            redacted: key.is_some(),
            fleet: match key {
                Some(key) => self.under_pseudonyms(key),
                None => self,
            },
        }
    }

    fn under_pseudonyms(self, key: &PseudonymKey) -> Fleet {
        let people = People::of(&self.accounts, texts(&self), key);
        let Fleet {
            report_id,
            mut accounts,
            mut rejected,
            mut inputs,
            mut judgement,
            mut policy,
            mut others,
            mut counts,
            mut supposed,
            auditor,
            organisation,
            vantage,
            mut notes,
            recognise,
        } = self;
        let persons: Vec<u64> = accounts
            .iter()
            .map(|account| key.number(Kind::Person, &account.person.key()))
            .collect();

        let merged = Groups::of(&policy, &accounts, &persons, &judgement.groups);
        if let Some(PolicyCounts {
            accounts: _,
            groups,
            needs_more_asked: _,
            rules: _,
        }) = counts.first_mut()
        {
            merged.redact_uses(groups, &people);
        }
        merged.redact_uses(&mut judgement.groups, &people);
        merged.redact_policy(&mut policy, &people, key);
        for (other, counts) in others.iter_mut().zip(counts.iter_mut().skip(1)) {
            let merged = Groups::of(other, &accounts, &persons, &counts.groups);
            merged.redact_uses(&mut counts.groups, &people);
            merged.redact_policy(other, &people, key);
        }
        for Supposed {
            begins: _,
            policy,
            contrast: _,
        } in &mut supposed
        {
            Groups::default().redact_policy(policy, &people, key);
        }

        redact_persons(&mut accounts, &persons, &people, recognise, key);
        let goes_to = sorted_by(accounts.len(), |place| (persons[place], accounts[place].id));
        rearrange(&mut accounts, &goes_to);
        rearrange(&mut judgement.accounts, &goes_to);
        let mut places = Places::of(&inputs, &rejected);
        places.tell(&mut accounts);

        let mut told = Told::of(&people, key);
        told.redact_judgement(&mut judgement);
        for supposed in &mut supposed {
            told.redact_contrast(&mut supposed.contrast, &goes_to);
        }
        for note in &mut notes {
            places.redact_note(note, &people);
        }
        notes.push(Message::new("note-redacted"));
        for row in &mut rejected {
            places.redact_rejected(row);
        }
        for input in &mut inputs {
            places.redact_input(input, &people, key);
        }
        let called = |name: Option<String>| name.map(|name| people.called(&name));
        Fleet {
            report_id: key.hash(Kind::Report, &report_id),
            auditor: called(auditor),
            organisation: called(organisation),
            vantage: called(vantage),
            accounts,
            rejected,
            inputs,
            judgement,
            policy,
            others,
            counts,
            supposed,
            notes,
            recognise,
        }
    }
}

#[cfg(test)]
mod tests;
