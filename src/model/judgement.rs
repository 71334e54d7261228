//! Everything a judgement settled, before anything is worded or laid out.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::Arc;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    Account, AccountVerdict, Answered, Attested, ChainReport, Endpoint, Finding, Handshake, Reason,
    WaiverNote,
};

/// The result of judging one fleet by one policy at one time.
#[derive(Clone, Debug, Default)]
pub struct Judgement {
    /// Violations, waived ones included: worst first, then by rule in the registry's order, then subject.
    pub findings: Vec<Finding>,
    /// One per account, in the order in which the accounts were given.
    pub accounts: Vec<AccountJudgement>,
    /// One per trial: a candidate's settings judged exactly like an account, in the order given.
    pub trials: Vec<AccountVerdict>,
    /// One per endpoint that accounts name or may mean.
    pub endpoints: BTreeMap<Endpoint, EndpointJudgement>,
    /// One per group of the policy, in their order.
    pub groups: Vec<GroupUse>,
    /// What became of the policy's waivers, in their order.
    pub waivers: Vec<WaiverUse>,
    /// What each rule that the policy asks answered besides, in the registry's order.
    pub answered: Vec<Answered>,
}

impl Judgement {
    /// The findings that an account lists, by its place among the accounts.
    pub fn findings_of(&self, place: usize) -> impl Iterator<Item = &Finding> + Clone {
        let findings = self.accounts[place].findings.iter();
        findings.map(|&index| &self.findings[index as usize])
    }

    /// The findings of the endpoints that an account without a port may mean, as indices into
    /// [`Judgement::findings`]; none where the port is said.
    pub fn perhaps(&self, account: &Account) -> impl Iterator<Item = u32> + '_ {
        let meant = match account.port {
            Some(_) => Vec::new(),
            None => account.possible_endpoints(),
        };
        meant
            .into_iter()
            .filter_map(|endpoint| self.endpoints.get(&endpoint))
            .flat_map(|judged| judged.findings.iter().copied())
    }

    /// What accepts one of an account's findings, as far as that account is concerned: a waiver for
    /// the account before one for everyone.
    pub fn accepted(&self, account: &AccountJudgement, finding: u32) -> Option<WaiverNote> {
        let excused = &account.excused;
        match excused.binary_search_by_key(&finding, |excuse| excuse.finding) {
            Ok(place) => Some(self.waivers[excused[place].waiver].note()),
            Err(_) => self.findings[finding as usize].waiver.clone(),
        }
    }

    /// Whether somebody is not verified because the policy needs what the run, planned for others, did not
    /// ask: an account or, where there are none, an endpoint.
    pub fn needs_more_asked(&self) -> bool {
        if !self.accounts.is_empty() {
            let mut reasons = self.accounts.iter().filter_map(|one| one.verdict.reason());
            return reasons.any(|reason| reason == Reason::NotPlanned);
        }
        let mut undetermined = self.endpoints.values().flat_map(|one| &one.undetermined);
        undetermined.any(|(_, reason)| *reason == Reason::NotPlanned)
    }

    /// The findings that are accepted for single accounts, and by which waiver for how many.
    pub fn excuses(&self) -> BTreeMap<Excuse, usize> {
        let mut excuses = BTreeMap::new();
        for excuse in self.accounts.iter().flat_map(|account| &account.excused) {
            *excuses.entry(*excuse).or_default() += 1;
        }
        excuses
    }
}

/// That a waiver accepts a finding about an endpoint for one account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Excuse {
    /// The finding, as an index into [`Judgement::findings`].
    pub finding: u32,
    /// The waiver, as an index into [`Judgement::waivers`].
    pub waiver: usize,
}

/// How many accounts were judged by the settings of a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupUse {
    /// The group's name.
    pub name: String,
    /// How many accounts it judged.
    pub accounts: usize,
    /// How many more are in it, too, and in a group before it, which judged them.
    pub elsewhere: usize,
}

/// What was settled of one account.
#[derive(Clone, Debug)]
pub struct AccountJudgement {
    /// The verdict.
    pub verdict: AccountVerdict,
    /// Its findings and its endpoint's, as indices into [`Judgement::findings`].
    pub findings: Vec<u32>,
    /// Those of its endpoint's findings that a waiver accepts for this account, each once, by finding.
    pub excused: Vec<Excuse>,
}

/// What was settled of one endpoint.
#[derive(Clone, Debug, Default)]
pub struct EndpointJudgement {
    /// Its findings, as indices into [`Judgement::findings`].
    pub findings: Vec<u32>,
    /// Rules that could not be decided, and why.
    pub undetermined: Vec<(&'static str, Reason)>,
    /// How many rules looked and found nothing; the least where several measures judged.
    pub compliant: usize,
    /// How many accounts use it.
    pub accounts: usize,
    /// What became of each address's chains, where one came: that of the first handshake first.
    pub chains: BTreeMap<IpAddr, Vec<JudgedChain>>,
}

/// What became of one chain of an address.
#[derive(Clone, Debug)]
pub struct JudgedChain {
    /// In which handshake it came first.
    pub handshake: Handshake,
    /// What became of it.
    pub report: Arc<ChainReport>,
    /// What others attest of its certificate.
    pub attested: Attested,
}

/// What became of a waiver.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaiverUse {
    /// The rule that it waives.
    pub rule: String,
    /// The subject as written.
    pub subject: String,
    /// Why.
    pub reason: String,
    /// By whom.
    pub approved_by: String,
    /// Who sees to it, where given.
    pub owner: Option<String>,
    /// Where it is followed up, where given.
    pub ticket: Option<String>,
    /// The last day (UTC) on which it holds.
    pub until: Date,
    /// Whether that day is over at the time of judgement.
    pub expired: bool,
    /// How many findings it accepts; 0 is unused.
    pub findings: usize,
}

impl WaiverUse {
    /// What a report says of it beside a finding.
    pub fn note(&self) -> WaiverNote {
        WaiverNote {
            reason: self.reason.clone(),
            approved_by: self.approved_by.clone(),
            until: self.until,
        }
    }
}

/// How a waiver stands at the time of judgement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum WaiverState {
    /// It accepts findings.
    Active,
    /// It accepts findings, and its last day is near.
    Ending,
    /// Its last day is over.
    Expired,
    /// There is nothing that it accepts.
    Unused,
}
