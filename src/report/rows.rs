//! The rows of the long lists, made one by one while they are written.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{
    Account, AccountJudgement, AccountVerdict, Evidence, Excuse, Finding, Place, Protocol, Subject,
    WaiverNote,
};
use crate::words::Words;

use super::references::references;
use super::{FixRow, Message, Reference, Source};

/// One account, as `report.json` has it.
#[derive(Debug, Serialize, JsonSchema)]
#[allow(missing_docs)] // The fields are words of the model, which says there what they mean.
pub struct AccountRow<'a> {
    pub id: String,
    pub sources: Vec<SourceRow<'a>>,
    pub employee: Option<&'a str>,
    pub email: Option<&'a str>,
    pub department: Option<&'a str>,
    pub client: Option<&'a str>,
    pub protocol: Option<&'static str>,
    pub host: String,
    pub port: Option<u16>,
    pub security: &'static str,
    pub inferred: Vec<&'static str>,
    /// The person's language, as the input names it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<&'a str>,
    pub verdict: &'static str,
    pub reason: Option<&'static str>,
    pub findings: Vec<String>,
    /// What accepts findings about its server for this account alone.
    pub accepted: Vec<AcceptedRow<'a>>,
}

/// That a waiver accepts a finding about an endpoint for one account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[allow(missing_docs)]
pub struct AcceptedRow<'a> {
    pub finding: String,
    pub rule: &'a str,
    /// Its place among the waivers, from 0.
    pub waiver: usize,
    #[serde(flatten)]
    pub note: WaiverNoteRow<'a>,
}

/// A place in the input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[allow(missing_docs)]
pub struct SourceRow<'a> {
    pub file: &'a str,
    pub line: u64,
}

impl<'a> From<&'a Place> for SourceRow<'a> {
    fn from(place: &'a Place) -> Self {
        SourceRow {
            file: &place.file,
            line: place.line,
        }
    }
}

impl<'a> AccountRow<'a> {
    pub(super) fn new(source: &'a Source<'a>, index: usize) -> Self {
        let account: &Account = &source.accounts[index];
        let judged = &source.judgement.accounts[index];
        let findings = source.judgement.findings_of(index);
        AccountRow {
            id: account.id.to_string(),
            sources: account.sources.iter().map(SourceRow::from).collect(),
            employee: account.person.employee.as_deref(),
            email: account.person.email.as_deref(),
            department: account.person.department.as_deref(),
            client: account.client.as_deref(),
            protocol: account.protocol.map(|protocol| protocol.word()),
            host: account.host.to_string(),
            port: account.port,
            security: account.security.word(),
            inferred: account.inferred.iter().map(|field| field.word()).collect(),
            language: account.language.as_deref(),
            verdict: judged.verdict.word().word(),
            reason: match judged.verdict {
                AccountVerdict::NotVerified(reason) => Some(reason.word()),
                _ => None,
            },
            findings: findings.map(|one| one.fingerprint.to_string()).collect(),
            accepted: accepted(source, judged),
        }
    }
}

/// What waivers accept for one account.
fn accepted<'a>(source: &Source<'a>, judged: &AccountJudgement) -> Vec<AcceptedRow<'a>> {
    let judgement = source.judgement;
    let row = |excuse: &Excuse| {
        let waiver = &judgement.waivers[excuse.waiver];
        AcceptedRow {
            finding: judgement.findings[excuse.finding as usize]
                .fingerprint
                .to_string(),
            rule: &waiver.rule,
            waiver: excuse.waiver,
            note: WaiverNoteRow {
                reason: &waiver.reason,
                approved_by: &waiver.approved_by,
                until: waiver.until.to_string(),
            },
        }
    };
    judged.excused.iter().map(row).collect()
}

/// What was seen, and what is to be said besides, message by message.
pub(super) fn said_of(finding: &Finding, words: &Words) -> Vec<Message> {
    let mut said = vec![Message::of_evidence(finding.rule, &finding.evidence, words)];
    said.extend(Message::beside(&finding.evidence));
    said
}

/// The same in a language, as plain text.
pub(super) fn said_in(finding: &Finding, words: &Words) -> String {
    let said = said_of(finding, words);
    said.iter().map(|message| message.say(words)).collect()
}

/// A message and those beside it in a language, as plain text.
pub(super) fn told(message: &Message, beside: &[Message], words: &Words) -> String {
    let all = std::iter::once(message).chain(beside);
    all.map(|message| message.say(words)).collect()
}

/// One finding, as `report.json` has it.
#[derive(Debug, Serialize, JsonSchema)]
#[allow(missing_docs)]
pub struct FindingRow<'a> {
    pub fingerprint: String,
    pub rule: &'static str,
    pub severity: &'static str,
    /// Whether it is grave enough to break the policy, or the settings of a group that it concerns.
    pub breach: bool,
    pub subject: SubjectRow,
    pub title: &'a str,
    pub evidence: EvidenceRow,
    /// The protocol in which it was seen, where the clauses depend on it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seen_in: Option<Protocol>,
    pub accounts: usize,
    pub references: &'a [Reference],
    pub fix: FixRow<'a>,
    pub waiver: Option<WaiverNoteRow<'a>>,
}

/// Whom a finding is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[allow(missing_docs)]
pub struct SubjectRow {
    pub kind: &'static str,
    pub id: String,
}

impl From<&Subject> for SubjectRow {
    fn from(subject: &Subject) -> Self {
        SubjectRow {
            kind: subject.kind(),
            id: subject.to_string(),
        }
    }
}

/// What was seen: a message, its values, and the English text for readers without mailfleet.
#[derive(Debug, Serialize, JsonSchema)]
#[allow(missing_docs)]
pub struct EvidenceRow {
    #[serde(flatten)]
    pub message: Message,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub beside: Vec<Message>,
    pub text_en: String,
}

impl EvidenceRow {
    fn new(rule: &str, evidence: &Evidence, english: &Words) -> Self {
        let message = Message::of_evidence(rule, evidence, english);
        let beside = Message::beside(evidence);
        EvidenceRow {
            text_en: told(&message, &beside, english),
            message,
            beside,
        }
    }

    /// What was seen, and what is to be said besides, in a language, as plain text.
    pub fn say(&self, words: &Words) -> String {
        told(&self.message, &self.beside, words)
    }
}

/// The exception that accepts a finding.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[allow(missing_docs)]
pub struct WaiverNoteRow<'a> {
    pub reason: &'a str,
    pub approved_by: &'a str,
    pub until: String,
}

impl<'a> From<&'a WaiverNote> for WaiverNoteRow<'a> {
    fn from(note: &'a WaiverNote) -> Self {
        WaiverNoteRow {
            reason: &note.reason,
            approved_by: &note.approved_by,
            until: note.until.to_string(),
        }
    }
}

/// What is the same in every finding of one rule.
#[derive(Debug)]
pub(super) struct InCommon {
    title: String,
    /// By the protocol in which it was broken.
    references: BTreeMap<Option<Protocol>, Vec<Reference>>,
    /// What the administrator does.
    pub(super) server: Option<EvidenceRow>,
}

impl InCommon {
    pub(super) fn new(source: &Source<'_>, rule: &str, english: &Words) -> Self {
        let server = Message::new(format!("{rule}-fix-server"));
        InCommon {
            title: english.say(&format!("{rule}-title"), &[]),
            references: std::iter::once(None)
                .chain(Protocol::ALL.map(Some))
                .map(|seen_in| {
                    let clauses = references(source, rule, &seen_in.into_iter().collect());
                    (seen_in, clauses)
                })
                .collect(),
            server: english.has(&server.message).then(|| EvidenceRow {
                beside: Vec::new(),
                text_en: server.say(english),
                message: server,
            }),
        }
    }
}

impl<'a> FindingRow<'a> {
    pub(super) fn new(finding: &'a Finding, in_common: &'a InCommon, english: &Words) -> Self {
        FindingRow {
            fingerprint: finding.fingerprint.to_string(),
            rule: finding.rule,
            severity: finding.severity.word(),
            breach: finding.breach,
            subject: SubjectRow::from(&finding.subject),
            title: &in_common.title,
            evidence: EvidenceRow::new(finding.rule, &finding.evidence, english),
            seen_in: finding.evidence.protocol,
            accounts: finding.accounts,
            references: &in_common.references[&finding.evidence.protocol],
            fix: FixRow::new(finding, in_common, english),
            waiver: finding.waiver.as_ref().map(WaiverNoteRow::from),
        }
    }
}
