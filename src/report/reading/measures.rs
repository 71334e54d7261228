//! Policies in counts, exceptions, and who would fail if something else held.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::civil::Date;
use serde::Deserialize;

use crate::model::{
    Account, AccountContrast, AccountCounts, AccountId, AccountJudgement, Contrast, Endpoint,
    EndpointContrast, GroupUse, PolicyCounts, Reason, RuleContrast, RuleCounts, RuleState,
    Severity, SightContrast, VerdictWord, WaiverUse,
};
use crate::report::{Message, PolicyName, PolicyRow, RuleId, Summary};

use super::bounds::whole;
use super::findings::EvidencePart;
use super::people::verdict;

/// A rule under one policy.
#[derive(Deserialize)]
pub(super) struct ComparisonPart {
    rule: RuleId,
    state: RuleState,
    violations: Option<usize>,
    breaches: Option<usize>,
    #[serde(default)]
    waived: Option<usize>,
    accounts: Option<usize>,
    compliant: usize,
    undetermined: usize,
    unasked: usize,
}

/// What each policy makes of the fleet. The rules stand policy by policy, as many for each.
pub(super) fn counts(
    policies: &[PolicyRow],
    summary: &Summary,
    comparison: &[ComparisonPart],
) -> Result<Vec<PolicyCounts>, &'static str> {
    let decides = policies.iter().map(|policy| policy.decides);
    if !decides.eq((0..policies.len()).map(|place| place == 0)) || policies.is_empty() {
        return Err("the first policy, and no other, has to be the one that decides");
    }
    if policies.len() != summary.policies.len() || !comparison.len().is_multiple_of(policies.len())
    {
        return Err("policies and their counts do not belong together");
    }
    if !comparison.iter().all(ComparisonPart::is_countable) {
        return Err("a rule has more findings or subjects than can be listed");
    }
    let rules = comparison.len() / policies.len();
    let each = policies.iter().zip(&summary.policies).enumerate();
    let counts = each.map(|(place, (policy, verdicts))| PolicyCounts {
        accounts: verdicts.accounts.clone(),
        groups: groups(policy),
        needs_more_asked: policy.needs_more_asked,
        rules: comparison[place * rules..][..rules]
            .iter()
            .filter_map(ComparisonPart::counts)
            .collect(),
    });
    Ok(counts.collect())
}

/// How many accounts each group of a policy judged.
pub(super) fn groups(policy: &PolicyRow) -> Vec<GroupUse> {
    let groups = policy.groups.iter().map(|group| GroupUse {
        name: group.name.clone(),
        accounts: group.accounts,
        elsewhere: group.elsewhere,
    });
    groups.collect()
}

impl ComparisonPart {
    /// Whether its numbers can be added to others.
    fn is_countable(&self) -> bool {
        let counted = [self.violations, self.breaches, self.waived, self.accounts];
        let subjects = [self.compliant, self.undetermined, self.unasked].map(Some);
        let mut numbers = counted.into_iter().chain(subjects).flatten();
        numbers.all(|number| u32::try_from(number).is_ok())
    }

    fn counts(&self) -> Option<RuleCounts> {
        (self.state != RuleState::NotAsked).then(|| RuleCounts {
            rule: self.rule.0,
            violations: self.violations.unwrap_or(0),
            breaches: self.breaches.unwrap_or(0),
            waived: self.waived.unwrap_or(0),
            accounts: self.accounts.unwrap_or(0),
            compliant: self.compliant,
            undetermined: self.undetermined,
            unasked: self.unasked,
        })
    }
}

/// What became of a waiver.
#[derive(Deserialize)]
pub(super) struct WaiverPart {
    rule: RuleId,
    subject: String,
    reason: String,
    approved_by: String,
    owner: Option<String>,
    ticket: Option<String>,
    until: Date,
    state: String,
    findings: usize,
}

impl From<WaiverPart> for WaiverUse {
    fn from(part: WaiverPart) -> Self {
        WaiverUse {
            rule: part.rule.0.to_owned(),
            subject: part.subject,
            reason: part.reason,
            approved_by: part.approved_by,
            owner: part.owner,
            ticket: part.ticket,
            until: part.until,
            expired: part.state == "expired",
            findings: part.findings,
        }
    }
}

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
    then: String,
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
            fails: part.then == "fails",
            rules: ids(part.rules),
        }
    }
}
