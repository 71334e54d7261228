//! From options to what the work is made of, with every mistake gathered on the way.

use std::path::PathBuf;

use super::exit::Mistakes;
use super::options::{
    AdviceOptions, InputOptions, MeasureOptions, PoliciesOptions, PolicyOption, VisitOptions,
};
use super::{notes, policies, screen};
use crate::input::{self, Input};
use crate::policy::Policy;
use crate::probe;
use crate::report::Message;
use crate::rules::RULES;
use crate::trust::{RootSource, Roots};
use crate::words::{Language, Words};

/// The ids that policies and waivers may name.
pub fn rule_ids() -> Vec<&'static str> {
    RULES.iter().map(|rule| rule.id).collect()
}

/// Reads one policy with its waivers, those of `--waivers` included.
pub fn read_policy(
    policy: &PolicyOption,
    options: &MeasureOptions,
    mistakes: &mut Mistakes,
) -> Option<Policy> {
    let named = PoliciesOptions {
        policy: vec![policy.policy.clone()],
        what_if: Vec::new(),
    };
    let advice = AdviceOptions::default();
    let policies = policies::read(&named, options.waivers.as_deref(), &advice, mistakes)?;
    Some(policies.first)
}

/// Loads the roots to trust, and says so where they are not those asked for.
pub fn read_roots(
    options: &MeasureOptions,
    lang: Language,
    mistakes: &mut Mistakes,
) -> Option<Roots> {
    let mut sources: Vec<RootSource> = options
        .trust
        .iter()
        .map(|name| name.as_str().into())
        .collect();
    if sources.is_empty() {
        sources.push(RootSource::System);
    }
    let roots = mistakes.keep(Roots::load(&sources))?;
    if let Some(note) = roots.note {
        tell(&notes::of_roots(note), lang);
    }
    Some(roots)
}

/// Reads the accounts; that no row gives one is a mistake, since nothing could be judged.
pub fn read_accounts(
    files: &[PathBuf],
    options: &InputOptions,
    mistakes: &mut Mistakes,
) -> Option<Input> {
    let input = read_input(files, options, mistakes)?;
    if input.accounts.is_empty() {
        let rows: u64 = input.files.iter().map(|file| file.rows).sum();
        return mistakes.keep(Err(format!(
            "none of the rows ({rows}) gives an account; `mailfleet check` says why, row by row"
        )));
    }
    Some(input)
}

/// Reads the input, accounts or not.
pub fn read_input(
    files: &[PathBuf],
    options: &InputOptions,
    mistakes: &mut Mistakes,
) -> Option<Input> {
    let read_options = input::ReadOptions {
        map: options.map.clone(),
        encoding: options.encoding,
        ..input::ReadOptions::default()
    };
    let input = match input::read(files, &read_options) {
        Ok(input) => input,
        Err(errors) => {
            for error in errors {
                mistakes.keep::<(), _>(Err(error));
            }
            return None;
        }
    };
    let rows: u64 = input.files.iter().map(|file| file.rows).sum();
    if let Some(expected) = options.expect_rows
        && expected != rows
    {
        return mistakes.keep(Err(format!(
            "the input holds {rows} rows and --expect-rows says {expected}: \
             compare with where the list was exported, then correct one of them"
        )));
    }
    Some(input)
}

/// Says what is to be said of the input.
pub fn tell_notes(input: &Input, lang: Language) {
    for note in &input.notes {
        tell(&notes::of_input(note), lang);
    }
}

/// Says on standard error what the report says too.
pub fn tell(note: &Message, lang: Language) {
    let note = note.say(&Words::of(lang));
    screen::tell(&format!("mailfleet: {note}"));
}

/// How servers are visited.
pub fn probe_options(options: &VisitOptions) -> probe::Options {
    let standard = probe::Options::default();
    // A descriptor for each visit; raising the limit first lets large fleets go faster.
    let cap = probe::open_files_cap();
    probe::Options {
        concurrency: options
            .concurrency
            .map_or(cap, |asked| asked.get().min(cap)),
        per_host: options.per_host.get(),
        interval: options.interval,
        connect_timeout: options.connect_timeout,
        address_timeout: options
            .timeout
            .unwrap_or_else(|| probe::Limits::address_time(options.depth.into())),
        retries: options.retries,
        allow_net: options.allow_net.clone(),
        deny_net: options.deny_net.clone(),
        connect_to: options.connect_to.clone(),
        resolve: options.resolve.clone(),
        resolver: options.resolver,
        ..standard
    }
}
