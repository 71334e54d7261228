//! The texts of a fleet that may name somebody.

use std::collections::HashSet;

use super::{Fleet, Message};
use crate::model::{Account, InputFile, Judgement, Value};
use crate::policy::Policy;

/// Every such text, as often as it may be.
pub(super) fn texts(fleet: &Fleet) -> Vec<&str> {
    let said = [&fleet.auditor, &fleet.organisation, &fleet.vantage];
    let supposed = fleet.supposed.iter().map(|supposed| &supposed.policy);
    let policies = std::iter::once(&fleet.policy)
        .chain(&fleet.others)
        .chain(supposed);
    said.into_iter()
        .filter_map(|text| text.as_deref())
        .chain(of_waivers(&fleet.judgement))
        .chain(headers(&fleet.inputs))
        .chain(of_notes(&fleet.notes))
        .chain(policies.flat_map(of_policy))
        .chain(cells(&fleet.accounts))
        .collect()
}

fn of_waivers(judgement: &Judgement) -> impl Iterator<Item = &str> {
    judgement.waivers.iter().flat_map(|waiver| {
        let optional = [waiver.owner.as_deref(), waiver.ticket.as_deref()];
        let optional = optional.into_iter().flatten();
        [&*waiver.reason, &*waiver.approved_by]
            .into_iter()
            .chain(optional)
    })
}

fn headers(inputs: &[InputFile]) -> impl Iterator<Item = &str> {
    let columns = inputs.iter().flat_map(|input| &input.columns);
    columns.map(|column| &*column.header)
}

fn of_notes(notes: &[Message]) -> impl Iterator<Item = &str> {
    let values = notes.iter().flat_map(|note| note.values.values());
    values.filter_map(|value| match value {
        Value::Foreign(text) => Some(text.as_str()),
        _ => None,
    })
}

/// What a policy and its groups are called, and whom it lets certify servers.
fn of_policy(policy: &Policy) -> impl Iterator<Item = &str> {
    let groups = policy.groups.iter().map(|group| &*group.name);
    [&*policy.name, &*policy.version]
        .into_iter()
        .chain(policy.issuers.iter().map(String::as_str))
        .chain(groups)
}

/// The departments and clients of the fleet, each once.
fn cells(accounts: &[Account]) -> HashSet<&str> {
    let cells = accounts
        .iter()
        .flat_map(|account| account.person.department.iter().chain(&account.client));
    cells.map(|cell| &**cell).collect()
}
