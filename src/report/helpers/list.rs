//! The long lists, entry by entry: none is in memory as a whole.

use handlebars::{
    BlockContext, Context, Handlebars, Helper, HelperDef, HelperResult, Output, RenderContext,
    Renderable,
};
use serde::Serialize;
use serde_json::Value as Json;

use crate::report::endpoints::ShownEndpoint;
use crate::report::json::RejectedRow;
use crate::report::spending::Steps;
use crate::report::{ACCOUNTS_LISTED, ENDPOINTS_LISTED, ROWS_LISTED, Report};
use crate::words::Words;

use super::{fault, first};

/// Renders a list: the partial of its name, or the block, for each entry.
pub(super) struct List<'r> {
    words: &'r Words,
    report: &'r Report<'r>,
    /// What its steps are counted with; our own pages hold each list once.
    steps: Option<Steps>,
}

impl HelperDef for List<'_> {
    fn call<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        registry: &'reg Handlebars<'reg>,
        context: &'rc Context,
        rendering: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        let name = first(helper)?
            .as_str()
            .ok_or_else(|| fault("list needs the name of a list"))?;
        let mut entries = 0;
        let body = Steps::of(helper.template());
        self.each(name, &mut |row| {
            entries += 1;
            if let Some(steps) = &self.steps {
                steps.take(1, body)?;
            }
            match helper.template() {
                Some(block) => {
                    let mut entry = BlockContext::new();
                    entry.set_base_value(row);
                    rendering.push_block(entry);
                    let rendered = block.render(registry, context, rendering, out);
                    rendering.pop_block();
                    rendered
                }
                None => Ok(out.write(&registry.render(name, &row)?)?),
            }
        })?;
        match helper.inverse() {
            Some(otherwise) if entries == 0 => otherwise.render(registry, context, rendering, out),
            _ => Ok(()),
        }
    }
}

impl<'r> List<'r> {
    pub(super) fn new(words: &'r Words, report: &'r Report<'r>, steps: Option<Steps>) -> Self {
        List {
            words,
            report,
            steps,
        }
    }

    fn each(&self, name: &str, take: &mut dyn FnMut(Json) -> HelperResult) -> HelperResult {
        let report = self.report;
        match name {
            "finding" => rows(report.by_rule.iter(), take),
            "change" => {
                let language = self.words.language();
                let changes = report.changes.iter();
                rows(changes.map(|change| change.shown(language)), take)
            }
            "endpoint" => {
                let endpoints = report.endpoints().take(ENDPOINTS_LISTED).enumerate();
                let shown = |(index, row)| ShownEndpoint::new(index + 1, row);
                rows(endpoints.map(shown), take)
            }
            "unverified" => rows(report.unverified.iter().take(ROWS_LISTED), take),
            "ending" => rows(report.endings.iter().take(ROWS_LISTED), take),
            "rejected" => {
                let rejected = report.source.rejected.iter().map(RejectedRow::from);
                rows(rejected.take(ROWS_LISTED), take)
            }
            "account" => rows(report.accounts().take(ACCOUNTS_LISTED), take),
            other => Err(fault(format!("there is no list {other}"))),
        }
    }
}

fn rows(
    rows: impl Iterator<Item = impl Serialize>,
    take: &mut dyn FnMut(Json) -> HelperResult,
) -> HelperResult {
    for row in rows {
        let row = serde_json::to_value(row).map_err(|error| fault(error.to_string()))?;
        take(row)?;
    }
    Ok(())
}
