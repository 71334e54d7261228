//! What a server agrees to beside version, suite and key exchange, as people read it.

use std::collections::BTreeSet;

use crate::model::{
    Agreed, AskedHello, Encryption, Hello, HelloAnswer, Raw, Refusal, TlsVersion, Value, Visited,
};
use crate::words::SHOWN;

use super::Message;
use super::allowed::row;
use super::answers::{AnswerRow, of_gap};

/// renegotiation_info (RFC 5746 §3.2).
const RENEGOTIATION_INFO: u16 = 0xff01;
/// extended_master_secret (RFC 7627 §5.1).
const EXTENDED_MASTER_SECRET: u16 = 23;
/// encrypt_then_mac (RFC 7366 §2).
const ENCRYPT_THEN_MAC: u16 = 22;
/// session_ticket (RFC 5077 §3.2).
const SESSION_TICKET: u16 = 35;
/// inappropriate_fallback (RFC 7507 §3).
const INAPPROPRIATE_FALLBACK: u8 = 86;

/// A row for each of them that was offered.
pub(super) fn rows(visit: &Visited) -> Vec<AnswerRow> {
    let (said, agreed) = (
        visit.allowed().old_server_hellos(),
        old_agreements(visit).collect::<Vec<_>>(),
    );
    let has = |extensions: &[u16], number: u16| extensions.contains(&number);
    let renegotiation = said
        .iter()
        .map(|said| (said.version, has(said.extensions, RENEGOTIATION_INFO)));
    let master_secret = said.iter().filter(|said| {
        said.version > TlsVersion::SSL_3_0 && said.hello.is_none_or(|hello| !hello.bare)
    });
    let master_secret =
        master_secret.map(|said| (said.version, has(said.extensions, EXTENDED_MASTER_SECRET)));
    let compression = agreed.iter().filter(|(hello, _)| hello.compression);
    let compression = compression.map(|(_, agreed)| (agreed.version, agreed.compression != 0));
    // Only a suite in blocks has what the one before the other could be of.
    let in_blocks = |agreed: &Agreed| {
        let traits = agreed.suite.traits();
        traits.is_some_and(|traits| {
            let streams = matches!(traits.encryption, Encryption::Null | Encryption::Rc4);
            !traits.aead && !streams
        })
    };
    let then_mac = with_extensions(&agreed).filter(|agreed| in_blocks(agreed));
    let then_mac = then_mac.map(|agreed| (agreed.version, agreed.has(ENCRYPT_THEN_MAC)));
    let tickets = with_extensions(&agreed);
    let tickets = tickets.map(|agreed| (agreed.version, agreed.has(SESSION_TICKET)));
    [
        agreed_to("answer-renegotiation", renegotiation),
        agreed_to("answer-master-secret", master_secret),
        agreed_to("answer-encrypt-then-mac", then_mac),
        agreed_to("answer-session-ticket", tickets),
        agreed_to("answer-compression", compression),
        order(visit),
        fallback(visit),
        protocol(visit),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// What was agreed to in SSL 3.0 to TLS 1.2.
fn old_agreements(visit: &Visited) -> impl Iterator<Item = (&Hello, &Agreed)> {
    let old = TlsVersion::SSL_3_0..=TlsVersion::TLS_1_2;
    let agreed = visit.allowed().agreed();
    agreed.filter(move |(_, agreed)| old.contains(&agreed.version))
}

/// Those that answer a hello with all extensions; SSL 3.0 has none.
fn with_extensions<'v>(
    agreed: &[(&'v Hello, &'v Agreed)],
) -> impl Iterator<Item = &'v Agreed> + use<'v> {
    let full = agreed.iter().filter(|(hello, _)| !hello.bare);
    let full: Vec<&Agreed> = full.map(|(_, agreed)| *agreed).collect();
    full.into_iter()
        .filter(|agreed| agreed.version > TlsVersion::SSL_3_0)
}

/// Whether something was agreed to, in every version or in some.
fn agreed_to(
    question: &'static str,
    said: impl Iterator<Item = (TlsVersion, bool)>,
) -> Option<AnswerRow> {
    let (mut yes, mut no) = (BTreeSet::new(), BTreeSet::new());
    for (version, agreed) in said {
        match agreed {
            true => yes.insert(version),
            false => no.insert(version),
        };
    }
    let answer = match (yes.is_empty(), no.is_empty()) {
        (true, true) => return None,
        (false, true) => Message::new("agreed-to"),
        (true, false) => Message::new("agreed-to-not"),
        (false, false) => Message::new("agreed-to-not-at").with("versions", Value::terms(&no)),
    };
    Some(row(question, answer))
}

/// Whose order of suites counts, by a hello that names those that are taken the other way round than
/// they were picked. It is the one that offers application protocols as well.
fn order(visit: &Visited) -> Option<AnswerRow> {
    let (hello, agreed) =
        reversed(visit).and_then(|asked| Some((&asked.hello, asked.agreed()?)))?;
    let key = match hello.suites.first() == Some(&agreed.suite) {
        true => "order-client",
        false => "order-own",
    };
    let answer = Message::new(key).with("suite", Value::Term(agreed.suite.to_string()));
    Some(row("answer-order", answer))
}

fn protocol(visit: &Visited) -> Option<AnswerRow> {
    let agreed = reversed(visit)?.agreed()?;
    let answer = match &agreed.alpn {
        Some(Raw(name)) => {
            let name = Raw::from(&name[..]).visible(SHOWN);
            Message::new("a-value").with("value", Value::Foreign(name))
        }
        None => Message::new("alpn-none"),
    };
    Some(row("answer-alpn", answer))
}

fn reversed(visit: &Visited) -> Option<&AskedHello> {
    let mut asked = visit.hellos.iter();
    asked.find(|asked| !asked.hello.alpn.is_empty())
}

/// Whether a client that pretends to have fallen back to an older version is turned away.
fn fallback(visit: &Visited) -> Option<AnswerRow> {
    let asked = visit.hellos.iter().find(|asked| asked.hello.fallback)?;
    let answer = match (asked.answer.seen(), asked.answer.gap()) {
        (Some(HelloAnswer::Refused(Refusal::Alert(INAPPROPRIATE_FALLBACK))), _) => {
            Message::new("fallback-noticed")
        }
        (Some(HelloAnswer::Refused(_)), _) => Message::new("fallback-refused"),
        (Some(_), _) => Message::new("fallback-ignored"),
        (None, Some(gap)) => of_gap(gap),
        (None, None) => return None,
    };
    Some(row("answer-fallback", answer))
}
