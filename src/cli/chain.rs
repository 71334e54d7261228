//! `mailfleet probe --chain`: a chain from a file, judged before it is installed; no network.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use jiff::Timestamp;

use super::exit::{Exit, Failure, Mistakes};
use super::options::{MeasureOptions, PolicyOption};
use super::probe::Shape;
use super::{header, screen, settings, sitting};
use crate::audit::{Measure, judged, shown};
use crate::model::{Endpoint, Host, Judgement, Severity, Value, visible};
use crate::report::{self, Message, Report, Rung};
use crate::wire::pem;
use crate::words::{Language, Words};

/// The largest file of a chain that is read, in bytes; twenty large certificates have 0.2 MB.
const FILE_BYTES: u64 = 1 << 20;

/// The port of a finding's subject where none is given; a chain is judged alike on each.
const PORT: u16 = 993;

/// What is judged, and how it is told.
#[derive(Debug)]
pub struct Task<'a> {
    /// The file.
    pub file: &'a Path,
    /// Where it is to be installed: `NAME` or `NAME:PORT`.
    pub host: &'a str,
    /// By which policy.
    pub policy: &'a PolicyOption,
    /// By what else.
    pub measure: &'a MeasureOptions,
    /// What to print.
    pub shape: Shape,
    /// The language of the findings.
    pub language: Language,
}

/// Judges, and prints what was found.
pub fn run(task: &Task<'_>) -> Result<Exit, Failure> {
    let mut mistakes = Mistakes::default();
    let endpoint = mistakes.keep(endpoint(task.host));
    let chain = mistakes.keep(read(task.file));
    let policy = settings::read_policy(task.policy, task.measure, &mut mistakes);
    let roots = settings::read_roots(task.measure, task.language, &mut mistakes);
    let (endpoint, chain, policy, roots) = mistakes.settle((endpoint, chain, policy, roots))?;
    let file = visible(&task.file.to_string_lossy(), 300);
    if chain.private_keys > 0 {
        let held = Message::new("notice-private-key").with("file", Value::Foreign(file.clone()));
        settings::tell(&held, task.language);
    }
    let started = Timestamp::now();
    let options = [("chain", file), ("host", endpoint.to_string())]
        .map(|(name, value)| (name.to_owned(), value))
        .into();
    let header = header::of_files(options, started)?;
    let observations = shown(header, endpoint.clone(), &chain.certificates);
    let measure = Measure {
        accounts: &[],
        policy: &policy,
        others: &[],
        what_if: &[],
        roots: &roots,
        at: task.measure.at.unwrap_or(started),
        at_given: task.measure.at.is_some(),
    };
    let judged = judged(&measure, &observations);
    let judgement = &judged.judgement;
    let source = sitting::source(&measure, &observations, &judged);
    let report = report::build(&source).map_err(Failure::incomplete)?;
    let words = Words::of(task.language);
    let text = match task.shape {
        Shape::Text => said(&report, judgement, &endpoint, &words),
        Shape::Json => sitting::json(&report, &words)?,
    };
    screen::print(text.trim_end())?;
    Ok(exit(judgement))
}

fn endpoint(text: &str) -> Result<Endpoint, String> {
    match text.parse::<Host>() {
        Ok(host) => Ok(Endpoint::new(host, PORT)),
        Err(_) if text.contains(':') => text.parse(),
        Err(error) => Err(error.to_string()),
    }
}

/// Reads the file; each error says what to do.
fn read(path: &Path) -> Result<pem::Bundle, String> {
    let file = visible(&path.to_string_lossy(), 300);
    let unreadable =
        |why| format!("cannot read the chain {file}: {why}; check the path given to --chain");
    let mut bytes = Vec::new();
    let opened = File::open(path).map_err(unreadable)?;
    let mut bounded = opened.take(FILE_BYTES + 1);
    bounded.read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > FILE_BYTES {
        return Err(format!(
            "the chain {file} is larger than {FILE_BYTES} bytes; give --chain the file that the \
             server is to send"
        ));
    }
    let bundle = pem::read(&bytes).map_err(|why| {
        format!("{file} is not whole: {why}; export it again as PEM, or copy it again")
    })?;
    if bundle.certificates.is_empty() {
        return Err(format!(
            "{file} holds no certificate; give --chain a PEM file with BEGIN CERTIFICATE blocks, \
             the server's own first (`openssl x509 -inform DER` makes one of DER, `openssl pkcs12 \
             -nokeys` of PKCS #12)"
        ));
    }
    Ok(bundle)
}

fn said(report: &Report<'_>, judgement: &Judgement, endpoint: &Endpoint, words: &Words) -> String {
    let mut text = format!("{}\n", endpoint.host);
    let judged = &judgement.endpoints[endpoint];
    let chain = judged.chains.values().flatten().next();
    if let Some(leaf) = chain.and_then(|chain| chain.report.leaf()) {
        let addresses = leaf.ip_addresses.iter().map(ToString::to_string);
        let names = leaf.dns_names.iter().cloned().chain(addresses).collect();
        for (key, value) in [
            ("chain-names", Value::List(names)),
            ("chain-begins", leaf.begins().into()),
            ("chain-ends", leaf.ends().into()),
        ] {
            text += &format!("    {}\n", words.say(key, &[("value", value)]));
        }
    }
    let rows = report.endpoints();
    for sheet in rows.flat_map(|row| row.sheets) {
        if let Some(name) = &sheet.name {
            text += &line("chain-name", &name.say(words), words);
        }
        text += &format!("\n    {}\n", words.say("ladder-title", &[]));
        for rung in &sheet.ladder {
            text += &self::rung(rung, words);
        }
    }
    text.push('\n');
    for row in report.findings() {
        text += &sitting::finding(&row, words);
        if let Some(fix) = row.fix.server {
            let line = line("chain-fix", &fix.message.say(words), words);
            text += &format!("         {line}");
        }
    }
    if judgement.findings.is_empty() && judged.undetermined.is_empty() {
        text += &format!("    {}\n", words.say("chain-no-finding", &[]));
    }
    for (rule, reason) in &judged.undetermined {
        let reason = words.say(&format!("reason-{}", reason.word()), &[]);
        let values = [
            ("rule", Value::Term((*rule).to_owned())),
            ("reason", Value::Term(reason)),
        ];
        text += &format!("    {}\n", words.say("chain-undecided", &values));
    }
    text
}

fn line(title: &str, text: &str, words: &Words) -> String {
    format!("    {} {text}\n", words.say(title, &[]))
}

/// One rung; where the ladder breaks, it is marked and says so.
fn rung(rung: &Rung, words: &Words) -> String {
    match rung.broken {
        false => format!("      |-- {}\n", rung.says.say(words)),
        true => format!(
            "      |XX {} {}\n",
            words.say("rung-breaks", &[]),
            rung.says.say(words)
        ),
    }
}

/// What is left undecided is not clean.
fn exit(judgement: &Judgement) -> Exit {
    let mut findings = judgement.findings.iter();
    let mut endpoints = judgement.endpoints.values();
    if findings.any(|finding| finding.waiver.is_none() && finding.severity >= Severity::Medium) {
        Exit::Open
    } else if endpoints.any(|judged| !judged.undetermined.is_empty()) {
        Exit::Incomplete
    } else {
        Exit::Clean
    }
}
