//! `report.html`: one offline file that fetches nothing, and is whole without its script.

use std::io::Write;

use handlebars::{Context, Handlebars, Helper, HelperDef, HelperResult, Output, RenderContext};

use crate::words::Words;

use super::Report;
use super::escape::Medium;
use super::format::WriteError;
use super::helpers;
use super::page::{Page, SCRIPT, render, style};

const PAGE: &str = include_str!("../../templates/report.html.hbs");

/// The parts of the page by name; the names of rows are those of the lists.
pub(super) const PARTIALS: &[(&str, &str)] = &[
    (
        "verdict",
        include_str!("../../templates/partials/verdict.html.hbs"),
    ),
    (
        "sentence",
        include_str!("../../templates/partials/sentence.hbs"),
    ),
    (
        "front",
        include_str!("../../templates/partials/front.html.hbs"),
    ),
    (
        "summary",
        include_str!("../../templates/partials/summary.html.hbs"),
    ),
    (
        "shares",
        include_str!("../../templates/partials/shares.html.hbs"),
    ),
    (
        "finding",
        include_str!("../../templates/partials/finding.html.hbs"),
    ),
    (
        "change",
        include_str!("../../templates/partials/change.html.hbs"),
    ),
    (
        "endpoint",
        include_str!("../../templates/partials/endpoint.html.hbs"),
    ),
    (
        "calendar",
        include_str!("../../templates/partials/calendar.html.hbs"),
    ),
    (
        "ending",
        include_str!("../../templates/partials/ending.html.hbs"),
    ),
    (
        "unverified",
        include_str!("../../templates/partials/unverified.html.hbs"),
    ),
    (
        "rejected",
        include_str!("../../templates/partials/rejected.html.hbs"),
    ),
    (
        "account",
        include_str!("../../templates/partials/account.html.hbs"),
    ),
    (
        "matrix",
        include_str!("../../templates/partials/matrix.html.hbs"),
    ),
    (
        "what-if",
        include_str!("../../templates/partials/what-if.html.hbs"),
    ),
    (
        "policy",
        include_str!("../../templates/partials/policy.html.hbs"),
    ),
    (
        "method",
        include_str!("../../templates/partials/method.html.hbs"),
    ),
    (
        "tools",
        include_str!("../../templates/partials/tools.html.hbs"),
    ),
    (
        "closing",
        include_str!("../../templates/partials/closing.html.hbs"),
    ),
];

/// Writes `report.html`.
///
/// # Errors
///
/// What the output cannot take, or a mistake in a template.
pub fn html(report: &Report<'_>, words: &Words, out: &mut dyn Write) -> Result<(), WriteError> {
    let registry = registry(report, words);
    render(registry, PAGE, PARTIALS, &Page::new(report, words), out)
}

/// Everything that a page in HTML can call.
pub(super) fn registry<'r>(report: &'r Report<'r>, words: &'r Words) -> Handlebars<'r> {
    let mut registry = Handlebars::new();
    registry.register_helper("stylesheet", Box::new(AsItStands(style(report))));
    registry.register_helper("script", Box::new(AsItStands(SCRIPT.to_owned())));
    helpers::register(&mut registry, Medium::Html, words, report);
    registry
}

/// Style or script as it stands: the bytes that were hashed.
struct AsItStands(String);

impl HelperDef for AsItStands {
    fn call<'reg: 'rc, 'rc>(
        &self,
        _: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        _: &'rc Context,
        _: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        Ok(out.write(&self.0)?)
    }
}
