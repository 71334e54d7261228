//! Rules as Markdown: the table of all, and the book that explains each.

use super::papers::{Papers, UnderPolicy};
use super::sheet::{cited, is_ours, looks_at, severity, title, weight, weight_under};
use crate::report::Reference;
use crate::report::escape::Medium;
use crate::words::Words;

/// One row for each rule.
pub fn table(papers: &[Papers], words: &Words) -> String {
    rows(papers, words, |id| format!("`{id}`"))
}

/// The table, and then each rule in full.
pub fn book(papers: &[Papers], words: &Words) -> String {
    format!(
        "# {}\n\n{}\n\n{}\n{}",
        ours("rules-book-title", words),
        ours("rules-book-intro", words),
        rows(papers, words, |id| format!("[`{id}`](#{id})")),
        chapters(papers, words)
    )
}

/// Each rule in full.
pub fn chapters(papers: &[Papers], words: &Words) -> String {
    let chapters: Vec<String> = papers.iter().map(|one| chapter(one, words)).collect();
    chapters.join("\n")
}

fn rows(papers: &[Papers], words: &Words, name: impl Fn(&str) -> String) -> String {
    let mut text = head(
        &["rules-column-id", "rules-severity", "rules-column-title"],
        words,
    );
    for one in papers {
        let severity = weight(one.severity, words);
        text += &row(&[name(one.id), escaped(&severity), escaped(&one.title)]);
    }
    text
}

fn chapter(papers: &Papers, words: &Words) -> String {
    let mut text = format!(
        "## `{}`\n\n**{}**\n\n{}\n\n",
        papers.id,
        escaped(&papers.title),
        escaped(&papers.why)
    );
    let mut item = |key: &str, body: &str| {
        text += &format!("- **{}** {body}\n", ours(key, words));
    };
    item("rules-looks-at", &escaped(&looks_at(papers, words)));
    item("rules-severity", &escaped(&severity(papers, words)));
    item("rules-clauses", &clauses(&papers.clauses, words));
    for (key, fix) in [
        ("rules-fix-person", &papers.fix_person),
        ("rules-fix-server", &papers.fix_server),
    ] {
        if let Some(fix) = fix {
            item(key, &escaped(fix));
        }
    }
    item(
        "rules-example",
        &Medium::Markdown.segments(&papers.example.segments),
    );
    text + &by_policy(&papers.policies, words)
}

/// The policies that say something of the rule.
fn by_policy(policies: &[UnderPolicy], words: &Words) -> String {
    let says =
        |one: &&UnderPolicy| one.settled || one.severity.is_none() || !one.clauses.is_empty();
    let saying: Vec<&UnderPolicy> = policies.iter().filter(says).collect();
    if saying.is_empty() {
        return String::new();
    }
    let columns = ["rules-column-policy", "rules-severity", "rules-clauses"];
    let mut text = format!("\n{}", head(&columns, words));
    for one in saying {
        let clauses: Vec<String> = one.clauses.iter().map(|one| cited(one, words)).collect();
        let clauses = clauses.join(words.language().semicolon());
        text += &row(&[
            format!("`{}`", one.policy),
            escaped(&weight_under(one, words)),
            escaped(&clauses),
        ]);
    }
    text
}

fn clauses(references: &[Reference], words: &Words) -> String {
    let clauses = references.iter().map(|reference| {
        let cited = escaped(&cited(reference, words));
        match is_ours(reference) {
            true => cited,
            false => format!("{cited} *{}*", escaped(title(reference, words))),
        }
    });
    clauses
        .collect::<Vec<_>>()
        .join(words.language().semicolon())
}

fn head(columns: &[&str], words: &Words) -> String {
    let names: Vec<String> = columns.iter().map(|key| ours(key, words)).collect();
    let rule: Vec<String> = columns.iter().map(|_| "---".to_owned()).collect();
    row(&names) + &row(&rule)
}

fn row(cells: &[String]) -> String {
    format!("| {} |\n", cells.join(" | "))
}

fn ours(key: &str, words: &Words) -> String {
    escaped(&words.say(key, &[]))
}

fn escaped(text: &str) -> String {
    Medium::Markdown.ours(text)
}
