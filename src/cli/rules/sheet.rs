//! Rules on a terminal, 80 columns wide.

use textwrap::core::display_width;
use textwrap::{Options, fill};

use super::papers::{Papers, UnderPolicy};
use crate::model::{Standard, Value};
use crate::report::Reference;
use crate::words::{Language, Words};

/// Columns of a terminal of the usual width.
const WIDTH: usize = 80;
const INDENT: &str = "  ";

/// Each rule on a line: its id, its severity, what it finds.
pub fn list(papers: &[Papers]) -> String {
    let line = |one: &Papers| format!("{:<30} {:<9} {}\n", one.id, one.severity, one.title);
    papers.iter().map(line).collect()
}

/// Each rule in full.
pub fn sheets(papers: &[Papers], words: &Words) -> String {
    let sheets: Vec<String> = papers.iter().map(|one| sheet(one, words)).collect();
    sheets.join("\n")
}

fn sheet(papers: &Papers, words: &Words) -> String {
    let mut text = format!("{}\n{}\n", papers.id, wrapped(&papers.title, ""));
    let mut section = |key: &str, body: &str| {
        text += &format!("\n{}\n{body}\n", words.say(key, &[]));
    };
    section("rules-why", &wrapped(&papers.why, INDENT));
    section("rules-looks-at", &wrapped(&looks_at(papers, words), INDENT));
    section("rules-severity", &wrapped(&severity(papers, words), INDENT));
    section("rules-policies", &by_policy(&papers.policies, words));
    section("rules-clauses", &clauses(&papers.clauses, words));
    for (key, fix) in [
        ("rules-fix-person", &papers.fix_person),
        ("rules-fix-server", &papers.fix_server),
    ] {
        if let Some(fix) = fix {
            section(key, &wrapped(fix, INDENT));
        }
    }
    section("rules-example", &wrapped(&papers.example.text, INDENT));
    text
}

fn wrapped(text: &str, indent: &str) -> String {
    let options = Options::new(WIDTH);
    fill(
        text,
        options.initial_indent(indent).subsequent_indent(indent),
    )
}

/// What it looks at: the kind of thing, and the question.
pub(super) fn looks_at(papers: &Papers, words: &Words) -> String {
    let kind = Value::Term(words.say(&format!("rules-on-{}", papers.on), &[]));
    let question = Value::Term(papers.looks_at.clone());
    words.say(
        "rules-looks-at-what",
        &[("kind", kind), ("question", question)],
    )
}

/// The severity by default, and of the forms that weigh otherwise.
pub(super) fn severity(papers: &Papers, words: &Words) -> String {
    let mut parts = vec![weight(papers.severity, words)];
    for form in &papers.forms {
        let name = Value::Term(form.form.to_owned());
        let severity = Value::Term(weight(form.severity, words));
        parts.push(words.say("rules-form", &[("form", name), ("severity", severity)]));
    }
    parts.join(words.language().semicolon())
}

/// The word for a severity.
pub(super) fn weight(severity: &str, words: &Words) -> String {
    words.say(&format!("severity-{severity}"), &[])
}

/// What a policy makes of the severity.
pub(super) fn weight_under(under: &UnderPolicy, words: &Words) -> String {
    match under.severity {
        Some(severity) => weight(severity, words),
        None => words.say("rules-not-asked", &[]),
    }
}

/// A clause as it is cited, and how strongly it speaks; our own reading of it by that name alone.
pub(super) fn cited(reference: &Reference, words: &Words) -> String {
    if is_ours(reference) {
        return format!("{} {}", title(reference, words), reference.clause)
            .trim_end()
            .to_owned();
    }
    let clause = format!("{} {}", reference.standard, reference.clause);
    let clause = Value::Term(clause.trim_end().to_owned());
    let verb = Value::Term(words.say(&format!("verb-{}", reference.verb), &[]));
    words.say("rules-clause", &[("clause", clause), ("verb", verb)])
}

/// Whether no document says it but ours.
pub(super) fn is_ours(reference: &Reference) -> bool {
    reference.standard == Standard::Mailfleet.cite()
}

/// The document's title in the language of the words.
pub(super) fn title(reference: &Reference, words: &Words) -> &'static str {
    match words.language() {
        Language::En => reference.title,
        Language::ZhCn => reference.title_zh,
    }
}

fn clauses(references: &[Reference], words: &Words) -> String {
    let lines = references.iter().map(|reference| {
        let title = match is_ours(reference) {
            true => "",
            false => title(reference, words),
        };
        hanging(format!("{}  {title}", cited(reference, words)).trim_end())
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// One line for each policy: its name, the severity, and its own clauses.
fn by_policy(policies: &[UnderPolicy], words: &Words) -> String {
    let severities: Vec<String> = policies
        .iter()
        .map(|one| weight_under(one, words))
        .collect();
    let widest = |texts: &mut dyn Iterator<Item = &str>| texts.map(display_width).max();
    let names = widest(&mut policies.iter().map(|one| one.policy.as_str())).unwrap_or(0);
    let column = widest(&mut severities.iter().map(String::as_str)).unwrap_or(0);
    let lines = policies.iter().zip(&severities).map(|(under, severity)| {
        let cited: Vec<String> = under.clauses.iter().map(|one| cited(one, words)).collect();
        let line = format!(
            "{}{}{}",
            padded(&under.policy, names + 2),
            padded(severity, column + 2),
            cited.join(words.language().semicolon())
        );
        hanging(line.trim_end())
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn padded(text: &str, width: usize) -> String {
    let missing = width.saturating_sub(display_width(text));
    format!("{text}{}", " ".repeat(missing))
}

/// A line whose continuation stands further in.
fn hanging(line: &str) -> String {
    let options = Options::new(WIDTH);
    fill(
        line,
        options.initial_indent(INDENT).subsequent_indent("      "),
    )
}
