//! The JSON Schema of `report.json`, made of what writes it: whoever reads a report in a program of
//! their own, or writes a template, finds there what it holds.
//!
//! Fields may be added within an edition, so others than these are allowed.
#![allow(dead_code)] // The type is never made: its fields and comments are the schema.

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::json::{RejectedRow, SCHEMA, Tool};
use super::what_if::WhatIfFile;
use super::{
    AccountRow, Comparison, Control, Ending, EndpointRow, FindingRow, Message, Run, Summary,
    WaiverRow,
};

/// The JSON Schema of `report.json`.
pub fn schema_of_reports() -> String {
    let generator = SchemaSettings::draft2020_12()
        .for_serialize()
        .into_generator();
    let schema = generator.into_root_schema_for::<ReportFile<'static>>();
    format!("{:#}", schema.as_value())
}

/// A report of mailfleet. Evidence and fixes are the key of a message and its values, with the English
/// text beside.
#[derive(JsonSchema)]
#[schemars(title = "mailfleet report")]
struct ReportFile<'a> {
    schema: Edition,
    /// The program that judged.
    tool: Tool,
    /// Who looked, when, from where, by which measure.
    run: Run<'a>,
    /// The counts.
    summary: Summary,
    /// The sums that prove that nothing is lost.
    control: Control,
    /// SHA-256 by name of files that belong to the report and existed before it.
    files: BTreeMap<String, String>,
    /// What the run has to say besides.
    notes: Vec<Message>,
    /// What became of the policy's waivers.
    waivers: Vec<WaiverRow<'a>>,
    /// The certificates in use, the one that ends first in front.
    calendar: Vec<Ending>,
    /// Each rule under each policy.
    comparison: Vec<Comparison<'a>>,
    /// Who would fail if something else held.
    what_if: Vec<WhatIfFile<'a>>,
    /// The endpoints, by name, with what was seen at each address.
    endpoints: Vec<EndpointRow<'a>>,
    /// The findings, worst first.
    findings: Vec<FindingRow<'a>>,
    /// The rows of the input that gave no account. They hold no text of the row.
    rejected: Vec<RejectedRow<'a>>,
    /// The accounts, in the order of the input.
    accounts: Vec<AccountRow<'a>>,
}

/// The name and edition of the format.
struct Edition;

impl JsonSchema for Edition {
    fn schema_name() -> Cow<'static, str> {
        "Edition".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"const": SCHEMA, "description": "The name and edition of the format."})
    }
}
