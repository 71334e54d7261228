//! The shape of a contrast in `report.json`.

use schemars::JsonSchema;
use serde::Serialize;
use serde::ser::{SerializeStruct as _, Serializer};

use super::{
    ClientRow, PolicyName, WhatIf, WhatIfAccount, WhatIfEndpoint, WhatIfRule, WhatIfSight,
};
use crate::model::AccountCounts;
use crate::report::json::Rows;
use crate::report::rows::EvidenceRow;

/// A contrast as `report.json` has it: every endpoint and account, made while they are written.
pub(in crate::report) struct Whole<'r, 'a>(pub(in crate::report) &'r WhatIf<'a>);

/// A rule of a contrast, as `report.json` has it: evidence in the shape of the findings'.
#[derive(Serialize, JsonSchema)]
struct RuleChange<'a> {
    rule: &'static str,
    severity: &'static str,
    failing: usize,
    unverified: usize,
    endpoints: usize,
    sights: Vec<SightChange<'a>>,
    sights_beyond: usize,
}

/// What was seen at one place, as `report.json` has it.
#[derive(Serialize, JsonSchema)]
struct SightChange<'a> {
    place: &'a str,
    evidence: EvidenceRow,
    accounts: usize,
}

impl<'a> From<&'a WhatIfRule> for RuleChange<'a> {
    fn from(rule: &'a WhatIfRule) -> Self {
        let sight = |seen: &'a WhatIfSight| SightChange {
            place: &seen.place,
            evidence: EvidenceRow {
                message: seen.evidence.clone(),
                beside: seen.beside.clone(),
                text_en: seen.text_en.clone(),
            },
            accounts: seen.accounts,
        };
        RuleChange {
            rule: rule.rule,
            severity: rule.severity,
            failing: rule.failing,
            unverified: rule.unverified,
            endpoints: rule.endpoints,
            sights: rule.sights.iter().map(sight).collect(),
            sights_beyond: rule.sights_beyond,
        }
    }
}

/// What [`Whole`] writes, for the schema.
#[derive(JsonSchema)]
#[allow(dead_code)] // The type is never made: its fields and comments are the schema.
pub(in crate::report) struct WhatIfFile<'a> {
    /// What is supposed to hold.
    title: EvidenceRow,
    /// The policy that is supposed to hold.
    policy: PolicyName,
    /// Accounts by verdict now.
    now: AccountCounts,
    /// Accounts by verdict then.
    then: AccountCounts,
    /// How many accounts would fail that do not fail now.
    failing: usize,
    /// How many could no longer be verified.
    unverified: usize,
    /// How many fail now and would not then.
    relieved: usize,
    /// The rules behind it, worst first.
    rules: Vec<RuleChange<'a>>,
    /// The mail clients of those accounts.
    clients: Vec<ClientRow>,
    /// The endpoints that would stand worse.
    endpoints: Vec<WhatIfEndpoint<'a>>,
    /// The accounts that would stand worse.
    accounts: Vec<AccountChange<'a>>,
}

/// An account of a contrast, as `report.json` has it; the rest stands in its list of accounts.
#[derive(Serialize, JsonSchema)]
struct AccountChange<'a> {
    id: String,
    now: &'static str,
    then: &'static str,
    reason: Option<&'static str>,
    rules: &'a [&'static str],
}

impl<'a> From<WhatIfAccount<'a>> for AccountChange<'a> {
    fn from(changed: WhatIfAccount<'a>) -> Self {
        AccountChange {
            id: changed.id,
            now: changed.now,
            then: changed.then,
            reason: changed.reason,
            rules: changed.rules,
        }
    }
}

impl Serialize for Whole<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let this = self.0;
        let (source, contrast) = (this.source, this.contrast);
        let title = EvidenceRow {
            message: this.title.clone(),
            beside: Vec::new(),
            text_en: this.title_en.clone(),
        };
        let endpoints = || contrast.endpoints.iter().map(WhatIfEndpoint::from);
        let accounts = || {
            let changed = contrast.accounts.iter();
            changed
                .map(|changed| AccountChange::from(WhatIfAccount::new(source, contrast, changed)))
        };
        let mut whole = serializer.serialize_struct("what_if", 11)?;
        whole.serialize_field("title", &title)?;
        whole.serialize_field("policy", this.policy)?;
        whole.serialize_field("now", this.now)?;
        whole.serialize_field("then", this.then)?;
        whole.serialize_field("failing", &this.failing)?;
        whole.serialize_field("unverified", &this.unverified)?;
        whole.serialize_field("relieved", &this.relieved)?;
        whole.serialize_field("rules", &Rows(|| this.rules.iter().map(RuleChange::from)))?;
        whole.serialize_field("clients", &this.clients)?;
        whole.serialize_field("endpoints", &Rows(endpoints))?;
        whole.serialize_field("accounts", &Rows(accounts))?;
        whole.end()
    }
}
