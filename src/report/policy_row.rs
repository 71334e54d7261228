//! A policy as reports show it: what it asks, and in what it departs from where it comes from.

use std::borrow::Cow;

use jiff::Timestamp;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::model::{Citation, GroupUse, PolicyCounts, Severity};
use crate::policy::{
    Difference, How, KnownRule, Policy, Tends, day_of, differences, different_settings, load,
};
use crate::rules::{self, RULES, Rule};

use super::Message;

/// A rule by its id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RuleId(pub &'static str);

impl Serialize for RuleId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0)
    }
}

impl JsonSchema for RuleId {
    fn schema_name() -> Cow<'static, str> {
        "RuleId".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "description": "A rule by its id; newer versions know more."})
    }
}

impl<'de> Deserialize<'de> for RuleId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let id = String::deserialize(deserializer)?;
        rules::find(&id)
            .map(|rule| RuleId(rule.id))
            .ok_or_else(|| de::Error::custom("it names a rule that is not known here"))
    }
}

/// A policy, and how it departs from the one that it extends and from the rules' own severities.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[allow(missing_docs)]
pub struct PolicyRow {
    /// Whether it decides verdicts, counts, fixes and the exit status.
    pub decides: bool,
    pub name: String,
    pub version: String,
    pub sha256: String,
    pub breach_from: Severity,
    /// What its document is about, and what not.
    #[serde(default)]
    pub note: Option<Message>,
    pub rules_asked: usize,
    pub rules_off: Vec<RuleId>,
    /// Whether it needs what the run, made for other policies, did not ask somewhere.
    #[serde(default)]
    pub needs_more_asked: bool,
    /// The preset that it extends.
    pub extends: Option<String>,
    /// In what it departs from that, clauses, waivers and groups apart.
    pub settings: Vec<SettingRow>,
    /// What changes later.
    pub stages: Vec<StageRow>,
    /// Those of the rules asked that were decided of no subject, since they need what the run did
    /// not ask.
    pub rules_unasked: Vec<RuleId>,
    /// Those that need what it did not ask of some.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules_partly_unasked: Vec<PartlyUnasked>,
    pub severities: Vec<SeverityChange>,
    /// What it says of the clauses behind rules, where it says something.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub clauses: Vec<RuleClauses>,
    pub groups: Vec<GroupRow>,
}

/// A rule that could be asked of some subjects only.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
pub struct PartlyUnasked {
    /// The rule.
    pub rule: RuleId,
    /// Of how many the run did not ask what it needs.
    pub unasked: usize,
}

/// The clauses of a policy's own document that a rule serves.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
pub struct RuleClauses {
    /// The rule.
    pub rule: RuleId,
    /// The clauses.
    pub own: Vec<Citation>,
    /// Whether the rule's own clauses speak for what the policy asks, too.
    pub keeps: bool,
}

/// Settings of a policy that begin on a day after the judgement.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[allow(missing_docs)]
pub struct StageRow {
    pub begins: String,
    /// In what they depart from those before.
    pub settings: Vec<SettingRow>,
}

/// A group that has settings of its own.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[allow(missing_docs)]
pub struct GroupRow {
    pub name: String,
    /// How many accounts it judged.
    pub accounts: usize,
    /// How many more are in it, too, and were judged by a group before it.
    pub elsewhere: usize,
    /// In what it departs from the policy.
    pub settings: Vec<SettingRow>,
    /// The rules that it does not ask.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules_off: Vec<RuleId>,
    /// The rules whose severity it sets, or keeps as the policy sets it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub severities: Vec<SeverityChange>,
}

/// One setting that differs from that of the policy compared with.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[allow(missing_docs)]
pub struct SettingRow {
    /// As the policy file has it.
    pub key: String,
    pub was: String,
    pub is: String,
    pub tends: Tends,
}

/// A rule whose severity the policy sets.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[allow(missing_docs)]
pub struct SeverityChange {
    pub rule: RuleId,
    pub default: Severity,
    pub severity: Severity,
}

/// Whether a rule is asked, and how it weighs, by what a policy or a group turns off and sets.
fn settled(rule: &Rule, off: &[RuleId], severities: &[SeverityChange]) -> (bool, Severity) {
    let set = severities.iter().find(|change| change.rule.0 == rule.id);
    (
        off.iter().all(|off| off.0 != rule.id),
        set.map_or(rule.severity, |change| change.severity),
    )
}

fn rules_off(policy: &Policy) -> Vec<RuleId> {
    let ids = RULES.iter().map(|rule| rule.id);
    ids.filter(|id| !policy.asks(id)).map(RuleId).collect()
}

fn severities(policy: &Policy) -> Vec<SeverityChange> {
    let changes = RULES.iter().filter_map(|rule| {
        let severity = policy.severity_for(rule.id)?;
        (severity != rule.severity).then_some(SeverityChange {
            rule: RuleId(rule.id),
            default: rule.severity,
            severity,
        })
    });
    changes.collect()
}

fn clauses(policy: &Policy) -> Vec<RuleClauses> {
    let clauses = RULES.iter().map(|rule| RuleClauses {
        rule: RuleId(rule.id),
        own: policy.clauses_for(rule.id).to_vec(),
        keeps: policy.keeps_papers_of(rule.id),
    });
    clauses
        .filter(|said| !said.own.is_empty() || !said.keeps)
        .collect()
}

impl PolicyRow {
    /// Each policy with its counts as of a time, the one that decides first.
    pub fn all<'p>(
        policies: impl IntoIterator<Item = &'p Policy>,
        counts: &[PolicyCounts],
        at: Timestamp,
    ) -> Vec<Self> {
        let none = PolicyCounts::default();
        let policies = policies.into_iter().enumerate();
        let row = |(place, policy)| PolicyRow {
            decides: place == 0,
            ..PolicyRow::new(policy, counts.get(place).unwrap_or(&none), at)
        };
        policies.map(row).collect()
    }

    /// A policy that is only tried.
    pub fn tried(policy: &Policy, at: Timestamp) -> Self {
        PolicyRow::new(policy, &PolicyCounts::default(), at)
    }

    fn new(policy: &Policy, counts: &PolicyCounts, at: Timestamp) -> Self {
        let unasked = counts.rules.iter().filter(|rule| rule.unasked > 0);
        let (partly, nowhere): (Vec<_>, Vec<_>) =
            unasked.partition(|rule| rule.violations + rule.compliant > 0);
        let partly = partly.into_iter().map(|rule| PartlyUnasked {
            rule: RuleId(rule.rule),
            unasked: rule.unasked,
        });
        PolicyRow {
            decides: false,
            name: policy.name.clone(),
            version: policy.version.clone(),
            sha256: policy.sha256.clone(),
            breach_from: policy.breach_from,
            note: policy.note().map(Message::new),
            rules_asked: RULES.iter().filter(|rule| policy.asks(rule.id)).count(),
            rules_off: rules_off(policy),
            needs_more_asked: counts.needs_more_asked,
            extends: policy.extends.map(str::to_owned),
            settings: departures(policy, at),
            stages: stages(policy, at),
            rules_unasked: nowhere.iter().map(|rule| RuleId(rule.rule)).collect(),
            rules_partly_unasked: partly.collect(),
            severities: severities(policy),
            clauses: clauses(policy),
            groups: GroupRow::all(policy, &counts.groups),
        }
    }

    /// Whether it asks a rule, and how it weighs that.
    pub(super) fn settled(&self, rule: &Rule) -> (bool, Severity) {
        settled(rule, &self.rules_off, &self.severities)
    }

    /// What it says of the clauses behind a rule, if anything.
    pub(super) fn clauses_of(&self, rule: &str) -> Option<&RuleClauses> {
        self.clauses.iter().find(|said| said.rule.0 == rule)
    }
}

/// In what a policy departs, at a time, from the preset that it extends.
fn departures(policy: &Policy, at: Timestamp) -> Vec<SettingRow> {
    let rules: Vec<_> = RULES.iter().map(|rule| rule.id).collect();
    let base = policy.extends.and_then(|base| load(base, &rules).ok());
    // Clauses stand beside each finding, waivers and groups in parts of their own.
    let told = |difference: &Difference| {
        let key = &difference.key;
        key != "waiver" && !key.starts_with("group") && !is_clauses(difference)
    };
    let all = base.map_or(Vec::new(), |base| {
        differences(base.in_force(at), policy, &known_rules())
    });
    all.into_iter().filter(told).map(SettingRow::new).collect()
}

/// What begins after a time, day by day.
fn stages(policy: &Policy, at: Timestamp) -> Vec<StageRow> {
    let mut before = policy;
    let later = policy.later_stages(day_of(at)).map(|stage| {
        let settings = different_settings(before, &stage.policy, &known_rules());
        before = &stage.policy;
        StageRow {
            begins: stage.begins.to_string(),
            settings: settings
                .into_iter()
                .filter(|setting| !is_clauses(setting))
                .map(SettingRow::new)
                .collect(),
        }
    });
    later.collect()
}

fn is_clauses(difference: &Difference) -> bool {
    difference.key.ends_with(".clauses")
}

fn known_rules() -> Vec<KnownRule> {
    RULES.iter().map(|rule| (rule.id, rule.severity)).collect()
}

impl GroupRow {
    /// Whether it asks a rule, and how it weighs that.
    pub(super) fn settled(&self, rule: &Rule) -> (bool, Severity) {
        settled(rule, &self.rules_off, &self.severities)
    }

    fn all(policy: &Policy, uses: &[GroupUse]) -> Vec<Self> {
        let rules = known_rules();
        policy
            .groups
            .iter()
            .zip(uses)
            .map(|(group, of)| GroupRow {
                name: group.name.clone(),
                accounts: of.accounts,
                elsewhere: of.elsewhere,
                rules_off: rules_off(&group.policy),
                severities: severities(&group.policy),
                settings: different_settings(policy, &group.policy, &rules)
                    .into_iter()
                    .map(SettingRow::new)
                    .collect(),
            })
            .collect()
    }
}

/// How many members of a list are told.
const TOLD: usize = 5;

impl SettingRow {
    fn new(difference: Difference) -> Self {
        let members = |members: Vec<String>| {
            let beyond = members.len().saturating_sub(TOLD);
            let named = members[..members.len() - beyond].join(", ");
            match beyond {
                0 => named,
                beyond => format!("{named}, … (+{beyond})"),
            }
        };
        let (was, is) = match difference.how {
            How::Changed(was, is) => (was, is),
            How::Gained(more) => ("–".to_owned(), members(more)),
            How::Lost(fewer) => (members(fewer), "–".to_owned()),
        };
        SettingRow {
            key: difference.key,
            was,
            is,
            tends: difference.tends,
        }
    }
}
