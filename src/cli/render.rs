//! `mailfleet render`: a finished report in other formats and another language; no network, no
//! second judgement.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};

use clap::Args;
use jiff::Timestamp;

use super::exit::{Exit, Failure, Mistakes};
use super::options::{LookOptions, about_formats, formats};
use super::outputs::{self, Asked};
use super::work::locked_out;
use super::{look, screen, settings};
use crate::knowledge;
use crate::model::{Hashing, Sha256, Value};
use crate::report::{self, Kept, LARGEST_REPORT, Message, Source};
use crate::store::{self, JOURNAL, Lock, Manifest, OutputDirectory};
use crate::words::{Language, Words};

/// The file that is rendered, among the outputs of its run.
const REPORT: &str = "report.json";

/// Write a finished report in other formats, or in another language.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The report.json of a run
    #[arg(value_name = "REPORT.json")]
    report: PathBuf,
    /// The directory of the files; that of the run itself adds them to the run
    #[arg(long, value_name = "DIR", default_value = "mailfleet-rendered")]
    out: PathBuf,
    /// What to write
    #[arg(long, value_name = "LIST", value_delimiter = ',', value_parser = formats(), help = about_formats())]
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
    let of_whom = kept
        .as_ref()
        .map(|(kept, sha256)| (kept.report_id(), *sha256));
    let before = mistakes.keep(before(&arguments.out, of_whom));
    let look = look::read(
        &arguments.look,
        &arguments.format,
        arguments.lang,
        &mut mistakes,
    );
    let ((kept, _), before, look) = mistakes.settle((kept, before, look))?;
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
        let other = Message::new("notice-other-version")
            .with("made", Value::Foreign(kept.version.clone()))
            .with("this", Value::Term(env!("CARGO_PKG_VERSION").to_owned()));
        settings::tell(&other, arguments.lang);
    }
    let out = OutputDirectory::open(&arguments.out).map_err(Failure::incomplete)?;
    let _lock = Lock::take(&out, Timestamp::now()).map_err(locked_out)?;
    let words = Words::of(arguments.lang);
    let asked = Asked {
        formats: &arguments.format,
        template: look.template.as_ref(),
        // What a run wrote is not replaced by what is made of it.
        except: before.as_ref().map(|_| REPORT),
        verbose: false,
    };
    let files = outputs::written(&report, &words, &asked, &out)?;
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
            outputs::remove_stale(&out, &files, arguments.lang)?;
            outputs::manifest(&source, files)
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

/// The report, and the hash of its file.
fn kept(path: &Path) -> Result<(Kept, Sha256), NoReport> {
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
    let mut file = Hashed {
        file: File::open(path).map_err(unreadable)?,
        hashing: Hashing::default(),
    };
    let kept = report::read(BufReader::new(&mut file)).map_err(|error| {
        let why = error.to_string();
        // Every report names its schema.
        match why.contains("missing field `schema`") {
            true => no_report("it is no report.json".to_owned()),
            false => no_report(why),
        }
    })?;
    Ok((kept, file.hashing.finish()))
}

/// A file that is hashed as it is read.
struct Hashed {
    file: File,
    hashing: Hashing,
}

impl Read for Hashed {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(bytes)?;
        self.hashing.update(&bytes[..read]);
        Ok(read)
    }
}

/// What a directory holds already of the same run: of the same report, byte for byte, or else whoever
/// changed a report would have it said anew as that of the run. The files of another run's
/// observations would be lost there: nothing else says what they saw.
fn before(out: &Path, of: Option<(&str, Sha256)>) -> Result<Option<Manifest>, String> {
    let Some((report_id, sha256)) = of else {
        return Ok(None);
    };
    let manifest = store::read_manifest(out).ok().map(|(manifest, _)| manifest);
    let of_same = manifest.filter(|manifest| manifest.report_id == report_id);
    let report = of_same.as_ref().and_then(|manifest| {
        let mut files = manifest.files.iter();
        files.find(|file| file.file == REPORT)
    });
    match report.map(|report| report.sha256 == sha256.to_string()) {
        Some(true) => Ok(of_same),
        Some(false) => Err(format!(
            "{}: the manifest there is of this run and lists another {REPORT}: one of the two was \
             changed; give another --out, or the {REPORT} that the run wrote",
            out.display()
        )),
        None if out.join(JOURNAL).exists() => Err(format!(
            "{}: another run lies there: give another --out, or the directory of the report itself",
            out.display()
        )),
        None => Ok(None),
    }
}
