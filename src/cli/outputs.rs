//! The files of a run: each format under its own name, whole or not at all, the manifest last.

mod closing;
mod report_id;
mod source;

use std::io::Write;
use std::path::Path;

use super::exit::Failure;
use super::footprint::Footprint;
use super::look::Look;
use super::options::OutputOptions;
use super::{notes, screen, settings};
use crate::audit::{Judged, Measure};
use crate::input::Input;
use crate::knowledge;
use crate::model::{Account, GroupUse, Judgement, Observations, Tried, Value};
use crate::report::{
    self, FORMATS, Fleet, Message, PseudonymKey, Report, Source, Supposed, Template, WriteError,
};
use crate::store::{
    self, InputEntry, JOURNAL, MANIFEST, MANIFEST_SCHEMA, Manifest, OutputDirectory, WrittenFile,
};
use crate::words::{Language, Words};

pub use closing::Closing;
use report_id::report_id;
use source::source;

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
    let source = source(&run, &fleet, &journal, is_ours);
    let words = Words::of(options.lang);
    let building = options.verbose.then(Footprint::begin);
    let report = report::build(&source).map_err(Failure::incomplete)?;
    if let Some(building) = building {
        let counted = Message::new("notice-counted").with("spent", building.spent());
        screen::tell(&counted.say(&words));
    }
    // The journal grew under its final name, or stands where an earlier run left it.
    let mut files = Vec::from_iter(is_ours.then_some(journal));
    files.extend_from_slice(&run.enclosed);
    files.extend(written(
        &report,
        &words,
        &Asked {
            formats: &options.format,
            template: run.look.template.as_ref(),
            except: None,
            verbose: options.verbose,
        },
        out,
    )?);
    remove_stale(out, &files, options.lang)?;
    let manifest = manifest(&source, files);
    store::write_manifest(out, manifest).map_err(Failure::incomplete)?;
    let mut closing = Closing::of(&report, &fleet, run.observations, &words);
    if !fleet.is_redacted() {
        closing.need_more_asked = need_more_asked;
    }
    Ok(closing)
}

/// What of a report is to be written.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The names of formats; those that are written by default if there is none.
    pub formats: &'a [String],
    /// The user's own template.
    pub template: Option<&'a Template>,
    /// A file that is there already and stays as it is.
    pub except: Option<&'a str>,
    /// Whether to say what each output costs.
    pub verbose: bool,
}

/// Writes a report in every format that is asked for.
pub fn written(
    report: &Report<'_>,
    words: &Words,
    asked: &Asked<'_>,
    out: &OutputDirectory,
) -> Result<Vec<WrittenFile>, Failure> {
    let formats = FORMATS
        .iter()
        .filter(|format| format.is_asked(asked.formats) && asked.except != Some(format.file));
    let formats = formats.map(|format| {
        told(format.file, words, asked.verbose, out, |file| {
            (format.write)(report, words, file)
        })
    });
    let own = asked.template.map(|template| {
        told(template.file, words, asked.verbose, out, |file| {
            template.write(report, words, file)
        })
    });
    formats.chain(own).collect()
}

/// Writes one file, and says what it cost if that is asked.
fn told(
    name: &str,
    words: &Words,
    verbose: bool,
    out: &OutputDirectory,
    fill: impl FnOnce(&mut dyn Write) -> Result<(), WriteError>,
) -> Result<WrittenFile, Failure> {
    let before = verbose.then(Footprint::begin);
    let written = out.write(name, fill).map_err(Failure::incomplete)?;
    if let Some(before) = before {
        screen::tell(&before.told(&written).say(words));
    }
    Ok(written)
}

/// The manifest of a directory that holds these files and nothing else of a run.
pub fn manifest(source: &Source<'_>, files: Vec<WrittenFile>) -> Manifest {
    let inputs = source.inputs.iter().map(|input| InputEntry {
        file: input.file.to_string(),
        sha256: input.sha256.clone(),
    });
    let policies = source.policies.iter();
    let supposed = source.contrasts.iter().filter(|one| one.is_supposed());
    Manifest {
        schema: MANIFEST_SCHEMA.to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        program: store::program(),
        report_id: source.report_id.clone(),
        complete: source.course.complete,
        observations_head: source.observations_head.clone(),
        inputs: inputs.collect(),
        policies: policies
            .map(|policy| (policy.name.clone(), policy.sha256.clone()))
            .collect(),
        what_if: supposed
            .map(|one| (one.policy.name.clone(), one.policy.sha256.clone()))
            .collect(),
        trust: (source.trust.name.clone(), source.trust.sha256.clone()),
        files,
    }
}

/// Removes what the last run wrote and this one was not asked for: it would speak of another run.
pub fn remove_stale(
    out: &OutputDirectory,
    written: &[WrittenFile],
    lang: Language,
) -> Result<(), Failure> {
    let before = store::listed_before(out);
    let formats = FORMATS.iter().map(|format| (format.file, "--format"));
    let templates = report::template_outputs().map(|file| (file, "--template"));
    for (name, option) in formats.chain(templates) {
        let stale =
            before.iter().any(|file| file == name) && !written.iter().any(|file| file.file == name);
        if stale {
            out.remove(name).map_err(Failure::incomplete)?;
            let removed = Message::new("notice-removed");
            let removed = removed.with("file", Value::Term(name.to_owned()));
            settings::tell(
                &removed.with("option", Value::Term(option.to_owned())),
                lang,
            );
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
    let visited = observations.run.as_ref();
    let visited_from = visited.map(|run| run.vantage.clone());
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
        organisation: options.organisation.clone(),
        vantage: options.vantage.clone().or(visited_from),
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

fn notes(parts: &Parts<'_>) -> Vec<Message> {
    let of_input = parts.input.notes.iter().map(notes::of_input);
    let groups = groups_told(&parts.input.accounts, &parts.judged.judgement);
    of_input
        .chain(parts.measure.roots.note.map(notes::of_roots))
        .chain(notes::of_vantage(parts.observations))
        .chain(notes::of_groups(groups))
        .collect()
}

/// Where no accounts were given, nobody is in any group, and that says nothing.
fn groups_told<'a>(accounts: &[Account], judgement: &'a Judgement) -> &'a [GroupUse] {
    match accounts.is_empty() {
        true => &[],
        false => &judgement.groups,
    }
}
