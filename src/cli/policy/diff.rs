//! What differs between two policies.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::known_rules;
use crate::cli::exit::Exit;
use crate::policy::{self, Difference, How, Policy, Tends};

/// What differs, and the exit status: 1 if anything does.
pub fn diff(one: &Policy, other: &Policy) -> (String, Exit) {
    let titles = [one, other].map(|policy| format!("{} {}", policy.name, policy.version));
    let [from, to] = &titles;
    let mut text = String::new();
    let mut all = Vec::new();
    for (begins, differences) in by_day(one, other) {
        match begins {
            None => text += &format!("{from} → {to}\n\n"),
            Some(day) => text += &format!("\nFrom {day} on\n\n"),
        }
        text += &told(&differences);
        all.extend(differences);
    }
    if all.is_empty() {
        return (format!("{from} and {to} ask the same\n"), Exit::Clean);
    }
    let count = |tends| all.iter().filter(|one| one.tends == tends).count();
    text += &format!(
        "\n{to} is stricter than {from} in {}, looser in {}, and differs otherwise in {}\n",
        count(Tends::Stricter),
        count(Tends::Looser),
        count(Tends::Neither)
    );
    (text, Exit::Open)
}

/// What differs from the beginning, and what more on each later day on which either changes.
fn by_day(one: &Policy, other: &Policy) -> Vec<(Option<Date>, Vec<Difference>)> {
    let rules = known_rules();
    let later = |policy: &Policy| -> Vec<Date> {
        let stages = policy.later_stages(Date::MIN);
        stages.map(|stage| stage.begins).collect()
    };
    let days: BTreeSet<Date> = later(one).into_iter().chain(later(other)).collect();
    let mut before = policy::differences(one, other, &rules);
    let mut told = Vec::new();
    if !before.is_empty() || !days.is_empty() {
        told.push((None, before.clone()));
    }
    for day in days {
        let now = policy::differences(one.stage_at(day), other.stage_at(day), &rules);
        let new = now.iter().filter(|one| !before.contains(one));
        told.push((Some(day), new.cloned().collect()));
        before = now;
    }
    told.retain(|(begins, differences)| begins.is_none() || !differences.is_empty());
    told
}

/// The differences, one a line, with the members of lists below.
pub fn told(differences: &[Difference]) -> String {
    let mut text = String::new();
    for difference in differences {
        let tends = match difference.tends {
            Tends::Neither => "",
            tends => tends.word(),
        };
        let how = match &difference.how {
            How::Changed(one, other) => format!("{one} → {other}"),
            How::Gained(members) => format!("{} more", members.len()),
            How::Lost(members) => format!("{} fewer", members.len()),
        };
        text += format!("{:<44} {how:<28} {tends}", difference.key).trim_end();
        text.push('\n');
        if !matches!(difference.how, How::Changed(..)) {
            let members = difference.how.to_string();
            text.extend(members.lines().map(|line| format!("    {line}\n")));
        }
    }
    text
}
