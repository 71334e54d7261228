//! `mailfleet rules`: the rules, or one explained.

use clap::Args;

use super::exit::{Exit, Failure};
use super::screen;
use crate::model::Severity;
use crate::rules::{Check, RULES, Rule, find};
use crate::words::{Language, Words};

/// The rules, or one of them.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The rule to explain
    id: Option<String>,
    /// The language of the explanation
    #[arg(long, default_value = "en", value_name = "en|zh-CN")]
    lang: Language,
}

/// Lists the rules, or explains one.
pub fn run(arguments: &Arguments) -> Result<Exit, Failure> {
    let words = Words::of(arguments.lang);
    let text = match &arguments.id {
        None => list(&words),
        Some(id) => explain(find(id).ok_or_else(|| unknown(id))?, &words),
    };
    screen::print(text.trim_end())?;
    Ok(Exit::Clean)
}

fn list(words: &Words) -> String {
    let lines = RULES.iter().map(|rule| {
        let title = words.say(&format!("{}-title", rule.id), &[]);
        format!("{:<30} {:<9} {title}\n", rule.id, rule.severity.word())
    });
    lines.collect()
}

fn explain(rule: &Rule, words: &Words) -> String {
    let say = |part: &str| words.say(&format!("{}-{part}", rule.id), &[]);
    let mut text = format!("{}\n{}\n\n{}\n", rule.id, say("title"), say("why"));
    let looks_at = match rule.check {
        Check::Endpoint(_) => "rules-on-endpoint",
        Check::Account(_) => "rules-on-account",
        Check::Fleet(_) => "rules-on-fleet",
    };
    let on = words.say(looks_at, &[]);
    text += &format!(
        "\n{}: {on}; {}\n",
        words.say("rules-looks-at", &[]),
        say("looks-at")
    );
    let severity = |of: Severity| words.say(&format!("severity-{}", of.word()), &[]);
    text += &format!(
        "{}: {}",
        words.say("rules-severity", &[]),
        severity(rule.severity)
    );
    for (variant, of) in rule.variants {
        text += &format!("; {variant}: {}", severity(*of));
    }
    text.push('\n');
    for citation in rule.citations {
        let title = match words.language() {
            Language::En => citation.standard.title(),
            Language::ZhCn => citation.standard.title_zh(),
        };
        text += &format!(
            "  {} {} — {title}\n",
            citation.standard.cite(),
            citation.clause
        );
    }
    for (label, part) in [
        ("rules-fix-person", "fix-person"),
        ("rules-fix-server", "fix-server"),
    ] {
        if words.has(&format!("{}-{part}", rule.id)) {
            text += &format!("\n{}: {}\n", words.say(label, &[]), say(part));
        }
    }
    text
}

fn unknown(id: &str) -> Failure {
    let nearest = RULES
        .iter()
        .map(|rule| rule.id)
        .min_by_key(|known| strsim::damerau_levenshtein(known, id))
        .unwrap_or_default();
    Failure::unusable(format!(
        "there is no rule of that id; did you mean `{nearest}`? `mailfleet rules` lists all"
    ))
}
