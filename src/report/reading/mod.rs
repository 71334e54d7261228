//! A `report.json` read back into what it was made of, so that it can be said in another format and
//! another language without the network and without a second judgement.
//!
//! The file comes from anywhere and is trusted in nothing (threat model D12): it is bounded, its
//! words have to be known, whatever it names has to be listed, and [`Kept::is_what`] compares its
//! totals with those of its rows. Fields that are not known are passed over.

mod accounts;
mod agreement;
mod bounds;
mod comparison;
mod endpoints;
mod findings;
mod rows;
mod run;
mod waivers;
mod what_if;

use std::collections::BTreeMap;
use std::io::Read;

use jiff::Timestamp;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

use crate::model::{
    Account, ClientKind, Clock, InputFile, Judgement, Observations, PolicyCounts, Raw, Rejected,
    Software, Tried, TrustStore, visible,
};
use crate::words::known;

use super::json::SCHEMA;
use super::{
    Control, Course, Message, PolicyRow, Presentation, Report, Source, Summary, TitledContrast,
};
use accounts::{Accounts, RejectedRows};
use bounds::{few, few_named, is_hash};
use comparison::ComparisonPart;
use endpoints::{Endpoints, Settled};
use findings::Findings;
use rows::Gathered;
use run::RunPart;
use waivers::WaiverPart;
use what_if::{Titled, WhatIfPart};

/// Largest `report.json` that is read back, in bytes: 500,000 accounts with a finding each stay
/// below it.
pub const LARGEST_REPORT: u64 = 2 << 30;

/// Why a `report.json` cannot be read back.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Unreadable(String);

impl Unreadable {
    fn new(why: impl ToString) -> Self {
        Unreadable(visible(&why.to_string(), 400))
    }
}

/// What a report was made of, as far as `report.json` holds it.
#[derive(Debug)]
pub struct Kept {
    /// The version of the program that judged.
    pub version: String,
    report_id: String,
    observations_head: String,
    accounts: Vec<Account>,
    rejected: Vec<Rejected>,
    inputs: Vec<InputFile>,
    observations: Observations,
    judgement: Judgement,
    policies: Vec<PolicyRow>,
    tried: Vec<PolicyRow>,
    counts: Vec<PolicyCounts>,
    contrasts: Vec<Titled>,
    trust: TrustStore,
    at: Timestamp,
    course: Course,
    redacted: bool,
    organisation: Option<String>,
    auditor: Option<String>,
    vantage: String,
    clock: Clock,
    candidates: Vec<Tried>,
    notes: Vec<Message>,
    files: BTreeMap<String, String>,
    summary: Summary,
    control: Control,
}

#[derive(Deserialize)]
struct Document {
    #[serde(deserialize_with = "this_schema")]
    #[allow(dead_code)] // Whether it is there and ours is all that counts.
    schema: (),
    tool: Tool,
    run: RunPart,
    summary: Summary,
    control: Control,
    #[serde(deserialize_with = "few_named::<1_000, _, _>")]
    files: BTreeMap<String, String>,
    #[serde(deserialize_with = "few::<10_000, _, _>")]
    notes: Vec<Message>,
    #[serde(deserialize_with = "few::<20_000, _, _>")]
    waivers: Vec<WaiverPart>,
    #[serde(deserialize_with = "few::<50_000, _, _>")]
    comparison: Vec<ComparisonPart>,
    #[serde(deserialize_with = "few::<500, _, _>")]
    what_if: Vec<WhatIfPart>,
    endpoints: Gathered<Endpoints>,
    findings: Gathered<Findings>,
    rejected: Gathered<RejectedRows>,
    accounts: Gathered<Accounts>,
}

#[derive(Deserialize)]
struct Tool {
    version: String,
}

fn this_schema<'de, D: Deserializer<'de>>(deserializer: D) -> Result<(), D::Error> {
    let schema = String::deserialize(deserializer)?;
    match schema == SCHEMA {
        true => Ok(()),
        false => Err(D::Error::custom(format!(
            "its schema is `{}`, and this version reads `{SCHEMA}`",
            visible(&schema, 60)
        ))),
    }
}

/// Whether a message, and the statements within it, can be said here.
fn is_known(message: &Message) -> Result<(), String> {
    match known(&message.message) {
        Some(_) => message.values.values().try_for_each(findings::is_said),
        None => Err("a message is none that is known here".to_owned()),
    }
}

/// Whether a message is one that a run has to say besides, and not a verdict or a sentence of a rule.
fn is_note(message: &Message) -> Result<(), String> {
    is_known(message)?;
    match message.message.starts_with("note-") {
        true => Ok(()),
        false => Err("a message among the notes is none that is known there".to_owned()),
    }
}

/// Reads a `report.json` back, its long lists row by row.
///
/// # Errors
///
/// It cannot be read, is no report of this version, or names what it does not list.
pub fn read(file: impl Read) -> Result<Kept, Unreadable> {
    let file = file.take(LARGEST_REPORT);
    let document: Document = serde_json::from_reader(file).map_err(Unreadable::new)?;
    Kept::new(document).map_err(Unreadable::new)
}

impl Kept {
    fn new(document: Document) -> Result<Self, String> {
        let Document {
            run,
            summary,
            control,
            ..
        } = document;
        document.notes.iter().try_for_each(is_note)?;
        run.hashes()?;
        if !document.files.values().all(|sha256| is_hash(sha256)) {
            return Err("a hash is none".to_owned());
        }
        let (findings, numbers) = (document.findings.0.findings, document.findings.0.numbers);
        let waivers: Vec<_> = document.waivers.into_iter().map(Into::into).collect();
        let (accounts, judged) = document.accounts.0.settled(&numbers, waivers.len())?;
        let Settled {
            seen: mut observations,
            judged: endpoints,
        } = document.endpoints.0.settled(&numbers)?;
        bounds::check(&run, &summary, accounts.len(), &findings, &endpoints)?;
        let counts = comparison::counts(&run.policies, &summary, &document.comparison)?;
        observations.run = Some(run.header()?);
        let course = run.course(control.connections)?;
        let (inputs, candidates) = (run.inputs(), run.candidates());
        observations.vantage = run.network.start;
        observations.vantage_end = run.network.end;
        observations.resolver_tried = run.resolver_tried;
        let judgement = Judgement {
            findings,
            accounts: judged,
            endpoints,
            groups: comparison::groups(&run.policies[0]),
            waivers,
            ..Judgement::default()
        };
        let one_measure = judgement.groups.is_empty();
        agreement::check(&accounts, &judgement, &candidates, one_measure, run.at)?;
        Ok(Kept {
            version: document.tool.version,
            report_id: run.report_id,
            observations_head: run.observations_head,
            contrasts: what_if::contrasts(document.what_if, &accounts, &judgement.accounts)?,
            accounts,
            rejected: document.rejected.0.rows,
            inputs,
            observations,
            judgement,
            policies: run.policies,
            tried: run.tried,
            counts,
            trust: run.trust,
            at: run.at,
            course,
            redacted: run.redacted,
            organisation: run.organisation,
            auditor: run.auditor,
            vantage: run.vantage,
            clock: run.clock,
            candidates,
            notes: document.notes,
            files: document.files,
            summary,
            control,
        })
    }

    /// The hash that names the report.
    pub fn report_id(&self) -> &str {
        &self.report_id
    }

    /// What a report is made of again; which client a cell means and which software a greeting points
    /// to is looked up anew.
    pub fn source(
        &self,
        recognise: fn(&str) -> ClientKind,
        software: fn(&Raw, &[Raw]) -> Software,
    ) -> Source<'_> {
        let contrasts = self.contrasts.iter().map(|titled| TitledContrast {
            title: titled.title.clone(),
            policy: titled.policy.clone(),
            contrast: &titled.contrast,
        });
        Source {
            report_id: self.report_id.clone(),
            observations_head: self.observations_head.clone(),
            accounts: &self.accounts,
            rejected: &self.rejected,
            inputs: &self.inputs,
            observations: &self.observations,
            judgement: &self.judgement,
            policies: self.policies.clone(),
            counts: self.counts.clone(),
            contrasts: contrasts.collect(),
            tried: self.tried.clone(),
            trust: &self.trust,
            at: self.at,
            course: self.course.clone(),
            redacted: self.redacted,
            organisation: self.organisation.clone(),
            auditor: self.auditor.clone(),
            vantage: Some(self.vantage.clone()),
            clock: self.clock,
            candidates: &self.candidates,
            notes: self.notes.clone(),
            files: self.files.clone(),
            presentation: Presentation::default(),
            recognise,
            software,
        }
    }

    /// Whether a report that was made of it says the totals that the file says.
    pub fn is_what(&self, report: &Report<'_>) -> bool {
        report.summary == self.summary && report.control == self.control
    }
}
