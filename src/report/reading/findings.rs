//! Findings, with their evidence and what mends them.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;

use crate::model::{
    Endpoint, Evidence, Finding, Fingerprint, Fix, Host, Idea, Proof, Protocol, Security, Settings,
    Severity, Subject, Unproven, Value, WaiverNote,
};
use crate::report::RuleId;
use crate::words::known;

use super::rows::Gather;

/// The findings in their order; equal evidence is kept once.
#[derive(Default)]
pub(super) struct Findings {
    pub(super) findings: Vec<Finding>,
    pub(super) numbers: Numbers,
    evidence: BTreeSet<Arc<Evidence>>,
}

/// The number of each finding in the list, by fingerprint.
pub(super) type Numbers = HashMap<Fingerprint, u32>;

/// The number of a finding that is named somewhere.
pub(super) fn number_of(numbers: &Numbers, named: Fingerprint) -> Result<u32, String> {
    let number = numbers.get(&named).copied();
    number.ok_or_else(|| format!("the finding {named} is named and not listed"))
}

#[derive(Deserialize)]
pub(super) struct FindingPart {
    fingerprint: String,
    rule: RuleId,
    severity: Severity,
    breach: bool,
    subject: SubjectPart,
    evidence: EvidencePart,
    #[serde(default)]
    seen_in: Option<Protocol>,
    accounts: usize,
    fix: FixPart,
    waiver: Option<NotePart>,
}

#[derive(Deserialize)]
struct SubjectPart {
    kind: String,
    id: String,
}

/// What was seen, as `report.json` has it.
#[derive(Deserialize)]
pub(super) struct EvidencePart {
    message: String,
    values: BTreeMap<String, Value>,
}

#[derive(Deserialize)]
struct FixPart {
    client: Option<ClientPart>,
    verified: Option<VerifiedPart>,
    why_not: Option<Unproven>,
}

#[derive(Deserialize)]
struct ClientPart {
    settings: Option<SettingsPart>,
    idea: Option<Idea>,
}

/// Settings, as `report.json` has them.
#[derive(Deserialize)]
pub(super) struct SettingsPart {
    protocol: Protocol,
    host: Host,
    port: u16,
    security: Security,
}

#[derive(Deserialize)]
struct VerifiedPart {
    endpoint: Endpoint,
    at: Timestamp,
}

#[derive(Deserialize)]
struct NotePart {
    reason: String,
    approved_by: String,
    until: Date,
}

impl Gather for Findings {
    type Row = FindingPart;

    fn take(&mut self, row: FindingPart) -> Result<(), String> {
        let fingerprint = row.fingerprint.parse()?;
        let number = u32::try_from(self.findings.len()).map_err(|error| error.to_string())?;
        if self.numbers.insert(fingerprint, number).is_some() {
            return Err(format!("the finding {fingerprint} stands twice"));
        }
        let rule = row.rule.0;
        let evidence = self.shared(row.evidence.evidence(rule, row.seen_in)?);
        self.findings.push(Finding {
            fingerprint,
            rule,
            subject: row.subject.subject()?,
            severity: row.severity,
            breach: row.breach,
            evidence,
            accounts: row.accounts,
            waiver: row.waiver.map(|note| WaiverNote {
                reason: note.reason,
                approved_by: note.approved_by,
                until: note.until,
            }),
            fix: row.fix.fix()?,
        });
        Ok(())
    }
}

impl Findings {
    fn shared(&mut self, evidence: Evidence) -> Arc<Evidence> {
        if let Some(known) = self.evidence.get(&evidence) {
            return Arc::clone(known);
        }
        let evidence = Arc::new(evidence);
        self.evidence.insert(Arc::clone(&evidence));
        evidence
    }
}

impl SubjectPart {
    fn subject(self) -> Result<Subject, String> {
        Ok(match self.kind.as_str() {
            "endpoint" => Subject::Endpoint(self.id.parse()?),
            "account" => Subject::Account(self.id.parse()?),
            "person" => Subject::Person(self.id),
            "domain" => Subject::Domain(self.id),
            "fleet" => Subject::Fleet,
            _ => return Err("a finding is about something that is not known here".to_owned()),
        })
    }
}

impl EvidencePart {
    /// The evidence of a rule. Its message has to be one of the rule's own.
    pub(super) fn evidence(
        self,
        rule: &'static str,
        protocol: Option<Protocol>,
    ) -> Result<Evidence, String> {
        let own = match self.message.strip_prefix(rule) {
            Some("-evidence") => Some(None),
            // A form has a message of its own, or it would not have been named.
            _ => known(&self.message)
                .and_then(|key| key.strip_prefix(rule)?.strip_prefix("-evidence-"))
                .map(Some),
        };
        let variant = own.ok_or("its evidence is said by a message that is not known here")?;
        self.values.values().try_for_each(is_said)?;
        Ok(Evidence {
            variant,
            values: owned(self.values),
            protocol,
        })
    }
}

fn owned(values: BTreeMap<String, Value>) -> BTreeMap<Cow<'static, str>, Value> {
    let values = values.into_iter();
    values
        .map(|(name, value)| (Cow::Owned(name), value))
        .collect()
}

/// Whether words of ours among a value are known: statements are said without a mark.
pub(super) fn is_said(value: &Value) -> Result<(), String> {
    match value {
        Value::Statements(statements) => {
            let mut keys = statements.iter().map(|statement| &statement.key);
            match keys.all(|key| known(key).is_some()) {
                true => Ok(()),
                false => Err("a statement is none that is known here".to_owned()),
            }
        }
        Value::Phrase(phrase) => phrase.values.values().try_for_each(is_said),
        _ => Ok(()),
    }
}

impl FixPart {
    fn fix(self) -> Result<Option<Fix>, String> {
        let proof = match (self.verified, self.why_not) {
            (Some(proof), None) => Proof::Proven {
                endpoint: proof.endpoint,
                at: proof.at,
            },
            (None, Some(why)) => Proof::NotProven(why),
            (None, None) => return Ok(None),
            (Some(_), Some(_)) => return Err("a fix is proven and is not".to_owned()),
        };
        let (settings, idea) = self
            .client
            .map_or((None, None), |client| (client.settings, client.idea));
        Ok(Some(Fix {
            to: settings.map(SettingsPart::settings).transpose()?,
            idea,
            proof,
        }))
    }
}

impl SettingsPart {
    /// The settings.
    pub(super) fn settings(self) -> Result<Settings, String> {
        match self.port {
            0 => Err("settings have port 0".to_owned()),
            port => Ok(Settings {
                protocol: self.protocol,
                host: self.host,
                port,
                security: self.security,
            }),
        }
    }
}
