//! Who looked, when, from where, by which measure.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Deserialize;

use crate::model::{
    Clock, ColumnReading, ColumnUsage, Depth, EndedBy, Host, Idea, InputFile, Protocol,
    ResolverTried, RunHeader, Security, Settings, Text, Tried, TrustStore, Vantage, VerdictWord,
};
use crate::report::{Course, PolicyRow};

use super::bounds::{few, few_named, is_hash};

/// The `run` of `report.json`.
#[derive(Deserialize)]
pub(super) struct RunPart {
    id: String,
    pub(super) report_id: String,
    pub(super) observations_head: String,
    started: Timestamp,
    finished: Timestamp,
    pub(super) at: Timestamp,
    complete: bool,
    pub(super) redacted: bool,
    why: Option<String>,
    pub(super) organisation: Option<String>,
    pub(super) vantage: String,
    pub(super) auditor: Option<String>,
    pub(super) clock: Clock,
    resolver: String,
    pub(super) network: NetworkPart,
    pub(super) resolver_tried: Option<ResolverTried>,
    depth: String,
    #[serde(deserialize_with = "few_named::<1_000, _, _>")]
    limits: BTreeMap<String, String>,
    #[serde(deserialize_with = "few::<500, _, _>")]
    pub(super) policies: Vec<PolicyRow>,
    #[serde(deserialize_with = "few::<500, _, _>")]
    pub(super) tried: Vec<PolicyRow>,
    pub(super) trust: TrustStore,
    #[serde(deserialize_with = "few::<10_000, _, _>")]
    inputs: Vec<InputPart>,
    #[serde(deserialize_with = "few_named::<1_000, _, _>")]
    options: BTreeMap<String, String>,
    candidates: Vec<CandidatePart>,
}

#[derive(Deserialize)]
pub(super) struct NetworkPart {
    pub(super) start: Option<Vantage>,
    pub(super) end: Option<Vantage>,
}

#[derive(Deserialize)]
struct InputPart {
    file: String,
    sha256: String,
    rows: u64,
    accepted: u64,
    rejected: u64,
    changed_while_read: bool,
    secret_columns: Vec<String>,
    unread_columns: Vec<String>,
}

#[derive(Deserialize)]
struct CandidatePart {
    protocol: Protocol,
    host: Host,
    port: u16,
    security: Security,
    idea: Idea,
    verdict: VerdictWord,
}

impl RunPart {
    /// The header of the observations, as far as a report tells of it.
    pub(super) fn header(&self) -> Result<RunHeader, &'static str> {
        let is_depth = Depth::ALL.iter().any(|depth| depth.word() == self.depth);
        if !is_depth && !self.depth.is_empty() {
            return Err("its depth is none that is known here");
        }
        Ok(RunHeader {
            schema: String::new(),
            version: String::new(),
            run_id: self.id.clone(),
            started: self.started,
            vantage: self.vantage.clone(),
            resolver: self.resolver.clone(),
            depth: self.depth.clone(),
            limits: self.limits.clone(),
            options: self.options.clone(),
            questions: String::new(),
        })
    }

    /// Whether whatever is a hash looks like one: hashes are told as our own words.
    pub(super) fn hashes(&self) -> Result<(), &'static str> {
        let policies = self.policies.iter().chain(&self.tried);
        let inputs = self.inputs.iter().map(|input| &input.sha256);
        let mut hashes = policies
            .map(|policy| &policy.sha256)
            .chain(inputs)
            .chain([&self.report_id, &self.trust.sha256]);
        let head = &self.observations_head;
        match hashes.all(|hash| is_hash(hash)) && (head.is_empty() || is_hash(head)) {
            true => Ok(()),
            false => Err("a hash is none"),
        }
    }

    /// How its visits went, given how many connections they began.
    pub(super) fn course(&self, connections: u64) -> Result<Course, &'static str> {
        Ok(Course {
            started: self.started,
            finished: self.finished,
            complete: self.complete,
            ended_by: self.ended_by()?,
            options: self.options.clone(),
            connections,
        })
    }

    fn ended_by(&self) -> Result<Option<EndedBy>, &'static str> {
        let Some(why) = &self.why else {
            return Ok(None);
        };
        let known = EndedBy::ALL.into_iter().find(|one| one.word() == why);
        match known {
            Some(known) => Ok(Some(known)),
            None => Err("it was ended by something that is not known here"),
        }
    }

    /// Every count of rows.
    pub(super) fn input_rows(&self) -> impl Iterator<Item = u64> {
        let inputs = self.inputs.iter();
        inputs.flat_map(|input| [input.rows, input.accepted, input.rejected])
    }

    pub(super) fn inputs(&self) -> Vec<InputFile> {
        self.inputs.iter().map(InputPart::file).collect()
    }

    pub(super) fn candidates(&self) -> Vec<Tried> {
        let tried = self.candidates.iter().map(|part| Tried {
            settings: Settings {
                protocol: part.protocol,
                host: part.host.clone(),
                port: part.port,
                security: part.security,
            },
            idea: part.idea,
            verdict: part.verdict,
        });
        tried.collect()
    }
}

impl InputPart {
    fn file(&self) -> InputFile {
        let column = |usage| {
            move |header: &String| ColumnReading {
                header: header.clone(),
                field: None,
                usage,
            }
        };
        // Why the others were not read, the report does not say.
        let secret = self.secret_columns.iter().map(column(ColumnUsage::Secret));
        let unread = self.unread_columns.iter().map(column(ColumnUsage::Unknown));
        InputFile {
            file: Text::from(self.file.as_str()),
            sha256: self.sha256.clone(),
            rows: self.rows,
            accepted: self.accepted,
            rejected: self.rejected,
            columns: secret.chain(unread).collect(),
            changed_while_read: self.changed_while_read,
        }
    }
}
