//! The rules as SARIF describes them, and what the policy changes about them.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::model::Severity;
use crate::report::Report;
use crate::report::escape::sarif as plain;
use crate::report::references::references;
use crate::rules::{RULES, Rule};
use crate::words::Words;

use super::{COMPLIANT, NOT_VERIFIED, Text};

/// How SARIF weighs a severity; there is none for a remark.
pub(super) const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical | Severity::High => "error",
        Severity::Medium => "warning",
        Severity::Low => "note",
        Severity::Info => "none",
    }
}

/// The place of a rule among the descriptors.
pub(super) fn place(rule: &str) -> Option<usize> {
    let known = RULES.iter().position(|known| known.id == rule);
    let verdicts = [NOT_VERIFIED, COMPLIANT];
    let verdict = || verdicts.iter().position(|verdict| *verdict == rule);
    known.or_else(|| Some(RULES.len() + verdict()?))
}

/// A rule.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Descriptor {
    id: &'static str,
    short_description: Text,
    #[serde(skip_serializing_if = "Option::is_none")]
    full_description: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help_uri: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    default_configuration: Option<Configuration>,
    #[serde(skip_serializing_if = "Option::is_none")]
    properties: Option<Cited>,
}

/// The clauses that a rule stands on.
#[derive(Serialize)]
struct Cited {
    references: Vec<String>,
}

/// Whether a rule is asked, and how it weighs.
#[derive(Serialize)]
struct Configuration {
    #[serde(skip_serializing_if = "Option::is_none")]
    enabled: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    level: Option<&'static str>,
}

/// Every rule of the registry, in its order, then those that say a verdict.
pub(super) fn descriptors(report: &Report<'_>, words: &Words) -> Vec<Descriptor> {
    let mut descriptors: Vec<Descriptor> = RULES
        .iter()
        .map(|rule| {
            let references = references(report.source, rule.id, &BTreeSet::new());
            let cited: Vec<String> = references.iter().map(|one| one.cited()).collect();
            let say = |part: &str| {
                let key = format!("{}-{part}", rule.id);
                words.has(&key).then(|| words.say(&key, &[]))
            };
            let mut help: Vec<String> = say("fix-server").into_iter().collect();
            help.extend((!cited.is_empty()).then(|| cited.join("; ")));
            Descriptor {
                id: rule.id,
                short_description: Text::new(&words.say(&format!("{}-title", rule.id), &[])),
                full_description: say("why").map(|why| Text::new(&why)),
                help: (!help.is_empty()).then(|| Text::new(&help.join("\n"))),
                help_uri: references.into_iter().find_map(|one| one.url),
                default_configuration: Some(Configuration {
                    enabled: None,
                    level: Some(level(rule.severity)),
                }),
                properties: Some(Cited { references: cited }),
            }
        })
        .collect();
    let passes = report.source.presentation.passes;
    let verdicts = [Some(NOT_VERIFIED), passes.then_some(COMPLIANT)];
    descriptors.extend(verdicts.into_iter().flatten().map(|verdict| Descriptor {
        id: verdict,
        short_description: Text::new(&words.say(&format!("verdict-{verdict}"), &[])),
        full_description: Some(Text::new(&words.say(&format!("glossary-{verdict}"), &[]))),
        help: None,
        help_uri: None,
        default_configuration: None,
        properties: None,
    }));
    descriptors
}

/// What the policy changes about a rule.
#[derive(Serialize)]
pub(super) struct Override {
    descriptor: Pointer,
    configuration: Configuration,
    #[serde(skip_serializing_if = "Option::is_none")]
    properties: Option<Whose>,
}

#[derive(Serialize)]
struct Pointer {
    id: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    index: Option<usize>,
}

/// The group for which alone something is changed.
#[derive(Clone, Serialize)]
struct Whose {
    group: String,
    accounts: usize,
}

/// What the policy that decides the verdicts changes about the rules' defaults, then what each group
/// that judged accounts changes about that.
pub(super) fn overrides(report: &Report<'_>) -> Vec<Override> {
    let policy = report.source.deciding();
    let of_policy = RULES.iter().filter_map(|rule| {
        let (asks, severity) = policy.settled(rule);
        changed((true, rule.severity), (asks, severity), rule, None)
    });
    let of_groups = report.source.groups_in_use().flat_map(|(group, accounts)| {
        let whose = Whose {
            group: plain(&group.name),
            accounts,
        };
        RULES.iter().filter_map(move |rule| {
            let (was, is) = (policy.settled(rule), group.settled(rule));
            changed(was, is, rule, Some(&whose))
        })
    });
    of_policy.chain(of_groups).collect()
}

fn changed(
    was: (bool, Severity),
    is: (bool, Severity),
    rule: &Rule,
    whose: Option<&Whose>,
) -> Option<Override> {
    let configuration = match (was, is) {
        ((true, _), (false, _)) => Configuration {
            enabled: Some(false),
            level: None,
        },
        ((false, _), (true, severity)) => Configuration {
            enabled: Some(true),
            level: Some(level(severity)),
        },
        ((true, before), (true, severity)) if before != severity => Configuration {
            enabled: None,
            level: Some(level(severity)),
        },
        _ => return None,
    };
    Some(Override {
        descriptor: Pointer {
            id: rule.id,
            index: place(rule.id),
        },
        configuration,
        properties: whose.cloned(),
    })
}
