//! `mailfleet verify`: whether a finished run is still what it was when it was written.
//!
//! Every hash of the manifest is computed again, the journal's chain is followed to its end, and
//! every total of `report.json` is counted again from its rows (threat model K1, K4). Who can change
//! all files can change the manifest too: so its own hash is printed, to be held against a copy.

use std::fs::File;
use std::io::{self, BufReader};
use std::path::{Component, Path, PathBuf};

use clap::Args;

use super::exit::{Exit, Failure};
use super::screen;
use crate::model::Value;
use crate::report::{self, FORMATS};
use crate::store::{self, JOURNAL, MANIFEST, Manifest, WrittenFile};
use crate::words::{Language, Words};

/// Differences told one by one before the rest is only counted.
const DIFFERENCES_SHOWN: usize = 50;

/// The report in which totals can be counted again.
const REPORT: &str = "report.json";

/// Compute every hash and total of a finished run again.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The directory that --out gave to the run
    #[arg(value_name = "DIR")]
    directory: PathBuf,
    /// The language of what is said
    #[arg(long, default_value = "en", value_name = "en|zh-CN")]
    lang: Language,
}

/// Verifies. Ends with 0 if everything is as it was written and 1 if anything differs.
pub fn run(arguments: &Arguments) -> Result<Exit, Failure> {
    let directory = &arguments.directory;
    let (manifest, sha256) = store::read_manifest(directory).map_err(Failure::unusable)?;
    let mut check = Check {
        directory,
        words: Words::of(arguments.lang),
        lines: Vec::new(),
        differences: Vec::new(),
        observed: false,
    };
    check.files(&manifest);
    check.strays(&manifest);
    check.journal(&manifest);
    check.totals(&manifest);
    if !manifest.complete {
        check.line("verify-incomplete", &[]);
    }
    check.line(
        "verify-manifest",
        &[("sha256", Value::Term(sha256.to_string()))],
    );
    screen::print(&check.told())?;
    Ok(match check.differences.is_empty() {
        true => Exit::Clean,
        false => Exit::Open,
    })
}

struct Check<'a> {
    directory: &'a Path,
    words: Words,
    /// What is as it should be.
    lines: Vec<String>,
    /// What is not.
    differences: Vec<String>,
    /// Whether there was a journal to follow.
    observed: bool,
}

impl Check<'_> {
    fn line(&mut self, key: &str, values: &[(&str, Value)]) {
        self.lines.push(self.words.say(key, values));
    }

    fn difference(&mut self, key: &str, values: &[(&str, Value)]) {
        self.differences.push(self.words.say(key, values));
    }

    /// Every file that the manifest lists has the size and the hash that it lists.
    fn files(&mut self, manifest: &Manifest) {
        let mut intact = 0_usize;
        for listed in &manifest.files {
            let name = ("file", Value::Foreign(listed.file.clone()));
            // A manifest from elsewhere must not make us read outside of the directory.
            if !is_plain_name(&listed.file) {
                self.difference("verify-file-name", &[name]);
                continue;
            }
            match found(&self.directory.join(&listed.file), listed) {
                Ok(Found::Intact) => intact += 1,
                Ok(Found::Changed { bytes }) if bytes == listed.bytes => {
                    self.difference("verify-file-same-size", &[name]);
                }
                Ok(Found::Changed { bytes }) => {
                    let sizes = [
                        ("said", Value::from(listed.bytes)),
                        ("found", Value::from(bytes)),
                    ];
                    self.difference("verify-file-changed", &[&[name][..], &sizes].concat());
                }
                Err(why) => {
                    let why = ("why", Value::Foreign(why.to_string()));
                    self.difference("verify-file-unreadable", &[name, why]);
                }
            }
        }
        // A run wrote its journal at least.
        if manifest.files.is_empty() {
            self.difference("verify-nothing", &[]);
        }
        let all = manifest.files.len();
        let count = ("count", Value::from(intact));
        match intact == all {
            true => self.line("verify-files", &[count]),
            false => self.line("verify-files-of", &[count, ("all", Value::from(all))]),
        }
    }

    /// Files under the names of outputs that the manifest does not list: from another run.
    fn strays(&mut self, manifest: &Manifest) {
        let outputs = FORMATS.iter().map(|format| format.file);
        for file in outputs.filter(|file| listed(manifest, file).is_none()) {
            if self.directory.join(file).exists() {
                self.difference("verify-stray", &[("file", Value::Term(file.to_owned()))]);
            }
        }
    }

    /// The journal's lines follow from each other, and its last one is the manifest's.
    fn journal(&mut self, manifest: &Manifest) {
        let path = self.directory.join(JOURNAL);
        // `judge` leaves its observations where they were; somebody may have put them here since.
        self.observed = listed(manifest, JOURNAL).is_some() || path.exists();
        if !self.observed {
            self.line(
                "verify-no-journal",
                &[("head", Value::Foreign(manifest.observations_head.clone()))],
            );
            return;
        }
        match store::read(&path) {
            Ok(stored) if stored.head == manifest.observations_head && stored.torn_at.is_none() => {
                let visits = stored.observations.visits.values();
                let visits: usize = visits.map(|addresses| addresses.len()).sum();
                self.line(
                    "verify-journal",
                    &[
                        ("visits", Value::from(visits)),
                        ("head", Value::Term(stored.head)),
                    ],
                );
            }
            Ok(_) => self.difference("verify-journal-head", &[]),
            Err(error) => {
                let why = ("why", Value::Foreign(error.to_string()));
                self.difference("verify-journal-damaged", &[why]);
            }
        }
    }

    /// The totals of the report are those of its rows, and it is the manifest's report.
    fn totals(&mut self, manifest: &Manifest) {
        if listed(manifest, REPORT).is_none() {
            self.line("verify-no-report", &[]);
            return;
        }
        let Ok(file) = File::open(self.directory.join(REPORT)) else {
            // Told among the files.
            return;
        };
        let recount = match report::recount(BufReader::new(file)) {
            Ok(recount) => recount,
            Err(error) => {
                let why = ("why", Value::Foreign(error.to_string()));
                return self.difference("verify-report-unreadable", &[why]);
            }
        };
        let inputs = manifest.inputs.iter();
        let inputs: Vec<(String, String)> = inputs
            .map(|input| (input.file.clone(), input.sha256.clone()))
            .collect();
        let same = recount.report_id == manifest.report_id
            && recount.complete == manifest.complete
            && recount.policies == manifest.policies
            && recount.trust == manifest.trust
            && recount.inputs == inputs;
        if !same {
            self.difference("verify-report-other", &[]);
        }
        for difference in &recount.differences {
            let values = [
                ("total", Value::Term(difference.total.clone())),
                ("said", Value::from(difference.said)),
                ("counted", Value::from(difference.counted)),
            ];
            self.difference("verify-total", &values);
        }
        if recount.differences.is_empty() {
            self.line("verify-totals", &[("count", Value::from(recount.accounts))]);
        }
    }

    fn told(&self) -> String {
        let shown = self.differences.iter().take(DIFFERENCES_SHOWN);
        let more = self.differences.len().saturating_sub(DIFFERENCES_SHOWN);
        let more = (more > 0).then(|| {
            let count = ("count", Value::from(more));
            self.words.say("verify-more", &[count])
        });
        let verdict = match (self.differences.is_empty(), self.observed) {
            (true, true) => "verify-intact",
            (true, false) => "verify-intact-unobserved",
            (false, _) => "verify-altered",
        };
        let verdict = self.words.say(verdict, &[]);
        let lines = self.lines.iter().chain(shown).cloned();
        let lines: Vec<String> = lines.chain(more).chain([verdict]).collect();
        lines.join("\n")
    }
}

/// What a file of the run is now.
enum Found {
    Intact,
    Changed { bytes: u64 },
}

/// Looks at a file. What is no file, or of another size, is not read: a pipe would never end, and a
/// link may lead anywhere.
fn found(path: &Path, listed: &WrittenFile) -> io::Result<Found> {
    let about = path.symlink_metadata()?;
    if !about.is_file() {
        return Err(io::Error::other("it is no file"));
    }
    if about.len() != listed.bytes {
        return Ok(Found::Changed { bytes: about.len() });
    }
    let now = store::measure(path).map_err(|error| error.source)?;
    Ok(match now == *listed {
        true => Found::Intact,
        false => Found::Changed { bytes: now.bytes },
    })
}

fn listed<'m>(manifest: &'m Manifest, name: &str) -> Option<&'m WrittenFile> {
    manifest.files.iter().find(|file| file.file == name)
}

/// Whether a name is that of a file directly in the directory, and not of the manifest itself.
fn is_plain_name(name: &str) -> bool {
    let mut parts = Path::new(name).components();
    matches!(
        (parts.next(), parts.next()),
        (Some(Component::Normal(_)), None)
    ) && name != MANIFEST
}
