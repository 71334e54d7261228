//! Who would fail if another measure held, on the terminal: counts, rules with their evidence, clients.

use crate::model::{Phrase, Value};
use crate::report::{WhatIf, WhatIfRule};
use crate::words::Words;

/// Places of one rule that are shown; the reports list more.
const PLACES: usize = 5;

/// Accounts that are shown; `report.json` lists all.
const ACCOUNTS: usize = 10;

/// The section in a language, as lines.
pub fn said(what_if: &WhatIf<'_>, words: &Words) -> String {
    let mut text = format!("{}\n", what_if.title.say(words));
    let line = |key: &str, count: usize| {
        let said = words.say(key, &[("accounts", Value::from(count))]);
        format!("{count:>8}  {said}\n")
    };
    text += &line("what-if-failing", what_if.failing);
    text += &line("what-if-unverified", what_if.unverified);
    if what_if.relieved > 0 {
        text += &line("what-if-relieved", what_if.relieved);
    }
    for rule in &what_if.rules {
        text += &of_rule(rule, words);
    }
    if !what_if.clients.is_empty() {
        text += &format!("\n{}\n", words.say("what-if-clients", &[]));
        for row in &what_if.clients {
            let client = words.say(&format!("client-{}", row.client), &[]);
            text += &format!("{:>8}  {client}\n", row.failing + row.unverified);
        }
    }
    if !what_if.accounts.is_empty() {
        text += &format!("\n{}\n", words.say("what-if-accounts", &[]));
    }
    for account in what_if.accounts.iter().take(ACCOUNTS) {
        let person = account.email.or(account.employee).unwrap_or_default();
        text += &format!(
            "    {person}  {}  {}\n",
            account.place,
            account.rules.join(", ")
        );
    }
    let listed = what_if.accounts.len().min(ACCOUNTS);
    if let beyond @ 1.. = what_if.failing + what_if.unverified - listed {
        let values = [("beyond", Value::from(beyond))];
        text += &format!("    {}\n", words.say("what-if-beyond", &values));
    }
    text
}

fn of_rule(rule: &WhatIfRule, words: &Words) -> String {
    let severity = Phrase::new(format!("severity-{}", rule.severity));
    let values = [
        ("severity", Value::Phrase(severity)),
        ("failing", Value::from(rule.failing)),
        ("unverified", Value::from(rule.unverified)),
        ("endpoints", Value::from(rule.endpoints)),
    ];
    let mut text = format!(
        "\n{}: {}\n    {}\n",
        rule.rule,
        words.say(&format!("{}-title", rule.rule), &[]),
        words.say("what-if-rule", &values)
    );
    for sight in rule.sights.iter().take(PLACES) {
        let values = [
            ("place", Value::Foreign(sight.place.clone())),
            ("accounts", Value::from(sight.accounts)),
        ];
        let place = words.say("what-if-place", &values);
        text += &format!("    {place}{}\n", sight.say(words));
    }
    if let beyond @ 1.. = rule.sights.len().saturating_sub(PLACES) + rule.sights_beyond {
        let values = [("beyond", Value::from(beyond))];
        text += &format!("    {}\n", words.say("what-if-beyond", &values));
    }
    text
}
