//! Facts, accounts and a policy into findings and verdicts.
//!
//! Makes each case, asks every rule, settles severities and waivers, and gives each account its
//! verdict. Pure: no clock (the time is in the matter) and no order but that of names, so the same
//! input gives the same output whatever the order in which it arrived.

mod bench;
pub mod cases;
mod contrast;
mod counts;
mod docket;
mod settle;
mod waive;

use std::collections::{BTreeMap, HashMap};
use std::net::IpAddr;
use std::sync::Arc;

use jiff::Timestamp;

use crate::inventory::Inventory;
use crate::model::{
    Account, AccountJudgement, Attested, CertificateId, ChainReport, Endpoint, EndpointJudgement,
    Host, JudgedChain, Judgement, Observations, ShownChain, Subject,
};
use crate::policy::Policy;
use crate::rules::{EndpointCase, FleetCase, RULES};

pub use contrast::{Under, contrast};
pub use counts::counts;

use bench::Bench;
use counts::RollCall;
use docket::{Docket, Entry};
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
    /// The measure.
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
    let tried = Inventory::of(matter.trials);
    let cases = cases::of(matter, &tried);
    let waivers = Waivers::of(&matter.policy.waivers, matter.at);
    let listed = matter.inventory.endpoints();
    let fleet_case = FleetCase {
        endpoints: listed.filter_map(|endpoint| cases.get(endpoint)).collect(),
        cases: &cases,
        resolver_tried: matter.observations.resolver_tried.as_ref(),
        at: matter.at,
        at_given: matter.at_given,
    };
    let mut bench = Bench::new(matter.policy, &cases, &fleet_case);
    let mut docket = Docket::default();
    let mut roll = RollCall::new();
    roll.hear(bench.besides());

    let endpoints: BTreeMap<Endpoint, EndpointJudgement> = fleet_case
        .endpoints
        .iter()
        .map(|case| {
            roll.hear(&bench.endpoint(case.endpoint));
            let judged = endpoint(case, &mut bench, &mut docket, &waivers, matter.inventory);
            (case.endpoint.clone(), judged)
        })
        .collect();
    fleet(&bench, &mut docket, &waivers, matter);
    let accounts = matter
        .accounts
        .iter()
        .map(|account| {
            let accused = Accused::new(account, &mut bench);
            roll.hear(&accused.own);
            self::account(&accused, &mut docket, &waivers, &endpoints, matter.policy)
        })
        .collect();
    let trials = matter
        .trials
        .iter()
        .map(|trial| Accused::new(trial, &mut bench).verdict(matter.policy, &waivers))
        .collect();
    let answered = roll.close(bench.asked());
    docket.close(accounts, endpoints, trials, &waivers, answered)
}

fn endpoint(
    case: &EndpointCase<'_>,
    bench: &mut Bench<'_>,
    docket: &mut Docket,
    waivers: &Waivers<'_>,
    inventory: &Inventory,
) -> EndpointJudgement {
    let heard = bench.endpoint(case.endpoint);
    let subject = Subject::Endpoint(case.endpoint.clone());
    EndpointJudgement {
        findings: docket.enter_all(&heard, &subject, |rule| {
            waivers.for_endpoint(rule, case.endpoint)
        }),
        undetermined: heard
            .undetermined
            .iter()
            .map(|(place, reason)| (RULES[*place].id, *reason))
            .collect(),
        compliant: heard.compliant.len(),
        accounts: inventory.accounts_of(case.endpoint).len(),
        chains: chains(case),
    }
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
    docket: &mut Docket,
    waivers: &Waivers<'_>,
    endpoints: &BTreeMap<Endpoint, EndpointJudgement>,
    policy: &Policy,
) -> AccountJudgement {
    let account = accused.account;
    let mut findings = docket.enter_all(&accused.own, &Subject::Account(account.id), |rule| {
        waivers.for_account(rule, account)
    });
    if accused.answers_for_endpoints(policy, waivers) {
        let of_endpoints = accused
            .endpoints
            .iter()
            .filter_map(|(endpoint, _)| endpoints.get(endpoint))
            .flat_map(|judged| judged.findings.iter().copied());
        for number in of_endpoints {
            if let Some(waiver) = waivers.for_account(docket.rule(number), account) {
                docket.excuse(waiver, number);
            }
            findings.push(number);
        }
    }
    AccountJudgement {
        verdict: accused.verdict(policy, waivers),
        findings,
    }
}

fn fleet(bench: &Bench<'_>, docket: &mut Docket, waivers: &Waivers<'_>, matter: &Matter<'_>) {
    let found = bench.fleet();
    if found.is_empty() {
        return;
    }
    let mut touched: HashMap<Subject, usize> = HashMap::new();
    for account in matter.accounts {
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
            waiver: waivers.for_fleet(RULES[*place].id, subject),
            accounts: touched.get(subject).copied().unwrap_or(0),
            subject: subject.clone(),
            evidence: Arc::new(evidence.clone()),
        });
    }
}
