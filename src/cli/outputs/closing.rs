//! What the exit status and the closing lines need of a report.

use std::collections::BTreeMap;

use super::groups_told;
use crate::cli::{notes, what_if};
use crate::model::{AccountCounts, Judgement, Observations, Reason, Severity};
use crate::report::{Disclosed, Message, Report};
use crate::words::Words;

/// What the exit status and the closing lines need of a report.
#[derive(Clone, Debug)]
pub struct Closing {
    /// The counts.
    pub accounts: AccountCounts,
    /// The counts under each policy, where there are several.
    pub policies: Vec<(String, AccountCounts)>,
    /// Who would fail if something else held, in the language of the run.
    pub what_if: Vec<String>,
    /// What the policy leaves out, and how many accounts its groups judged.
    pub scope: Option<Message>,
    /// How many endpoints were judged.
    pub endpoints: usize,
    /// How many of them were reached.
    pub endpoints_reached: usize,
    /// Whole percents of the accounts that could be verified.
    pub verified_percent: usize,
    /// Why most of those that could not be verified could not.
    pub main_reason: Option<Reason>,
    /// The worst severity that is open.
    pub worst: Option<Severity>,
    /// Whether an account breaks the policy or, where no accounts were given, a server does.
    pub breached: bool,
    /// Whether every visit that was planned was made.
    pub complete: bool,
    /// Whether a fault of our own left something unseen.
    pub internal_error: bool,
    /// The policies that need what the run did not ask, by name; of a redacted run those alone that
    /// its report names.
    pub need_more_asked: Vec<String>,
    /// What puts the whole run in doubt, if anything.
    pub doubts: Vec<Message>,
}

impl Closing {
    /// Of a report, and of the fleet that it tells of.
    pub(super) fn of(
        report: &Report<'_>,
        fleet: &Disclosed,
        observations: &Observations,
        words: &Words,
    ) -> Self {
        let findings = &fleet.judgement.findings;
        let groups = groups_told(&fleet.accounts, &fleet.judgement);
        let doubts = report.doubts().into_iter();
        Closing {
            accounts: report.summary.accounts.clone(),
            policies: match &*fleet.others {
                [] => Vec::new(),
                _ => report
                    .summary
                    .policies
                    .iter()
                    .map(|row| (row.policy.clone(), row.accounts.clone()))
                    .collect(),
            },
            what_if: report
                .what_if
                .iter()
                .map(|what_if| what_if::said(what_if, words))
                .collect(),
            scope: report.scope(),
            endpoints: report.summary.endpoints.total,
            endpoints_reached: report.summary.endpoints.reached,
            verified_percent: report.control.verified_percent,
            main_reason: main_reason(&fleet.judgement),
            worst: report.worst(),
            breached: match report.summary.accounts.total {
                0 => findings
                    .iter()
                    .any(|finding| finding.breach && finding.waiver.is_none()),
                _ => report.summary.accounts.non_compliant > 0,
            },
            complete: report.run.complete,
            need_more_asked: report
                .run
                .policies
                .iter()
                .filter(|policy| policy.needs_more_asked)
                .map(|policy| policy.name.clone())
                .collect(),
            doubts: doubts
                .chain(notes::of_vantage(observations))
                .chain(notes::of_groups(groups))
                .collect(),
            internal_error: findings.iter().any(|f| f.rule == "internal-error"),
        }
    }
}

fn main_reason(judgement: &Judgement) -> Option<Reason> {
    let mut counts = BTreeMap::<Reason, usize>::new();
    let reasons = judgement
        .accounts
        .iter()
        .filter_map(|account| account.verdict.reason());
    reasons.for_each(|reason| *counts.entry(reason).or_default() += 1);
    counts
        .into_iter()
        .max_by_key(|(_, count)| *count)
        .map(|(reason, _)| reason)
}
