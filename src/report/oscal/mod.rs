//! `report.oscal.json`: OSCAL assessment results 1.1.3.
//!
//! | in mailfleet | in OSCAL |
//! |---|---|
//! | an account, whatever its verdict | an observation |
//! | compliant | a finding, `satisfied` |
//! | non-compliant | a finding, `not-satisfied` |
//! | not verified | no finding: nobody may take it for either |
//! | waived | a finding, `not-satisfied`, and its risks, `deviation-approved` until the waiver's end |
//! | a finding of a rule | an observation, which the accounts' findings point to |
//!
//! mailfleet is planned by a policy and no OSCAL assessment plan, so `import-ap` points to a resource
//! that says so. The controls that were reviewed are the rules that every account was
//! asked, by mailfleet's own ids: no catalogue is claimed. Where groups have settings of their own, a
//! selection for each, and one for everyone else, says what was asked of them. Descriptions are Markdown in OSCAL, and what is foreign stands in code spans.

mod entries;

use std::io::Write;

use jiff::Timestamp;
use serde::Serialize;
use uuid::Uuid;

use crate::model::{Value, VerdictWord, visible};
use crate::rules::{RULES, Rule};
use crate::store::json::write_laid_out;
use crate::words::{SHOWN, Words};

use super::escape::Medium;
use super::format::WriteError;
use super::json::Rows;
use super::json_lines::Lines;
use super::named::{NAMESPACE, uuid};
use super::{GroupRow, Message, Report};
use entries::Entries;

/// The version of OSCAL that this follows.
const VERSION: &str = "1.1.3";
/// The objective of every finding here.
const OBJECTIVE: &str = "account-meets-policy";

/// Writes `report.oscal.json`.
///
/// # Errors
///
/// What the output cannot take.
pub fn oscal(report: &Report<'_>, words: &Words, out: &mut dyn Write) -> Result<(), WriteError> {
    let source = report.source;
    let entries = Entries {
        source,
        words,
        places: super::named::places(source.accounts),
        excuses: source.judgement.excuses(),
    };
    let accounts = || 0..source.accounts.len();
    let findings = || source.judgement.findings.iter();
    let counts = &report.summary.accounts;
    let observed = counts.total + source.judgement.findings.len();
    let judged = counts.total - counts.not_verified;
    let id = |kind| uuid(&source.report_id, kind, "");
    let title = title(source.organisation.as_deref(), words);
    let document = Document {
        assessment_results: Assessment {
            uuid: id("assessment-results"),
            metadata: Metadata {
                title: title.clone(),
                last_modified: source.course.finished,
                version: &source.report_id,
                oscal_version: VERSION,
                props: props([
                    ("tool", Some(env!("CARGO_PKG_NAME"))),
                    ("tool-version", Some(env!("CARGO_PKG_VERSION"))),
                    ("organisation", source.organisation.as_deref()),
                    ("auditor", source.auditor.as_deref()),
                    ("vantage", Some(report.run.vantage)),
                ]),
            },
            import_ap: ImportPlan {
                href: format!("#{}", id("plan")),
                remarks: markdown(&Message::new("oscal-plan"), words),
            },
            results: [Outcome {
                uuid: id("result"),
                title,
                description: description(report, words),
                start: source.course.started,
                end: source.course.finished,
                props: counted(report),
                reviewed_controls: reviewed(report, words),
                observations: some(
                    observed,
                    Rows(|| {
                        let of_accounts = accounts().map(|index| entries.of_account(index));
                        of_accounts.chain(findings().map(|finding| entries.of_finding(finding)))
                    }),
                ),
                risks: some(
                    report.control.waived_findings + entries.excuses.len(),
                    Rows(|| entries.risks()),
                ),
                findings: some(
                    judged,
                    Rows(|| accounts().filter_map(|index| entries.finding(index))),
                ),
            }],
            back_matter: BackMatter {
                resources: [Resource {
                    uuid: id("plan"),
                    title: Medium::Markdown.ours(&words.say("label-policy", &[])),
                    description: markdown(
                        &Message::new("a-value")
                            .with("value", Value::Foreign(source.deciding().name.clone())),
                        words,
                    ),
                    props: props([
                        ("policy", Some(&*source.deciding().name)),
                        ("policy-version", Some(&source.deciding().version)),
                        ("policy-sha256", Some(&source.deciding().sha256)),
                    ]),
                }],
            },
        },
    };
    write_laid_out(&mut *out, &document, Lines::down_to(5))?;
    writeln!(out)?;
    Ok(())
}

fn title(organisation: Option<&str>, words: &Words) -> String {
    let title = markdown(&Message::new("report-title"), words);
    match organisation {
        None => title,
        Some(name) => {
            let name = Value::Foreign(name.to_owned());
            let whose = Message::new("report-for").with("organisation", name);
            format!("{title} {}", markdown(&whose, words))
        }
    }
}

/// A list that OSCAL wants to have entries, or none at all.
fn some<L>(entries: usize, list: L) -> Option<L> {
    (entries > 0).then_some(list)
}

/// A message as Markdown, what is foreign in code spans.
fn markdown(message: &Message, words: &Words) -> String {
    Medium::Markdown.segments(&message.segments(words))
}

/// What the run is, the doubts about it first.
fn description(report: &Report<'_>, words: &Words) -> String {
    let counts = &report.summary.accounts;
    let share = Message::new("share-verified")
        .with("percent", report.control.verified_percent)
        .with("total", counts.total);
    let banners = report.banners.iter().map(|banner| markdown(banner, words));
    let method = markdown(&Message::new("method-how"), words);
    let share = (counts.total > 0).then(|| markdown(&share, words));
    let said: Vec<String> = banners.chain(share).chain([method]).collect();
    said.join("\n\n")
}

fn counted(report: &Report<'_>) -> Vec<Prop> {
    let counts = &report.summary.accounts;
    let mut all = props([
        ("complete", Some(&*report.run.complete.to_string())),
        ("redacted", Some(&*report.run.redacted.to_string())),
        ("depth", Some(report.run.depth)),
        ("accounts", Some(&counts.total.to_string())),
    ]);
    for verdict in VerdictWord::ALL {
        let name = format!("accounts-{}", verdict.word());
        all.extend(Prop::new(name, &counts.with(verdict).to_string()));
    }
    all
}

fn reviewed(report: &Report<'_>, words: &Words) -> Reviewed {
    let policy = report.source.deciding();
    let groups: Vec<(&GroupRow, usize)> = report.source.groups_in_use().collect();
    let is_common = |rule: &Rule| {
        let mut groups = groups.iter().map(|(group, _)| group);
        policy.settled(rule).0 && groups.all(|group| group.settled(rule).0)
    };
    let common = Message::new("oscal-controls");
    let mut selections = vec![selection(&common, Vec::new(), is_common, words)];
    if !groups.is_empty() {
        let by_groups: usize = groups.iter().map(|(_, accounts)| accounts).sum();
        let rest = report.summary.accounts.total.saturating_sub(by_groups);
        let props = props([("accounts", Some(&*rest.to_string()))]);
        let said = Message::new("oscal-controls-rest");
        selections.push(selection(
            &said,
            props,
            |rule| policy.settled(rule).0,
            words,
        ));
    }
    for (group, accounts) in groups {
        let props = props([
            ("group", Some(&*group.name)),
            ("accounts", Some(&accounts.to_string())),
        ]);
        let said =
            Message::new("oscal-controls-group").with("group", Value::Foreign(group.name.clone()));
        let asks = |rule: &Rule| group.settled(rule).0;
        selections.push(selection(&said, props, asks, words));
    }
    Reviewed {
        control_selections: selections,
        control_objective_selections: [Objectives {
            description: markdown(&Message::new("oscal-objective"), words),
            include_objectives: [Objective {
                objective_id: OBJECTIVE,
            }],
        }],
    }
}

/// The rules that are asked, as controls.
fn selection(
    said: &Message,
    props: Vec<Prop>,
    asks: impl Fn(&Rule) -> bool,
    words: &Words,
) -> Selection {
    let asked = RULES.iter().filter(|rule| asks(rule));
    let asked: Vec<Control> = asked
        .map(|rule| Control {
            control_id: rule.id,
        })
        .collect();
    Selection {
        description: markdown(said, words),
        props,
        include_controls: some(asked.len(), asked),
    }
}

/// A property of mailfleet's own.
#[derive(Serialize)]
struct Prop {
    name: String,
    ns: String,
    value: String,
}

impl Prop {
    /// `None` where there is nothing to say: OSCAL wants a value that is not blank.
    fn new(name: impl Into<String>, value: &str) -> Option<Self> {
        let value = visible(value, SHOWN);
        let value = value.trim();
        (!value.is_empty()).then(|| Prop {
            name: name.into(),
            ns: NAMESPACE.urn().to_string(),
            value: value.to_owned(),
        })
    }
}

fn props<const N: usize>(all: [(&str, Option<&str>); N]) -> Vec<Prop> {
    let all = all.into_iter();
    all.filter_map(|(name, value)| Prop::new(name, value?))
        .collect()
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Document<'a, O, R, F> {
    assessment_results: Assessment<'a, O, R, F>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Assessment<'a, O, R, F> {
    uuid: Uuid,
    metadata: Metadata<'a>,
    import_ap: ImportPlan,
    results: [Outcome<O, R, F>; 1],
    back_matter: BackMatter,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Metadata<'a> {
    title: String,
    last_modified: Timestamp,
    version: &'a str,
    oscal_version: &'static str,
    props: Vec<Prop>,
}

#[derive(Serialize)]
struct ImportPlan {
    href: String,
    remarks: String,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Outcome<O, R, F> {
    uuid: Uuid,
    title: String,
    description: String,
    start: Timestamp,
    end: Timestamp,
    props: Vec<Prop>,
    reviewed_controls: Reviewed,
    #[serde(skip_serializing_if = "Option::is_none")]
    observations: Option<O>,
    #[serde(skip_serializing_if = "Option::is_none")]
    risks: Option<R>,
    #[serde(skip_serializing_if = "Option::is_none")]
    findings: Option<F>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Reviewed {
    control_selections: Vec<Selection>,
    control_objective_selections: [Objectives; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Selection {
    description: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    props: Vec<Prop>,
    #[serde(skip_serializing_if = "Option::is_none")]
    include_controls: Option<Vec<Control>>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Control {
    control_id: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Objectives {
    description: String,
    include_objectives: [Objective; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Objective {
    objective_id: &'static str,
}

#[derive(Serialize)]
struct BackMatter {
    resources: [Resource; 1],
}

#[derive(Serialize)]
struct Resource {
    uuid: Uuid,
    title: String,
    description: String,
    props: Vec<Prop>,
}
