//! What a server allows of TLS, as people read it: what was asked with hellos of our own, and what came.

use crate::model::{Agreed, KeyExchange, Standing, TlsSession, TlsVersion, Value, Visited};

use super::answers::AnswerRow;
use super::{Message, signals};

/// The rows about versions, suites and key exchange; none where nothing was agreed on or asked.
pub(super) fn rows(visit: &Visited) -> Vec<AnswerRow> {
    let session = visit.tls.seen();
    if visit.hellos.is_empty() {
        let not_asked = session.map(|_| Message::new("answer-not-asked"));
        let rows = not_asked.map(|answer| row("answer-versions", answer));
        return rows.into_iter().chain(of_session(session)).collect();
    }
    let agreed: Vec<&Agreed> = visit.allowed().agreed().map(|(_, agreed)| agreed).collect();
    let asks = visit.allowed().asks_for_certificate();
    versions(visit)
        .chain(listed("answer-suites", suites(visit, &agreed)))
        .chain(listed("answer-groups", visit.allowed().groups()))
        .chain(listed("answer-primes", primes(&agreed)))
        .chain(asks.map(|asks| {
            let key = match asks {
                true => "client-certificate-asked",
                false => "client-certificate-not-asked",
            };
            row("answer-client-certificate", Message::new(key))
        }))
        .chain(signals::rows(visit))
        .chain(of_session(session))
        .collect()
}

/// What only a session tells.
fn of_session(session: Option<&TlsSession>) -> impl Iterator<Item = AnswerRow> {
    let staple = session.map(|session| {
        let key = match session.staple {
            Some(_) => "staple-sent",
            None => "staple-none",
        };
        row("answer-staple", Message::new(key))
    });
    let tickets = session.and_then(|session| session.tickets.seen());
    let tickets = tickets.into_iter().flat_map(|tickets| {
        let early_data = match tickets.early_data {
            0 => Message::new("early-data-none"),
            octets => Message::new("early-data-announced").with("octets", octets),
        };
        let count = Message::new("tickets").with("count", i64::from(tickets.count));
        [
            row("answer-tickets", count),
            row("answer-early-data", early_data),
        ]
    });
    staple.into_iter().chain(tickets)
}

/// The versions by what became of each.
fn versions(visit: &Visited) -> impl Iterator<Item = AnswerRow> {
    let all = TlsVersion::ALL.into_iter().chain([TlsVersion::TLCP]);
    let standings: Vec<(TlsVersion, Standing<'_>)> = all
        .map(|version| (version, visit.allowed().version(version)))
        .collect();
    let those = |holds: fn(&Standing<'_>) -> bool| {
        let held = standings
            .iter()
            .filter(move |(_, standing)| holds(standing));
        held.map(|(version, _)| *version).collect::<Vec<_>>()
    };
    [
        listed("answer-versions", those(|s| *s == Standing::Accepted)),
        listed(
            "answer-versions-refused",
            those(|s| *s == Standing::Refused),
        ),
        listed(
            "answer-versions-lost",
            those(|s| matches!(s, Standing::Unknown(_))),
        ),
        listed(
            "answer-versions-not-asked",
            those(|s| *s == Standing::NotAsked),
        ),
    ]
    .into_iter()
    .flatten()
}

/// Each suite that was agreed to, with the version at which that was first.
fn suites(visit: &Visited, agreed: &[&Agreed]) -> Vec<String> {
    let national = agreed
        .iter()
        .filter(|agreed| agreed.version == TlsVersion::TLCP);
    let national = national.map(|agreed| (agreed.suite, agreed.version));
    let suites = visit.allowed().suites().into_iter().chain(national);
    suites
        .map(|(suite, version)| format!("{suite} ({version})"))
        .collect()
}

/// The primes of Diffie-Hellman over finite fields, in bits, each once.
fn primes(agreed: &[&Agreed]) -> Vec<String> {
    let mut primes: Vec<String> = Vec::new();
    for exchange in agreed
        .iter()
        .filter_map(|agreed| agreed.key_exchange.seen())
    {
        if let KeyExchange::FiniteField { bits, known, .. } = exchange {
            let prime = match known {
                Some(name) => format!("{bits} ({name})"),
                None => bits.to_string(),
            };
            if !primes.contains(&prime) {
                primes.push(prime);
            }
        }
    }
    primes
}

fn listed<T: std::fmt::Display>(question: &'static str, names: Vec<T>) -> Option<AnswerRow> {
    let answer = || Message::new("a-value").with("value", Value::terms(&names));
    (!names.is_empty()).then(|| row(question, answer()))
}

pub(super) fn row(question: &'static str, answer: Message) -> AnswerRow {
    AnswerRow { question, answer }
}
