//! From where it was looked, as the method section says it.

use crate::model::{Fact, Phrase, ResolverTried, Value, Vantage};

use super::{Message, Report};

/// Where the machine stood at the start and at the end, and what its resolver said of names that
/// cannot exist.
pub(super) fn said(report: &Report<'_>) -> Vec<Message> {
    let network = &report.run.network;
    let start = network.start.map(|start| place("network-start", start));
    let end = match (network.changed, network.end) {
        (Some(true), Some(end)) => Some(place("network-changed", end)),
        (Some(false), _) => Some(Message::new("network-same")),
        _ => None,
    };
    let tried = report.run.resolver_tried.map(names);
    start.into_iter().chain(end).chain(tried).collect()
}

fn place(key: &str, vantage: &Vantage) -> Message {
    let listed = |addresses: &[std::net::IpAddr]| match addresses {
        [] => Phrase::new("network-none").into(),
        some => Value::List(some.iter().map(ToString::to_string).collect()),
    };
    Message::new(key)
        .with("addresses", listed(&vantage.addresses))
        .with("resolvers", listed(&vantage.resolvers))
        .with(
            "routes",
            match &vantage.gateway {
                Fact::Seen(hash) => Value::Foreign(hash.clone()),
                Fact::Unknown(_) | Fact::NotAsked(_) => Phrase::new("network-unknown").into(),
            },
        )
}

fn names(tried: &ResolverTried) -> Message {
    let message = match &tried.invented {
        Fact::Seen(none) if none.is_empty() => Message::new("names-denied"),
        Fact::Seen(invented) => {
            let addresses = invented.iter().map(ToString::to_string).collect();
            Message::new("names-invented").with("addresses", Value::List(addresses))
        }
        Fact::Unknown(_) | Fact::NotAsked(_) => Message::new("names-unanswered"),
    };
    message.with("names", Value::List(tried.names.clone()))
}
