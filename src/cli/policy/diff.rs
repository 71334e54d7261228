//! What differs between two policies.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::known_rules;
use crate::cli::exit::Exit;
use crate::cli::screen;
use crate::model::Value;
use crate::policy::{self, Difference, How, Policy, Tends};
use crate::words::Words;

/// The columns of a list of suites.
const WIDTH: usize = 100;

/// What differs, and the exit status: 1 if anything does. Clauses and the like are counted, and
/// listed where `with_clauses` says so.
pub fn diff(one: &Policy, other: &Policy, with_clauses: bool, words: &Words) -> (String, Exit) {
    let titles = [one, other].map(|policy| format!("{} {}", policy.name, policy.version));
    let [from, to] = &titles;
    let pair = [("one", from), ("other", to)];
    let mut text = String::new();
    let mut all = Vec::new();
    for (begins, differences) in by_day(one, other) {
        match begins {
            None => text += &format!("{from} → {to}\n\n"),
            Some(day) => {
                let day = Value::Term(day.to_string());
                text += &format!("\n{}\n\n", words.say("show-from", &[("day", day)]));
            }
        }
        let shown: Vec<Difference> = differences
            .iter()
            .filter(|one| with_clauses || !is_reference(one))
            .cloned()
            .collect();
        text += &told(&shown, words);
        all.extend(differences);
    }
    if all.is_empty() {
        let pair = pair.map(|(name, title)| (name, Value::Term(title.clone())));
        return (words.say("diff-same", &pair), Exit::Clean);
    }
    let (references, all): (Vec<_>, Vec<_>) = all.into_iter().partition(is_reference);
    let count = |tends| Value::from(all.iter().filter(|one| one.tends == tends).count());
    let pair = pair.map(|(name, title)| (name, Value::Term(title.clone())));
    let counts = [
        ("stricter", count(Tends::Stricter)),
        ("looser", count(Tends::Looser)),
        ("neither", count(Tends::Neither)),
        ("references", references.len().into()),
    ];
    let values: Vec<(&str, Value)> = pair.into_iter().chain(counts).collect();
    text += &format!("\n{}\n", words.say("diff-counts", &values));
    if !references.is_empty() && !with_clauses {
        text += &format!("{}\n", words.say("diff-clauses", &[]));
    }
    (text, Exit::Open)
}

/// Whether it is what a policy refers to, and nothing that it asks.
fn is_reference(difference: &Difference) -> bool {
    let key = difference.key.as_str();
    key.ends_with(".clauses") || ["document", "interpreted"].contains(&key)
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
pub fn told(differences: &[Difference], words: &Words) -> String {
    let mut text = String::new();
    for difference in differences {
        let tends = match difference.tends {
            Tends::Neither => String::new(),
            tends => words.say(&format!("diff-{}", tends.word()), &[]),
        };
        let counted = |key, members: &[String]| words.say(key, &[("count", members.len().into())]);
        let how = match &difference.how {
            How::Changed(one, other) => format!("{one} → {other}"),
            How::Gained(members) => counted("diff-more", members),
            How::Lost(members) => counted("diff-fewer", members),
        };
        let how = screen::column(&how, 28);
        text += format!("{:<44} {how} {tends}", difference.key).trim_end();
        text.push('\n');
        text += &members(difference);
    }
    text
}

/// The members of a list, one a line; suites are many, and share lines.
fn members(difference: &Difference) -> String {
    let (sign, members) = match &difference.how {
        How::Changed(..) => return String::new(),
        How::Gained(members) => ('+', members),
        How::Lost(members) => ('-', members),
    };
    let key = difference.key.split(' ').next_back();
    if !key.is_some_and(|key| key.starts_with("suites")) {
        let lines = members.iter();
        return lines
            .map(|member| format!("    {sign} {member}\n"))
            .collect();
    }
    let begin = format!("    {sign} ");
    let options = textwrap::Options::new(WIDTH)
        .initial_indent(&begin)
        .subsequent_indent("      ")
        .break_words(false);
    format!("{}\n", textwrap::fill(&members.join(" "), options))
}
