//! `report.md`: the same elements as text that any Markdown reader renders alike.

use std::io::Write;

use handlebars::Handlebars;

use crate::words::Words;

use super::Report;
use super::escape::Medium;
use super::format::WriteError;
use super::helpers;
use super::page::{Page, render};

const PAGE: &str = include_str!("../../templates/report.md.hbs");

pub(super) const PARTIALS: &[(&str, &str)] = &[
    (
        "sentence",
        include_str!("../../templates/partials/sentence.hbs"),
    ),
    (
        "verdict",
        include_str!("../../templates/partials/verdict.md.hbs"),
    ),
    (
        "shares",
        include_str!("../../templates/partials/shares.md.hbs"),
    ),
    (
        "finding",
        include_str!("../../templates/partials/finding.md.hbs"),
    ),
    (
        "change",
        include_str!("../../templates/partials/change.md.hbs"),
    ),
    (
        "endpoint",
        include_str!("../../templates/partials/endpoint.md.hbs"),
    ),
    (
        "calendar",
        include_str!("../../templates/partials/calendar.md.hbs"),
    ),
    (
        "ending",
        include_str!("../../templates/partials/ending.md.hbs"),
    ),
    (
        "unverified",
        include_str!("../../templates/partials/unverified.md.hbs"),
    ),
    (
        "rejected",
        include_str!("../../templates/partials/rejected.md.hbs"),
    ),
    (
        "account",
        include_str!("../../templates/partials/account.md.hbs"),
    ),
    (
        "matrix",
        include_str!("../../templates/partials/matrix.md.hbs"),
    ),
    (
        "what-if",
        include_str!("../../templates/partials/what-if.md.hbs"),
    ),
    (
        "policy",
        include_str!("../../templates/partials/policy.md.hbs"),
    ),
    (
        "method",
        include_str!("../../templates/partials/method.md.hbs"),
    ),
];

/// Writes `report.md`.
///
/// # Errors
///
/// What the output cannot take, or a mistake in a template.
pub fn markdown(report: &Report<'_>, words: &Words, out: &mut dyn Write) -> Result<(), WriteError> {
    let registry = registry(report, words);
    render(registry, PAGE, PARTIALS, &Page::new(report, words), out)
}

/// Everything that a page in Markdown can call.
pub(super) fn registry<'r>(report: &'r Report<'r>, words: &'r Words) -> Handlebars<'r> {
    let mut registry = Handlebars::new();
    helpers::register(&mut registry, Medium::Markdown, words, report);
    registry
}
