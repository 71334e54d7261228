//! Who would fail if something else held.

use std::collections::HashMap;
use std::sync::Arc;

use serde::Deserialize;

use crate::model::{
    Account, AccountContrast, AccountCounts, AccountId, AccountJudgement, Contrast, Endpoint,
    EndpointContrast, Reason, RuleContrast, Severity, SightContrast, VerdictWord,
};
use crate::report::{Message, PolicyName, RuleId, Then};

use super::accounts::verdict;
use super::bounds::{few, is_countable, whole};
use super::findings::EvidencePart;

/// Who would fail if something else held.
#[derive(Deserialize)]
pub(super) struct WhatIfPart {
    title: Message,
    policy: PolicyName,
    now: AccountCounts,
    then: AccountCounts,
    failing: usize,
    unverified: usize,
    relieved: usize,
    #[serde(deserialize_with = "few::<1_000, _, _>")]
    rules: Vec<RulePart>,
    endpoints: Vec<EndpointPart>,
    accounts: Vec<AccountPart>,
}

#[derive(Deserialize)]
struct RulePart {
    rule: RuleId,
    severity: Severity,
    failing: usize,
    unverified: usize,
    endpoints: usize,
    #[serde(deserialize_with = "few::<1_000, _, _>")]
    sights: Vec<SightPart>,
    sights_beyond: usize,
}

#[derive(Deserialize)]
struct SightPart {
    place: String,
    evidence: EvidencePart,
    accounts: usize,
}

#[derive(Deserialize)]
struct EndpointPart {
    id: Endpoint,
    then: Then,
    accounts: usize,
    rules: Vec<RuleId>,
}

#[derive(Deserialize)]
struct AccountPart {
    id: String,
    then: VerdictWord,
    reason: Option<Reason>,
    rules: Vec<RuleId>,
}

/// A contrast that was read, and what it is of.
#[derive(Debug)]
pub(super) struct Titled {
    pub(super) title: Message,
    pub(super) policy: PolicyName,
    pub(super) contrast: Contrast,
}

/// The contrasts, their accounts found among all.
pub(super) fn contrasts(
    parts: Vec<WhatIfPart>,
    accounts: &[Account],
    judged: &[AccountJudgement],
) -> Result<Vec<Titled>, String> {
    if parts.is_empty() {
        return Ok(Vec::new());
    }
    let places: HashMap<AccountId, u32> = accounts.iter().map(|one| one.id).zip(0..).collect();
    let titled = parts.into_iter().map(|part| part.titled(&places, judged));
    titled.collect()
}

fn ids(rules: Vec<RuleId>) -> Vec<&'static str> {
    rules.into_iter().map(|rule| rule.0).collect()
}

impl WhatIfPart {
    fn titled(
        self,
        places: &HashMap<AccountId, u32>,
        judged: &[AccountJudgement],
    ) -> Result<Titled, String> {
        super::is_known(&self.title)?;
        whole(&self.now)?;
        whole(&self.then)?;
        let counts = self.endpoints.iter().map(|endpoint| endpoint.accounts);
        if !counts.chain([self.relieved]).all(is_countable) {
            return Err("more accounts are counted somewhere than can be listed".to_owned());
        }
        let mut contrast = Contrast {
            now: self.now,
            then: self.then,
            relieved: self.relieved,
            rules: self
                .rules
                .into_iter()
                .map(RulePart::contrast)
                .collect::<Result<_, _>>()?,
            endpoints: self.endpoints.into_iter().map(Into::into).collect(),
            ..Contrast::default()
        };
        let mut causes: HashMap<Vec<&'static str>, u32> = HashMap::new();
        for part in self.accounts {
            let id: AccountId = part.id.parse()?;
            let account = *places
                .get(&id)
                .ok_or_else(|| format!("the account {id} is named and not listed"))?;
            let next = u32::try_from(causes.len()).map_err(|error| error.to_string())?;
            let cause = *causes.entry(ids(part.rules)).or_insert(next);
            contrast.accounts.push(AccountContrast {
                account,
                now: judged[account as usize].verdict.clone(),
                then: verdict(part.then, part.reason)?,
                cause,
            });
        }
        let mut causes: Vec<(u32, Vec<&'static str>)> = causes
            .into_iter()
            .map(|(rules, place)| (place, rules))
            .collect();
        causes.sort_unstable_by_key(|(place, _)| *place);
        contrast.causes = causes.into_iter().map(|(_, rules)| rules).collect();
        match (contrast.failing(), contrast.unverified()) == (self.failing, self.unverified) {
            true => Ok(Titled {
                title: self.title,
                policy: self.policy,
                contrast,
            }),
            false => Err("who would fail is not who is listed".to_owned()),
        }
    }
}

impl RulePart {
    fn contrast(self) -> Result<RuleContrast, String> {
        let counts = [self.failing, self.unverified, self.endpoints];
        let counts = counts.into_iter().chain([self.sights_beyond]);
        let sights = self.sights.iter().map(|sight| sight.accounts);
        if !counts.chain(sights).all(is_countable) {
            return Err("a rule has more accounts or servers than can be listed".to_owned());
        }
        let rule = self.rule.0;
        let sights = self.sights.into_iter().map(|sight| {
            Ok(SightContrast {
                place: sight.place,
                evidence: Arc::new(sight.evidence.evidence(rule, None)?),
                accounts: sight.accounts,
            })
        });
        Ok(RuleContrast {
            rule,
            severity: self.severity,
            failing: self.failing,
            unverified: self.unverified,
            endpoints: self.endpoints,
            sights: sights.collect::<Result<_, String>>()?,
            sights_beyond: self.sights_beyond,
        })
    }
}

impl From<EndpointPart> for EndpointContrast {
    fn from(part: EndpointPart) -> Self {
        EndpointContrast {
            endpoint: part.id,
            accounts: part.accounts,
            fails: part.then == Then::Fails,
            rules: ids(part.rules),
        }
    }
}
