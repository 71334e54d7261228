//! What to do first: at most five things, by people affected times severity.

use schemars::JsonSchema;
use serde::Serialize;

use super::Message;
use super::authorities::Authority;
use super::by_rule::{RuleFindings, weight};
use super::changes::Change;
use crate::model::Value;

/// One thing to do.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct First {
    /// The rules that it mends, worst first; at most two are named.
    pub rules: Vec<&'static str>,
    /// How many rules beyond those named.
    pub rules_beyond: usize,
    /// The authority to be trusted or not, where that is the thing to do.
    pub authority: Option<Message>,
    /// Who does it: `person`, `administrator`, or `auditor`, who runs the audit.
    pub who: &'static str,
    /// How many people it helps.
    pub people: usize,
    /// How many servers (hosts) it is about, where not the people do it.
    pub hosts: usize,
    /// Which servers.
    pub servers: Option<Message>,
    /// What to enter, where people do it.
    pub settings: Option<Message>,
    /// Whether that was proven.
    pub proof: Option<Message>,
    /// Where the report says more, without the `#`.
    pub anchor: String,
    #[serde(skip)]
    score: u64,
}

const AT_MOST: usize = 5;
const NAMED: usize = 2;

/// The weightiest changes and rules, and how many there are beyond them; a rule about accounts
/// counts only those without a proven change.
pub(super) fn first(
    found: &[RuleFindings<'_>],
    changes: &[Change<'_>],
    authorities: &[Authority],
) -> (Vec<First>, usize) {
    let mut things: Vec<First> = changes
        .iter()
        .filter(|change| change.proven && change.weight > 0)
        .map(|change| (change, weightiest(found, change)))
        .map(|(change, rules)| First {
            rules_beyond: rules.len().saturating_sub(NAMED),
            rules: rules.into_iter().take(NAMED).collect(),
            authority: None,
            who: "person",
            people: change.first_people.len(),
            hosts: 0,
            servers: None,
            settings: change.settings.clone(),
            proof: Some(change.proof.clone()),
            anchor: format!("change-{}", change.number),
            score: change.weight,
        })
        .collect();
    for of_rule in found {
        let settled = of_rule.waived + of_rule.apart;
        if !of_rule.breach || settled == of_rule.findings {
            continue;
        }
        let proven: usize = of_rule
            .moves
            .iter()
            .filter(|a_move| changes[a_move.change - 1].proven)
            .map(|a_move| a_move.accounts)
            .sum();
        let touched = match of_rule.endpoints {
            0 => of_rule.accounts.saturating_sub(proven).min(of_rule.people),
            _ => of_rule.people_besides,
        };
        if touched == 0 && of_rule.endpoints == 0 {
            continue;
        }
        things.push(First {
            rules: vec![of_rule.rule],
            rules_beyond: 0,
            authority: None,
            who: "administrator",
            people: touched,
            hosts: of_rule.hosts,
            servers: servers(of_rule),
            settings: None,
            proof: None,
            anchor: format!("rule-{}", of_rule.rule),
            score: weight(of_rule.severity) * (touched.max(1) as u64),
        });
    }
    let breaches = |one: &&Authority| one.breach;
    things.extend(authorities.iter().filter(breaches).map(settled_by_trust));
    things.sort_by_key(|thing| std::cmp::Reverse(thing.score));
    let beyond = things.len().saturating_sub(AT_MOST);
    things.truncate(AT_MOST);
    (things, beyond)
}

/// To say whether an authority is ours; whatever depends on it is settled with it.
fn settled_by_trust(authority: &Authority) -> First {
    let name = Value::Foreign(authority.name.clone());
    First {
        rules: authority.rules.iter().copied().take(NAMED).collect(),
        rules_beyond: authority.rules.len().saturating_sub(NAMED),
        authority: Some(Message::new("first-authority").with("authority", name)),
        who: "auditor",
        people: authority.people,
        hosts: authority.hosts,
        servers: None,
        settings: None,
        proof: None,
        anchor: format!("rule-{}", authority.rules[0]),
        score: weight(authority.severity) * (authority.people.max(1) as u64),
    }
}

/// The servers of a rule by name, at most a few.
fn servers(of_rule: &RuleFindings<'_>) -> Option<Message> {
    let message = Message::new("first-servers")
        .with("servers", Value::List(of_rule.servers.clone()))
        .with("beyond", of_rule.servers_beyond);
    (!of_rule.servers.is_empty()).then_some(message)
}

/// The rules behind a change that make a breach, those first that weigh most among its accounts.
fn weightiest(found: &[RuleFindings<'_>], change: &Change<'_>) -> Vec<&'static str> {
    let mut rules: Vec<(u64, &'static str)> = found
        .iter()
        .filter(|of_rule| of_rule.breach)
        .filter_map(|of_rule| {
            let accounts = *change.rules.get(of_rule.rule)?;
            Some((weight(of_rule.severity) * accounts as u64, of_rule.rule))
        })
        .collect();
    rules.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
    rules.into_iter().map(|(_, rule)| rule).collect()
}
