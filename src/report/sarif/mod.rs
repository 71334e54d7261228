//! `report.sarif`: SARIF 2.1.0, result by result.
//!
//! | in mailfleet | in SARIF |
//! |---|---|
//! | a finding | a result of kind `fail` with a level; a remark that breaks nothing is `informational` |
//! | a finding that is waived | the same, with its suppressions |
//! | a finding that is waived for some of its accounts | the same, `acceptedFor` among its properties |
//! | an account that is not verified | a result of kind `open` of the rule [`NOT_VERIFIED`], with the reason |
//! | an account that is compliant | no result, the run's properties have the count; on request a result of kind `pass` of the rule [`COMPLIANT`] |
//! | an incomplete run | `executionSuccessful: false`, and a notification |

mod results;
mod rules;

use std::io::Write;

use jiff::Timestamp;
use serde::Serialize;

use crate::store::json::write_laid_out;
use crate::words::Words;

use super::escape::{sarif as plain, uri};
use super::format::WriteError;
use super::json::Rows;
use super::json_lines::Lines;
use super::named::{places, uuid};
use super::{Control, Message, Report, Summary};
use results::{of_account, of_finding};
use rules::{Descriptor, Override, descriptors, overrides};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The rule of results that say of an account that it could not be verified: no rule of the
/// registry, but a verdict.
const NOT_VERIFIED: &str = "not-verified";

/// The rule of results that say of an account that it meets the policy, likewise.
const COMPLIANT: &str = "compliant";

/// Writes `report.sarif`.
///
/// # Errors
///
/// What the output cannot take.
pub fn sarif(report: &Report<'_>, words: &Words, out: &mut dyn Write) -> Result<(), WriteError> {
    let source = report.source;
    let places = places(source.accounts);
    let excuses = source.judgement.excuses();
    let results = || {
        let findings = (0u32..).take(source.judgement.findings.len());
        let findings = findings.map(|index| of_finding(source, &places, &excuses, index, words));
        let accounts = 0..source.accounts.len();
        findings.chain(accounts.filter_map(|index| of_account(source, index, words)))
    };
    let log = Log {
        schema: SCHEMA,
        version: "2.1.0",
        runs: [Run {
            tool: Tool {
                driver: Driver {
                    name: env!("CARGO_PKG_NAME"),
                    version: env!("CARGO_PKG_VERSION"),
                    semantic_version: env!("CARGO_PKG_VERSION"),
                    language: words.language().tag(),
                    rules: descriptors(report, words),
                },
            },
            automation_details: Automation {
                id: format!("mailfleet/{}", source.report_id),
                guid: uuid(&source.report_id, "sarif-run", "").to_string(),
            },
            language: words.language().tag(),
            invocations: [invocation(report, words)],
            artifacts: source.inputs.iter().map(Artifact::from).collect(),
            results: Rows(results),
            properties: Properties {
                complete: source.course.complete,
                redacted: source.redacted,
                report_id: &source.report_id,
                judged: source.at,
                policy: &source.deciding().name,
                policy_sha256: &source.deciding().sha256,
                summary: &report.summary,
                control: &report.control,
            },
        }],
    };
    write_laid_out(&mut *out, &log, Lines::down_to(4))?;
    writeln!(out)?;
    Ok(())
}

#[derive(Serialize)]
struct Log<R> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [R; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a, R> {
    tool: Tool,
    automation_details: Automation,
    language: &'static str,
    invocations: [Invocation; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    artifacts: Vec<Artifact<'a>>,
    results: R,
    properties: Properties<'a>,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    name: &'static str,
    version: &'static str,
    semantic_version: &'static str,
    language: &'static str,
    rules: Vec<Descriptor>,
}

#[derive(Serialize)]
struct Automation {
    id: String,
    guid: String,
}

/// A text without links and placeholders.
#[derive(Serialize)]
struct Text {
    text: String,
}

impl Text {
    fn new(text: &str) -> Self {
        Text { text: plain(text) }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation {
    execution_successful: bool,
    start_time_utc: Timestamp,
    end_time_utc: Timestamp,
    tool_execution_notifications: Vec<Notification>,
    rule_configuration_overrides: Vec<Override>,
}

#[derive(Serialize)]
struct Notification {
    level: &'static str,
    message: Text,
}

fn invocation(report: &Report<'_>, words: &Words) -> Invocation {
    let run = &report.run;
    let why = run.why.map(|why| Message::new(why).say(words));
    let notifications = report.banners.iter().map(|banner| Notification {
        level: match run.complete {
            true => "warning",
            false => "error",
        },
        message: Text::new(&banner.say(words)),
    });
    let why = why.map(|why| Notification {
        level: "error",
        message: Text::new(&why),
    });
    Invocation {
        execution_successful: run.complete,
        start_time_utc: run.started,
        end_time_utc: run.finished,
        tool_execution_notifications: notifications.chain(why).collect(),
        rule_configuration_overrides: overrides(report),
    }
}

/// A file of the input.
#[derive(Serialize)]
struct Artifact<'a> {
    location: ArtifactLocation,
    roles: [&'static str; 1],
    hashes: Hashes<'a>,
}

#[derive(Serialize)]
struct ArtifactLocation {
    uri: String,
}

#[derive(Serialize)]
struct Hashes<'a> {
    #[serde(rename = "sha-256")]
    sha256: &'a str,
}

impl<'a> From<&'a crate::model::InputFile> for Artifact<'a> {
    fn from(input: &'a crate::model::InputFile) -> Self {
        Artifact {
            location: ArtifactLocation {
                uri: uri(&input.file),
            },
            roles: ["analysisTarget"],
            hashes: Hashes {
                sha256: &input.sha256,
            },
        }
    }
}

/// What SARIF has no place for.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Properties<'a> {
    complete: bool,
    redacted: bool,
    report_id: &'a str,
    judged: Timestamp,
    policy: &'a str,
    policy_sha256: &'a str,
    summary: &'a Summary,
    control: &'a Control,
}
