//! `report.html`: one offline file that runs nothing and fetches nothing.

use std::io::Write;

use aws_lc_rs::digest::{SHA256, digest};
use base64::prelude::{BASE64_STANDARD, Engine as _};
use handlebars::{Context, Handlebars, Helper, HelperDef, HelperResult, Output, RenderContext};
use serde::Serialize;

use crate::model::VerdictWord;
use crate::words::Words;

use super::Report;
use super::escape::Medium;
use super::format::WriteError;
use super::helpers;

const PAGE: &str = include_str!("../../templates/report.html.hbs");
const STYLE: &str = include_str!("../../templates/partials/report.css");

/// The parts of the page by name; the names of rows are those of the lists.
const PARTIALS: &[(&str, &str)] = &[
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
        "method",
        include_str!("../../templates/partials/method.html.hbs"),
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
    let mut registry = Handlebars::new();
    registry.register_helper("stylesheet", Box::new(Stylesheet(style(report))));
    helpers::register(&mut registry, Medium::Html, words, report);
    render(registry, PAGE, PARTIALS, &Page::new(report, words), out)
}

/// Renders a page with its parts.
pub(super) fn render(
    mut registry: Handlebars<'_>,
    page: &str,
    partials: &[(&str, &str)],
    context: &impl Serialize,
    out: &mut dyn Write,
) -> Result<(), WriteError> {
    for (name, text) in partials {
        registry
            .register_partial(name, text)
            .map_err(|error| WriteError::Template(error.to_string()))?;
    }
    registry
        .register_template_string("page", page)
        .map_err(|error| WriteError::Template(error.to_string()))?;
    Ok(registry.render_to_write("page", context, out)?)
}

/// What the page needs beside the report.
#[derive(Serialize)]
pub(super) struct Page<'p> {
    #[serde(flatten)]
    report: &'p Report<'p>,
    lang: &'static str,
    version: &'static str,
    /// Words that show how foreign text looks.
    sample: String,
    /// The style's own hash, as the content security policy wants it.
    style_hash: String,
    /// The four verdicts with their counts, in order, as pieces of one bar 1,000 units wide.
    verdicts: [Piece; 4],
    /// The width of the bar: a little more than 1,000 where small shares were widened to be seen.
    bar_width: usize,
}

#[derive(Serialize)]
struct Piece {
    word: &'static str,
    accounts: usize,
    x: usize,
    width: usize,
}

impl<'p> Page<'p> {
    pub fn new(report: &'p Report<'p>, words: &Words) -> Self {
        let verdicts = pieces(report);
        Page {
            report,
            bar_width: verdicts.iter().map(|piece| piece.width).sum(),
            lang: words.language().tag(),
            version: env!("CARGO_PKG_VERSION"),
            sample: words.say("foreign-sample", &[]),
            style_hash: BASE64_STANDARD.encode(digest(&SHA256, style(report).as_bytes())),
            verdicts,
        }
    }
}

fn pieces(report: &Report<'_>) -> [Piece; 4] {
    let counts = &report.summary.accounts;
    let mut x = 0;
    VerdictWord::ALL.map(|verdict| {
        let accounts = match verdict {
            VerdictWord::Compliant => counts.compliant,
            VerdictWord::NonCompliant => counts.non_compliant,
            VerdictWord::NotVerified => counts.not_verified,
            VerdictWord::Waived => counts.waived,
        };
        let width = match (accounts, counts.total) {
            (0, _) | (_, 0) => 0,
            // What is there is seen, however small its share.
            (some, total) => (some * 1_000 / total).max(4),
        };
        let piece = Piece {
            word: verdict.word(),
            accounts,
            x,
            width,
        };
        x += width;
        piece
    })
}

/// Our own style, and the foot of each printed page. The report's id is hexadecimal; whatever else
/// stood in it could be taken for style, so it is left out.
fn style(report: &Report<'_>) -> String {
    let id: String = report
        .run
        .report_id
        .chars()
        .filter(char::is_ascii_hexdigit)
        .collect();
    format!(
        "{STYLE}@page {{ @bottom-left {{ content: \"{id}\"; font: 7pt monospace; }} \
         @bottom-right {{ content: counter(page) \" / \" counter(pages); font: 8pt sans-serif; }} }}\n"
    )
}

/// The style as it stands: the bytes that were hashed.
struct Stylesheet(String);

impl HelperDef for Stylesheet {
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
