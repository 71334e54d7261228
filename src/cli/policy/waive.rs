//! `mailfleet policy waive`: an exception for one finding of a report.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use clap::Args;
use jiff::Timestamp;
use jiff::civil::Date;

use super::Tongue;
use crate::cli::exit::{Exit, Failure, Mistakes};
use crate::cli::screen;
use crate::cli::settings::rule_ids;
use crate::model::Value;
use crate::policy::{self, Waiver, WaiverSubject, WaiverTerms};
use crate::report::stored::{self, StoredFinding};

/// Write a waiver for one finding.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The report.json in which the finding stands
    report: PathBuf,
    /// The finding's fingerprint
    fingerprint: String,
    /// Why the exception is accepted
    #[arg(long, value_name = "TEXT")]
    reason: String,
    /// Who accepts it
    #[arg(long, value_name = "NAME")]
    approved_by: String,
    /// Its last day, such as 2027-03-31
    #[arg(long, value_name = "DAY", value_parser = read_day)]
    until: Date,
    /// Who looks after it
    #[arg(long, value_name = "NAME")]
    owner: Option<String>,
    /// Where it is tracked
    #[arg(long, value_name = "ID")]
    ticket: Option<String>,
    /// The policy whose terms it has to meet: by its name, or a file
    #[arg(long, value_name = "NAME|FILE", default_value = "rfc8314")]
    policy: String,
    /// Add it to this file of waivers, which is made if there is none, instead of printing it
    #[arg(long, value_name = "FILE")]
    append: Option<PathBuf>,
    #[command(flatten)]
    tongue: Tongue,
}

/// Writes the waiver, or says everything that keeps it from being one.
pub fn run(arguments: &Arguments) -> Result<Exit, Failure> {
    let mut mistakes = Mistakes::default();
    let known = rule_ids();
    let policy = mistakes.keep(policy::load(&arguments.policy, &known));
    let terms = policy.map(|policy| policy.waiver_terms).unwrap_or_default();
    let found = mistakes.keep(stored::finding(&arguments.report, &arguments.fingerprint));
    let waiver = found.and_then(|found| mistakes.keep(waiver(arguments, &found, &known)));
    if let Some(waiver) = &waiver {
        for mistake in ends(waiver, &terms) {
            mistakes.keep::<(), _>(Err(mistake));
        }
    }
    let (name, text) = match &arguments.append {
        Some(path) if path.exists() => (path.as_path(), mistakes.keep(policy::read_text(path))),
        Some(path) => (path.as_path(), Some(String::new())),
        None => (Path::new("the new waiver"), Some(String::new())),
    };
    let name = name.display().to_string();
    let longer = waiver.as_ref().zip(text).and_then(|(waiver, text)| {
        let today = policy::day_of(Timestamp::now());
        mistakes.keep(policy::not_yet_accepted(
            &name, &text, waiver, &known, today,
        ))?;
        mistakes.keep(policy::with_waiver(&name, &text, waiver, &known, &terms))
    });
    let (longer, waiver) = mistakes.settle(longer.zip(waiver))?;
    match &arguments.append {
        Some(path) => {
            replace(path, &longer)?;
            let values = [
                ("file", Value::Term(path.display().to_string())),
                ("rule", Value::Term(waiver.rule.to_owned())),
                ("subject", Value::Term(waiver.subject.to_string())),
                ("until", Value::Term(waiver.until.to_string())),
            ];
            screen::tell(&arguments.tongue.words().say("waiver-appended", &values));
        }
        None => screen::print(longer.trim_end())?,
    }
    Ok(Exit::Clean)
}

/// What is wrong with its end.
fn ends(waiver: &Waiver, terms: &WaiverTerms) -> Vec<String> {
    let today = policy::day_of(Timestamp::now());
    let mut mistakes = policy::without_end(std::slice::from_ref(waiver), terms, today);
    if waiver.until < today {
        mistakes.push(format!(
            "--until {} is over (today is {today} in UTC), so nothing would be waived: give a day \
             to come",
            waiver.until
        ));
    }
    mistakes
}

fn waiver(
    arguments: &Arguments,
    found: &StoredFinding,
    known: &[&'static str],
) -> Result<Waiver, String> {
    let rule = known.iter().copied().find(|rule| *rule == found.rule);
    let rule = rule.ok_or_else(|| {
        "the report has a rule of this finding that this mailfleet does not know: judge the \
         observations again, and waive from that report"
            .to_owned()
    })?;
    Ok(Waiver {
        rule,
        subject: subject(found)?,
        reason: arguments.reason.clone(),
        approved_by: arguments.approved_by.clone(),
        until: arguments.until,
        owner: arguments.owner.clone(),
        ticket: arguments.ticket.clone(),
    })
}

/// The narrowest subject that covers the finding.
fn subject(found: &StoredFinding) -> Result<WaiverSubject, &'static str> {
    let id = &found.subject.id;
    let text = match found.subject.kind.as_str() {
        "account" => format!("account:{id}"),
        "domain" => format!("*.{id}"),
        "fleet" => {
            return Err(
                "the finding is about the fleet as a whole, which no waiver can name: set the \
                 rule's severity in a policy, or switch it off there",
            );
        }
        "person" if !id.contains('@') => {
            return Err(
                "the finding is about a person without an e-mail address, whom no waiver can \
                 name: add the address to the accounts and judge again",
            );
        }
        _ => id.clone(),
    };
    let no_subject = "the finding's subject is none that a waiver can name: write the waiver by \
                      hand, for the host or the domain";
    WaiverSubject::read(&text).ok_or(no_subject)
}

/// Replaces a file as a whole, or leaves it as it is.
fn replace(path: &Path, text: &str) -> Result<(), Failure> {
    // A link stays one: what it leads to is replaced.
    let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let folder = match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    let written = || -> std::io::Result<()> {
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        file.write_all(text.as_bytes())?;
        // A new one is for its writer's eyes only, as every output is: it names people.
        if let Ok(about) = path.metadata() {
            file.as_file().set_permissions(about.permissions())?;
        }
        file.as_file().sync_all()?;
        file.persist(&path)?;
        Ok(())
    };
    written().map_err(|error| {
        Failure::Incomplete(format!(
            "{} could not be written ({error}) and is as it was: check the permissions of its \
             folder and the space there",
            path.display()
        ))
    })
}

fn read_day(text: &str) -> Result<Date, &'static str> {
    let day = (text.len() == 10).then(|| text.parse().ok()).flatten();
    day.ok_or("write a day, such as 2027-03-31")
}
