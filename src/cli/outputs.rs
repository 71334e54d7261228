//! The files of a run: each format under its own name, whole or not at all, the manifest last.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use jiff::Timestamp;

use super::exit::Failure;
use super::footprint::Footprint;
use super::look::Look;
use super::options::OutputOptions;
use super::{notes, screen, settings, what_if};
use crate::audit::{Judged, Measure};
use crate::input::Input;
use crate::knowledge;
use crate::model::{
    Account, AccountCounts, GroupUse, Hashing, InputFile, Judgement, Observations, Reason,
    Severity, Tried,
};
use crate::policy::Policy;
use crate::report::{
    self, Disclosed, FORMATS, Fleet, Message, PolicyRow, PseudonymKey, Source, Supposed,
};
use crate::store::{self, InputEntry, JOURNAL, MANIFEST, Manifest, OutputDirectory, WrittenFile};
use crate::words::Words;

/// What a report is made of.
#[derive(Debug)]
pub struct Parts<'a> {
    /// The accounts and the rows that gave none.
    pub input: Input,
    /// By what it was judged; its accounts are those of the input.
    pub measure: Measure<'a>,
    /// What was seen.
    pub observations: &'a Observations,
    /// The hash of the journal's last line.
    pub head: &'a str,
    /// The journal.
    pub journal: &'a Path,
    /// What was made of it.
    pub judged: Judged,
    /// How the report is shown.
    pub look: &'a Look,
    /// Under which key people stand, if not under their names.
    pub key: Option<&'a PseudonymKey>,
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
    /// The policies that need what the run did not ask, by name.
    pub need_more_asked: Vec<String>,
    /// What puts the whole run in doubt, if anything.
    pub doubts: Vec<report::Message>,
}

/// Writes every format that is asked for, then the manifest.
pub fn write(
    parts: Parts<'_>,
    options: &OutputOptions,
    out: &OutputDirectory,
) -> Result<Closing, Failure> {
    let journal = store::measure(parts.journal).map_err(Failure::incomplete)?;
    let need_more_asked = parts.judged.need_more_asked.clone();
    let of_input = parts.input.notes.len();
    let (run, fleet) = taken_apart(parts, options);
    // From here on nobody has a name that is not to be told.
    let fleet = fleet.disclosed(run.key);
    if fleet.is_redacted() {
        // Their plain words were not told when the input was read.
        for note in &fleet.notes[..of_input] {
            settings::tell(note, options.lang);
        }
    }
    let is_ours = out.holds(run.journal);
    let source = source(&run, &fleet, options, &journal, is_ours);
    let building = options.verbose.then(Footprint::begin);
    let report = report::build(&source).map_err(Failure::incomplete)?;
    if let Some(building) = building {
        screen::tell(&format!("report: counted in {}", building.spent()));
    }
    let words = Words::of(options.lang);
    // The journal grew under its final name, or stands where an earlier run left it.
    let mut files = Vec::from_iter(is_ours.then_some(journal));
    files.extend_from_slice(&run.enclosed);
    for format in FORMATS {
        if format.is_asked(&options.format) {
            let before = options.verbose.then(Footprint::begin);
            let written = out
                .write(format.file, |file| (format.write)(&report, &words, file))
                .map_err(Failure::incomplete)?;
            if let Some(before) = before {
                screen::tell(&before.told(&written));
            }
            files.push(written);
        }
    }
    if let Some(template) = &run.look.template {
        let written = out
            .write(template.file, |file| template.write(&report, &words, file))
            .map_err(Failure::incomplete)?;
        files.push(written);
    }
    remove_stale(out, &files)?;
    let manifest = Manifest {
        schema: store::MANIFEST_SCHEMA.to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        program: store::program(),
        report_id: source.report_id.clone(),
        complete: source.complete,
        observations_head: run.head.to_owned(),
        inputs: inputs(&fleet.inputs),
        policies: std::iter::once(&fleet.policy)
            .chain(&fleet.others)
            .map(policy_entry)
            .collect(),
        what_if: fleet
            .supposed
            .iter()
            .filter(|supposed| supposed.begins.is_none())
            .map(|supposed| policy_entry(&supposed.policy))
            .collect(),
        trust: (source.trust.name.clone(), source.trust.sha256.clone()),
        files,
    };
    store::write_manifest(out, manifest).map_err(Failure::incomplete)?;
    Ok(Closing {
        accounts: report.summary.accounts.clone(),
        policies: match &*fleet.others {
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
        main_reason: main_reason(&fleet.judgement),
        worst: report.worst(),
        breached: match report.summary.accounts.total {
            0 => {
                let mut findings = fleet.judgement.findings.iter();
                findings.any(|finding| finding.breach && finding.waiver.is_none())
            }
            _ => report.summary.accounts.non_compliant > 0,
        },
        complete: source.complete,
        need_more_asked,
        doubts: report
            .doubts()
            .into_iter()
            .chain(notes::of_vantage(run.observations))
            .chain(of_groups(&fleet))
            .collect(),
        internal_error: fleet
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
pub fn remove_stale(out: &OutputDirectory, written: &[WrittenFile]) -> Result<(), Failure> {
    let before = store::listed_before(out);
    let formats = FORMATS.iter().map(|format| (format.file, "--format"));
    let templates = report::template_outputs().map(|file| (file, "--template"));
    for (name, option) in formats.chain(templates) {
        let stale =
            before.iter().any(|file| file == name) && !written.iter().any(|file| file.file == name);
        if stale {
            out.remove(name).map_err(Failure::incomplete)?;
            screen::tell(&format!(
                "mailfleet: {name} of the last run was removed: {option} does not ask for it now"
            ));
        }
    }
    Ok(())
}

/// Whether a file bears the name of an output.
pub fn is_output(path: &Path) -> bool {
    let outputs = FORMATS.iter().map(|format| format.file);
    let outputs = outputs.chain(report::template_outputs());
    path.file_name()
        .and_then(|name| name.to_str())
        .is_some_and(|name| {
            outputs
                .chain([JOURNAL, MANIFEST])
                .any(|output| output == name)
        })
}

/// What a report is made of besides the people of its fleet.
struct Circumstances<'a> {
    measure: Measure<'a>,
    observations: &'a Observations,
    head: &'a str,
    journal: &'a Path,
    enclosed: Vec<WrittenFile>,
    tried: Vec<Tried>,
    look: &'a Look,
    key: Option<&'a PseudonymKey>,
}

/// The people of a run apart from everything else.
fn taken_apart<'a>(parts: Parts<'a>, options: &OutputOptions) -> (Circumstances<'a>, Fleet) {
    let report_id = report_id(&parts);
    let notes = notes(&parts);
    let Parts {
        input,
        measure,
        observations,
        head,
        journal,
        judged,
        look,
        key,
        enclosed,
    } = parts;
    let stages = measure.stages().zip(judged.stages);
    let stages = stages.map(|(stage, contrast)| Supposed {
        begins: Some(stage.begins),
        policy: stage.policy.clone(),
        contrast,
    });
    let what_if = measure.what_if.iter().zip(judged.contrasts);
    let what_if = what_if.map(|(policy, contrast)| Supposed {
        begins: None,
        policy: policy.clone(),
        contrast,
    });
    let others = measure.others.iter();
    let fleet = Fleet {
        report_id,
        accounts: input.accounts,
        rejected: input.rejected,
        inputs: input.files,
        judgement: judged.judgement,
        policy: measure.policy.in_force(measure.at).clone(),
        others: others
            .map(|other| other.in_force(measure.at).clone())
            .collect(),
        counts: judged.counts,
        supposed: stages.chain(what_if).collect(),
        auditor: options.auditor.clone(),
        notes,
        recognise: knowledge::clients::recognise,
    };
    let run = Circumstances {
        measure,
        observations,
        head,
        journal,
        enclosed,
        tried: judged.tried,
        look,
        key,
    };
    (run, fleet)
}

fn source<'a>(
    of: &'a Circumstances<'a>,
    fleet: &'a Disclosed,
    options: &OutputOptions,
    journal: &WrittenFile,
    journal_is_ours: bool,
) -> Source<'a> {
    let run = of.observations.run.as_ref();
    let close = of.observations.close.as_ref();
    let started = run.map_or(of.measure.at, |run| run.started);
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
        started,
        finished: close.map_or(started, |close| close.finished),
        complete: close.is_some_and(|close| close.complete),
        ended_by: close.and_then(|close| close.why),
        organisation: options.organisation.clone(),
        auditor: fleet.auditor.clone(),
        vantage: options.vantage.clone(),
        redacted: fleet.is_redacted(),
        clock: if of.measure.at_given {
            "given"
        } else {
            "unchecked"
        },
        options: run.map(|run| run.options.clone()).unwrap_or_default(),
        connections: of.observations.connections(),
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

fn notes(parts: &Parts<'_>) -> Vec<Message> {
    let of_input = parts.input.notes.iter().map(notes::of_input);
    let groups = groups_told(&parts.input.accounts, &parts.judged.judgement);
    of_input
        .chain(parts.measure.roots.note.map(notes::of_roots))
        .chain(notes::of_vantage(parts.observations))
        .chain(notes::of_groups(groups))
        .collect()
}

fn of_groups(fleet: &Disclosed) -> impl Iterator<Item = Message> + use<'_> {
    notes::of_groups(groups_told(&fleet.accounts, &fleet.judgement))
}

/// Where no accounts were given, nobody is in any group, and that says nothing.
fn groups_told<'a>(accounts: &[Account], judgement: &'a Judgement) -> &'a [GroupUse] {
    match accounts.is_empty() {
        true => &[],
        false => &judgement.groups,
    }
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

fn inputs(files: &[InputFile]) -> Vec<InputEntry> {
    let entry = |file: &InputFile| InputEntry {
        file: file.file.to_string(),
        sha256: file.sha256.clone(),
    };
    files.iter().map(entry).collect()
}
