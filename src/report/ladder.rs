//! A certificate chain as people read it: rung by rung, and whose name it bears.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{ChainReport, NameMatch, Path, Value};

use super::Message;

/// One rung of a certificate chain.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Rung {
    /// `root`, `between` or `leaf`.
    pub kind: &'static str,
    /// Whether the ladder breaks here.
    pub broken: bool,
    /// What stands on it.
    pub says: Message,
}

/// The chain as a ladder, its root on top; where the path breaks, the rung says why.
pub(super) fn ladder(chain: &ChainReport) -> Vec<Rung> {
    let mut rungs = Vec::new();
    let foreign = |text: &str| Value::Foreign(text.to_owned());
    let top = match &chain.path {
        Path::Holds { root, .. } => Some((
            false,
            Message::new("rung-root").with("subject", foreign(root)),
        )),
        Path::SelfSigned => Some((true, Message::new("rung-self-signed"))),
        Path::Incomplete { missing, .. } => Some((
            true,
            Message::new("rung-missing").with("subject", foreign(missing)),
        )),
        Path::Untrusted { root } => Some((
            true,
            Message::new("rung-untrusted").with("subject", foreign(root)),
        )),
        Path::Broken { why, .. } => {
            Some((true, Message::new("rung-broken").with("words", why.clone())))
        }
        Path::TooCostly => Some((true, Message::new("rung-too-costly"))),
        Path::IntermediateOutOfTime { .. } | Path::NoLeaf => None,
    };
    rungs.extend(top.map(|(broken, says)| Rung {
        kind: "root",
        broken,
        says,
    }));
    for (index, certificate) in chain.certificates.iter().enumerate().rev() {
        let kind = if index == 0 { "leaf" } else { "between" };
        let (broken, says) = match certificate {
            Err(where_at) => (
                true,
                Message::new("rung-malformed").with("words", where_at.clone()),
            ),
            Ok(facts) => {
                let out_of_time = matches!(
                    &chain.path,
                    Path::IntermediateOutOfTime { subject, .. }
                        if index > 0 && *subject == facts.subject
                );
                let message = Message::new(format!("rung-{kind}"))
                    .with("subject", foreign(&facts.subject))
                    .with("from", moment(facts.not_before))
                    .with("until", moment(facts.not_after))
                    .with("key", foreign(&facts.key.to_string()))
                    .with("scts", facts.extensions.embedded_scts);
                (out_of_time, message)
            }
        };
        rungs.push(Rung { kind, broken, says });
    }
    rungs
}

/// A second of a certificate; one that no calendar holds is shown as its number.
fn moment(second: i64) -> Value {
    match Timestamp::from_second(second) {
        Ok(time) => Value::Time(time),
        Err(_) => Value::Number(second),
    }
}

/// Whether the certificate bears the configured name; nothing without a certificate that reads.
pub(super) fn name(chain: &ChainReport) -> Option<Message> {
    let leaf = chain.leaf()?;
    Some(match &chain.name {
        NameMatch::Matches(name) => {
            Message::new("name-matches").with("name", Value::Foreign(name.clone()))
        }
        NameMatch::Differs => {
            let names = leaf.dns_names.iter().cloned();
            let addresses = leaf.ip_addresses.iter().map(|address| address.to_string());
            Message::new("name-differs")
                .with("names", Value::List(names.chain(addresses).collect()))
        }
        NameMatch::NoNames => Message::new("name-none"),
    })
}
