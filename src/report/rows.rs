//! The rows of the long lists, made one by one while they are written.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::model::{
    Account, AccountVerdict, Citation, Endpoint, Evidence, Finding, Fix, Proof, Security, Settings,
    Subject, Value,
};
use crate::rules;
use crate::words::Words;

use super::{Source, links};

/// A message of the locales with its values: language-neutral.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Message {
    /// The key.
    pub message: String,
    /// The values, by the names that the message uses.
    pub values: BTreeMap<&'static str, Value>,
}

impl Message {
    /// A message without values so far.
    pub fn new(key: impl Into<String>) -> Self {
        Message {
            message: key.into(),
            values: BTreeMap::new(),
        }
    }

    /// The same, with one value more.
    pub fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.values.insert(name, value.into());
        self
    }

    /// What was seen, as the message of the rule's form where it has one of its own.
    pub(super) fn of_evidence(rule: &str, evidence: &Evidence, words: &Words) -> Self {
        let own = evidence
            .variant
            .map(|variant| format!("{rule}-evidence-{variant}"))
            .filter(|key| words.has(key));
        Message {
            message: own.unwrap_or_else(|| format!("{rule}-evidence")),
            values: evidence.values.clone(),
        }
    }

    /// The message in a language, as plain text.
    pub fn say(&self, words: &Words) -> String {
        let values: Vec<(&str, Value)> = self
            .values
            .iter()
            .map(|(name, value)| (*name, value.clone()))
            .collect();
        words.say(&self.message, &values)
    }
}

/// One account, as `report.json` has it.
#[derive(Debug, Serialize)]
#[allow(missing_docs)] // The fields are those of product.md, word for word.
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
    pub verdict: &'static str,
    pub reason: Option<&'static str>,
    pub findings: Vec<String>,
}

/// A place in the input.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct SourceRow<'a> {
    pub file: &'a str,
    pub line: u64,
}

impl<'a> AccountRow<'a> {
    pub(super) fn new(source: &'a Source<'a>, index: usize) -> Self {
        let account: &Account = &source.accounts[index];
        let judged = &source.judgement.accounts[index];
        let fingerprint = |index: &u32| {
            source.judgement.findings[*index as usize]
                .fingerprint
                .to_string()
        };
        AccountRow {
            id: account.id.to_string(),
            sources: account
                .sources
                .iter()
                .map(|place| SourceRow {
                    file: &place.file,
                    line: place.line,
                })
                .collect(),
            employee: account.person.employee.as_deref(),
            email: account.person.email.as_deref(),
            department: account.person.department.as_deref(),
            client: account.client.as_deref(),
            protocol: account.protocol.map(|protocol| protocol.word()),
            host: account.host.to_string(),
            port: account.port,
            security: account.security.word(),
            inferred: account.inferred.iter().map(|field| field.word()).collect(),
            verdict: judged.verdict.word().word(),
            reason: match judged.verdict {
                AccountVerdict::NotVerified(reason) => Some(reason.word()),
                _ => None,
            },
            findings: judged.findings.iter().map(fingerprint).collect(),
        }
    }
}

/// One finding, as `report.json` has it.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct FindingRow<'a> {
    pub fingerprint: String,
    pub rule: &'static str,
    pub severity: &'static str,
    pub subject: SubjectRow,
    pub title: String,
    pub evidence: EvidenceRow,
    pub accounts: usize,
    pub references: Vec<Reference>,
    pub fix: FixRow<'a>,
    pub waiver: Option<WaiverNoteRow<'a>>,
}

/// Whom a finding is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
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
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct EvidenceRow {
    #[serde(flatten)]
    pub message: Message,
    pub text_en: String,
}

/// The exception that accepts a finding.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct WaiverNoteRow<'a> {
    pub reason: &'a str,
    pub approved_by: &'a str,
    pub until: String,
}

impl<'a> FindingRow<'a> {
    pub(super) fn new(source: &'a Source<'a>, finding: &'a Finding, english: &Words) -> Self {
        let message = Message::of_evidence(finding.rule, &finding.evidence, english);
        FindingRow {
            fingerprint: finding.fingerprint.to_string(),
            rule: finding.rule,
            severity: finding.severity.word(),
            subject: SubjectRow::from(&finding.subject),
            title: english.say(&format!("{}-title", finding.rule), &[]),
            evidence: EvidenceRow {
                text_en: message.say(english),
                message,
            },
            accounts: finding.accounts,
            references: references(source, finding.rule),
            fix: FixRow::new(finding, english),
            waiver: finding.waiver.as_ref().map(|note| WaiverNoteRow {
                reason: &note.reason,
                approved_by: &note.approved_by,
                until: note.until.to_string(),
            }),
        }
    }
}

/// A clause that a rule stands on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reference {
    /// How the document is cited.
    pub standard: &'static str,
    /// Its title.
    pub title: &'static str,
    /// The title in Chinese.
    pub title_zh: &'static str,
    /// The clause; empty for the document as a whole.
    pub clause: String,
    /// How strongly it speaks.
    pub verb: &'static str,
    /// Where it can be read, from our own table.
    pub url: Option<String>,
}

impl From<&Citation> for Reference {
    fn from(citation: &Citation) -> Self {
        use crate::model::Verb;
        Reference {
            standard: citation.standard.cite(),
            title: citation.standard.title(),
            title_zh: citation.standard.title_zh(),
            clause: citation.clause.to_string(),
            verb: match citation.verb {
                Verb::Must => "must",
                Verb::Should => "should",
                Verb::May => "may",
                Verb::States => "states",
                Verb::Interpretation => "interpretation",
            },
            url: links::of(citation.standard),
        }
    }
}

/// The clauses that a rule stands on: the policy's own first, then the rule's.
pub(super) fn references(source: &Source<'_>, rule: &str) -> Vec<Reference> {
    let own = source
        .policy
        .rules
        .get(rule)
        .map(|setting| &setting.clauses[..]);
    let papers = rules::find(rule).map(|rule| rule.citations);
    let mut references: Vec<Reference> = Vec::new();
    for citation in own
        .into_iter()
        .flatten()
        .chain(papers.into_iter().flatten())
    {
        let reference = Reference::from(citation);
        let known = references
            .iter()
            .any(|other| other.standard == reference.standard && other.clause == reference.clause);
        if !known {
            references.push(reference);
        }
    }
    references
}

/// What mends a finding: messages for the person and for the administrator, and the proof.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct FixRow<'a> {
    pub client: Option<ClientFix>,
    pub server: Option<EvidenceRow>,
    pub verified: Option<Verified<'a>>,
    pub why_not: Option<&'static str>,
}

/// The settings that a person enters.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct ClientFix {
    #[serde(flatten)]
    pub message: Message,
    pub text_en: String,
    pub settings: Option<SettingsRow>,
    pub idea: Option<&'static str>,
}

/// Settings as `report.json` has them.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct SettingsRow {
    pub protocol: &'static str,
    pub host: String,
    pub port: u16,
    pub security: &'static str,
}

impl From<&Settings> for SettingsRow {
    fn from(settings: &Settings) -> Self {
        SettingsRow {
            protocol: settings.protocol.word(),
            host: settings.host.to_string(),
            port: settings.port,
            security: settings.security.word(),
        }
    }
}

/// The proof of a fix.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct Verified<'a> {
    pub endpoint: &'a Endpoint,
    pub at: jiff::Timestamp,
}

impl<'a> FixRow<'a> {
    fn new(finding: &'a Finding, english: &Words) -> Self {
        let server = Message::new(format!("{}-fix-server", finding.rule));
        let fix = finding.fix.as_ref();
        let client = match fix.and_then(|fix| fix.to.as_ref()) {
            Some(settings) => Some(settings_message("fix-settings", settings)),
            None => Some(Message::new(format!("{}-fix-person", finding.rule)))
                .filter(|message| english.has(&message.message)),
        };
        let proof = fix.map(|fix| &fix.proof);
        FixRow {
            client: client.map(|message| ClientFix {
                text_en: message.say(english),
                message,
                settings: fix.and_then(|fix| fix.to.as_ref()).map(SettingsRow::from),
                idea: fix.and_then(|fix| fix.idea).map(|idea| idea.word()),
            }),
            server: english.has(&server.message).then(|| EvidenceRow {
                text_en: server.say(english),
                message: server,
            }),
            verified: match proof {
                Some(Proof::Proven { endpoint, at }) => Some(Verified { endpoint, at: *at }),
                _ => None,
            },
            why_not: match proof {
                Some(Proof::NotProven(why)) => Some(why.word()),
                _ => None,
            },
        }
    }
}

/// What to enter, as the message of that key.
pub(super) fn settings_message(key: &str, settings: &Settings) -> Message {
    let security = Value::Term(security_label(settings.security).to_owned());
    Message::new(key)
        .with("protocol", Value::Term(settings.protocol.name().to_owned()))
        .with("host", Value::Foreign(settings.host.to_string()))
        .with("port", settings.port)
        .with("security", security.clone())
        .with("security-label", security)
}

/// The word that mail clients show for a mode; for modes without one the message of the locales.
pub(super) const fn security_label(security: Security) -> &'static str {
    match security {
        Security::Tls => "SSL/TLS",
        Security::Starttls => "STARTTLS",
        Security::None => "-",
        Security::Auto => "auto",
        Security::Unknown => "?",
    }
}

/// What a fix says of its proof.
pub(super) fn proof_message(fix: &Fix) -> Message {
    match &fix.proof {
        Proof::Proven { endpoint, at } => {
            let protocol = fix
                .to
                .as_ref()
                .map_or("", |settings| settings.protocol.name());
            Message::new("fix-proven")
                .with("endpoint", Value::Foreign(endpoint.to_string()))
                .with("protocol", Value::Term(protocol.to_owned()))
                .with("time", *at)
        }
        Proof::NotProven(why) => Message::new(format!("fix-not-proven-{}", why.word())),
    }
}
