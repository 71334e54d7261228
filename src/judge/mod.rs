//! Facts, accounts and a policy into findings and verdicts.
//!
//! Makes each case, asks every rule, settles severities and waivers, and gives each account its
//! verdict. The policy is taken as it stands on the day of judgement. An account in a group is judged
//! by the measure of its group, and so is its endpoint as far as that account is concerned; what
//! concerns the fleet as a whole is judged by the policy's own measure. Pure: no clock (the time is in
//! the matter) and no order but that of names, so the same input gives the same output whatever the
//! order in which it arrived.

mod bench;
pub mod cases;
mod contrast;
mod counts;
mod docket;
mod measures;
mod settle;
mod waive;

use std::collections::{BTreeMap, HashMap};
use std::net::IpAddr;
use std::sync::Arc;

use jiff::Timestamp;

use crate::inventory::Inventory;
use crate::model::{
    Account, AccountJudgement, Attested, CertificateId, ChainReport, Depth, Endpoint,
    EndpointJudgement, Excuse, Host, JudgedChain, Judgement, Observations, Reason, ShownChain,
    Subject,
};
use crate::policy::Policy;
use crate::rules::{EndpointCase, FleetCase, RULES};

pub use contrast::{Under, contrast};
pub use counts::counts;

use bench::{Bench, breaks};
use counts::RollCall;
use docket::{Docket, Entry, Settled};
use measures::{Measures, Whose};
use settle::Accused;
use waive::Waivers;

/// Whether a path holds for a chain, as that host, at the time of judgement.
///
/// `None` where the observations do not hold the certificates.
pub type Explain<'a> = dyn Fn(&[CertificateId], &Host) -> Option<Arc<ChainReport>> + 'a;

/// What issuer and domain attest of a chain that a visit saw, at the time of judgement.
pub type Attest<'a> = dyn Fn(&ShownChain<'_>) -> Attested + 'a;

/// Everything that a judgement looks at.
#[derive(Clone, Copy)]
pub struct Matter<'a> {
    /// The fleet.
    pub accounts: &'a [Account],
    /// Candidates' settings applied to accounts; they get a verdict and no findings.
    pub trials: &'a [Account],
    /// The fleet's endpoints.
    pub inventory: &'a Inventory,
    /// What was seen.
    pub observations: &'a Observations,
    /// The measure; of its stages the one that is in force at the time of judgement counts.
    pub policy: &'a Policy,
    /// What `trust` makes of a chain, for the roots and the time of this judgement.
    pub explain: &'a Explain<'a>,
    /// What `trust` makes of staples, of what was fetched and of TLSA records.
    pub attest: &'a Attest<'a>,
    /// The time of judgement.
    pub at: Timestamp,
    /// Whether that time was given by hand; otherwise this machine's clock showed it.
    pub at_given: bool,
}

/// Judges a fleet.
pub fn judge(matter: &Matter<'_>) -> Judgement {
    let policy = matter.policy.in_force(matter.at);
    let tried = Inventory::of(matter.trials);
    let cases = cases::of(matter, &tried);
    let waivers = Waivers::of(&policy.waivers, matter.at);
    let listed = matter.inventory.endpoints();
    let fleet_case = FleetCase {
        endpoints: listed.filter_map(|endpoint| cases.get(endpoint)).collect(),
        cases: &cases,
        resolver_tried: matter.observations.resolver_tried.as_ref(),
        at: matter.at,
        at_given: matter.at_given,
    };
    let run = matter.observations.run.as_ref();
    let asks_besides = run.is_none_or(|run| run.depth != Depth::Quick.word());
    let mut measures = Measures::of(policy, matter.accounts, &cases, &fleet_case, asks_besides);
    let mut docket = Docket::default();
    let mut roll = RollCall::new();
    roll.hear_fleet(measures.bench(Whose::Own).besides());

    let endpoints: BTreeMap<Endpoint, EndpointJudgement> = fleet_case
        .endpoints
        .iter()
        .map(|case| {
            let judged = endpoint(
                case,
                &mut measures,
                &mut docket,
                &mut roll,
                &waivers,
                matter.inventory,
            );
            (case.endpoint.clone(), judged)
        })
        .collect();
    fleet(
        measures.bench(Whose::Own),
        &mut docket,
        &waivers,
        matter.accounts,
    );
    let accounts = matter
        .accounts
        .iter()
        .enumerate()
        .map(|(place, account)| {
            let measure = measures.of_account(place);
            let accused = Accused::new(account, measures.bench(measure));
            roll.hear([&*accused.own]);
            self::account(&accused, measure, &mut docket, &waivers)
        })
        .collect();
    let trials = matter
        .trials
        .iter()
        .map(|trial| {
            let bench = measures.bench(measures.of_trial(trial));
            Accused::new(trial, bench).verdict(&waivers)
        })
        .collect();
    let settled = Settled {
        accounts,
        endpoints,
        trials,
        answered: roll.close(measures.asked()),
        groups: measures.groups(),
    };
    docket.close(settled, &waivers)
}

fn endpoint(
    case: &EndpointCase<'_>,
    measures: &mut Measures<'_>,
    docket: &mut Docket,
    roll: &mut RollCall,
    waivers: &Waivers<'_>,
    inventory: &Inventory,
) -> EndpointJudgement {
    let subject = Subject::Endpoint(case.endpoint.clone());
    let mut judged = EndpointJudgement {
        compliant: usize::MAX,
        accounts: inventory.accounts_of(case.endpoint).len(),
        chains: chains(case),
        ..EndpointJudgement::default()
    };
    let mut by_measure = Vec::new();
    for measure in measures.of_endpoint(case.endpoint, inventory) {
        let heard = measures.bench(measure).endpoint(case.endpoint);
        let numbers = docket.enter_all(&heard, &subject, |rule| {
            waivers.for_endpoint(rule, case.endpoint)
        });
        judged.findings.extend_from_slice(&numbers);
        docket.keep(case.endpoint, measure, numbers);
        let undetermined = heard.undetermined.iter();
        let undetermined = undetermined.map(|(place, reason)| (RULES[*place].id, *reason));
        let new = |told: &(&'static str, Reason)| !judged.undetermined.contains(told);
        let undetermined: Vec<_> = undetermined.filter(new).collect();
        judged.undetermined.extend(undetermined);
        judged.compliant = judged.compliant.min(heard.compliant.len());
        by_measure.push(heard);
    }
    roll.hear(by_measure.iter().map(|heard| &**heard));
    judged
}

fn chains(case: &EndpointCase<'_>) -> BTreeMap<IpAddr, Vec<JudgedChain>> {
    let mut chains: BTreeMap<IpAddr, Vec<JudgedChain>> = BTreeMap::new();
    for address in &case.addresses {
        let (Some(shown), Some(report)) = (&address.shown, &address.chain) else {
            continue;
        };
        let of_address = chains.entry(address.visit.address).or_default();
        of_address.push(JudgedChain {
            handshake: shown.handshake,
            report: Arc::clone(report),
            attested: address.attested.clone(),
        });
    }
    chains
}

fn account(
    accused: &Accused<'_>,
    measure: Whose,
    docket: &mut Docket,
    waivers: &Waivers<'_>,
) -> AccountJudgement {
    let account = accused.account;
    let mut findings = docket.enter_all(&accused.own, &Subject::Account(account.id), |rule| {
        waivers.for_account(rule, account)
    });
    let mut excused = Vec::new();
    let answers = accused.answers_for_endpoints(waivers);
    let endpoints = accused.endpoints.iter();
    let of_endpoints: Vec<u32> = endpoints
        .flat_map(|(endpoint, _)| docket.found(endpoint, measure))
        .copied()
        .collect();
    for number in of_endpoints {
        match waivers.for_account(docket.rule(number), account) {
            Some(waiver) if answers => {
                docket.excuse(waiver, number);
                excused.push(Excuse {
                    finding: number,
                    waiver,
                });
            }
            Some(_) => {}
            None => docket.leave_open(number),
        }
        if answers {
            findings.push(number);
        }
    }
    AccountJudgement {
        verdict: accused.verdict(waivers),
        findings,
        excused,
    }
}

fn fleet(bench: &Bench<'_>, docket: &mut Docket, waivers: &Waivers<'_>, accounts: &[Account]) {
    let found = bench.fleet();
    if found.is_empty() {
        return;
    }
    let mut touched: HashMap<Subject, usize> = HashMap::new();
    for account in accounts {
        let domain = account.email_domain().map(Subject::Domain);
        let subjects = [Subject::Person(account.person.key()), Subject::Fleet];
        for subject in subjects.into_iter().chain(domain) {
            *touched.entry(subject).or_default() += 1;
        }
    }
    for (place, severity, subject, evidence) in found {
        docket.enter(Entry {
            place: *place,
            severity: *severity,
            breach: breaks(*place, *severity, bench.policy().breach_from),
            waiver: waivers.for_fleet(RULES[*place].id, subject),
            accounts: touched.get(subject).copied().unwrap_or(0),
            subject: subject.clone(),
            evidence: Arc::new(evidence.clone()),
        });
    }
}
