//! What is made of what was seen: the same function for a run, for `judge` and for `probe`.

use jiff::Timestamp;

use crate::advise::{self, Wanted};
use crate::inventory::Inventory;
use crate::judge::{self, Matter, Under};
use crate::model::{Account, Contested, Contrast, Judgement, Observations, PolicyCounts, Tried};
use crate::plan;
use crate::policy::{self, Policy, RevocationDemand, Stage};
use crate::trust::{Chains, Roots};

/// By what a fleet is judged. Together with observations it decides everything in a report.
#[derive(Clone, Copy, Debug)]
pub struct Measure<'a> {
    /// The accounts, as read; without any, only the endpoints are judged.
    pub accounts: &'a [Account],
    /// The policy that decides: verdicts, fixes, the exit status, and what may be dialled and asked
    /// ([`Policy::allow_ports`], [`Policy::own_domains`]).
    pub policy: &'a Policy,
    /// Policies by which the same facts are judged besides, for comparison.
    pub others: &'a [Policy],
    /// Policies of which it is asked who would fail by them.
    pub what_if: &'a [Policy],
    /// The roots to trust.
    pub roots: &'a Roots,
    /// The time of judgement.
    pub at: Timestamp,
    /// Whether that time was given by hand; otherwise this machine's clock showed it.
    pub at_given: bool,
}

impl Measure<'_> {
    fn policies(&self) -> impl Iterator<Item = &Policy> {
        let others = self.others.iter().chain(self.what_if);
        std::iter::once(self.policy).chain(others)
    }

    /// The settings of the policy that decides which begin after the day of judgement, the next first.
    pub fn stages(&self) -> impl Iterator<Item = &Stage> {
        self.policy.later_stages(policy::day_of(self.at))
    }

    /// Whether TLSA records are asked for: where any policy needs them, since what was not asked
    /// could not be judged.
    ///
    /// Questions about what is public already are the union of all policies. What may be dialled,
    /// and whom questions that could alarm are put to, stays the first one's word: a policy that is
    /// named for comparison widens neither.
    pub fn asks_for_tlsa(&self) -> bool {
        self.policies().any(|policy| policy.dane)
    }

    /// What any policy rules out of what current servers take, so that it is asked about.
    pub fn contested(&self) -> Contested {
        plan::contested(self.policies())
    }

    /// The policies that make the questions more: those that contest something.
    pub fn contesting(&self) -> impl Iterator<Item = &Policy> {
        let contests = |policy: &&Policy| !plan::contested([*policy]).is_empty();
        self.policies().filter(contests)
    }

    /// Whether issuers are asked about revocation: where any policy needs it.
    pub fn asks_issuers(&self) -> bool {
        self.policies()
            .any(|policy| policy.revocation == RevocationDemand::Asked)
    }
}

/// What a measure makes of what was seen.
#[derive(Debug)]
pub struct Judged {
    /// The judgement by the policy that decides, with its fixes.
    pub judgement: Judgement,
    /// The settings that were tried as fixes.
    pub tried: Vec<Tried>,
    /// What each policy makes of the fleet, in counts: the one that decides, then the others.
    pub counts: Vec<PolicyCounts>,
    /// The policies that need what the run did not ask, by name: whom they would fail is not known.
    pub need_more_asked: Vec<String>,
    /// Who would fail from a day on, for each of [`Measure::stages`].
    pub stages: Vec<Contrast>,
    /// Who would fail, for each policy of [`Measure::what_if`].
    pub contrasts: Vec<Contrast>,
}

/// What is kept of a judgement, what was tried, and what the other policies say: a function of the
/// measure and of what was seen.
///
/// Each further policy costs one judgement more, of which only counts, or who stands worse, outlive
/// the next one. Whether a candidate would help is asked under the policy that decides only.
pub fn judged(measure: &Measure<'_>, observations: &Observations) -> Judged {
    let hearing = Hearing::new(measure, observations);
    let wanted = hearing.wanted();
    let trials = wanted.trials(measure.accounts);
    let mut judgement = hearing.judge(measure.policy, &trials);
    let tried = advise::settle(&mut judgement, &wanted, measure.accounts, observations);
    let count = |judgement: &Judgement| judge::counts(measure.accounts, judgement);
    let mut counts = vec![count(&judgement)];
    let mut need_more_asked = Vec::new();
    let mut note = |policy: &Policy, judgement: &Judgement| {
        if judgement.needs_more_asked() && !need_more_asked.contains(&policy.name) {
            need_more_asked.push(policy.name.clone());
        }
    };
    note(measure.policy, &judgement);
    for policy in measure.others {
        let other = hearing.judge(policy, &[]);
        note(policy, &other);
        counts.push(count(&other));
    }
    let mut contrast = |policy: &Policy| {
        let then = hearing.judge(policy, &[]);
        note(policy, &then);
        hearing.contrast(&judgement, &then, policy)
    };
    let stages = measure.stages().map(|stage| contrast(&stage.policy));
    let stages = stages.collect();
    let contrasts = measure.what_if.iter().map(contrast).collect();
    Judged {
        judgement,
        tried,
        counts,
        need_more_asked,
        stages,
        contrasts,
    }
}

/// A fleet before its judges, with everything that several judgements share.
pub(super) struct Hearing<'a> {
    measure: &'a Measure<'a>,
    observations: &'a Observations,
    inventory: Inventory,
    chains: Chains<'a>,
}

impl<'a> Hearing<'a> {
    pub(super) fn new(measure: &'a Measure<'a>, observations: &'a Observations) -> Self {
        Hearing {
            measure,
            observations,
            inventory: match measure.accounts {
                [] => Inventory::of_listed(observations),
                accounts => Inventory::of(accounts),
            },
            chains: Chains::new(measure.roots, &observations.certificates),
        }
    }

    /// What might help those that a judgement without trials finds in breach.
    pub(super) fn wanted(&self) -> Wanted {
        let draft = self.judge(self.measure.policy, &[]);
        advise::candidates(self.measure.accounts, &draft, self.measure.policy)
    }

    /// Who stands worse in the judgement by `policy` than in the one that is kept.
    fn contrast(&self, kept: &Judgement, then: &Judgement, policy: &Policy) -> Contrast {
        let at = self.measure.at;
        let now = Under {
            judgement: kept,
            policy: self.measure.policy.in_force(at),
            at,
        };
        let then = Under {
            judgement: then,
            policy: policy.in_force(at),
            at,
        };
        judge::contrast(self.measure.accounts, &now, &then)
    }

    fn judge(&self, policy: &Policy, trials: &[Account]) -> Judgement {
        let at = self.measure.at;
        judge::judge(&Matter {
            accounts: self.measure.accounts,
            trials,
            inventory: &self.inventory,
            observations: self.observations,
            policy,
            explain: &|chain, host| self.chains.report(chain, host, at),
            attest: &|shown| self.chains.attested(shown, self.observations, at),
            at,
            at_given: self.measure.at_given,
        })
    }
}
