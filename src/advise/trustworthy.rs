//! Whose host may be proposed: nobody is led to a server that nothing trustworthy vouches for.
//!
//! A mistyped domain may belong to somebody with a valid certificate, and settings that work there
//! would hand a password to a stranger (threat model E9). So a host is vouched for by an own domain,
//! by being the configured one, or by enough other people of the same e-mail domain; and never if its
//! domain looks like one that the fleet knows better.

use std::collections::{BTreeMap, BTreeSet};

use super::lookalike::looks_like;
use crate::model::{Account, AccountVerdict, Host, Judgement, Protocol, Security, Settings};

/// Other people who must use a server compliantly before it is proposed to somebody of their e-mail
/// domain; and people of an e-mail domain before the fleet is taken to know that domain.
const VOUCHERS: usize = 3;

/// What the fleet itself says of its servers and domains.
#[derive(Debug)]
pub struct Vouched {
    /// By e-mail domain and protocol: settings in compliant use, with the people who use them.
    in_use: BTreeMap<(String, Protocol), BTreeMap<Settings, BTreeSet<String>>>,
    /// Domains that are ours.
    own: BTreeSet<String>,
    /// Registrable domains that are ours, or at which enough people have their address.
    known: BTreeSet<String>,
}

impl Vouched {
    /// Reads it out of a first judgement.
    pub fn read(accounts: &[Account], judgement: &Judgement, own_domains: &[String]) -> Self {
        let mut in_use = BTreeMap::<_, BTreeMap<Settings, BTreeSet<String>>>::new();
        let mut addresses = BTreeMap::<String, BTreeSet<String>>::new();
        for (account, judged) in accounts.iter().zip(&judgement.accounts) {
            let Some(domain) = account.email_domain() else {
                continue;
            };
            if let Some(registrable) = registrable(&domain) {
                let people = addresses.entry(registrable).or_default();
                people.insert(account.person.key());
            }
            if let (AccountVerdict::Compliant, Some(settings)) = (&judged.verdict, secure(account))
            {
                in_use
                    .entry((domain, settings.protocol))
                    .or_default()
                    .entry(settings)
                    .or_default()
                    .insert(account.person.key());
            }
        }
        let enough = addresses
            .into_iter()
            .filter(|(_, people)| people.len() >= VOUCHERS);
        let own: BTreeSet<String> = own_domains.iter().cloned().collect();
        Vouched {
            in_use,
            known: enough
                .map(|(domain, _)| domain)
                .chain(own.clone())
                .collect(),
            own,
        }
    }

    /// Servers that colleagues use compliantly for this protocol and that may be proposed to these
    /// people, who are configured with `host`; most used first. Nobody vouches for themselves.
    pub fn colleagues_servers(
        &self,
        email_domain: &str,
        protocol: Protocol,
        host: &Host,
        people: &BTreeSet<String>,
    ) -> Vec<Settings> {
        let key = (email_domain.to_owned(), protocol);
        let mut found: Vec<(usize, &Settings)> = self
            .in_use
            .get(&key)
            .into_iter()
            .flatten()
            .map(|(settings, users)| (users.difference(people).count(), settings))
            .filter(|(others, settings)| {
                self.may_stay_at(&settings.host, Some(email_domain))
                    && (*others >= VOUCHERS || self.vouched_by_domain(&settings.host, host))
            })
            .collect();
        found.sort_by_key(|(others, settings)| (usize::MAX - others, *settings));
        found
            .into_iter()
            .map(|(_, settings)| settings.clone())
            .collect()
    }

    fn vouched_by_domain(&self, candidate: &Host, configured: &Host) -> bool {
        candidate.registrable_domain().is_some_and(|domain| {
            self.own.contains(domain) || configured.registrable_domain() == Some(domain)
        })
    }

    /// Whether somebody with an address at `email_domain` may be told to use this host: not if its
    /// domain looks like one that the fleet knows, or like that of the address, and is neither.
    pub fn may_stay_at(&self, host: &Host, email_domain: Option<&str>) -> bool {
        let Some(domain) = host.registrable_domain() else {
            return true;
        };
        let theirs = email_domain.and_then(registrable);
        self.known.contains(domain)
            || !self
                .known
                .iter()
                .chain(&theirs)
                .any(|trusted| looks_like(domain, trusted))
    }
}

fn registrable(domain: &str) -> Option<String> {
    let host: Host = domain.parse().ok()?;
    host.registrable_domain().map(str::to_owned)
}

/// The account's settings, if they are complete and encrypted.
fn secure(account: &Account) -> Option<Settings> {
    let encrypted = matches!(account.security, Security::Tls | Security::Starttls);
    encrypted.then_some(Settings {
        protocol: account.protocol?,
        host: account.host.clone(),
        port: account.port?,
        security: account.security,
    })
}
