//! Who looked, when, from where, by which measure.

use std::collections::BTreeMap;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{
    Clock, ColumnUsage, EndedBy, InputFile, Observations, ResolverTried, Tried, TrustStore,
    Vantage, WaiverState, WaiverUse,
};
use crate::policy::day_of;

use super::{PolicyRow, Source};

/// The `run` of `report.json`.
#[derive(Debug, Serialize, JsonSchema)]
#[allow(missing_docs)] // The fields are words of the model, which says there what they mean.
pub struct Run<'a> {
    pub id: &'a str,
    pub report_id: &'a str,
    /// The hash of the last line of the observations.
    pub observations_head: &'a str,
    pub started: Timestamp,
    pub finished: Timestamp,
    pub at: Timestamp,
    pub complete: bool,
    pub why: Option<&'static str>,
    pub redacted: bool,
    pub organisation: Option<&'a str>,
    pub vantage: &'a str,
    pub auditor: Option<&'a str>,
    pub clock: Clock,
    pub resolver: &'a str,
    pub network: Network<'a>,
    pub resolver_tried: Option<&'a ResolverTried>,
    pub depth: &'a str,
    pub limits: BTreeMap<&'a str, &'a str>,
    pub policies: &'a [PolicyRow],
    /// Policies that are only tried.
    pub tried: &'a [PolicyRow],
    pub trust: &'a TrustStore,
    pub inputs: Vec<InputRow<'a>>,
    pub options: &'a BTreeMap<String, String>,
    pub candidates: Vec<CandidateRow<'a>>,
}

/// The vantage's place in its networks, as far as it was seen.
#[derive(Debug, Serialize, JsonSchema)]
#[allow(missing_docs)]
pub struct Network<'a> {
    pub start: Option<&'a Vantage>,
    pub end: Option<&'a Vantage>,
    /// Whether the two differ; `None` where one of them is missing.
    pub changed: Option<bool>,
}

/// What became of one input file.
#[derive(Debug, Serialize, JsonSchema)]
#[allow(missing_docs)]
pub struct InputRow<'a> {
    pub file: &'a str,
    pub sha256: &'a str,
    pub rows: u64,
    pub accepted: u64,
    pub rejected: u64,
    pub changed_while_read: bool,
    pub secret_columns: Vec<&'a str>,
    pub unread_columns: Vec<&'a str>,
}

/// Settings that were tried as a fix.
#[derive(Debug, Serialize, JsonSchema)]
#[allow(missing_docs)]
pub struct CandidateRow<'a> {
    pub endpoint: String,
    pub protocol: &'static str,
    pub host: &'a crate::model::Host,
    pub port: u16,
    pub security: &'static str,
    pub idea: &'static str,
    pub verdict: &'static str,
}

/// What became of a waiver.
#[derive(Debug, Serialize, JsonSchema)]
#[allow(missing_docs)]
pub struct WaiverRow<'a> {
    pub rule: &'a str,
    pub subject: &'a str,
    pub reason: &'a str,
    pub approved_by: &'a str,
    pub owner: Option<&'a str>,
    pub ticket: Option<&'a str>,
    pub until: String,
    pub state: WaiverState,
    pub findings: usize,
}

const ENDING_SOON_DAYS: i64 = 30;

impl<'a> Run<'a> {
    pub(super) fn new(source: &'a Source<'a>) -> Self {
        let header = source.observations.run.as_ref();
        Run {
            id: header.map_or("", |run| &run.run_id),
            report_id: &source.report_id,
            observations_head: &source.observations_head,
            started: source.course.started,
            finished: source.course.finished,
            at: source.at,
            complete: source.course.complete,
            why: source.course.ended_by.map(EndedBy::word),
            redacted: source.redacted,
            organisation: source.organisation.as_deref(),
            vantage: match &source.vantage {
                Some(name) => name,
                None => header.map_or("", |run| &run.vantage),
            },
            auditor: source.auditor.as_deref(),
            clock: source.clock,
            resolver: header.map_or("", |run| &run.resolver),
            network: Network::new(source.observations),
            resolver_tried: source.observations.resolver_tried.as_ref(),
            depth: header.map_or("", |run| &run.depth),
            limits: header
                .into_iter()
                .flat_map(|run| &run.limits)
                .map(|(name, limit)| (name.as_str(), limit.as_str()))
                .collect(),
            policies: &source.policies,
            tried: &source.tried,
            trust: source.trust,
            inputs: source.inputs.iter().map(InputRow::new).collect(),
            options: &source.course.options,
            candidates: source.candidates.iter().map(CandidateRow::new).collect(),
        }
    }
}

impl<'a> Network<'a> {
    fn new(observations: &'a Observations) -> Self {
        let (start, end) = (&observations.vantage, &observations.vantage_end);
        Network {
            start: start.as_ref(),
            end: end.as_ref(),
            changed: observations.vantage_changed(),
        }
    }
}

impl<'a> InputRow<'a> {
    fn new(input: &'a InputFile) -> Self {
        let headers = |secret: bool| {
            input
                .columns
                .iter()
                .filter(|column| {
                    (column.usage == ColumnUsage::Secret) == secret && column.field.is_none()
                })
                .map(|column| column.header.as_str())
                .collect()
        };
        InputRow {
            file: &input.file,
            sha256: &input.sha256,
            rows: input.rows,
            accepted: input.accepted,
            rejected: input.rejected,
            changed_while_read: input.changed_while_read,
            secret_columns: headers(true),
            unread_columns: headers(false),
        }
    }
}

impl<'a> CandidateRow<'a> {
    fn new(tried: &'a Tried) -> Self {
        CandidateRow {
            endpoint: tried.settings.endpoint().to_string(),
            protocol: tried.settings.protocol.word(),
            host: &tried.settings.host,
            port: tried.settings.port,
            security: tried.settings.security.word(),
            idea: tried.idea.word(),
            verdict: tried.verdict.word(),
        }
    }
}

impl<'a> WaiverRow<'a> {
    pub(super) fn new(source: &Source<'_>, waiver: &'a WaiverUse) -> Self {
        let left = day_of(source.at)
            .until(waiver.until)
            .map_or(i64::MAX, |span| i64::from(span.get_days()));
        WaiverRow {
            rule: &waiver.rule,
            subject: &waiver.subject,
            reason: &waiver.reason,
            approved_by: &waiver.approved_by,
            owner: waiver.owner.as_deref(),
            ticket: waiver.ticket.as_deref(),
            until: waiver.until.to_string(),
            state: match (waiver.expired, waiver.findings) {
                (true, _) => WaiverState::Expired,
                (false, 0) => WaiverState::Unused,
                (false, _) if left <= ENDING_SOON_DAYS => WaiverState::Ending,
                (false, _) => WaiverState::Active,
            },
            findings: waiver.findings,
        }
    }
}
