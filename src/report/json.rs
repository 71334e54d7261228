//! `report.json`, written row by row. What it holds is a contract with whoever reads it: its schema
//! (`mailfleet schema report`) says it, and fields are only ever added within an edition.

use std::io::Write;

use schemars::JsonSchema;
use serde::Serialize;
use serde::ser::{SerializeStruct as _, Serializer};

use crate::model::Rejected;
use crate::store::json::write_laid_out;
use crate::words::Words;

use super::Report;
use super::format::WriteError;
use super::json_lines::Lines;
use super::what_if::Whole;

/// The name and edition of the format.
pub(super) const SCHEMA: &str = "mailfleet.report/1";

/// Writes `report.json`. The words are of no consequence: the file is language-neutral.
///
/// # Errors
///
/// What the output cannot take.
pub fn json(report: &Report<'_>, _words: &Words, out: &mut dyn Write) -> Result<(), WriteError> {
    write_laid_out(&mut *out, &Document(report), Lines::default())?;
    writeln!(out)?;
    Ok(())
}

struct Document<'r, 'a>(&'r Report<'a>);

impl Serialize for Document<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let report = self.0;
        let mut document = serializer.serialize_struct("report", 15)?;
        document.serialize_field("schema", SCHEMA)?;
        document.serialize_field("tool", &Tool::THIS)?;
        document.serialize_field("run", &report.run)?;
        document.serialize_field("summary", &report.summary)?;
        document.serialize_field("control", &report.control)?;
        document.serialize_field("files", report.files)?;
        document.serialize_field("notes", report.notes)?;
        document.serialize_field("waivers", &report.waivers)?;
        document.serialize_field("calendar", &report.endings)?;
        document.serialize_field("comparison", &report.comparison())?;
        document.serialize_field("what_if", &Rows(|| report.what_if.iter().map(Whole)))?;
        document.serialize_field("endpoints", &Rows(|| report.endpoints()))?;
        document.serialize_field("findings", &Rows(|| report.findings()))?;
        let rejected = || report.source.rejected.iter().map(RejectedRow::from);
        document.serialize_field("rejected", &Rows(rejected))?;
        document.serialize_field("accounts", &Rows(|| report.accounts()))?;
        document.end()
    }
}

/// A list that is made while it is written.
pub(super) struct Rows<F>(pub(super) F);

impl<F, I> Serialize for Rows<F>
where
    F: Fn() -> I,
    I: Iterator,
    I::Item: Serialize,
{
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq((self.0)())
    }
}

#[derive(Serialize, JsonSchema)]
pub(super) struct Tool {
    name: &'static str,
    version: &'static str,
}

impl Tool {
    const THIS: Tool = Tool {
        name: env!("CARGO_PKG_NAME"),
        version: env!("CARGO_PKG_VERSION"),
    };
}

/// A row that gave no account. It holds no text of the row.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct RejectedRow<'a> {
    file: &'a str,
    line: u64,
    reason: &'static str,
}

impl<'a> From<&'a Rejected> for RejectedRow<'a> {
    fn from(rejected: &'a Rejected) -> Self {
        RejectedRow {
            file: &rejected.file,
            line: rejected.line,
            reason: rejected.reason.word(),
        }
    }
}
