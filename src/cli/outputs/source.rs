//! What a run hands to its report.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::Circumstances;
use crate::knowledge;
use crate::model::Clock;
use crate::report::{Course, Disclosed, PolicyRow, Source, Supposed};
use crate::store::{JOURNAL, WrittenFile};

pub(super) fn source<'a>(
    of: &'a Circumstances<'a>,
    fleet: &'a Disclosed,
    journal: &WrittenFile,
    journal_is_ours: bool,
) -> Source<'a> {
    // A file that lies elsewhere may bear anybody's name.
    let journal_name = match fleet.is_redacted() && !journal_is_ours {
        true => JOURNAL,
        false => &journal.file,
    };
    Source {
        report_id: fleet.report_id.clone(),
        observations_head: of.head.to_owned(),
        accounts: &fleet.accounts,
        rejected: &fleet.rejected,
        inputs: &fleet.inputs,
        observations: of.observations,
        judgement: &fleet.judgement,
        policies: policy_rows(fleet, of.measure.at),
        counts: fleet.counts.clone(),
        tried: tried(fleet, of.measure.at),
        contrasts: fleet.supposed.iter().map(Supposed::titled).collect(),
        trust: of.measure.roots.store(),
        at: of.measure.at,
        course: Course::of(of.observations, of.measure.at),
        organisation: fleet.organisation.clone(),
        auditor: fleet.auditor.clone(),
        vantage: fleet.vantage.clone(),
        redacted: fleet.is_redacted(),
        clock: Clock::of(of.measure.at_given),
        candidates: &of.tried,
        notes: fleet.notes.clone(),
        files: BTreeMap::from([(journal_name.to_owned(), journal.sha256.clone())]),
        presentation: of.look.presentation.clone(),
        recognise: fleet.recognise,
        software: knowledge::servers::recognise,
    }
}

/// The policies as they are in force, the one that decides first.
fn policy_rows(fleet: &Disclosed, at: Timestamp) -> Vec<PolicyRow> {
    let policies = std::iter::once(&fleet.policy).chain(&fleet.others);
    PolicyRow::all(policies, &fleet.counts, at)
}

/// The policies that something is supposed of: other files than the one that decides.
fn tried(fleet: &Disclosed, at: Timestamp) -> Vec<PolicyRow> {
    let supposed = fleet.supposed.iter().map(|supposed| &supposed.policy);
    supposed
        .filter(|policy| policy.sha256 != fleet.policy.sha256)
        .map(|policy| PolicyRow::tried(policy, at))
        .collect()
}
