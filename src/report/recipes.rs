//! What the administrator of a recognised server software writes.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{Endpoint, Finding, Software, Subject};

use super::Source;

/// The keys of the messages for one software, in order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
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
    match (software, Matter::of(rule)) {
        (Software::Dovecot, Matter::NoEncryption) => vec![
            "recipe-dovecot-certificate",
            "recipe-dovecot-require-tls",
            "recipe-dovecot-reload",
        ],
        (Software::Dovecot, Matter::ClearLogin) => {
            vec!["recipe-dovecot-require-tls", "recipe-dovecot-reload"]
        }
        (Software::Dovecot, Matter::Versions) => {
            vec!["recipe-dovecot-tls-version", "recipe-dovecot-reload"]
        }
        (Software::Dovecot, Matter::Suites) => {
            vec!["recipe-dovecot-suites", "recipe-dovecot-reload"]
        }
        (Software::Dovecot, Matter::Certificate) => {
            vec!["recipe-dovecot-certificate", "recipe-dovecot-reload"]
        }
        (Software::Postfix, Matter::NoEncryption) => vec![
            "recipe-postfix-certificate",
            "recipe-postfix-auth-only",
            "recipe-postfix-reload",
        ],
        (Software::Postfix, Matter::ClearLogin) => {
            vec!["recipe-postfix-auth-only", "recipe-postfix-reload"]
        }
        (Software::Postfix, Matter::Versions) => {
            vec!["recipe-postfix-tls-version", "recipe-postfix-reload"]
        }
        (Software::Postfix, Matter::Suites) => {
            vec!["recipe-postfix-suites", "recipe-postfix-reload"]
        }
        (Software::Postfix, Matter::Certificate) => {
            vec!["recipe-postfix-certificate", "recipe-postfix-reload"]
        }
        (Software::Exim, Matter::Versions) => vec!["recipe-exim-tls-version", "recipe-exim-reload"],
        (Software::Exim, Matter::Suites) => vec!["recipe-exim-suites", "recipe-exim-reload"],
        (Software::Nginx, Matter::Versions) => {
            vec!["recipe-nginx-tls-version", "recipe-nginx-reload"]
        }
        (Software::Nginx, Matter::Suites) => vec!["recipe-nginx-suites", "recipe-nginx-reload"],
        (Software::Dovecot | Software::Postfix, Matter::Other)
        | (Software::Exim | Software::Nginx | Software::Unknown, _) => Vec::new(),
    }
}

/// What an administrator would have to change.
enum Matter {
    NoEncryption,
    ClearLogin,
    Versions,
    Suites,
    Certificate,
    Other,
}

impl Matter {
    fn of(rule: &str) -> Matter {
        match rule {
            "no-encryption" => Matter::NoEncryption,
            "cleartext-login" | "login-accepted-in-clear" => Matter::ClearLogin,
            "tls-version-obsolete" | "tls-version-outdated" => Matter::Versions,
            "cipher-insecure"
            | "cipher-weak"
            | "cipher-outside-policy"
            | "cipher-discouraged"
            | "no-aead"
            | "no-forward-secrecy"
            | "key-exchange-weak"
            | "key-exchange-outside-policy" => Matter::Suites,
            _ if rule.starts_with("cert-") => Matter::Certificate,
            _ => Matter::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::RULES;
    use crate::words::{Language, Words};

    #[test]
    fn every_recipe_has_its_words() {
        let software = [
            Software::Dovecot,
            Software::Postfix,
            Software::Exim,
            Software::Nginx,
        ];
        for language in Language::ALL {
            let words = Words::of(language);
            for software in software {
                assert!(words.has(&format!("recipe-for-{}", software.word())));
                for key in RULES.iter().flat_map(|rule| keys(software, rule.id)) {
                    assert!(words.has(key), "{key} in {language}");
                }
                assert!(!keys(software, "cipher-insecure").is_empty());
                assert!(!keys(software, "tls-version-obsolete").is_empty());
            }
        }
    }
}
