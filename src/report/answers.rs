//! What a visit was answered, question by question, as people read it.

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{
    Attested, Capabilities, Cause, Dane, Fact, Gap, Injection, Limit, LoginBegun, Opening, Phrase,
    Raw, SctList, Scts, Skip, StartTls, TlsSession, Value, Visited, visible,
};
use crate::words::SHOWN;

use super::{Message, allowed};

/// A question, and what came of it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct AnswerRow {
    /// The key of the question.
    pub question: &'static str,
    /// The answer, or why there is none.
    pub answer: Message,
}

/// The questions in the order of the conversation, and what came of each; then what others were asked
/// about the certificate.
pub(super) fn answers(visit: &Visited, attested: Option<&Attested>) -> Vec<AnswerRow> {
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
    answers
        .rows
        .extend(visit.starttls.seen().and_then(trailing));
    answers.ask("answer-tls", &visit.tls, handshake);
    answers.rows.extend(allowed::rows(visit));
    answers.ask(
        "answer-capabilities-in-tls",
        &visit.capabilities_in_tls,
        capabilities,
    );
    answers.ask("answer-login-begun", &visit.login_begun, login_begun);
    answers.ask("answer-injection", &visit.injection, injection);
    let mut rows = answers.rows;
    rows.extend(attested.into_iter().flat_map(attestations));
    rows.extend(visit.limits.iter().map(|limit| AnswerRow {
        question: "answer-limits",
        answer: value(limit_name(*limit).into()),
    }));
    rows
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
            Fact::NotAsked(Skip::NotOurs) => self.rows.push(AnswerRow {
                question,
                answer: Message::new("answer-not-ours"),
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

fn limit_name(limit: Limit) -> Phrase {
    Phrase::new(format!("limit-{}", limit.word()))
}

/// Why a question found no answer, with the words of whoever stood in the way.
pub fn of_gap(gap: &Gap) -> Message {
    let message = Message::new(format!("cause-{}", gap.cause.word()));
    match &gap.cause {
        Cause::Turned(raw) | Cause::Malformed(raw) => {
            message.with("words", Value::Foreign(shown(raw)))
        }
        Cause::Alert(number) => message.with("alert", i64::from(*number)),
        Cause::Incompatible(words) | Cause::Local(words) | Cause::Internal(words) => {
            message.with("words", Value::Foreign(visible(words, SHOWN)))
        }
        Cause::LimitReached(limit) => message.with("limit", limit_name(*limit)),
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
    let lines = offered.lines.iter().map(shown);
    let lines = lines.filter(|line| !is_tagged(line)).collect();
    value(Value::List(lines))
}

/// Whether a line is the end of an IMAP reply, such as `m1 OK Done.`: it offers nothing.
fn is_tagged(line: &str) -> bool {
    let mut words = line.split_ascii_whitespace();
    let tag = words.next().and_then(|word| word.strip_prefix(['m', 'M']));
    tag.is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
        && matches!(words.next(), Some("OK" | "NO" | "BAD"))
}

fn starttls(reply: &StartTls) -> Message {
    let key = match (reply.announced, reply.accepted) {
        (true, true) => "starttls-accepted",
        (false, true) => "starttls-accepted-unannounced",
        (_, false) => "starttls-declined",
    };
    Message::new(key).with("reply", Value::Foreign(shown(&reply.reply)))
}

/// What came in the clear behind the "go ahead", where anybody on the way can put it.
fn trailing(reply: &StartTls) -> Option<AnswerRow> {
    let words = || value(Value::Foreign(shown(&reply.trailing)));
    (!reply.trailing.0.is_empty()).then(|| AnswerRow {
        question: "answer-trailing",
        answer: words(),
    })
}

fn login_begun(begun: &LoginBegun) -> Message {
    Message::new(match begun.went_on {
        true => "login-went-on",
        false => "login-declined",
    })
    .with("mechanism", Value::Term(begun.mechanism.clone()))
    .with("reply", Value::Foreign(shown(&begun.reply)))
}

fn injection(seen: &Injection) -> Message {
    let message = Message::new(match (seen.handshake, seen.carried_out) {
        (_, true) => "injection-answered",
        (true, false) => "injection-dropped",
        (false, false) => "injection-refused",
    })
    .with("command", Value::Term(seen.command.clone()));
    match seen.carried_out {
        true => message.with("answer", Value::Foreign(shown(&seen.answer))),
        false => message,
    }
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

/// What logs and the domain say of the certificate, where there is one and they were asked.
fn attestations(attested: &Attested) -> impl Iterator<Item = AnswerRow> {
    let dane = match &attested.dane {
        Dane::NotAsked => None,
        Dane::Unseen(gap) => Some(of_gap(gap)),
        Dane::Absent => Some(Message::new("dane-absent")),
        Dane::Unproven => Some(Message::new("dane-unproven")),
        Dane::Matches => Some(Message::new("dane-matches")),
        Dane::Differs { .. } => Some(Message::new("dane-differs")),
    };
    let row = |question| move |answer| AnswerRow { question, answer };
    let scts = scts(&attested.scts).map(row("answer-scts"));
    scts.into_iter().chain(dane.map(row("answer-dane")))
}

/// How many timestamps came on each way; nothing without a certificate.
fn scts(scts: &Scts) -> Option<Message> {
    let said = |list| match list {
        SctList::Unseen => Phrase::new("sct-unseen"),
        SctList::Count(count) => Phrase::new("sct-count").count("count", count),
        SctList::Unreadable => Phrase::new("sct-unreadable"),
    };
    (*scts != Scts::default()).then(|| {
        Message::new("scts")
            .with("embedded", said(scts.embedded))
            .with("stapled", said(scts.stapled))
            .with("handshake", said(scts.handshake))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_reply_is_no_offer() {
        for line in ["m1 OK Done.", "m12 NO", "M1 BAD what"] {
            assert!(is_tagged(line), "{line}");
        }
        for line in [
            "* CAPABILITY IMAP4rev1",
            "m1",
            "mx OK",
            "250-STARTTLS",
            "m OK",
            "",
        ] {
            assert!(!is_tagged(line), "{line}");
        }
    }
}
