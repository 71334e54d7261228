//! What `probe` looked at and judged at once, for the terminal: no accounts, no files of a run.

use std::collections::BTreeMap;

use super::exit::Failure;
use super::{notes, screen};
use crate::audit::{Judged, Measure};
use crate::knowledge;
use crate::model::{Clock, Observations, Sha256};
use crate::report::{self, Course, FindingRow, PolicyRow, Presentation, Report, Source};
use crate::words::Words;

/// What a report of it is made of.
pub fn source<'a>(
    measure: &Measure<'a>,
    observations: &'a Observations,
    judged: &'a Judged,
) -> Source<'a> {
    let run = observations.run.as_ref();
    let trust = measure.roots.store();
    let named = format!(
        "{} {} {} {:?}",
        run.map_or("", |run| &run.run_id),
        trust.sha256,
        measure.at,
        measure.policy
    );
    Source {
        report_id: Sha256::of(named.as_bytes()).to_string(),
        observations_head: String::new(),
        accounts: &[],
        rejected: &[],
        inputs: &[],
        observations,
        judgement: &judged.judgement,
        policies: PolicyRow::all(
            [measure.policy.in_force(measure.at)],
            &judged.counts,
            measure.at,
        ),
        counts: judged.counts.clone(),
        contrasts: Vec::new(),
        tried: Vec::new(),
        trust,
        at: measure.at,
        course: Course::of(observations, measure.at),
        organisation: None,
        auditor: None,
        vantage: None,
        redacted: false,
        clock: Clock::of(measure.at_given),
        candidates: &[],
        notes: Vec::from_iter(notes::of_vantage(observations)),
        files: BTreeMap::new(),
        presentation: Presentation::default(),
        recognise: knowledge::clients::recognise,
        software: knowledge::servers::recognise,
    }
}

/// The report in the shape of `report.json`.
pub fn json(report: &Report<'_>, words: &Words) -> Result<String, Failure> {
    let mut text = Vec::new();
    report::json(report, words, &mut text).map_err(Failure::incomplete)?;
    String::from_utf8(text).map_err(Failure::incomplete)
}

/// The columns of the widest severity.
const SEVERITY_WIDTH: usize = 8;

/// A finding in two lines: what it is, and what was seen.
pub fn finding(row: &FindingRow<'_>, words: &Words) -> String {
    let severity = words.say(&format!("severity-{}", row.severity), &[]);
    format!(
        "    {} {}: {}\n             {}\n",
        screen::column(&severity, SEVERITY_WIDTH),
        row.rule,
        words.say(&format!("{}-title", row.rule), &[]),
        row.evidence.say(words)
    )
}
