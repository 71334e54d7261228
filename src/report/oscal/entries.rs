//! Accounts and findings, as observations, risks and findings of OSCAL.

use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;
use serde::Serialize;
use uuid::Uuid;

use crate::model::{
    Account, AccountId, AccountVerdict, Endpoint, Excuse, Finding, Subject, WaiverNote,
};
use crate::report::escape::Medium;
use crate::report::named::uuid;
use crate::report::rows::said_of;
use crate::report::sights::{not_verified, service, waived};
use crate::report::{Message, Source};
use crate::words::Words;

use super::{OBJECTIVE, Prop, markdown, props};

/// What the entries are made of.
pub(super) struct Entries<'r> {
    pub(super) source: &'r Source<'r>,
    pub(super) words: &'r Words,
    pub(super) places: HashMap<AccountId, usize>,
    /// What waivers accept for single accounts, and for how many.
    pub(super) excuses: BTreeMap<Excuse, usize>,
}

/// What was seen, without a judgement.
#[derive(Serialize)]
pub(super) struct Seen {
    uuid: Uuid,
    title: String,
    description: String,
    props: Vec<Prop>,
    methods: [&'static str; 1],
    types: [&'static str; 1],
    collected: Timestamp,
}

/// A breach that is accepted.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Risk {
    uuid: Uuid,
    title: String,
    description: String,
    statement: String,
    props: Vec<Prop>,
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    deadline: Option<Timestamp>,
    related_observations: [RelatedObservation; 1],
}

/// Whether an account meets the policy.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Judged {
    uuid: Uuid,
    title: String,
    description: String,
    props: Vec<Prop>,
    target: Target,
    related_observations: Vec<RelatedObservation>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_risks: Vec<RelatedRisk>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Target {
    r#type: &'static str,
    target_id: &'static str,
    status: Status,
}

#[derive(Serialize)]
struct Status {
    state: &'static str,
    reason: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct RelatedObservation {
    observation_uuid: Uuid,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct RelatedRisk {
    risk_uuid: Uuid,
}

impl Entries<'_> {
    fn id(&self, kind: &str, name: impl ToString) -> Uuid {
        uuid(&self.source.report_id, kind, &name.to_string())
    }

    /// When an endpoint was visited first; the end of the run if never.
    fn seen_at(&self, endpoint: Option<&Endpoint>) -> Timestamp {
        let visits = endpoint.map(|endpoint| self.source.observations.visits_to(endpoint));
        let first = visits.and_then(|visits| visits.map(|visit| visit.at).min());
        first.unwrap_or(self.source.course.finished)
    }

    /// An account's service, as Markdown.
    fn service(&self, account: &Account) -> String {
        let said = Message::new("a-value").with("value", service(account));
        markdown(&said, self.words)
    }

    fn verdict(&self, verdict: &AccountVerdict) -> String {
        let key = format!("verdict-{}", verdict.word().word());
        Medium::Markdown.ours(&self.words.say(&key, &[]))
    }

    fn of_whom(&self, account: &Account, verdict: &AccountVerdict) -> Vec<Prop> {
        props([
            ("account", Some(&*account.id.to_string())),
            ("verdict", Some(verdict.word().word())),
            ("reason", verdict.reason().map(|reason| reason.word())),
            ("employee", account.person.employee.as_deref()),
            ("email", account.person.email.as_deref()),
        ])
    }

    /// What was seen of an account.
    pub(super) fn of_account(&self, index: usize) -> Seen {
        let account = &self.source.accounts[index];
        let verdict = &self.source.judgement.accounts[index].verdict;
        let said = match verdict {
            AccountVerdict::NotVerified(reason) => {
                markdown(&not_verified(account, *reason), self.words)
            }
            _ => self.service(account),
        };
        Seen {
            uuid: self.id("account", account.id),
            title: self.verdict(verdict),
            description: said,
            props: self.of_whom(account, verdict),
            methods: ["TEST"],
            types: ["control-objective"],
            collected: self.seen_at(account.endpoint().as_ref()),
        }
    }

    /// What was seen that a rule found wrong.
    pub(super) fn of_finding(&self, finding: &Finding) -> Seen {
        let endpoint = match &finding.subject {
            Subject::Endpoint(endpoint) => Some(endpoint.clone()),
            Subject::Account(id) => {
                let place = self.places.get(id);
                place.and_then(|&index| self.source.accounts[index].endpoint())
            }
            _ => None,
        };
        Seen {
            uuid: self.id("finding", finding.fingerprint),
            title: self.title(finding),
            description: self.said(finding),
            props: self.of_rule(finding),
            methods: ["TEST"],
            types: ["finding"],
            collected: self.seen_at(endpoint.as_ref()),
        }
    }

    fn title(&self, finding: &Finding) -> String {
        let title = self.words.say(&format!("{}-title", finding.rule), &[]);
        Medium::Markdown.ours(&title)
    }

    fn said(&self, finding: &Finding) -> String {
        let said = said_of(finding, self.words);
        let said = said.iter().map(|message| markdown(message, self.words));
        said.collect()
    }

    fn of_rule(&self, finding: &Finding) -> Vec<Prop> {
        props([
            ("rule", Some(finding.rule)),
            ("severity", Some(finding.severity.word())),
            ("fingerprint", Some(&*finding.fingerprint.to_string())),
            ("subject-kind", Some(finding.subject.kind())),
            ("subject", Some(&finding.subject.to_string())),
            ("waived", Some(&finding.waiver.is_some().to_string())),
        ])
    }

    /// The risks that waivers accept: for everyone, then for single accounts.
    pub(super) fn risks(&self) -> impl Iterator<Item = Risk> {
        let judgement = self.source.judgement;
        let findings = judgement.findings.iter();
        let of_everyone = findings.filter_map(|finding| {
            let note = finding.waiver.as_ref()?;
            Some(self.risk(finding, note, finding.accounts))
        });
        // Two waivers may say the same of one finding: that is one risk.
        let mut of_accounts: BTreeMap<(u32, Uuid), (WaiverNote, usize)> = BTreeMap::new();
        for (excuse, accounts) in &self.excuses {
            let finding = &judgement.findings[excuse.finding as usize];
            let note = judgement.waivers[excuse.waiver].note();
            if finding.waiver.as_ref() != Some(&note) {
                let risk = (excuse.finding, self.risk_id(finding, &note));
                of_accounts.entry(risk).or_insert((note, 0)).1 += accounts;
            }
        }
        let of_accounts = of_accounts.into_iter();
        of_everyone.chain(of_accounts.map(|((finding, _), (note, accounts))| {
            self.risk(&judgement.findings[finding as usize], &note, accounts)
        }))
    }

    /// The name of the risk that a waiver accepts.
    fn risk_id(&self, finding: &Finding, note: &WaiverNote) -> Uuid {
        let whose = finding.fingerprint;
        match &finding.waiver {
            Some(waiver) if waiver == note => self.id("risk", whose),
            _ => self.id("risk", format!("{whose} {note:?}")),
        }
    }

    fn risk(&self, finding: &Finding, note: &WaiverNote, accounts: usize) -> Risk {
        // The waiver holds for the whole of its last day, in UTC.
        let end = note.until.at(23, 59, 59, 0);
        let end = end.to_zoned(jiff::tz::TimeZone::UTC).ok();
        let mut props = self.of_rule(finding);
        props.extend(Prop::new("accounts", &accounts.to_string()));
        Risk {
            uuid: self.risk_id(finding, note),
            title: self.title(finding),
            description: self.said(finding),
            statement: markdown(&waived(note), self.words),
            props,
            status: "deviation-approved",
            deadline: end.map(|end| end.timestamp()),
            related_observations: [RelatedObservation {
                observation_uuid: self.id("finding", finding.fingerprint),
            }],
        }
    }

    /// Whether an account meets the policy; nothing where that could not be verified.
    pub(super) fn finding(&self, index: usize) -> Option<Judged> {
        let source = self.source;
        let account = &source.accounts[index];
        let judged = &source.judgement.accounts[index];
        let (state, reason) = match judged.verdict {
            AccountVerdict::Compliant => ("satisfied", "pass"),
            AccountVerdict::NonCompliant => ("not-satisfied", "fail"),
            AccountVerdict::Waived => ("not-satisfied", "other"),
            AccountVerdict::NotVerified(_) => return None,
        };
        let findings = || source.judgement.findings_of(index);
        let seen = findings().map(|finding| self.id("finding", finding.fingerprint));
        let indices = judged.findings.iter().copied();
        let accepted = indices.filter_map(|index| {
            let note = source.judgement.accepted(judged, index)?;
            Some(self.risk_id(&source.judgement.findings[index as usize], &note))
        });
        let is_waived = matches!(judged.verdict, AccountVerdict::Waived);
        Some(Judged {
            uuid: self.id("verdict", account.id),
            title: self.verdict(&judged.verdict),
            description: self.service(account),
            props: self.of_whom(account, &judged.verdict),
            target: Target {
                r#type: "objective-id",
                target_id: OBJECTIVE,
                status: Status { state, reason },
            },
            related_observations: std::iter::once(self.id("account", account.id))
                .chain(seen)
                .map(|observation_uuid| RelatedObservation { observation_uuid })
                .collect(),
            related_risks: accepted
                .filter(|_| is_waived)
                .map(|risk_uuid| RelatedRisk { risk_uuid })
                .collect(),
        })
    }
}
