//! What the administrator of a recognised server software writes.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::model::{Endpoint, Finding, Software, Subject};

use super::Source;

/// The keys of the messages for one software, in order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Recipes {
    pub software: &'static str,
    pub keys: Vec<&'static str>,
}

/// The recipes for each software that was recognised where the rule fired.
pub(super) fn recipes(source: &Source<'_>, rule: &str, findings: &[&Finding]) -> Vec<Recipes> {
    let places: BTreeSet<&Endpoint> = findings
        .iter()
        .filter_map(|finding| match &finding.subject {
            Subject::Endpoint(endpoint) => Some(endpoint),
            _ => None,
        })
        .collect();
    let software: BTreeSet<Software> = places
        .into_iter()
        .flat_map(|endpoint| source.observations.visits_to(endpoint))
        .filter_map(|visit| {
            let greeting = &visit.greeting.seen()?.raw;
            let capabilities = visit
                .capabilities_in_tls
                .seen()
                .or(visit.capabilities.seen());
            let lines = capabilities.map_or(&[][..], |capabilities| &capabilities.lines);
            Some((source.software)(greeting, lines))
        })
        .collect();
    software
        .into_iter()
        .map(|software| Recipes {
            software: software.word(),
            keys: keys(software, rule),
        })
        .filter(|recipes| !recipes.keys.is_empty())
        .collect()
}

/// Which recipes mend a rule's finding; none where the software is not what is wrong.
fn keys(software: Software, rule: &str) -> Vec<&'static str> {
    let certificate = rule.starts_with("cert-");
    match (software, rule) {
        (Software::Dovecot, "no-encryption") => vec![
            "recipe-dovecot-certificate",
            "recipe-dovecot-require-tls",
            "recipe-dovecot-reload",
        ],
        (Software::Dovecot, "cleartext-login" | "login-accepted-in-clear") => {
            vec!["recipe-dovecot-require-tls", "recipe-dovecot-reload"]
        }
        (Software::Dovecot, "tls-version-outdated") => {
            vec!["recipe-dovecot-tls-version", "recipe-dovecot-reload"]
        }
        (Software::Dovecot, _) if certificate => {
            vec!["recipe-dovecot-certificate", "recipe-dovecot-reload"]
        }
        (Software::Postfix, "no-encryption") => vec![
            "recipe-postfix-certificate",
            "recipe-postfix-auth-only",
            "recipe-postfix-reload",
        ],
        (Software::Postfix, "cleartext-login" | "login-accepted-in-clear") => {
            vec!["recipe-postfix-auth-only", "recipe-postfix-reload"]
        }
        (Software::Postfix, "tls-version-outdated") => {
            vec!["recipe-postfix-tls-version", "recipe-postfix-reload"]
        }
        (Software::Postfix, _) if certificate => {
            vec!["recipe-postfix-certificate", "recipe-postfix-reload"]
        }
        (Software::Dovecot | Software::Postfix | Software::Unknown, _) => Vec::new(),
    }
}
