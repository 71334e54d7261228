//! Whose host may be proposed: nobody is led to a server that nothing trustworthy vouches for.
//!
//! A mistyped domain may belong to somebody with a valid certificate, and settings that work there
//! would hand a password to a stranger (threat model E9).

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Account, AccountVerdict, Host, Judgement, Protocol, Security, Settings};

/// People who must use a server compliantly before it is proposed to others of their e-mail domain.
const VOUCHERS: usize = 3;

/// What the fleet itself says of its servers.
#[derive(Debug)]
pub struct Vouched {
    /// By e-mail domain and protocol: settings in compliant use, with the people who use them.
    in_use: BTreeMap<(String, Protocol), BTreeMap<Settings, BTreeSet<String>>>,
    /// Registrable domains that are own, or in compliant use by enough people.
    known_domains: BTreeSet<String>,
}

impl Vouched {
    /// Reads it out of a first judgement.
    pub fn read(accounts: &[Account], judgement: &Judgement, own_domains: &[String]) -> Self {
        let mut in_use = BTreeMap::<_, BTreeMap<Settings, BTreeSet<String>>>::new();
        let mut users = BTreeMap::<String, BTreeSet<String>>::new();
        for (account, judged) in accounts.iter().zip(&judgement.accounts) {
            let (AccountVerdict::Compliant, Some(settings)) = (&judged.verdict, secure(account))
            else {
                continue;
            };
            if let Some(domain) = settings.host.registrable_domain() {
                let people = users.entry(domain.to_owned()).or_default();
                people.insert(account.person.key());
            }
            if let Some(domain) = account.email_domain() {
                in_use
                    .entry((domain, settings.protocol))
                    .or_default()
                    .entry(settings)
                    .or_default()
                    .insert(account.person.key());
            }
        }
        let known_domains = users
            .into_iter()
            .filter(|(_, people)| people.len() >= VOUCHERS)
            .map(|(domain, _)| domain)
            .chain(own_domains.iter().cloned())
            .collect();
        Vouched {
            in_use,
            known_domains,
        }
    }

    /// Servers that colleagues use compliantly for this protocol and that may be proposed to somebody
    /// configured with `host`, most used first.
    pub fn colleagues_servers(
        &self,
        email_domain: &str,
        protocol: Protocol,
        host: &Host,
    ) -> Vec<Settings> {
        let key = (email_domain.to_owned(), protocol);
        let mut found: Vec<_> = self
            .in_use
            .get(&key)
            .into_iter()
            .flatten()
            .filter(|(settings, people)| {
                people.len() >= VOUCHERS || self.vouched_by_domain(&settings.host, host)
            })
            .collect();
        found.sort_by_key(|(settings, people)| (usize::MAX - people.len(), *settings));
        found
            .into_iter()
            .map(|(settings, _)| settings.clone())
            .collect()
    }

    fn vouched_by_domain(&self, candidate: &Host, configured: &Host) -> bool {
        candidate.registrable_domain().is_some_and(|domain| {
            self.known_domains.contains(domain)
                || (configured.registrable_domain() == Some(domain) && !self.is_lookalike(domain))
        })
    }

    /// Whether the configured host's own domain vouches for it: not if it is one letter away from
    /// a domain that the fleet knows, and is not known itself.
    pub fn may_stay_at(&self, host: &Host) -> bool {
        host.registrable_domain()
            .is_none_or(|domain| !self.is_lookalike(domain))
    }

    fn is_lookalike(&self, domain: &str) -> bool {
        !self.known_domains.contains(domain)
            && self
                .known_domains
                .iter()
                .any(|known| strsim::damerau_levenshtein(known, domain) == 1)
    }
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
