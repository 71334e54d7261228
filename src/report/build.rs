//! A source into a report: counted, grouped, sorted.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{AccountVerdict, Fix, Severity, Value};
use crate::rules::RULES;
use crate::words::{Language, Words};

use super::authorities;
use super::by_rule::{self, RuleFindings};
use super::calendar::{self, Ending, Month};
use super::changes::{self, Change, number_people};
use super::comparison::{self, Comparison, Matrix};
use super::first::{self, First};
use super::rows::InCommon;
use super::shares::{self, Shares};
use super::sights::{self, Unverified};
use super::totals::{self, Control, Inconsistent, Summary};
use super::what_if::WhatIf;
use super::{AccountRow, EndpointRow, FindingRow, Message, Run, Source, WaiverRow, endpoints};

/// Everything that a report says, in the order in which it says it, without any format.
///
/// What is serialised is what stands once in a report; the long lists are made row by row.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Report<'a> {
    #[serde(skip)]
    pub(super) source: &'a Source<'a>,
    #[serde(skip)]
    english: Words,
    #[serde(skip)]
    in_common: BTreeMap<&'static str, InCommon>,
    /// What a reader must know before anything else.
    pub banners: Vec<Message>,
    /// Who looked, when, from where, by which measure.
    pub run: Run<'a>,
    /// The counts of `report.json`.
    pub summary: Summary,
    /// The sums that prove that nothing is lost.
    pub control: Control,
    /// The verdicts by department, by mail client and by protocol.
    pub shares: Vec<Shares<'a>>,
    /// The same facts under each policy, where there are several.
    pub matrix: Option<Matrix>,
    /// Who would fail if something else held.
    pub what_if: Vec<WhatIf<'a>>,
    /// What to do first, at most five.
    pub first: Vec<First>,
    /// How many things to do there are beyond those.
    pub first_beyond: usize,
    /// What the run has to say besides.
    pub notes: &'a [Message],
    /// What became of the policy's waivers.
    pub waivers: Vec<WaiverRow<'a>>,
    /// The files of this report that existed before it.
    pub files: &'a BTreeMap<String, String>,
    /// Findings by rule, worst first.
    #[serde(skip)]
    pub by_rule: Vec<RuleFindings<'a>>,
    /// What people change, by what they change to.
    #[serde(skip)]
    pub changes: Vec<Change<'a>>,
    /// What could not be verified, by place and reason.
    #[serde(skip)]
    pub unverified: Vec<Unverified<'a>>,
    /// The certificates in use, the one that ends first in front.
    #[serde(skip)]
    pub endings: Vec<Ending>,
    /// How many of them end in which month; empty without certificates.
    pub months: Vec<Month>,
    /// The length of each long list.
    pub sizes: Sizes,
}

/// The length of each long list, and how much of it the readable formats show.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[allow(missing_docs)]
pub struct Sizes {
    pub accounts: usize,
    pub accounts_listed: usize,
    pub endpoints: usize,
    pub endpoints_listed: usize,
    pub findings: usize,
    pub groups: usize,
    pub changes: usize,
    pub rejected: usize,
    pub rejected_listed: usize,
    pub unverified: usize,
    pub unverified_listed: usize,
    pub endings: usize,
    pub endings_listed: usize,
}

/// Counts and groups what a source holds.
///
/// # Errors
///
/// Totals that do not add up: nothing may be published then.
pub fn build<'a>(source: &'a Source<'a>) -> Result<Report<'a>, Inconsistent> {
    let (summary, control) = totals::count(source)?;
    let english = Words::of(Language::En);
    let (by_rule, changes) = by_rule::by_rule(source, &english);
    let unverified = sights::unverified(source);
    let endings = calendar::endings(source);
    let months = match endings.is_empty() {
        true => Vec::new(),
        false => calendar::months(&endings, source.at),
    };
    let sizes = Sizes {
        accounts: source.accounts.len(),
        accounts_listed: source.accounts.len().min(super::ACCOUNTS_LISTED),
        endpoints: source.judgement.endpoints.len(),
        endpoints_listed: source
            .judgement
            .endpoints
            .len()
            .min(super::ENDPOINTS_LISTED),
        findings: source.judgement.findings.len(),
        groups: by_rule.len(),
        changes: changes.len(),
        rejected: source.rejected.len(),
        rejected_listed: source.rejected.len().min(super::ROWS_LISTED),
        unverified: unverified.len(),
        unverified_listed: unverified.len().min(super::ROWS_LISTED),
        endings: endings.len(),
        endings_listed: endings.len().min(super::ROWS_LISTED),
    };
    let persons = number_people(source.accounts);
    let authorities = authorities::authorities(source, &persons);
    let (first, first_beyond) = first::first(&by_rule, &changes, &authorities);
    let in_common = by_rule
        .iter()
        .map(|found| (found.rule, InCommon::new(source, found.rule, &english)))
        .collect();
    let what_if = source.contrasts.iter();
    Ok(Report {
        source,
        shares: shares::shares(source, &persons),
        matrix: comparison::matrix(source),
        what_if: what_if
            .map(|titled| WhatIf::new(source, titled, &english))
            .collect(),
        english,
        in_common,
        banners: banners(source, &summary),
        run: Run::new(source),
        first,
        first_beyond,
        notes: &source.notes,
        waivers: source
            .judgement
            .waivers
            .iter()
            .map(|waiver| WaiverRow::new(source, waiver))
            .collect(),
        files: &source.files,
        summary,
        control,
        by_rule,
        changes,
        unverified,
        endings,
        months,
        sizes,
    })
}

/// Rules whose finding puts the whole run in doubt.
const DOUBTS: [&str; 4] = [
    "vantage-blocked",
    "resolver-suspect",
    "tls-intercepted",
    "clock-suspect",
];

/// What puts the whole run in doubt, if anything.
fn doubts(source: &Source<'_>) -> impl Iterator<Item = Message> {
    let found = |rule: &&str| source.judgement.findings.iter().any(|f| f.rule == *rule);
    DOUBTS
        .into_iter()
        .filter(found)
        .map(|rule| Message::new(format!("{rule}-title")))
}

fn banners(source: &Source<'_>, summary: &Summary) -> Vec<Message> {
    let mut banners = Vec::new();
    if !source.course.complete {
        banners.push(Message::new("banner-incomplete"));
    }
    let nothing_verified = |judged: &crate::model::AccountJudgement| {
        matches!(judged.verdict, AccountVerdict::NotVerified(_))
    };
    if summary.accounts.total > 0 && source.judgement.accounts.iter().all(nothing_verified) {
        banners.push(Message::new("banner-nothing-verified"));
    }
    for policy in source.policies.iter().filter(|row| row.needs_more_asked) {
        let policy = Value::Foreign(policy.name.clone());
        banners.push(Message::new("banner-not-planned").with("policy", policy));
    }
    banners.extend(doubts(source));
    banners
}

impl<'a> Report<'a> {
    /// The accounts, in the order of the input.
    pub fn accounts(&self) -> impl ExactSizeIterator<Item = AccountRow<'a>> + use<'a> {
        let source = self.source;
        (0..source.accounts.len()).map(move |index| AccountRow::new(source, index))
    }

    /// What mends an account, by its place in the input.
    pub(super) fn fix_of(&self, index: usize) -> Option<&'a Fix> {
        changes::best_fix(self.source.judgement.findings_of(index))
    }

    /// The findings, worst first.
    pub fn findings(&self) -> impl ExactSizeIterator<Item = FindingRow<'_>> {
        let findings = self.source.judgement.findings.iter();
        // Every rule that fired has its in_common.
        findings
            .map(|finding| FindingRow::new(finding, &self.in_common[finding.rule], &self.english))
    }

    /// The endpoints, by name.
    pub fn endpoints(&self) -> impl ExactSizeIterator<Item = EndpointRow<'a>> + use<'a> {
        let source = self.source;
        let endpoints = &source.judgement.endpoints;
        endpoints
            .iter()
            .map(move |(endpoint, judged)| endpoints::row(source, endpoint, judged))
    }

    /// Each rule under each policy.
    pub fn comparison(&self) -> Vec<Comparison<'_>> {
        comparison::comparison(self.source)
    }

    /// What puts the whole run in doubt, if anything, for the terminal.
    pub fn doubts(&self) -> Vec<Message> {
        doubts(self.source).collect()
    }

    /// How many rules the policy does not ask, and how many accounts its groups judged.
    pub(super) fn left_out(&self) -> (usize, usize) {
        let policy = self.source.deciding();
        let off = RULES.iter().filter(|rule| !policy.settled(rule).0).count();
        let by_groups = self.source.groups_in_use().map(|(_, accounts)| accounts);
        (off, by_groups.sum())
    }

    /// The same in a sentence, where there is anything of that.
    pub fn scope(&self) -> Option<Message> {
        let (off, by_groups) = self.left_out();
        let scope = Message::new("policy-scope")
            .with("off", off as i64)
            .with("rules", RULES.len() as i64)
            .with("accounts", by_groups as i64);
        (off + by_groups > 0).then_some(scope)
    }

    /// The worst severity of any open finding.
    pub fn worst(&self) -> Option<Severity> {
        let open = self
            .source
            .judgement
            .findings
            .iter()
            .filter(|f| f.waiver.is_none());
        open.map(|finding| finding.severity).max()
    }
}
