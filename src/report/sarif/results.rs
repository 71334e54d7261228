//! Findings and accounts without a verdict, as results of SARIF.

use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;
use serde::Serialize;

use crate::model::{
    Account, AccountId, AccountVerdict, Excuse, Fix, Severity, Subject, Unproven, WaiverNote,
};
use crate::report::escape::uri;
use crate::report::fixes::offered;
use crate::report::rows::said_in;
use crate::report::sights::{compliant, not_verified, place};
use crate::report::{SettingsRow, Source};
use crate::words::Words;

use super::rules::{self, level};
use super::{ArtifactLocation, COMPLIANT, NOT_VERIFIED, Text};

/// Rows of the input that one result names; equal rows are one account.
const ROWS: usize = 10;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Outcome<'a> {
    rule_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_index: Option<usize>,
    kind: &'static str,
    level: &'static str,
    message: Text,
    locations: Vec<Location>,
    partial_fingerprints: BTreeMap<&'static str, String>,
    suppressions: Vec<Suppression>,
    properties: Properties<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    #[serde(skip_serializing_if = "Option::is_none")]
    physical_location: Option<PhysicalLocation>,
    logical_locations: [LogicalLocation; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    region: Region,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u64,
}

#[derive(Clone, Serialize)]
#[serde(rename_all = "camelCase")]
struct LogicalLocation {
    name: String,
    fully_qualified_name: String,
    kind: &'static str,
}

#[derive(Serialize)]
struct Suppression {
    kind: &'static str,
    status: &'static str,
    justification: String,
    properties: Approval,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Approval {
    approved_by: String,
    until: String,
}

impl From<WaiverNote> for Suppression {
    fn from(note: WaiverNote) -> Self {
        Suppression {
            kind: "external",
            status: "accepted",
            justification: note.reason,
            properties: Approval {
                approved_by: note.approved_by,
                until: note.until.to_string(),
            },
        }
    }
}

/// That a finding is accepted for some of its accounts. A suppression would hide it for the others.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Accepted {
    accounts: usize,
    justification: String,
    #[serde(flatten)]
    approval: Approval,
}

/// Which findings are accepted for single accounts, and by which waivers for how many.
pub(super) type Excuses = BTreeMap<Excuse, usize>;

/// The waivers that accept a finding for single accounts, and for how many each.
fn excused(source: &Source<'_>, excuses: &Excuses, finding: u32) -> Vec<(WaiverNote, usize)> {
    let of = |waiver| Excuse { finding, waiver };
    let of_finding = excuses.range(of(0)..=of(usize::MAX));
    of_finding
        .map(|(excuse, accounts)| (source.judgement.waivers[excuse.waiver].note(), *accounts))
        .collect()
}

#[derive(Serialize)]
struct Properties<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    severity: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    verdict: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'static str>,
    accounts: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    employee: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<Remedy>,
    #[serde(rename = "acceptedFor", skip_serializing_if = "Vec::is_empty")]
    accepted_for: Vec<Accepted>,
}

/// The settings that mend a finding, and whether that was proven; no `fix` of SARIF, which is a
/// change to the artifact.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Remedy {
    #[serde(skip_serializing_if = "Option::is_none")]
    settings: Option<SettingsRow>,
    #[serde(skip_serializing_if = "Option::is_none")]
    proven_at: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    not_proven: Option<&'static str>,
}

impl From<&Fix> for Remedy {
    fn from(fix: &Fix) -> Self {
        Remedy {
            settings: fix.to.as_ref().map(SettingsRow::from),
            proven_at: fix.proven_at(),
            not_proven: fix.not_proven().map(Unproven::word),
        }
    }
}

fn located(account: &Account) -> Vec<Location> {
    let logical = LogicalLocation {
        name: place(account),
        fully_qualified_name: account.id.to_string(),
        kind: "account",
    };
    let rows = account.sources.iter().take(ROWS);
    rows.map(|row| Location {
        physical_location: Some(PhysicalLocation {
            artifact_location: ArtifactLocation {
                uri: uri(&row.file),
            },
            region: Region {
                start_line: row.line,
            },
        }),
        logical_locations: [logical.clone()],
    })
    .collect()
}

/// What SARIF says of a finding.
pub(super) fn of_finding<'a>(
    source: &'a Source<'a>,
    places: &HashMap<AccountId, usize>,
    excuses: &Excuses,
    index: u32,
    words: &Words,
) -> Outcome<'a> {
    let finding = &source.judgement.findings[index as usize];
    let excused = excused(source, excuses, index);
    let waiver = finding.waiver.as_ref();
    let others = excused.iter().map(|(note, _)| note);
    let others = others.filter(|note| waiver.is_some_and(|waiver| waiver != *note));
    let notes: Vec<WaiverNote> = waiver.into_iter().chain(others).cloned().collect();
    let account = match &finding.subject {
        Subject::Account(id) => places.get(id).map(|&index| &source.accounts[index]),
        _ => None,
    };
    let locations = match account {
        Some(account) => located(account),
        None => vec![Location {
            physical_location: None,
            logical_locations: [LogicalLocation {
                name: finding.subject.to_string(),
                fully_qualified_name: finding.subject.to_string(),
                kind: finding.subject.kind(),
            }],
        }],
    };
    Outcome {
        rule_id: finding.rule,
        rule_index: rules::place(finding.rule),
        kind: match (finding.severity, finding.breach) {
            (Severity::Info, false) => "informational",
            _ => "fail",
        },
        level: match (finding.severity, finding.breach) {
            (Severity::Info, true) => level(Severity::Low),
            (severity, _) => level(severity),
        },
        message: Text::new(&said_in(finding, words)),
        locations,
        partial_fingerprints: BTreeMap::from([(
            "mailfleetFinding/v1",
            finding.fingerprint.to_string(),
        )]),
        suppressions: notes.into_iter().map(Suppression::from).collect(),
        properties: Properties {
            severity: Some(finding.severity.word()),
            verdict: None,
            reason: None,
            accounts: finding.accounts,
            employee: account.and_then(|account| account.person.employee.as_deref()),
            email: account.and_then(|account| account.person.email.as_deref()),
            fix: offered(finding).map(Remedy::from),
            accepted_for: excused
                .into_iter()
                .map(|(note, accounts)| Accepted {
                    accounts,
                    justification: note.reason,
                    approval: Approval {
                        approved_by: note.approved_by,
                        until: note.until.to_string(),
                    },
                })
                .collect(),
        },
    }
}

/// What SARIF says of an account that could not be verified and, on request, of one that meets the
/// policy; of others it says nothing.
pub(super) fn of_account<'a>(
    source: &'a Source<'a>,
    index: usize,
    words: &Words,
) -> Option<Outcome<'a>> {
    let account = &source.accounts[index];
    let (rule, kind, said, reason) = match source.judgement.accounts[index].verdict {
        AccountVerdict::NotVerified(reason) => (
            NOT_VERIFIED,
            "open",
            not_verified(account, reason),
            Some(reason),
        ),
        AccountVerdict::Compliant if source.presentation.passes => {
            (COMPLIANT, "pass", compliant(account), None)
        }
        _ => return None,
    };
    Some(Outcome {
        rule_id: rule,
        rule_index: rules::place(rule),
        kind,
        level: "none",
        message: Text::new(&said.say(words)),
        locations: located(account),
        partial_fingerprints: BTreeMap::from([("mailfleetAccount/v1", account.id.to_string())]),
        suppressions: Vec::new(),
        properties: Properties {
            severity: None,
            verdict: Some(rule),
            reason: reason.map(|reason| reason.word()),
            accounts: 1,
            employee: account.person.employee.as_deref(),
            email: account.person.email.as_deref(),
            fix: None,
            accepted_for: Vec::new(),
        },
    })
}
