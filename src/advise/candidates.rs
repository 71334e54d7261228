//! Which other settings might be the fix of an account.

use std::collections::{BTreeMap, BTreeSet};

use super::trustworthy::Vouched;
use crate::model::{
    Account, AccountVerdict, Candidate, Endpoint, Host, Idea, Judgement, Protocol, Security,
    Settings,
};
use crate::policy::Policy;

/// Candidates beside the configured host's own ports, per e-mail domain and protocol (threat model E9).
const MOST_ELSEWHERE: usize = 6;

/// What is wanted of the second round.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Accounts that share their settings share their candidates.
    pub groups: Vec<WantedGroup>,
}

/// Accounts with the same settings, e-mail domain and measure, and what might help them.
#[derive(Clone, Debug)]
pub struct WantedGroup {
    /// Indices into the accounts that were judged.
    pub accounts: Vec<usize>,
    /// In the order in which they are tried; empty where nothing may be proposed.
    pub candidates: Vec<Candidate>,
}

impl Wanted {
    /// Every endpoint to visit, with the security that its settings ask for.
    pub fn endpoints(&self) -> Vec<(Endpoint, Security)> {
        let all: BTreeSet<_> = self
            .groups
            .iter()
            .flat_map(|group| &group.candidates)
            .map(|candidate| (candidate.settings.endpoint(), candidate.settings.security))
            .collect();
        all.into_iter().collect()
    }

    /// The trials to judge, in the order of groups and ranks: each candidate on the group's first account.
    pub fn trials(&self, accounts: &[Account]) -> Vec<Account> {
        self.groups
            .iter()
            .flat_map(|group| {
                let first = &accounts[group.accounts[0]];
                group
                    .candidates
                    .iter()
                    .map(move |candidate| candidate.settings.apply_to(first))
            })
            .collect()
    }
}

/// Names that servers of a protocol conventionally bear below a domain.
fn conventional_names(protocol: Protocol) -> &'static [&'static str] {
    match protocol {
        Protocol::Pop3 => &["pop", "pop3", "mail"],
        Protocol::Imap => &["imap", "mail"],
        Protocol::Smtp => &["smtp", "mail"],
        Protocol::Managesieve => &["sieve", "mail"],
    }
}

/// What accounts have in common that share their candidates.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Need {
    /// The group of the policy that judges them: what meets one measure may break another.
    group: Option<usize>,
    email_domain: Option<String>,
    protocol: Option<Protocol>,
    host: Host,
    port: Option<u16>,
    security: Security,
    breached: bool,
}

/// The candidates for every account that a first judgement found non-compliant, and for every one
/// on STARTTLS (the sibling port with implicit TLS is what `starttls-configured` asks about).
pub fn candidates(accounts: &[Account], draft: &Judgement, policy: &Policy) -> Wanted {
    let vouched = Vouched::read(accounts, draft, &policy.own_domains);
    let membership = policy.membership();
    let mut needs = BTreeMap::<Need, Vec<usize>>::new();
    for (index, (account, judged)) in accounts.iter().zip(&draft.accounts).enumerate() {
        let breached = judged.verdict == AccountVerdict::NonCompliant;
        if breached || account.security == Security::Starttls {
            let need = Need {
                group: membership.groups_of(account).first().copied(),
                email_domain: account.email_domain(),
                protocol: account.protocol,
                host: account.host.clone(),
                port: account.port,
                security: account.security,
                breached,
            };
            needs.entry(need).or_default().push(index);
        }
    }
    let mut elsewhere = BTreeMap::new();
    let groups = needs
        .into_iter()
        .map(|(need, of)| {
            let people = of
                .iter()
                .map(|&index| accounts[index].person.key())
                .collect();
            let mut found = need.candidates(&vouched, &people);
            let known = elsewhere
                .entry((need.email_domain, need.protocol))
                .or_default();
            found.retain(|candidate| is_within_bounds(candidate, known));
            WantedGroup {
                accounts: of,
                candidates: found,
            }
        })
        .collect();
    Wanted { groups }
}

fn is_within_bounds(candidate: &Candidate, known: &mut BTreeSet<Endpoint>) -> bool {
    let endpoint = candidate.settings.endpoint();
    candidate.idea == Idea::SameHost
        || known.contains(&endpoint)
        || (known.len() < MOST_ELSEWHERE && known.insert(endpoint))
}

impl Need {
    /// What might help, in the order in which it is tried.
    fn candidates(&self, vouched: &Vouched, people: &BTreeSet<String>) -> Vec<Candidate> {
        let Some(protocol) = self.protocol else {
            return Vec::new();
        };
        let safest = safest(protocol, &self.host);
        if !self.breached {
            let sibling = Candidate {
                rank: 0,
                settings: safest,
                idea: Idea::SameHost,
            };
            return Vec::from_iter(Some(sibling).filter(|s| s.settings.security == Security::Tls));
        }
        let mut met = BTreeSet::new();
        self.ideas(protocol, safest, vouched, people)
            .into_iter()
            .filter(|(settings, _)| !self.is(settings) && met.insert(settings.clone()))
            .zip(0..)
            .map(|((settings, idea), rank)| Candidate {
                rank,
                settings,
                idea,
            })
            .collect()
    }

    fn ideas(
        &self,
        protocol: Protocol,
        here: Settings,
        vouched: &Vouched,
        people: &BTreeSet<String>,
    ) -> Vec<(Settings, Idea)> {
        let email_domain = self.email_domain.as_deref();
        let colleagues = email_domain
            .map(|domain| vouched.colleagues_servers(domain, protocol, &self.host, people))
            .unwrap_or_default()
            .into_iter()
            .map(|settings| (settings, Idea::UsedByColleagues));
        if !vouched.may_stay_at(&self.host, email_domain) {
            return colleagues.collect();
        }
        let upgraded = upgraded(protocol, &self.host);
        let domain = self.host.registrable_domain().into_iter();
        let conventional = domain
            .flat_map(|domain| {
                let names = conventional_names(protocol).iter();
                names.filter_map(move |name| format!("{name}.{domain}").parse().ok())
            })
            .map(|host| (safest(protocol, &host), Idea::ConventionalName));
        std::iter::once((here, Idea::SameHost))
            .chain(colleagues)
            .chain(conventional)
            .chain([(upgraded, Idea::SameHost)])
            .collect()
    }

    /// Whether these are the settings that the accounts have already.
    fn is(&self, settings: &Settings) -> bool {
        settings.host == self.host
            && Some(settings.port) == self.port
            && settings.security == self.security
    }
}

/// TLS from the first byte; the upgrade where no port is registered for that.
fn safest(protocol: Protocol, host: &Host) -> Settings {
    match protocol.implicit_tls_port() {
        Some(port) => Settings {
            port,
            security: Security::Tls,
            ..upgraded(protocol, host)
        },
        None => upgraded(protocol, host),
    }
}

fn upgraded(protocol: Protocol, host: &Host) -> Settings {
    Settings {
        protocol,
        host: host.clone(),
        port: protocol.clear_text_port(),
        security: Security::Starttls,
    }
}
