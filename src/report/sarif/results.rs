//! Findings and accounts without a verdict, as results of SARIF.

use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;
use serde::Serialize;

use crate::model::{
    Account, AccountId, AccountVerdict, Finding, Fix, Severity, Subject, Unproven, WaiverNote,
};
use crate::report::escape::uri;
use crate::report::fixes::offered;
use crate::report::rows::said_in;
use crate::report::sights::{not_verified, place};
use crate::report::{SettingsRow, Source};
use crate::words::Words;

use super::rules::{self, level};
use super::{ArtifactLocation, NOT_VERIFIED, Text};

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
    suppressions: Vec<Suppression<'a>>,
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
struct Suppression<'a> {
    kind: &'static str,
    status: &'static str,
    justification: &'a str,
    properties: Approval<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Approval<'a> {
    approved_by: &'a str,
    until: String,
}

impl<'a> From<&'a WaiverNote> for Suppression<'a> {
    fn from(note: &'a WaiverNote) -> Self {
        Suppression {
            kind: "external",
            status: "accepted",
            justification: &note.reason,
            properties: Approval {
                approved_by: &note.approved_by,
                until: note.until.to_string(),
            },
        }
    }
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
    finding: &'a Finding,
    words: &Words,
) -> Outcome<'a> {
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
        kind: match finding.severity {
            Severity::Info => "informational",
            _ => "fail",
        },
        level: level(finding.severity),
        message: Text::new(&said_in(finding, words)),
        locations,
        partial_fingerprints: BTreeMap::from([(
            "mailfleetFinding/v1",
            finding.fingerprint.to_string(),
        )]),
        suppressions: finding.waiver.iter().map(Suppression::from).collect(),
        properties: Properties {
            severity: Some(finding.severity.word()),
            verdict: None,
            reason: None,
            accounts: finding.accounts,
            employee: account.and_then(|account| account.person.employee.as_deref()),
            email: account.and_then(|account| account.person.email.as_deref()),
            fix: offered(finding).map(Remedy::from),
        },
    }
}

/// What SARIF says of an account that could not be verified; of others it says nothing.
pub(super) fn of_account<'a>(
    source: &'a Source<'a>,
    index: usize,
    words: &Words,
) -> Option<Outcome<'a>> {
    let AccountVerdict::NotVerified(reason) = source.judgement.accounts[index].verdict else {
        return None;
    };
    let account = &source.accounts[index];
    Some(Outcome {
        rule_id: NOT_VERIFIED,
        rule_index: rules::place(NOT_VERIFIED),
        kind: "open",
        level: "none",
        message: Text::new(&not_verified(account, reason).say(words)),
        locations: located(account),
        partial_fingerprints: BTreeMap::from([("mailfleetAccount/v1", account.id.to_string())]),
        suppressions: Vec::new(),
        properties: Properties {
            severity: None,
            verdict: Some("not-verified"),
            reason: Some(reason.word()),
            accounts: 1,
            employee: account.person.employee.as_deref(),
            email: account.person.email.as_deref(),
            fix: None,
        },
    })
}
