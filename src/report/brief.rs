//! `brief.md`: what fits into a ticket, at most 60 lines whatever the fleet.

use std::collections::BTreeMap;
use std::io::Write;

use handlebars::Handlebars;
use serde::Serialize;

use crate::model::{Reason, Severity};
use crate::words::Words;

use super::escape::Medium;
use super::format::WriteError;
use super::helpers;
use super::page::{Page, render};
use super::{Ending, Message, Report};

const PAGE: &str = include_str!("../../templates/brief.md.hbs");

const PARTIALS: &[(&str, &str)] = &[
    (
        "sentence",
        include_str!("../../templates/partials/sentence.hbs"),
    ),
    (
        "verdict",
        include_str!("../../templates/partials/verdict.md.hbs"),
    ),
];

/// Rules that are named.
const RULES: usize = 7;
/// Reasons why something is not verified that are named.
const REASONS: usize = 4;
/// Certificates that are named.
const ENDINGS: usize = 3;

/// Writes `brief.md`.
///
/// # Errors
///
/// What the output cannot take, or a mistake in a template.
pub fn brief(report: &Report<'_>, words: &Words, out: &mut dyn Write) -> Result<(), WriteError> {
    let mut registry = Handlebars::new();
    helpers::register(&mut registry, Medium::Markdown, words, report);
    let brief = Brief::new(report, words);
    render(registry, PAGE, PARTIALS, &brief, out)
}

#[derive(Serialize)]
struct Brief<'p> {
    #[serde(flatten)]
    page: Page<'p>,
    scope: Option<Message>,
    rules: Vec<Rule>,
    rules_beyond: usize,
    reasons: Vec<Why>,
    reasons_beyond: usize,
    next: &'p [Ending],
    next_beyond: usize,
}

/// What one rule found.
#[derive(Serialize)]
struct Rule {
    rule: &'static str,
    severity: &'static str,
    accounts: usize,
    people: usize,
    findings: usize,
    waived: usize,
}

/// Why accounts could not be verified.
#[derive(Serialize)]
struct Why {
    reason: &'static str,
    accounts: usize,
}

impl<'p> Brief<'p> {
    fn new(report: &'p Report<'p>, words: &Words) -> Self {
        let found = report.by_rule.iter();
        let found = found.filter(|of_rule| of_rule.severity > Severity::Info);
        let mut rules: Vec<Rule> = found
            .map(|of_rule| Rule {
                rule: of_rule.rule,
                severity: of_rule.severity.word(),
                accounts: of_rule.accounts,
                people: of_rule.people,
                findings: of_rule.findings,
                waived: of_rule.waived,
            })
            .collect();
        let mut reasons = reasons(report);
        let next = &report.endings[..report.endings.len().min(ENDINGS)];
        Brief {
            page: Page::new(report, words),
            scope: report.scope(),
            rules_beyond: rules.len().saturating_sub(RULES),
            reasons_beyond: reasons.len().saturating_sub(REASONS),
            next_beyond: report.endings.len() - next.len(),
            rules: rules.drain(..rules.len().min(RULES)).collect(),
            reasons: reasons.drain(..reasons.len().min(REASONS)).collect(),
            next,
        }
    }
}

/// The reasons, that of most accounts first.
fn reasons(report: &Report<'_>) -> Vec<Why> {
    let mut counts: BTreeMap<Reason, usize> = BTreeMap::new();
    let judged = report.source.judgement.accounts.iter();
    let reasons = judged.filter_map(|account| account.verdict.reason());
    reasons.for_each(|reason| *counts.entry(reason).or_default() += 1);
    let mut reasons: Vec<Why> = counts
        .into_iter()
        .map(|(reason, accounts)| Why {
            reason: reason.word(),
            accounts,
        })
        .collect();
    reasons.sort_by_key(|why| std::cmp::Reverse(why.accounts));
    reasons
}
