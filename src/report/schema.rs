//! The JSON Schema of `report.json`, made of what writes it: whoever reads a report in a program of
//! their own, or writes a template, finds there what it holds.
//!
//! Fields may be added within an edition, so others than these are allowed.

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use crate::model::schema_of;

use super::changes::Shown;
use super::endpoints::ShownEndpoint;
use super::json::{RejectedRow, SCHEMA, Tool};
use super::page::Page;
use super::what_if::WhatIfFile;
use super::{
    AccountRow, Comparison, Control, Ending, EndpointRow, FindingRow, Message, RuleFindings, Run,
    Summary, Unverified, WaiverRow,
};

/// The JSON Schema of `report.json`.
pub fn schema_of_reports() -> String {
    schema_of::<ReportFile<'static>>()
}

/// A report of mailfleet. Evidence and fixes are the key of a message and its values, with the English
/// text beside.
#[derive(JsonSchema)]
#[schemars(title = "mailfleet report")]
#[allow(dead_code)] // The type is never made: its fields and comments are the schema.
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
    /// The accounts, in the order of the input; where people stand under pseudonyms, by pseudonym.
    accounts: Vec<AccountRow<'a>>,
}

/// The JSON Schema of what a template sees.
pub fn schema_of_templates() -> String {
    schema_of::<Seen<'static>>()
}

/// What a template sees: `page` is what it can name, `lists` what each entry of `{{#list "name"}}` holds.
#[derive(JsonSchema)]
#[schemars(title = "mailfleet template")]
#[allow(dead_code)] // The type is never made: its fields and comments are the schema.
struct Seen<'a> {
    /// What a template can name.
    page: Page<'a>,
    /// What can be named in `{{#list "name"}}`, by the list's name.
    lists: Lists<'a>,
}

/// The long lists by name, with what an entry of each holds.
#[derive(JsonSchema)]
#[allow(dead_code)] // The type is never made: its fields and comments are the schema.
struct Lists<'a> {
    /// The rules that found something, worst first.
    finding: RuleFindings<'a>,
    /// What people change, and who.
    change: Shown<'a, 'a>,
    /// The endpoints by name.
    endpoint: ShownEndpoint,
    /// What could not be verified, by place and reason.
    unverified: Unverified<'a>,
    /// The certificates in use, the one that ends first in front.
    ending: Ending,
    /// The rows that gave no account.
    rejected: RejectedRow<'a>,
    /// The accounts in the order of the input; where people stand under pseudonyms, by pseudonym.
    account: AccountRow<'a>,
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
