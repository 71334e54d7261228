//! Who would fail if another measure held: a section for each contrast, whatever it is of.

mod file;

use std::collections::BTreeMap;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::{
    Account, AccountContrast, AccountCounts, AccountVerdict, Contrast, EndpointContrast,
    RuleContrast, SightContrast, Value,
};
use crate::policy::Policy;
use crate::words::Words;

use super::clients::Clients;
use super::rows::told;
use super::sights::place;
use super::{Message, ROWS_LISTED, Source};
pub(super) use file::{WhatIfFile, Whole};

/// A contrast with what it is of.
#[derive(Clone, Debug)]
pub struct TitledContrast<'a> {
    /// What is supposed to hold, such as [`TitledContrast::if_held`] says it.
    pub title: Message,
    /// The policy that is supposed to hold.
    pub policy: PolicyName,
    /// What would change.
    pub contrast: &'a Contrast,
}

impl<'a> TitledContrast<'a> {
    /// What would change if a policy held.
    pub fn if_held(policy: &Policy, contrast: &'a Contrast) -> Self {
        TitledContrast {
            title: Message::new("what-if-title")
                .with("policy", Value::Foreign(policy.name.clone()))
                .with("version", Value::Foreign(policy.version.clone())),
            policy: PolicyName::of(policy),
            contrast,
        }
    }

    /// What will change when settings of a policy begin on a day.
    pub fn when_begun(begins: Date, policy: &Policy, contrast: &'a Contrast) -> Self {
        let title = Message::new("what-if-begins");
        TitledContrast {
            title: title.with("day", Value::Term(begins.to_string())),
            policy: PolicyName::of(policy),
            contrast,
        }
    }
}

impl TitledContrast<'_> {
    /// Whether it is of a policy that is only supposed, and not of settings that begin on a day.
    pub fn is_supposed(&self) -> bool {
        self.title.message == "what-if-title"
    }
}

/// A policy by what tells it from others.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
pub struct PolicyName {
    /// Its name.
    pub name: String,
    /// Its edition.
    pub version: String,
    /// SHA-256 of its file.
    pub sha256: String,
}

impl PolicyName {
    fn of(policy: &Policy) -> Self {
        PolicyName {
            name: policy.name.clone(),
            version: policy.version.clone(),
            sha256: policy.sha256.clone(),
        }
    }
}

/// A contrast as the readable formats show it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct WhatIf<'a> {
    /// What is supposed to hold.
    pub title: Message,
    /// SHA-256 of the policy that is supposed to hold.
    pub sha256: &'a str,
    /// Its name.
    pub name: &'a str,
    /// Its edition.
    pub version: &'a str,
    /// Accounts by verdict now.
    pub now: &'a AccountCounts,
    /// Accounts by verdict then.
    pub then: &'a AccountCounts,
    /// How many accounts would fail that do not fail now.
    pub failing: usize,
    /// How many could no longer be verified.
    pub unverified: usize,
    /// How many fail now and would not then.
    pub relieved: usize,
    /// The rules behind it, worst first.
    pub rules: Vec<WhatIfRule>,
    /// The mail clients of those accounts, most accounts first.
    pub clients: Vec<ClientRow>,
    /// The endpoints, as far as listed.
    pub endpoints: Vec<WhatIfEndpoint<'a>>,
    /// How many endpoints there are beyond those.
    pub endpoints_beyond: usize,
    /// The accounts, as far as listed.
    pub accounts: Vec<WhatIfAccount<'a>>,
    /// How many accounts there are beyond those.
    pub accounts_beyond: usize,
    #[serde(skip)]
    policy: &'a PolicyName,
    #[serde(skip)]
    source: &'a Source<'a>,
    #[serde(skip)]
    contrast: &'a Contrast,
    #[serde(skip)]
    title_en: String,
}

/// What one rule would do.
#[derive(Debug, Serialize, JsonSchema)]
#[allow(missing_docs)]
pub struct WhatIfRule {
    pub rule: &'static str,
    pub severity: &'static str,
    pub failing: usize,
    pub unverified: usize,
    pub endpoints: usize,
    pub sights: Vec<WhatIfSight>,
    pub sights_beyond: usize,
}

/// What was seen at one place.
#[derive(Debug, Serialize, JsonSchema)]
#[allow(missing_docs)]
pub struct WhatIfSight {
    pub place: String,
    pub evidence: Message,
    /// What is to be said besides.
    pub beside: Vec<Message>,
    pub accounts: usize,
    #[serde(skip)]
    text_en: String,
}

impl WhatIfSight {
    /// What was seen, and what is to be said besides, in a language, as plain text.
    pub fn say(&self, words: &Words) -> String {
        told(&self.evidence, &self.beside, words)
    }
}

/// How many of the accounts use one mail client.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[allow(missing_docs)]
pub struct ClientRow {
    /// The word of the client, `merged` for those that redaction merged, or `not-stated`.
    pub client: &'static str,
    pub failing: usize,
    pub unverified: usize,
}

/// An endpoint that stands worse then.
#[derive(Debug, Serialize, JsonSchema)]
#[allow(missing_docs)]
pub struct WhatIfEndpoint<'a> {
    pub id: String,
    pub then: Then,
    pub accounts: usize,
    pub rules: &'a [&'static str],
}

/// How an endpoint stands then that stands worse.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Then {
    /// It breaks the measure.
    Fails,
    /// It could no longer be verified.
    NotVerified,
}

/// An account that stands worse then.
#[derive(Debug, Serialize, JsonSchema)]
#[allow(missing_docs)]
pub struct WhatIfAccount<'a> {
    pub id: String,
    pub employee: Option<&'a str>,
    pub email: Option<&'a str>,
    pub client: Option<&'a str>,
    pub place: String,
    pub now: &'static str,
    pub then: &'static str,
    pub reason: Option<&'static str>,
    pub rules: &'a [&'static str],
}

impl<'a> WhatIf<'a> {
    pub(super) fn new(
        source: &'a Source<'a>,
        titled: &'a TitledContrast<'a>,
        english: &Words,
    ) -> Self {
        let contrast = titled.contrast;
        let endpoints = contrast.endpoints.iter();
        let accounts = contrast.accounts.iter();
        WhatIf {
            title: titled.title.clone(),
            title_en: titled.title.say(english),
            sha256: &titled.policy.sha256,
            name: &titled.policy.name,
            version: &titled.policy.version,
            now: &contrast.now,
            then: &contrast.then,
            failing: contrast.failing(),
            unverified: contrast.unverified(),
            relieved: contrast.relieved,
            rules: contrast
                .rules
                .iter()
                .map(|rule| WhatIfRule::new(rule, english))
                .collect(),
            clients: clients(source, contrast),
            endpoints: endpoints.take(ROWS_LISTED).map(Into::into).collect(),
            endpoints_beyond: contrast.endpoints.len().saturating_sub(ROWS_LISTED),
            accounts: accounts
                .take(ROWS_LISTED)
                .map(|account| WhatIfAccount::new(source, contrast, account))
                .collect(),
            accounts_beyond: contrast.accounts.len().saturating_sub(ROWS_LISTED),
            policy: &titled.policy,
            source,
            contrast,
        }
    }
}

impl WhatIfRule {
    fn new(rule: &RuleContrast, english: &Words) -> Self {
        let sight = |seen: &SightContrast| {
            let evidence = Message::of_evidence(rule.rule, &seen.evidence, english);
            let beside = Message::beside(&seen.evidence);
            WhatIfSight {
                text_en: told(&evidence, &beside, english),
                place: seen.place.clone(),
                evidence,
                beside,
                accounts: seen.accounts,
            }
        };
        WhatIfRule {
            rule: rule.rule,
            severity: rule.severity.word(),
            failing: rule.failing,
            unverified: rule.unverified,
            endpoints: rule.endpoints,
            sights: rule.sights.iter().map(sight).collect(),
            sights_beyond: rule.sights_beyond,
        }
    }
}

impl<'a> From<&'a EndpointContrast> for WhatIfEndpoint<'a> {
    fn from(changed: &'a EndpointContrast) -> Self {
        WhatIfEndpoint {
            id: changed.endpoint.to_string(),
            then: match changed.fails {
                true => Then::Fails,
                false => Then::NotVerified,
            },
            accounts: changed.accounts,
            rules: &changed.rules,
        }
    }
}

impl<'a> WhatIfAccount<'a> {
    fn new(source: &'a Source<'a>, contrast: &'a Contrast, changed: &AccountContrast) -> Self {
        let account: &Account = &source.accounts[changed.account as usize];
        WhatIfAccount {
            id: account.id.to_string(),
            employee: account.person.employee.as_deref(),
            email: account.person.email.as_deref(),
            client: account.client.as_deref(),
            place: place(account),
            now: changed.now.word().word(),
            then: changed.then.word().word(),
            reason: changed.then.reason().map(|reason| reason.word()),
            rules: &contrast.causes[changed.cause as usize],
        }
    }
}

/// The mail clients of the accounts that stand worse then.
fn clients(source: &Source<'_>, contrast: &Contrast) -> Vec<ClientRow> {
    let mut known = Clients::of(source);
    let mut rows: BTreeMap<&'static str, ClientRow> = BTreeMap::new();
    for changed in &contrast.accounts {
        let cell = source.accounts[changed.account as usize].client.as_deref();
        let client = known.client(cell).word();
        let row = rows.entry(client).or_insert(ClientRow {
            client,
            failing: 0,
            unverified: 0,
        });
        match changed.then {
            AccountVerdict::NotVerified(_) => row.unverified += 1,
            _ => row.failing += 1,
        }
    }
    let mut rows: Vec<ClientRow> = rows.into_values().collect();
    rows.sort_by_key(|row| std::cmp::Reverse((row.failing, row.unverified)));
    rows
}
