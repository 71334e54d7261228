//! What a page says beside the report, and how a page is rendered.

use std::io::Write;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use handlebars::{Handlebars, RenderError, TemplateError};
use schemars::JsonSchema;
use serde::Serialize;

use crate::model::Sha256;
use crate::words::Words;

use super::bar::{Piece, pieces};
use super::format::WriteError;
use super::logo::Logo;
use super::network;
use super::{Message, Report};

const STYLE: &str = include_str!("../../templates/partials/report.css");
/// Filters and sorts tables; the page is whole without it.
pub(super) const SCRIPT: &str = include_str!("../../templates/partials/report.js");

/// Why a page cannot be rendered.
pub(super) enum Rendering {
    /// It, or one of its parts, is not written as handlebars wants it.
    Part(Box<TemplateError>),
    /// It says what is not there, or cannot be written.
    Page(RenderError),
}

impl From<Rendering> for WriteError {
    fn from(rendering: Rendering) -> Self {
        match rendering {
            Rendering::Part(error) => WriteError::Template(error.to_string()),
            Rendering::Page(error) => error.into(),
        }
    }
}

/// Renders a page of ours with its parts.
pub(super) fn render(
    registry: Handlebars<'_>,
    page: &str,
    partials: &[(&str, &str)],
    context: &impl Serialize,
    out: &mut dyn Write,
) -> Result<(), WriteError> {
    Ok(try_render(registry, page, partials, context, out)?)
}

/// Renders a page with its parts, wherever it comes from.
pub(super) fn try_render(
    mut registry: Handlebars<'_>,
    page: &str,
    partials: &[(&str, &str)],
    context: &impl Serialize,
    out: &mut dyn Write,
) -> Result<(), Rendering> {
    let part = |error: TemplateError| Rendering::Part(Box::new(error));
    for (name, text) in partials {
        registry.register_partial(name, text).map_err(part)?;
    }
    registry
        .register_template_string("page", page)
        .map_err(part)?;
    registry
        .render_to_write("page", context, out)
        .map_err(Rendering::Page)
}

/// What the page needs beside the report.
#[derive(Serialize, JsonSchema)]
pub(super) struct Page<'p> {
    #[serde(flatten)]
    report: &'p Report<'p>,
    lang: &'static str,
    version: &'static str,
    /// Words that show how foreign text looks.
    sample: String,
    /// Where the machine stood in its networks, and what its resolver said of invented names.
    network: Vec<Message>,
    /// The organisation's logo as a `data:` address, where there is one.
    logo: Option<&'p str>,
    /// The style's own hash, as the content security policy wants it.
    style_hash: String,
    /// The same of the script.
    script_hash: String,
    /// The four verdicts with their counts, in order, as pieces of one bar 1,000 units wide.
    verdicts: [Piece; 4],
    /// The width of the bar: a little more than 1,000 where small shares were widened to be seen.
    bar_width: usize,
}

impl<'p> Page<'p> {
    pub fn new(report: &'p Report<'p>, words: &Words) -> Self {
        let verdicts = pieces(&report.summary.accounts, report.summary.accounts.total);
        Page {
            report,
            bar_width: verdicts.iter().map(|piece| piece.width).sum(),
            lang: words.language().tag(),
            version: env!("CARGO_PKG_VERSION"),
            sample: words.say("foreign-sample", &[]),
            network: network::said(report),
            logo: report.source.presentation.logo.as_ref().map(Logo::address),
            style_hash: hash(&style(report)),
            script_hash: hash(SCRIPT),
            verdicts,
        }
    }
}

/// What a content security policy compares a style or a script with.
fn hash(text: &str) -> String {
    BASE64_STANDARD.encode(Sha256::of(text.as_bytes()).0)
}

/// Our own style, and the foot of each printed page. The report's id is hexadecimal; whatever else
/// stood in it could be taken for style, so it is left out.
pub(super) fn style(report: &Report<'_>) -> String {
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
