//! One question and its answer, whichever protocol it is in.

use std::net::IpAddr;

use super::{Command, Tag, imap, pop3, smtp};
use crate::model::{Capabilities, Protocol};

/// What one more line of a reply means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The reply goes on.
    More,
    /// The reply is complete.
    Done(Standing),
    /// The line follows no grammar of this protocol.
    Odd,
}

/// What a complete reply says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// `+OK`, `OK`, `2yz`.
    Granted,
    /// `-ERR`, `NO`, `BAD`, `4yz`, `5yz` that do not ask to come back.
    Refused,
    /// Come back later: `421`, `4.7.0`, `[SYS/TEMP]`, a BYE that says so.
    TryLater,
    /// The server ends the conversation: `* BYE`.
    Ended,
}

/// A command to be said, and how its reply is read.
#[derive(Clone, Copy, Debug)]
pub struct Question {
    protocol: Protocol,
    command: Command,
}

impl Question {
    /// What do you offer? `local` is the address of our end.
    pub fn capabilities(protocol: Protocol, local: IpAddr) -> Self {
        let command = match protocol {
            Protocol::Pop3 => Command::Capa,
            Protocol::Imap => Command::Capability,
            Protocol::Smtp => Command::Ehlo(local),
        };
        Question { protocol, command }
    }

    /// What has to be asked before anything else: SMTP wants an EHLO before STARTTLS and AUTH
    /// (RFC 5321 §4.1.4), the others nothing.
    pub fn introduction(protocol: Protocol, local: IpAddr) -> Option<Self> {
        match protocol {
            Protocol::Smtp => Some(Question::capabilities(protocol, local)),
            Protocol::Pop3 | Protocol::Imap => None,
        }
    }

    /// Shall we go on in TLS?
    pub fn starttls(protocol: Protocol) -> Self {
        let command = match protocol {
            Protocol::Pop3 => Command::Stls,
            Protocol::Imap | Protocol::Smtp => Command::Starttls,
        };
        Question { protocol, command }
    }

    /// Goodbye.
    pub fn goodbye(protocol: Protocol) -> Self {
        let command = match protocol {
            Protocol::Imap => Command::Logout,
            Protocol::Pop3 | Protocol::Smtp => Command::Quit,
        };
        Question { protocol, command }
    }

    /// The bytes of the question, which is the `nth` of its connection.
    pub fn spelled(&self, nth: u8) -> String {
        let tag = match self.protocol {
            Protocol::Imap => Some(Tag(nth)),
            Protocol::Pop3 | Protocol::Smtp => None,
        };
        self.command.spelled(tag)
    }

    /// What `line` means as line number `earlier`, counted from 0, of the reply to the `nth`
    /// question.
    pub fn step(&self, nth: u8, earlier: usize, line: &[u8]) -> Step {
        match self.protocol {
            Protocol::Pop3 => pop3::step(self.command, earlier, line),
            Protocol::Imap => imap::step(Tag(nth), line),
            Protocol::Smtp => smtp::step(self.command, line),
        }
    }
}

/// Reads a granted reply to [`Question::capabilities`]; `None` if it lists nothing at all.
pub fn capabilities(protocol: Protocol, lines: &[Vec<u8>]) -> Option<Capabilities> {
    match protocol {
        Protocol::Pop3 => Some(pop3::capabilities(lines)),
        Protocol::Imap => imap::capabilities(lines),
        Protocol::Smtp => Some(smtp::capabilities(lines)),
    }
}

/// Words that ask to come back later, whatever the protocol; the codes are those of RFC 3206 §4,
/// RFC 2449 §8.1.2 and RFC 5530 §3.
pub(super) fn says_later(line: &[u8]) -> bool {
    let line = line.to_ascii_lowercase();
    [
        &b"try again"[..],
        b"try later",
        b"again later",
        b"back later",
        b"too many",
        b"temporar",
        b"overload",
        b"[unavailable]",
        b"[limit]",
        b"[inuse]",
        b"[sys/temp]",
        b"[in-use]",
    ]
    .iter()
    .any(|words| line.windows(words.len()).any(|window| window == *words))
}

/// The line's words, in upper case, with U+FFFD for what is no text.
pub(super) fn words(line: &[u8]) -> Vec<String> {
    String::from_utf8_lossy(line)
        .split_ascii_whitespace()
        .map(str::to_ascii_uppercase)
        .collect()
}

/// Adds `mechanism`, and the way of logging in that it is if it hands over the password.
pub(super) fn add_mechanism(capabilities: &mut Capabilities, mechanism: &str) {
    if !capabilities
        .mechanisms
        .iter()
        .any(|known| known == mechanism)
    {
        capabilities.mechanisms.push(mechanism.to_owned());
    }
    if matches!(mechanism, "PLAIN" | "LOGIN") {
        add_password_login(capabilities, mechanism);
    }
}

/// Adds a way of logging in that hands over the password, once.
pub(super) fn add_password_login(capabilities: &mut Capabilities, way: &str) {
    if !capabilities
        .password_logins
        .iter()
        .any(|known| known == way)
    {
        capabilities.password_logins.push(way.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn nothing_that_a_server_says_stops_a_parser(
            lines in proptest::collection::vec(
                prop_oneof![
                    "[-+*. XxA-Z=0-9Äé\\[\\]{}]{0,20}".prop_map(String::into_bytes),
                    proptest::collection::vec(any::<u8>(), 0..40),
                ],
                1..6,
            )
        ) {
            for protocol in Protocol::ALL {
                let question = Question::capabilities(protocol, [192, 0, 2, 1].into());
                for (earlier, line) in lines.iter().enumerate() {
                    question.step(1, earlier, line);
                    Question::starttls(protocol).step(1, 0, line);
                }
                if let Some(found) = capabilities(protocol, &lines) {
                    prop_assert!(found.lines.len() <= lines.len());
                }
            }
            crate::protocol::greeting::hear(&lines);
        }
    }

    #[test]
    fn each_protocol_has_its_own_words() {
        let local: IpAddr = [192, 0, 2, 1].into();
        let said = |protocol| {
            [
                Question::capabilities(protocol, local).spelled(1),
                Question::starttls(protocol).spelled(2),
                Question::goodbye(protocol).spelled(3),
            ]
        };
        assert_eq!(said(Protocol::Pop3), ["CAPA\r\n", "STLS\r\n", "QUIT\r\n"]);
        assert_eq!(
            said(Protocol::Imap),
            ["m1 CAPABILITY\r\n", "m2 STARTTLS\r\n", "m3 LOGOUT\r\n"]
        );
        assert_eq!(
            said(Protocol::Smtp),
            ["EHLO [192.0.2.1]\r\n", "STARTTLS\r\n", "QUIT\r\n"]
        );
    }
}
