//! `mailfleet render`: a finished report in other formats and another language; no network, no
//! second judgement.

use std::fs::File;
use std::io::{self, BufReader};
use std::path::{Path, PathBuf};

use clap::Args;
use jiff::Timestamp;

use super::exit::{Exit, Failure, Mistakes};
use super::options::{LookOptions, format_names};
use super::work::locked_out;
use super::{look, outputs, screen};
use crate::knowledge;
use crate::model::{Value, visible};
use crate::report::{self, FORMATS, Kept, LARGEST_REPORT, Source};
use crate::store::{
    self, InputEntry, JOURNAL, Lock, MANIFEST_SCHEMA, Manifest, OutputDirectory, WrittenFile,
};
use crate::words::{Language, Words};

/// Write a finished report in other formats, or in another language.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The report.json of a run
    #[arg(value_name = "REPORT.json")]
    report: PathBuf,
    /// The directory of the files; that of the run itself adds them to the run
    #[arg(long, value_name = "DIR", default_value = "mailfleet-rendered")]
    out: PathBuf,
    /// What to write [default: html,markdown,json,csv]
    #[arg(long, value_name = "LIST", value_delimiter = ',', value_parser = format_names())]
    format: Vec<String>,
    /// The language of the reports and the fixes
    #[arg(long, value_name = "en|zh-CN", default_value = "en")]
    lang: Language,
    #[command(flatten)]
    look: LookOptions,
}

/// Renders. Ends with 0 if everything was written, whatever the report says.
pub fn run(arguments: &Arguments) -> Result<Exit, Failure> {
    let mut mistakes = Mistakes::default();
    let kept = mistakes.keep(kept(&arguments.report));
    let before = mistakes.keep(before(&arguments.out, kept.as_ref()));
    let look = look::read(&arguments.look, arguments.lang, &mut mistakes);
    let ((kept, before), look) = mistakes.settle(kept.zip(before).zip(look))?;
    let source = Source {
        presentation: look.presentation.clone(),
        ..source(&kept)
    };
    let no_report = |why: &dyn std::fmt::Display| unusable(&arguments.report, why);
    let report = report::build(&source).map_err(|error| no_report(&error.differ()))?;
    if !kept.is_what(&report) {
        return Err(no_report(&"its totals are not those of its rows"));
    }
    if kept.version != env!("CARGO_PKG_VERSION") {
        screen::tell(&format!(
            "mailfleet: the report was made by version {}; its words and the clauses of its rules are \
             those of this version, {}",
            visible(&kept.version, 60),
            env!("CARGO_PKG_VERSION")
        ));
    }
    let out = OutputDirectory::open(&arguments.out).map_err(Failure::incomplete)?;
    let _lock = Lock::take(&out, Timestamp::now()).map_err(locked_out)?;
    let words = Words::of(arguments.lang);
    let mut files: Vec<WrittenFile> = Vec::new();
    for format in FORMATS {
        if format.is_asked(&arguments.format) {
            let written = out
                .write(format.file, |file| (format.write)(&report, &words, file))
                .map_err(Failure::incomplete)?;
            files.push(written);
        }
    }
    if let Some(template) = &look.template {
        let written = out
            .write(template.file, |file| template.write(&report, &words, file))
            .map_err(Failure::incomplete)?;
        files.push(written);
    }
    let manifest = match before {
        Some(before) => {
            let others = before.files.into_iter();
            let others = others.filter(|old| files.iter().all(|new| new.file != old.file));
            Manifest {
                files: others.chain(files.iter().cloned()).collect(),
                ..before
            }
        }
        None => {
            outputs::remove_stale(&out, &files)?;
            manifest(&source, files)
        }
    };
    store::write_manifest(&out, manifest).map_err(Failure::incomplete)?;
    let place = Value::Foreign(arguments.out.display().to_string());
    screen::tell(&words.say("terminal-files-lie", &[("place", place)]));
    Ok(Exit::Clean)
}

/// What a report was made of.
fn source(kept: &Kept) -> Source<'_> {
    kept.source(knowledge::clients::recognise, knowledge::servers::recognise)
}

fn unusable(path: &Path, why: &dyn std::fmt::Display) -> Failure {
    Failure::unusable(NoReport {
        path: path.to_owned(),
        why: why.to_string(),
    })
}

/// Why a file gives nothing to render.
#[derive(Debug, thiserror::Error)]
#[error(
    "{path}: it cannot be rendered: {why}; give the report.json of a run as this version writes it, \
     use the version that wrote it, or judge its observations again",
    path = path.display()
)]
struct NoReport {
    path: PathBuf,
    why: String,
}

fn kept(path: &Path) -> Result<Kept, NoReport> {
    let no_report = |why: String| NoReport {
        path: path.to_owned(),
        why,
    };
    let unreadable = |error: io::Error| no_report(error.to_string());
    let about = path.metadata().map_err(unreadable)?;
    // Opening a pipe would wait for a writer.
    if !about.is_file() {
        return Err(no_report("it is no file".to_owned()));
    }
    if about.len() > LARGEST_REPORT {
        return Err(no_report(format!(
            "it is larger than {} MiB",
            LARGEST_REPORT >> 20
        )));
    }
    let file = File::open(path).map_err(unreadable)?;
    report::read(BufReader::new(file)).map_err(|error| {
        let why = error.to_string();
        // Every report names its schema.
        match why.contains("missing field `schema`") {
            true => no_report("it is no report.json".to_owned()),
            false => no_report(why),
        }
    })
}

/// What a directory holds already of the same run. The files of another run's observations would be
/// lost there: nothing else says what they saw.
fn before(out: &Path, kept: Option<&Kept>) -> Result<Option<Manifest>, String> {
    let manifest = store::read_manifest(out).ok().map(|(manifest, _)| manifest);
    let of_same =
        |manifest: &Manifest| kept.is_some_and(|kept| kept.report_id() == manifest.report_id);
    match manifest.filter(of_same) {
        Some(manifest) => Ok(Some(manifest)),
        None if kept.is_some() && out.join(JOURNAL).exists() => Err(format!(
            "{}: another run lies there: give another --out, or the directory of the report itself",
            out.display()
        )),
        None => Ok(None),
    }
}

/// The manifest of a directory that holds nothing but what was rendered.
fn manifest(source: &Source<'_>, files: Vec<WrittenFile>) -> Manifest {
    let policies = source.policies.iter();
    let supposed = source.contrasts.iter().filter(|one| one.is_supposed());
    Manifest {
        schema: MANIFEST_SCHEMA.to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        program: store::program(),
        report_id: source.report_id.clone(),
        complete: source.complete,
        observations_head: source.observations_head.clone(),
        inputs: source
            .inputs
            .iter()
            .map(|input| InputEntry {
                file: input.file.to_string(),
                sha256: input.sha256.clone(),
            })
            .collect(),
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
