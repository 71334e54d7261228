//! What was seen, alike things once; and what was not, by place and reason.

use std::collections::{BTreeMap, HashMap};

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{
    Account, AccountId, Finding, Phrase, Reason, Security, Subject, Value, VerdictWord, WaiverNote,
};
use crate::words::Words;

use super::{Message, SUBJECTS_LISTED, Source, SourceRow, WaiverNoteRow};

/// What was seen of a subject, or of several accounts alike.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Sight<'a> {
    /// The first finding's.
    pub fingerprint: String,
    /// Where: an endpoint, an account's server, a person.
    pub subject: String,
    /// `endpoint`, `account`, `person`, `domain` or `fleet`.
    pub kind: &'static str,
    /// What.
    pub evidence: Message,
    /// What is to be said besides.
    pub beside: Vec<Message>,
    /// How many accounts it touches.
    pub accounts: usize,
    /// The exception that accepts it.
    pub waiver: Option<WaiverNoteRow<'a>>,
}

/// Accounts at one place that could not be verified for one reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[allow(missing_docs)]
pub struct Unverified<'a> {
    pub place: String,
    pub reason: &'static str,
    pub accounts: usize,
    /// What the rows leave out, such as `port-security`; the end of a message key.
    pub missing: String,
    /// Those rows, as far as listed.
    pub rows: Vec<SourceRow<'a>>,
    pub rows_beyond: usize,
}

/// Where an account's settings lead, as far as they say.
pub(super) fn place(account: &Account) -> String {
    match account.endpoint() {
        Some(endpoint) => endpoint.to_string(),
        None => account.host.to_string(),
    }
}

/// An account's service, as far as its settings say it, within a message.
pub(super) fn service(account: &Account) -> Phrase {
    let what = match account.protocol {
        Some(protocol) => format!("{} {}", protocol.name(), place(account)),
        None => place(account),
    };
    let mode = Phrase::new(format!("mode-{}", account.security.word()));
    Phrase::new("account-service")
        .with("what", Value::Foreign(what))
        .with("mode", Value::Phrase(mode))
}

/// That an account could not be verified, and why.
pub(super) fn not_verified(account: &Account, reason: Reason) -> Message {
    let reason = Phrase::new(format!("reason-{}", reason.word()));
    Message::new("account-not-verified")
        .with("service", Value::Phrase(service(account)))
        .with("reason", Value::Phrase(reason))
}

/// That an account meets the policy.
pub(super) fn compliant(account: &Account) -> Message {
    Message::new("account-compliant").with("service", Value::Phrase(service(account)))
}

/// That a finding is accepted, by whom, why and until when.
pub(super) fn waived(note: &WaiverNote) -> Message {
    Message::new("sight-waived")
        .with("until", Value::Term(note.until.to_string()))
        .with("approver", Value::Foreign(note.approved_by.clone()))
        .with("reason", Value::Foreign(note.reason.clone()))
}

/// How many accounts a finding touches. Those without a port may mean an endpoint, and list none of
/// its findings.
pub(super) fn touched(source: &Source<'_>, finding: &Finding) -> usize {
    match &finding.subject {
        Subject::Endpoint(endpoint) => {
            let judged = source.judgement.endpoints.get(endpoint);
            judged.map_or(finding.accounts, |judged| judged.accounts)
        }
        _ => finding.accounts,
    }
}

/// What was seen: accounts with one server and the same evidence are one sight.
pub(super) fn sights<'a>(
    source: &'a Source<'a>,
    findings: &[&'a Finding],
    places: &HashMap<AccountId, usize>,
    english: &Words,
) -> (Vec<Sight<'a>>, usize) {
    let mut sights: Vec<Sight<'a>> = Vec::new();
    let mut known: BTreeMap<(String, Message, Option<WaiverNoteRow<'a>>), Option<usize>> =
        BTreeMap::new();
    let mut beyond = 0;
    for finding in findings {
        let subject = match &finding.subject {
            Subject::Account(id) => match places.get(id) {
                Some(&index) => place(&source.accounts[index]),
                None => id.to_string(),
            },
            other => other.to_string(),
        };
        let evidence = Message::of_evidence(finding.rule, &finding.evidence, english);
        let waiver = finding.waiver.as_ref().map(WaiverNoteRow::from);
        let accounts = touched(source, finding);
        let key = (subject.clone(), evidence.clone(), waiver.clone());
        match known.get(&key) {
            Some(Some(index)) => sights[*index].accounts += accounts,
            Some(None) => {}
            None if sights.len() == SUBJECTS_LISTED => {
                beyond += 1;
                known.insert(key, None);
            }
            None => {
                known.insert(key, Some(sights.len()));
                sights.push(Sight {
                    fingerprint: finding.fingerprint.to_string(),
                    subject,
                    kind: finding.subject.kind(),
                    evidence,
                    beside: Message::beside(&finding.evidence),
                    accounts,
                    waiver,
                });
            }
        }
    }
    (sights, beyond)
}

/// Rows of the input that are named for one reason at one place.
const INPUT_ROWS: usize = 5;

/// What an account's row leaves out.
fn missing(account: &Account) -> String {
    let fields = [
        ("protocol", account.protocol.is_none()),
        ("port", account.port.is_none()),
        ("security", account.security == Security::Unknown),
    ];
    let missing = fields.into_iter().filter(|(_, is_missing)| *is_missing);
    let missing: Vec<&str> = missing.map(|(field, _)| field).collect();
    missing.join("-")
}

/// What could not be verified, by place and reason, most accounts first.
pub(super) fn unverified<'a>(source: &'a Source<'a>) -> Vec<Unverified<'a>> {
    let mut rows: BTreeMap<(String, Reason, String), Unverified<'a>> = BTreeMap::new();
    for (account, judged) in source.accounts.iter().zip(&source.judgement.accounts) {
        if judged.verdict.word() == VerdictWord::NotVerified
            && let Some(reason) = judged.verdict.reason()
        {
            let missing = match reason {
                Reason::SettingsNotStated => missing(account),
                _ => String::new(),
            };
            let row = rows
                .entry((place(account), reason, missing.clone()))
                .or_insert_with(|| Unverified {
                    place: place(account),
                    reason: reason.word(),
                    accounts: 0,
                    missing,
                    rows: Vec::new(),
                    rows_beyond: 0,
                });
            row.accounts += 1;
            if !row.missing.is_empty() {
                for source in &account.sources {
                    match row.rows.len() {
                        INPUT_ROWS => row.rows_beyond += 1,
                        _ => row.rows.push(SourceRow::from(source)),
                    }
                }
            }
        }
    }
    let mut rows: Vec<Unverified<'a>> = rows.into_values().collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.accounts));
    rows
}
