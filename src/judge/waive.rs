//! Which waiver accepts a finding.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;

use crate::model::{Account, Endpoint, Host, Mailbox, Subject, WaiverNote, WaiverUse};
use crate::policy::{Pattern, Waiver, WaiverSubject, day_of};

/// The waivers of a policy at one time; those that have expired accept nothing.
pub(super) struct Waivers<'a> {
    list: &'a [Waiver],
    expired: Vec<bool>,
    rules: HashSet<&'static str>,
    by_subject: HashMap<(&'static str, &'a WaiverSubject), usize>,
    patterns: HashMap<&'static str, Vec<(usize, &'a Pattern)>>,
}

impl<'a> Waivers<'a> {
    /// The waivers as of a time: each holds until the end of its last day in UTC.
    pub fn of(list: &'a [Waiver], at: Timestamp) -> Self {
        let today = day_of(at);
        let expired: Vec<bool> = list.iter().map(|waiver| waiver.until < today).collect();
        let mut waivers = Waivers {
            list,
            expired,
            rules: HashSet::new(),
            by_subject: HashMap::new(),
            patterns: HashMap::new(),
        };
        for (place, waiver) in list.iter().enumerate() {
            if !waivers.expired[place] {
                waivers.rules.insert(waiver.rule);
                if let WaiverSubject::Pattern(pattern) = &waiver.subject {
                    let of_rule = waivers.patterns.entry(waiver.rule).or_default();
                    of_rule.push((place, pattern));
                }
                let key = (waiver.rule, &waiver.subject);
                waivers.by_subject.entry(key).or_insert(place);
            }
        }
        waivers
    }

    /// The waiver that accepts a rule's finding about an endpoint.
    pub fn for_endpoint(&self, rule: &'static str, endpoint: &Endpoint) -> Option<usize> {
        let exact = || of_host(&endpoint.host, Some(endpoint.port));
        self.first(rule, exact, |pattern| pattern.matches_endpoint(endpoint))
    }

    /// The waiver that accepts a rule's finding about an account, or about its endpoint as far as
    /// that account is concerned.
    pub fn for_account(&self, rule: &'static str, account: &Account) -> Option<usize> {
        let email = account.person.email.as_deref();
        let exact = || {
            let mut subjects = of_host(&account.host, account.port);
            subjects.push(WaiverSubject::Account(account.id.to_string()));
            subjects.extend(email.into_iter().flat_map(of_email));
            subjects
        };
        self.first(rule, exact, |pattern| {
            pattern.matches_host(&account.host, account.port)
                || email.is_some_and(|email| pattern.matches_email(email))
        })
    }

    /// The waiver that accepts a rule's finding about a person, a domain or the fleet.
    pub fn for_fleet(&self, rule: &'static str, subject: &Subject) -> Option<usize> {
        let exact = || match subject {
            Subject::Endpoint(endpoint) => of_host(&endpoint.host, Some(endpoint.port)),
            Subject::Person(key) => of_email(key),
            Subject::Domain(domain) => at_or_above(domain),
            Subject::Account(_) | Subject::Fleet => Vec::new(),
        };
        self.first(rule, exact, |pattern| match subject {
            Subject::Endpoint(endpoint) => pattern.matches_endpoint(endpoint),
            Subject::Person(key) => pattern.matches_email(key),
            Subject::Domain(_) | Subject::Account(_) | Subject::Fleet => false,
        })
    }

    /// What a report says of a waiver.
    pub fn note(&self, place: usize) -> WaiverNote {
        let waiver = &self.list[place];
        WaiverNote {
            reason: waiver.reason.clone(),
            approved_by: waiver.approved_by.clone(),
            until: waiver.until,
        }
    }

    /// What became of each waiver, given how many findings each accepts.
    pub fn uses(&self, findings: impl Fn(usize) -> usize) -> Vec<WaiverUse> {
        self.list
            .iter()
            .enumerate()
            .map(|(place, waiver)| WaiverUse {
                rule: waiver.rule.to_owned(),
                subject: waiver.subject.to_string(),
                reason: waiver.reason.clone(),
                approved_by: waiver.approved_by.clone(),
                owner: waiver.owner.clone(),
                ticket: waiver.ticket.clone(),
                until: waiver.until,
                expired: self.expired[place],
                findings: findings(place),
            })
            .collect()
    }

    /// The waiver that stands first among those with one of these subjects, or with a pattern that
    /// fits.
    fn first(
        &self,
        rule: &'static str,
        subjects: impl FnOnce() -> Vec<WaiverSubject>,
        fits: impl Fn(&Pattern) -> bool,
    ) -> Option<usize> {
        if !self.rules.contains(rule) {
            return None;
        }
        let subjects = subjects();
        let exact = subjects
            .iter()
            .filter_map(|subject| self.by_subject.get(&(rule, subject)).copied());
        let patterns = self.patterns.get(rule).into_iter().flatten();
        let alike = patterns.filter(|(_, pattern)| fits(pattern));
        exact.chain(alike.map(|(place, _)| *place)).min()
    }
}

fn of_host(host: &Host, port: Option<u16>) -> Vec<WaiverSubject> {
    let mut subjects = host.name().map(at_or_above).unwrap_or_default();
    subjects.push(WaiverSubject::Host(host.clone()));
    if let Some(port) = port {
        subjects.push(WaiverSubject::Endpoint(Endpoint::new(host.clone(), port)));
    }
    subjects
}

fn of_email(email: &str) -> Vec<WaiverSubject> {
    let Some(mailbox) = Mailbox::read(email) else {
        return Vec::new();
    };
    vec![
        WaiverSubject::Email(mailbox.to_string()),
        WaiverSubject::Domain(mailbox.domain),
    ]
}

/// A domain and those above it: `a.b.c`, `b.c`, `c`.
fn at_or_above(domain: &str) -> Vec<WaiverSubject> {
    std::iter::successors(Some(domain), |rest| rest.split_once('.').map(|(_, up)| up))
        .map(|domain| WaiverSubject::Domain(domain.to_owned()))
        .collect()
}
