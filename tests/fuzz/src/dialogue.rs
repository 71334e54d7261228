//! What a mail server says in the clear: its greeting, then its reply to each question.

use std::net::{IpAddr, Ipv4Addr};

use mailfleet::model::{Capabilities, Protocol};
use mailfleet::protocol::greeting::{self, Hearing};
use mailfleet::protocol::{Question, Standing, Step, capabilities};
use mailfleet::wire::line;

const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
/// The number of the question on its connection; it is the tag of an IMAP command.
const NTH: u8 = 1;

pub fn pop3(bytes: &[u8]) {
    converse(Protocol::Pop3, bytes);
}

pub fn imap(bytes: &[u8]) {
    converse(Protocol::Imap, bytes);
}

pub fn smtp(bytes: &[u8]) {
    converse(Protocol::Smtp, bytes);
}

fn converse(protocol: Protocol, bytes: &[u8]) {
    let lines = lines(bytes);
    let greeted = greet(&lines);
    let reply = &lines[greeted..];
    ask(Question::starttls(protocol), reply);
    ask(Question::goodbye(protocol), reply);
    let question = Question::capabilities(protocol, HERE);
    if let Some((Standing::Granted, length)) = ask(question, reply) {
        let reply = &reply[..length];
        if let Some(offered) = capabilities(protocol, reply) {
            adds_nothing(&offered, reply);
        }
    }
}

fn lines(mut bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut lines = Vec::new();
    while let Some(line) = line::first(bytes) {
        lines.push(line.content.to_vec());
        bytes = &bytes[line.taken..];
    }
    lines
}

/// Hears the greeting, and tells how many lines it took.
fn greet(lines: &[Vec<u8>]) -> usize {
    for length in 1..=lines.len() {
        if let Hearing::Done(recognised) = greeting::hear(&lines[..length]) {
            let _ = recognised.turns_tls_away();
            if recognised.certain && recognised.spoken.protocol().is_some() {
                begins_as_it_goes_on(&lines[0]);
            }
            return length;
        }
    }
    lines.len()
}

/// A greeting that is known when it is whole may not be given up while it comes.
fn begins_as_it_goes_on(line: &[u8]) {
    for length in 0..line.len().min(12) {
        assert!(
            greeting::may_become(&line[..length]),
            "given up at {length}"
        );
    }
}

/// The end of the reply to a question, and how many lines it took.
fn ask(question: Question, lines: &[Vec<u8>]) -> Option<(Standing, usize)> {
    for (earlier, line) in lines.iter().enumerate() {
        match question.step(NTH, earlier, line) {
            Step::More => {}
            Step::Done(standing) => return Some((standing, earlier + 1)),
            Step::Odd => return None,
        }
    }
    None
}

/// Nothing is offered that no line says, and nothing twice.
fn adds_nothing(offered: &Capabilities, reply: &[Vec<u8>]) {
    let said = reply.concat().to_ascii_uppercase();
    let says = |word: &[u8]| said.windows(word.len()).any(|window| window == word);
    assert!(offered.lines.len() <= reply.len());
    for line in &offered.lines {
        assert!(reply.iter().any(|said| said.ends_with(&line.0)), "{line:?}");
    }
    assert!(!offered.starttls || says(b"STLS") || says(b"STARTTLS"));
    assert!(!offered.login_disabled || says(b"LOGINDISABLED"));
    for list in [&offered.mechanisms, &offered.password_logins] {
        for (at, word) in list.iter().enumerate() {
            assert!(!list[..at].contains(word), "{word} twice");
            assert_eq!(*word, word.to_ascii_uppercase());
        }
    }
}
