//! The texts of a fleet that may name somebody.

use std::collections::HashSet;

use super::Message;
use crate::model::{Account, InputFile, Judgement, Text};
use crate::policy::Policy;

/// Every free text that may name somebody, policies apart.
pub(super) fn texts<'f>(
    judgement: &'f Judgement,
    inputs: &'f [InputFile],
    notes: &'f [Message],
    auditor: Option<&'f str>,
) -> Vec<&'f str> {
    use crate::model::Value;
    let waivers = judgement.waivers.iter().flat_map(|waiver| {
        let optional = [waiver.owner.as_deref(), waiver.ticket.as_deref()];
        let optional = optional.into_iter().flatten();
        [&*waiver.reason, &*waiver.approved_by]
            .into_iter()
            .chain(optional)
    });
    let columns = inputs.iter().flat_map(|input| &input.columns);
    let headers = columns.map(|column| &*column.header);
    let values = notes.iter().flat_map(|note| note.values.values());
    let values = values.filter_map(|value| match value {
        Value::Foreign(text) => Some(text.as_str()),
        _ => None,
    });
    waivers
        .chain(headers)
        .chain(values)
        .chain(auditor)
        .collect()
}

/// What a policy and its groups are called.
pub(super) fn names_of(policy: &Policy) -> impl Iterator<Item = &str> {
    let groups = policy.groups.iter().map(|group| &*group.name);
    [&*policy.name, &*policy.version].into_iter().chain(groups)
}

/// The departments and clients of the fleet, each once.
pub(super) fn cells(accounts: &[Account]) -> HashSet<Text> {
    let mut cells = HashSet::new();
    for account in accounts {
        let cells_of = account.person.department.iter().chain(&account.client);
        for cell in cells_of {
            if !cells.contains(cell) {
                cells.insert(cell.clone());
            }
        }
    }
    cells
}
