//! Accounts into distinct endpoints, and back.
//!
//! However many accounts name an endpoint, it is visited once; here stands who they are and what
//! they expect of it.

use std::collections::BTreeMap;

use crate::model::{Account, AskedFor, Endpoint, Expected, Observations, Security};

/// The distinct endpoints of a fleet, in their own order, whatever the order of the accounts.
#[derive(Clone, Debug, Default)]
pub struct Inventory {
    endpoints: BTreeMap<Endpoint, Use>,
}

#[derive(Clone, Debug, Default)]
struct Use {
    accounts: Vec<usize>,
    expected: Expected,
}

impl Inventory {
    /// Gathers the endpoints that the accounts name or may mean
    /// ([`Account::possible_endpoints`]).
    pub fn of(accounts: &[Account]) -> Self {
        let mut endpoints: BTreeMap<Endpoint, Use> = BTreeMap::new();
        for (index, account) in accounts.iter().enumerate() {
            for endpoint in account.possible_endpoints() {
                let of_endpoint = endpoints.entry(endpoint).or_default();
                of_endpoint.accounts.push(index);
                of_endpoint.expected.protocols.extend(account.protocol);
                if account.security != Security::Unknown {
                    of_endpoint.expected.securities.insert(account.security);
                }
            }
        }
        Inventory { endpoints }
    }

    /// The endpoints that a run listed, for judging them without accounts.
    pub fn of_listed(observations: &Observations) -> Self {
        let listed = observations
            .visits
            .iter()
            .filter(|(_, visits)| visits.values().any(|v| v.asked_for == AskedFor::Listed))
            .map(|(endpoint, _)| endpoint);
        let undialled = observations
            .undialled
            .values()
            .filter(|undialled| undialled.asked_for == AskedFor::Listed)
            .map(|undialled| &undialled.endpoint);
        Inventory {
            endpoints: listed
                .chain(undialled)
                .map(|endpoint| (endpoint.clone(), Use::default()))
                .collect(),
        }
    }

    /// Every endpoint, sorted.
    pub fn endpoints(&self) -> impl ExactSizeIterator<Item = &Endpoint> {
        self.endpoints.keys()
    }

    /// Whether accounts name it or may mean it.
    pub fn contains(&self, endpoint: &Endpoint) -> bool {
        self.endpoints.contains_key(endpoint)
    }

    /// The accounts that name it or may mean it, as indices into the slice given to
    /// [`Inventory::of`], ascending; empty for an endpoint of no account.
    pub fn accounts_of(&self, endpoint: &Endpoint) -> &[usize] {
        self.endpoints
            .get(endpoint)
            .map_or(&[], |of_endpoint| &of_endpoint.accounts)
    }

    /// What its accounts expect of it; empty for an endpoint of no account, and silent on what
    /// they leave open.
    pub fn expected(&self, endpoint: &Endpoint) -> Expected {
        self.endpoints
            .get(endpoint)
            .map(|of_endpoint| of_endpoint.expected.clone())
            .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{AccountId, Person, Protocol};

    fn account(host: &str, port: Option<u16>, security: Security) -> Account {
        Account {
            id: AccountId([0; 32]),
            sources: Vec::new(),
            person: Person::default(),
            other_departments: Vec::new(),
            client: None,
            language: None,
            protocol: Some(Protocol::Pop3),
            host: host.parse().expect("a host"),
            port,
            security,
            accepts_any_certificate: false,
            inferred: Vec::new(),
        }
    }

    #[test]
    fn an_endpoint_is_listed_once_and_knows_its_accounts() {
        let accounts = [
            account("b.example", Some(995), Security::Tls),
            account("a.example", Some(110), Security::None),
            account("b.example", Some(995), Security::Unknown),
        ];
        let inventory = Inventory::of(&accounts);
        let names: Vec<String> = inventory.endpoints().map(Endpoint::to_string).collect();
        assert_eq!(names, ["a.example:110", "b.example:995"]);
        let b = "b.example:995".parse().expect("an endpoint");
        assert_eq!(inventory.accounts_of(&b), [0, 2]);
        let expected = inventory.expected(&b);
        assert!(expected.securities.iter().eq([&Security::Tls]));
        assert!(expected.protocols.iter().eq([&Protocol::Pop3]));
    }

    #[test]
    fn a_blank_port_lists_every_port_that_it_may_mean() {
        let inventory = Inventory::of(&[account("a.example", None, Security::Unknown)]);
        let ports: Vec<u16> = inventory.endpoints().map(|e| e.port).collect();
        assert_eq!(ports, [110, 995]);
    }
}
