//! What a mail server says in the clear: its greeting, then its reply to each question.

use std::net::{IpAddr, Ipv4Addr};

use mailfleet::knowledge::servers;
use mailfleet::model::{Capabilities, Protocol, Raw};
use mailfleet::protocol::greeting::{self, Hearing};
use mailfleet::protocol::{Mechanism, Overheard, Question, Standing, Step, capabilities, literal};
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

pub fn managesieve(bytes: &[u8]) {
    converse(Protocol::Managesieve, bytes);
}

fn converse(protocol: Protocol, bytes: &[u8]) {
    let (greeted, behind) = greet(bytes);
    for question in [
        Question::starttls(protocol),
        Question::harmless(protocol, HERE),
        Question::begin_login(protocol, Mechanism::Plain),
        Question::cancel_login(protocol),
        Question::goodbye(protocol),
    ] {
        ask(question, behind);
    }
    let offered = match ask(Question::capabilities(protocol, HERE), behind) {
        Some((Standing::Granted, reply)) => {
            capabilities(protocol, &reply).inspect(|offered| adds_nothing(offered, &reply))
        }
        _ => None,
    };
    let offered = offered.map_or_else(Vec::new, |offered| offered.lines);
    let _ = servers::recognise(&Raw(greeted.concat()), &offered);
    let overheard = Overheard {
        nth: NTH,
        unasked: &bytes[..bytes.len() - behind.len()],
        all: bytes,
    };
    let _ = overheard.answers(protocol);
}

/// A line from the front, with the strings in it whose size is announced.
fn line(bytes: &mut &[u8], holds_literals: impl Fn(&[u8]) -> bool) -> Option<Vec<u8>> {
    let mut whole = bare_line(bytes)?.to_vec();
    let mut announced = literal(&whole).filter(|_| holds_literals(&whole));
    while let Some(octets) = announced {
        let (string, rest) = bytes.split_at_checked(usize::try_from(octets).ok()?)?;
        *bytes = rest;
        whole.extend(b"\r\n");
        whole.extend(string);
        let rest = bare_line(bytes)?;
        whole.extend(rest);
        announced = literal(rest);
    }
    Some(whole)
}

fn bare_line<'b>(bytes: &mut &'b [u8]) -> Option<&'b [u8]> {
    let line = line::first(bytes)?;
    *bytes = &bytes[line.taken..];
    Some(line.content)
}

/// Hears the greeting: its lines, and what is behind them.
fn greet(mut bytes: &[u8]) -> (Vec<Vec<u8>>, &[u8]) {
    let mut lines = Vec::new();
    while let Some(line) = line(&mut bytes, greeting::holds_literals) {
        lines.push(line);
        if let Hearing::Done(recognised) = greeting::hear(&lines) {
            let _ = recognised.turns_tls_away();
            if recognised.certain && recognised.spoken.protocol().is_some() {
                begins_as_it_goes_on(&lines[0]);
            }
            break;
        }
    }
    (lines, bytes)
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

/// How the reply to a question ends, and its lines.
fn ask(question: Question, mut bytes: &[u8]) -> Option<(Standing, Vec<Vec<u8>>)> {
    let mut lines = Vec::new();
    while let Some(line) = line(&mut bytes, |line| question.holds_literals(line)) {
        let step = question.step(NTH, lines.len(), &line);
        lines.push(line);
        match step {
            Step::More => {}
            Step::Done(standing) => return Some((standing, lines)),
            Step::Odd => return None,
        }
    }
    None
}

/// The text with each quoted octet as it is meant: in ManageSieve `\S` is an S (RFC 5804 §4).
fn unescaped(text: &[u8]) -> Vec<u8> {
    let mut octets = text.iter();
    let mut meant = Vec::new();
    while let Some(octet) = octets.next() {
        match octet {
            b'\\' => meant.extend(octets.next()),
            octet => meant.push(*octet),
        }
    }
    meant
}

/// Nothing is offered that no line says, and nothing twice.
fn adds_nothing(offered: &Capabilities, reply: &[Vec<u8>]) {
    let said = unescaped(&reply.concat()).to_ascii_uppercase();
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
