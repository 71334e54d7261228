//! Endpoints: as `report.json` has them, and as people read them, address by address.

use jiff::Timestamp;
use serde::Serialize;

use crate::model::{
    Capabilities, Cause, ChainReport, Endpoint, EndpointJudgement, Fact, Gap, NameMatch, Opening,
    Path, Raw, Severity, Skip, StartTls, TlsSession, Value, Visited, visible,
};
use crate::words::SHOWN;

use super::{Message, Source};

/// One endpoint.
#[derive(Debug, Serialize)]
#[allow(missing_docs)] // The fields are those of product.md, word for word.
pub struct EndpointRow<'a> {
    pub id: String,
    pub host: String,
    pub port: u16,
    pub protocol: Option<&'static str>,
    pub reached: bool,
    pub accounts: usize,
    pub addresses: Vec<&'a Visited>,
    pub findings: Vec<String>,
    /// As people read it; not in `report.json`, which has the observations.
    #[serde(skip)]
    pub sheets: Vec<AddressRow>,
    /// The worst severity of its open findings.
    #[serde(skip)]
    pub worst: Option<Severity>,
    /// Why there is no address at all.
    #[serde(skip)]
    pub unresolved: Option<&'static str>,
}

/// One address of an endpoint, as people read it.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct AddressRow {
    pub address: String,
    pub dialled: Option<String>,
    pub at: Timestamp,
    pub millis: u64,
    pub connections: u32,
    pub reached: bool,
    /// Questions and answers, in the order of the conversation.
    pub answers: Vec<AnswerRow>,
    /// The chain from the root down to the server's own certificate.
    pub ladder: Vec<Rung>,
    /// Whether the certificate bears the configured name.
    pub name: Option<Message>,
}

/// A question, and what came of it.
#[derive(Debug, Serialize)]
pub struct AnswerRow {
    /// The key of the question.
    pub question: &'static str,
    /// The answer, or why there is none.
    pub answer: Message,
}

/// One rung of a certificate chain.
#[derive(Debug, Serialize)]
pub struct Rung {
    /// `root`, `between` or `leaf`.
    pub kind: &'static str,
    /// Whether the ladder breaks here.
    pub broken: bool,
    /// What stands on it.
    pub says: Message,
}

pub(super) fn row<'a>(
    source: &'a Source<'a>,
    endpoint: &'a Endpoint,
    judged: &'a EndpointJudgement,
) -> EndpointRow<'a> {
    let addresses: Vec<&Visited> = source.observations.visits_to(endpoint).collect();
    let findings = || {
        judged
            .findings
            .iter()
            .map(|&i| &source.judgement.findings[i as usize])
    };
    EndpointRow {
        id: endpoint.to_string(),
        host: endpoint.host.to_string(),
        port: endpoint.port,
        protocol: addresses
            .iter()
            .find_map(|visit| visit.greeting.seen())
            .map(|greeting| greeting.spoken.name()),
        reached: addresses.iter().any(|visit| visit.reached()),
        accounts: judged.accounts,
        findings: findings()
            .map(|finding| finding.fingerprint.to_string())
            .collect(),
        sheets: addresses
            .iter()
            .map(|visit| {
                sheet(
                    visit,
                    judged.chains.get(&visit.address).map(|chain| &**chain),
                )
            })
            .collect(),
        worst: findings()
            .filter(|f| f.waiver.is_none())
            .map(|f| f.severity)
            .max(),
        unresolved: source
            .observations
            .resolutions
            .get(&endpoint.host)
            .filter(|_| addresses.is_empty())
            .map(|resolution| {
                use crate::model::DnsAnswer;
                match resolution.answer {
                    DnsAnswer::NoSuchName { .. } => "no-such-name",
                    DnsAnswer::NoAddress { .. } => "no-address",
                    DnsAnswer::Failed => "dns-failed",
                    DnsAnswer::Refused => "dns-refused",
                    DnsAnswer::TimedOut => "dns-timed-out",
                    DnsAnswer::NotAsked | DnsAnswer::Addresses { .. } => "not-visited",
                }
            }),
        addresses,
    }
}

fn sheet(visit: &Visited, chain: Option<&ChainReport>) -> AddressRow {
    AddressRow {
        address: visit.address.to_string(),
        dialled: visit.dialled.map(|elsewhere| elsewhere.to_string()),
        at: visit.at,
        millis: visit.millis,
        connections: visit.connections,
        reached: visit.reached(),
        answers: answers(visit),
        ladder: chain.map(ladder).unwrap_or_default(),
        name: chain.and_then(name),
    }
}

/// The questions in the order of the conversation, and what came of each.
fn answers(visit: &Visited) -> Vec<AnswerRow> {
    let mut answers = Answers::default();
    if let Fact::Unknown(gap) = &visit.connected {
        answers.lost("answer-connected", gap);
    }
    answers.ask("answer-opening", &visit.opening, |opening| {
        Message::new(match opening {
            Opening::ClearText => "opening-clear-text",
            Opening::Tls => "opening-tls",
        })
    });
    answers.ask("answer-greeting", &visit.greeting, |greeting| {
        value(Value::Foreign(shown(&greeting.raw)))
    });
    answers.ask("answer-capabilities", &visit.capabilities, capabilities);
    answers.ask("answer-starttls", &visit.starttls, starttls);
    answers.ask("answer-tls", &visit.tls, handshake);
    answers.ask(
        "answer-capabilities-in-tls",
        &visit.capabilities_in_tls,
        capabilities,
    );
    if !visit.limits.is_empty() {
        let words: Vec<&str> = visit.limits.iter().map(|limit| limit.word()).collect();
        answers.rows.push(AnswerRow {
            question: "answer-limits",
            answer: value(Value::Term(words.join(", "))),
        });
    }
    answers.rows
}

#[derive(Default)]
struct Answers<'v> {
    rows: Vec<AnswerRow>,
    /// The gap said last: the questions behind it were lost for the same reason.
    gap: Option<&'v Gap>,
}

impl<'v> Answers<'v> {
    fn ask<T>(
        &mut self,
        question: &'static str,
        fact: &'v Fact<T>,
        answer: impl Fn(&T) -> Message,
    ) {
        match fact {
            Fact::Seen(seen) => self.rows.push(AnswerRow {
                question,
                answer: answer(seen),
            }),
            Fact::Unknown(gap) => self.lost(question, gap),
            Fact::NotAsked(Skip::Depth | Skip::OlderVersion) => self.rows.push(AnswerRow {
                question,
                answer: Message::new("answer-not-asked"),
            }),
            Fact::NotAsked(Skip::NotApplicable) => {}
        }
    }

    fn lost(&mut self, question: &'static str, gap: &'v Gap) {
        if self.gap == Some(gap) {
            return;
        }
        self.gap = Some(gap);
        self.rows.push(AnswerRow {
            question,
            answer: of_gap(gap),
        });
    }
}

/// A line as it is shown, without its end.
fn shown(raw: &Raw) -> String {
    let end = raw.0.iter().rposition(|byte| !b"\r\n".contains(byte));
    Raw::from(&raw.0[..end.map_or(0, |last| last + 1)]).visible(SHOWN)
}

fn value(value: Value) -> Message {
    Message::new("a-value").with("value", value)
}

/// Why a question found no answer, with the words of whoever stood in the way.
fn of_gap(gap: &Gap) -> Message {
    let message = Message::new(format!("cause-{}", gap.cause.word()));
    match &gap.cause {
        Cause::Turned(raw) | Cause::Malformed(raw) => {
            message.with("words", Value::Foreign(shown(raw)))
        }
        Cause::Alert(number) => message.with("alert", i64::from(*number)),
        Cause::Incompatible(words) | Cause::Local(words) | Cause::Internal(words) => {
            message.with("words", Value::Foreign(visible(words, SHOWN)))
        }
        Cause::LimitReached(limit) => message.with("limit", Value::Term(limit.word().to_owned())),
        _ => message,
    }
}

fn capabilities(offered: &Capabilities) -> Message {
    if offered.refused {
        return Message::new("capabilities-refused");
    }
    if offered.lines.is_empty() {
        return Message::new("capabilities-none");
    }
    let lines = offered.lines.iter().map(shown).collect();
    value(Value::List(lines))
}

fn starttls(reply: &StartTls) -> Message {
    let key = match (reply.announced, reply.accepted) {
        (true, true) => "starttls-accepted",
        (false, true) => "starttls-accepted-unannounced",
        (_, false) => "starttls-declined",
    };
    Message::new(key).with("reply", Value::Foreign(shown(&reply.reply)))
}

fn handshake(session: &TlsSession) -> Message {
    let message = Message::new(match session.group {
        Some(_) => "handshake-with-group",
        None => "handshake",
    })
    .with("version", Value::Term(session.version.to_string()))
    .with("suite", Value::Term(session.suite.to_string()));
    match session.group {
        Some(group) => message.with("group", Value::Term(group.to_string())),
        None => message,
    }
}

/// The chain as a ladder, its root on top; where the path breaks, the rung says why.
fn ladder(chain: &ChainReport) -> Vec<Rung> {
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
        Path::Broken { why } => Some((
            true,
            Message::new("rung-broken").with("words", foreign(why)),
        )),
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
                Message::new("rung-malformed").with("words", foreign(where_at)),
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
                    .with(
                        "scts",
                        i64::try_from(facts.extensions.embedded_scts).unwrap_or(i64::MAX),
                    );
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

fn name(chain: &ChainReport) -> Option<Message> {
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
