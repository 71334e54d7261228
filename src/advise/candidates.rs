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

/// Accounts with the same settings and e-mail domain, and what might help them.
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
    }
}

/// The candidates for every account that a first judgement found non-compliant, and for every one
/// on STARTTLS (the sibling port with implicit TLS is what `starttls-configured` asks about).
pub fn candidates(accounts: &[Account], draft: &Judgement, policy: &Policy) -> Wanted {
    let vouched = Vouched::read(accounts, draft, &policy.own_domains);
    let mut groups = BTreeMap::<_, Vec<usize>>::new();
    for (index, (account, judged)) in accounts.iter().zip(&draft.accounts).enumerate() {
        let breached = judged.verdict == AccountVerdict::NonCompliant;
        if breached || account.security == Security::Starttls {
            let key = (
                account.email_domain(),
                account.protocol,
                account.host.clone(),
                account.port,
                account.security,
                breached,
            );
            groups.entry(key).or_default().push(index);
        }
    }
    let mut elsewhere = BTreeMap::new();
    let groups = groups
        .into_iter()
        .map(
            |((domain, protocol, host, port, security, breached), accounts)| {
                let now = (port, security);
                let mut found = match protocol {
                    Some(protocol) if breached => {
                        ideas(&vouched, domain.as_deref(), protocol, &host, now)
                    }
                    Some(protocol) => vec![Candidate {
                        rank: 0,
                        settings: implicit_tls(protocol, &host),
                        idea: Idea::SameHost,
                    }],
                    None => Vec::new(),
                };
                let known = elsewhere.entry((domain, protocol)).or_default();
                found.retain(|candidate| is_within_bounds(candidate, known));
                WantedGroup {
                    accounts,
                    candidates: found,
                }
            },
        )
        .collect();
    Wanted { groups }
}

fn is_within_bounds(candidate: &Candidate, known: &mut BTreeSet<Endpoint>) -> bool {
    let endpoint = candidate.settings.endpoint();
    candidate.idea == Idea::SameHost
        || known.contains(&endpoint)
        || (known.len() < MOST_ELSEWHERE && known.insert(endpoint))
}

fn ideas(
    vouched: &Vouched,
    email_domain: Option<&str>,
    protocol: Protocol,
    host: &Host,
    (port, security): (Option<u16>, Security),
) -> Vec<Candidate> {
    let stays = vouched.may_stay_at(host);
    let same_host = stays.then(|| implicit_tls(protocol, host));
    let colleagues = email_domain
        .map(|domain| vouched.colleagues_servers(domain, protocol, host))
        .unwrap_or_default();
    let conventional = host
        .registrable_domain()
        .filter(|_| stays)
        .into_iter()
        .flat_map(|domain| {
            conventional_names(protocol)
                .iter()
                .filter_map(move |name| format!("{name}.{domain}").parse().ok())
        })
        .map(|host| implicit_tls(protocol, &host));
    let upgraded = stays.then(|| Settings {
        port: protocol.clear_text_port(),
        security: Security::Starttls,
        ..implicit_tls(protocol, host)
    });

    let mut met = BTreeSet::new();
    let configured = |settings: &Settings| {
        settings.host == *host && Some(settings.port) == port && settings.security == security
    };
    same_host
        .into_iter()
        .map(|settings| (settings, Idea::SameHost))
        .chain(colleagues.into_iter().map(|s| (s, Idea::UsedByColleagues)))
        .chain(conventional.map(|settings| (settings, Idea::ConventionalName)))
        .chain(upgraded.map(|settings| (settings, Idea::SameHost)))
        .filter(|(settings, _)| !configured(settings) && met.insert(settings.clone()))
        .zip(0..)
        .map(|((settings, idea), rank)| Candidate {
            rank,
            settings,
            idea,
        })
        .collect()
}

fn implicit_tls(protocol: Protocol, host: &Host) -> Settings {
    Settings {
        protocol,
        host: host.clone(),
        port: protocol.implicit_tls_port(),
        security: Security::Tls,
    }
}
