//! The files of a run: each format under its own name, whole or not at all, the manifest last.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use super::exit::Failure;
use super::options::OutputOptions;
use super::{notes, screen, what_if};
use crate::audit::{Judged, Measure};
use crate::input::Input;
use crate::knowledge;
use crate::model::{AccountCounts, Hashing, Judgement, Observations, Reason, Severity};
use crate::policy::Policy;
use crate::report::{self, FORMATS, Message, Source, TitledContrast};
use crate::store::{self, InputEntry, JOURNAL, MANIFEST, Manifest, OutputDirectory, WrittenFile};
use crate::words::Words;

/// What a report is made of.
#[derive(Debug)]
pub struct Parts<'a> {
    /// The accounts and the rows that gave none.
    pub input: &'a Input,
    /// By what it was judged.
    pub measure: &'a Measure<'a>,
    /// What was seen.
    pub observations: &'a Observations,
    /// The hash of the journal's last line.
    pub head: &'a str,
    /// The journal.
    pub journal: &'a Path,
    /// What was made of it.
    pub judged: &'a Judged,
    /// What else lies beside the outputs and belongs to the run.
    pub enclosed: Vec<WrittenFile>,
}

/// What the exit status and the closing lines need of a report.
#[derive(Clone, Debug)]
pub struct Closing {
    /// The counts.
    pub accounts: AccountCounts,
    /// The counts under each policy, where there are several.
    pub policies: Vec<(String, AccountCounts)>,
    /// Who would fail if something else held, in the language of the run.
    pub what_if: Vec<String>,
    /// What the policy leaves out, and how many accounts its groups judged.
    pub scope: Message,
    /// How many endpoints were judged.
    pub endpoints: usize,
    /// How many of them were reached.
    pub endpoints_reached: usize,
    /// Whole percents of the accounts that could be verified.
    pub verified_percent: usize,
    /// Why most of those that could not be verified could not.
    pub main_reason: Option<Reason>,
    /// The worst severity that is open.
    pub worst: Option<Severity>,
    /// Whether an account breaks the policy or, where no accounts were given, a server does.
    pub breached: bool,
    /// Whether every visit that was planned was made.
    pub complete: bool,
    /// Whether a fault of our own left something unseen.
    pub internal_error: bool,
    /// What puts the whole run in doubt, if anything.
    pub doubts: Vec<report::Message>,
}

/// Writes every format that is asked for, then the manifest.
pub fn write(
    parts: &Parts<'_>,
    options: &OutputOptions,
    out: &OutputDirectory,
) -> Result<Closing, Failure> {
    let journal = store::measure(parts.journal).map_err(Failure::incomplete)?;
    let source = source(parts, options, &journal);
    let report = report::build(&source).map_err(Failure::incomplete)?;
    let words = Words::of(options.lang);
    // The journal grew under its final name, or stands where an earlier run left it.
    let mut files = Vec::from_iter(out.holds(parts.journal).then_some(journal));
    files.extend_from_slice(&parts.enclosed);
    for format in FORMATS {
        if format.is_asked(&options.format) {
            let written = out
                .write(format.file, |file| (format.write)(&report, &words, file))
                .map_err(Failure::incomplete)?;
            files.push(written);
        }
    }
    remove_stale(out, &files)?;
    let manifest = Manifest {
        schema: store::MANIFEST_SCHEMA.to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        program: store::program(),
        report_id: source.report_id.clone(),
        complete: source.complete,
        observations_head: parts.head.to_owned(),
        inputs: inputs(parts.input),
        policies: std::iter::once(parts.measure.policy)
            .chain(parts.measure.others)
            .map(policy_entry)
            .collect(),
        what_if: parts.measure.what_if.iter().map(policy_entry).collect(),
        trust: (
            parts.measure.roots.store().name.clone(),
            parts.measure.roots.store().sha256.clone(),
        ),
        files,
    };
    store::write_manifest(out, manifest).map_err(Failure::incomplete)?;
    Ok(Closing {
        accounts: report.summary.accounts.clone(),
        policies: match parts.measure.others {
            [] => Vec::new(),
            _ => report
                .summary
                .policies
                .iter()
                .map(|row| (row.policy.clone(), row.accounts.clone()))
                .collect(),
        },
        what_if: report
            .what_if
            .iter()
            .map(|what_if| what_if::said(what_if, &words))
            .collect(),
        scope: report.scope(),
        endpoints: report.summary.endpoints.total,
        endpoints_reached: report.summary.endpoints.reached,
        verified_percent: report.control.verified_percent,
        main_reason: main_reason(&parts.judged.judgement),
        worst: report.worst(),
        breached: match report.summary.accounts.total {
            0 => {
                let mut findings = parts.judged.judgement.findings.iter();
                findings.any(|finding| finding.breach && finding.waiver.is_none())
            }
            _ => report.summary.accounts.non_compliant > 0,
        },
        complete: source.complete,
        doubts: report
            .doubts()
            .into_iter()
            .chain(notes::of_vantage(parts.observations))
            .chain(of_groups(parts))
            .collect(),
        internal_error: parts
            .judged
            .judgement
            .findings
            .iter()
            .any(|f| f.rule == "internal-error"),
    })
}

/// A policy as the manifest names it.
fn policy_entry(policy: &Policy) -> (String, String) {
    (policy.name.clone(), policy.sha256.clone())
}

fn main_reason(judgement: &Judgement) -> Option<Reason> {
    let mut counts = BTreeMap::<Reason, usize>::new();
    let reasons = judgement
        .accounts
        .iter()
        .filter_map(|account| account.verdict.reason());
    reasons.for_each(|reason| *counts.entry(reason).or_default() += 1);
    counts
        .into_iter()
        .max_by_key(|(_, count)| *count)
        .map(|(reason, _)| reason)
}

/// Removes what the last run wrote and this one was not asked for: it would speak of another run.
fn remove_stale(out: &OutputDirectory, written: &[WrittenFile]) -> Result<(), Failure> {
    let before = store::listed_before(out);
    for format in FORMATS {
        let stale = before.iter().any(|file| file == format.file)
            && !written.iter().any(|file| file.file == format.file);
        if stale {
            out.remove(format.file).map_err(Failure::incomplete)?;
            screen::tell(&format!(
                "mailfleet: {} of the last run was removed: --format does not ask for it now",
                format.file
            ));
        }
    }
    Ok(())
}

/// Whether a file bears the name of an output.
pub fn is_output(path: &Path) -> bool {
    let outputs = FORMATS.iter().map(|format| format.file);
    path.file_name()
        .and_then(|name| name.to_str())
        .is_some_and(|name| {
            outputs
                .chain([JOURNAL, MANIFEST])
                .any(|output| output == name)
        })
}

fn source<'a>(parts: &'a Parts<'a>, options: &OutputOptions, journal: &WrittenFile) -> Source<'a> {
    let run = parts.observations.run.as_ref();
    let close = parts.observations.close.as_ref();
    let started = run.map_or(parts.measure.at, |run| run.started);
    Source {
        report_id: report_id(parts),
        accounts: &parts.input.accounts,
        rejected: &parts.input.rejected,
        inputs: &parts.input.files,
        observations: parts.observations,
        judgement: &parts.judged.judgement,
        policy: parts.measure.policy.in_force(parts.measure.at),
        others: parts
            .measure
            .others
            .iter()
            .map(|policy| policy.in_force(parts.measure.at))
            .collect(),
        counts: parts.judged.counts.clone(),
        contrasts: contrasts(parts),
        trust: parts.measure.roots.store(),
        at: parts.measure.at,
        started,
        finished: close.map_or(started, |close| close.finished),
        complete: close.is_some_and(|close| close.complete),
        ended_by: close.and_then(|close| close.why),
        organisation: options.organisation.clone(),
        auditor: options.auditor.clone(),
        vantage: options.vantage.clone(),
        clock: if parts.measure.at_given {
            "given"
        } else {
            "unchecked"
        },
        options: run.map(|run| run.options.clone()).unwrap_or_default(),
        candidates: &parts.judged.tried,
        notes: notes(parts),
        files: BTreeMap::from([(journal.file.clone(), journal.sha256.clone())]),
        recognise: knowledge::clients::recognise,
        software: knowledge::servers::recognise,
    }
}

/// What begins after the day of judgement, then what is supposed for the sake of asking.
fn contrasts<'a>(parts: &Parts<'a>) -> Vec<TitledContrast<'a>> {
    let stages = parts.measure.stages().zip(&parts.judged.stages);
    let what_if = parts.measure.what_if.iter().zip(&parts.judged.contrasts);
    stages
        .map(|(stage, contrast)| TitledContrast::when_begun(stage, contrast))
        .chain(what_if.map(|(policy, contrast)| TitledContrast::if_held(policy, contrast)))
        .collect()
}

fn notes(parts: &Parts<'_>) -> Vec<Message> {
    let of_input = parts.input.notes.iter().map(notes::of_input);
    of_input
        .chain(parts.measure.roots.note.map(notes::of_roots))
        .chain(notes::of_vantage(parts.observations))
        .chain(of_groups(parts))
        .collect()
}

/// Where no accounts were given, nobody is in any group, and that says nothing.
fn of_groups<'a>(parts: &Parts<'a>) -> impl Iterator<Item = Message> + use<'a> {
    let groups = match parts.input.accounts.is_empty() {
        true => &[],
        false => parts.judged.judgement.groups.as_slice(),
    };
    notes::of_groups(groups)
}

/// The hash that names a report: of what was seen, of whom, and by which measure as it was settled,
/// waivers and options included.
fn report_id(parts: &Parts<'_>) -> String {
    let mut named = Named::default();
    named.add(format_args!(
        "{} {} {} {:?}",
        parts.head,
        parts.measure.roots.store().sha256,
        parts.measure.at,
        parts.measure.policy
    ));
    for policy in parts.measure.others {
        named.add(format_args!(" compared {policy:?}"));
    }
    for policy in parts.measure.what_if {
        named.add(format_args!(" what-if {policy:?}"));
    }
    for file in &parts.input.files {
        named.add(format_args!(" {} {}", file.sha256, file.accepted));
    }
    for account in &parts.input.accounts {
        named.add(format_args!(" {} {}", account.id, account.security.word()));
    }
    named.0.finish().to_string()
}

/// What names a report, hashed as it is written: policies and fleets are large.
#[derive(Default)]
struct Named(Hashing);

impl Named {
    fn add(&mut self, words: fmt::Arguments<'_>) {
        // Nothing that is hashed can fail.
        let _ = fmt::Write::write_fmt(self, words);
    }
}

impl fmt::Write for Named {
    fn write_str(&mut self, words: &str) -> fmt::Result {
        self.0.update(words.as_bytes());
        Ok(())
    }
}

fn inputs(input: &Input) -> Vec<InputEntry> {
    let entry = |file: &crate::model::InputFile| InputEntry {
        file: file.file.to_string(),
        sha256: file.sha256.clone(),
    };
    input.files.iter().map(entry).collect()
}
