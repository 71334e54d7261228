//! What the exit status and the closing lines need of a report.

use std::collections::BTreeMap;

use crate::model::{AccountCounts, Judgement, Reason, Severity};
use crate::report::{self, Message};

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
    pub scope: Message,
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
    /// What puts the whole run in doubt, if anything.
    pub doubts: Vec<report::Message>,
}

pub(super) fn main_reason(judgement: &Judgement) -> Option<Reason> {
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
