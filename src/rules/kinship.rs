//! Which hosts have to do with each other: those of one registrable domain, and those of domains
//! that one certificate names together.

use std::collections::HashMap;

use crate::model::{CertificateFacts, Host};

/// Families of domains.
#[derive(Debug, Default)]
pub(super) struct Kinship {
    /// A domain's nearest relative on the way to the one that stands for the family.
    above: HashMap<String, String>,
}

impl Kinship {
    /// The families that these certificates make.
    pub fn of<'a>(leaves: impl IntoIterator<Item = &'a CertificateFacts>) -> Self {
        let mut kinship = Kinship::default();
        for leaf in leaves {
            let names = leaf.dns_names.iter().map(|name| domain_of_name(name));
            let addresses = leaf.ip_addresses.iter().map(ToString::to_string);
            let mut domains = names.chain(addresses);
            if let Some(first) = domains.next() {
                domains.for_each(|other| kinship.join(&first, &other));
            }
        }
        kinship
    }

    /// The domain that stands for the family of a host.
    pub fn family(&self, host: &Host) -> String {
        let domain = match host.registrable_domain() {
            Some(domain) => domain.to_owned(),
            None => host.to_string(),
        };
        self.eldest(&domain)
    }

    fn join(&mut self, one: &str, other: &str) {
        let (one, other) = (self.eldest(one), self.eldest(other));
        // The first by name stands for all, so that no order of arrival shows.
        match one.cmp(&other) {
            std::cmp::Ordering::Less => self.above.insert(other, one),
            std::cmp::Ordering::Greater => self.above.insert(one, other),
            std::cmp::Ordering::Equal => None,
        };
    }

    fn eldest(&self, domain: &str) -> String {
        let mut at = domain;
        while let Some(above) = self.above.get(at) {
            at = above;
        }
        at.to_owned()
    }
}

fn domain_of_name(name: &str) -> String {
    let name = name.strip_prefix("*.").unwrap_or(name).to_lowercase();
    match name.parse::<Host>() {
        Ok(host) => host.registrable_domain().unwrap_or(&name).to_owned(),
        Err(_) => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn families_join_whatever_the_order() {
        let orders: [[(&str, &str); 2]; 2] = [[("c", "b"), ("b", "a")], [("b", "a"), ("c", "b")]];
        for order in orders {
            let mut kinship = Kinship::default();
            order
                .iter()
                .for_each(|(one, other)| kinship.join(one, other));
            assert_eq!(kinship.eldest("c"), "a");
            assert_eq!(kinship.eldest("d"), "d");
        }
        assert_eq!(domain_of_name("*.Mail.example.co.uk"), "example.co.uk");
    }
}
