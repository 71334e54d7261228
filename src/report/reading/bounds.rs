//! Numbers of a `report.json` that are added up: none may be beyond what it is a part of.

use std::collections::BTreeMap;

use crate::model::{AccountCounts, Endpoint, EndpointJudgement, Finding, VerdictWord};
use crate::report::Summary;

use super::run::RunPart;

/// More rows than any input holds.
const ROWS: u64 = 1 << 40;

/// Whether a number can be added to others.
pub(super) fn is_countable(number: usize) -> bool {
    u32::try_from(number).is_ok()
}

/// Whether accounts by verdict are so many in all.
pub(super) fn whole(counts: &AccountCounts) -> Result<(), &'static str> {
    let parts = VerdictWord::ALL.map(|verdict| counts.with(verdict) as u128);
    match parts.iter().sum::<u128>() == counts.total as u128 && counts.total <= u32::MAX as usize {
        true => Ok(()),
        false => Err("accounts by verdict are not all of them"),
    }
}

/// Checks every number that is added to others later.
pub(super) fn check(
    run: &RunPart,
    summary: &Summary,
    accounts: usize,
    findings: &[Finding],
    endpoints: &BTreeMap<Endpoint, EndpointJudgement>,
) -> Result<(), &'static str> {
    let mut touched = findings.iter().map(|finding| finding.accounts);
    let mut used = endpoints.values().map(|judged| judged.accounts);
    let mut groups = run.policies.iter().flat_map(|policy| &policy.groups);
    if touched.any(|count| count > accounts)
        || used.any(|count| count > accounts)
        || groups.any(|group| group.accounts > accounts)
    {
        return Err("more accounts are counted somewhere than are listed");
    }
    let policies = summary.policies.iter();
    policies
        .map(|policy| &policy.accounts)
        .try_for_each(whole)?;
    let mut rows = run.input_rows();
    match rows.all(|rows| rows <= ROWS) {
        true => Ok(()),
        false => Err("an input has more rows than any file holds"),
    }
}
