//! One question and its answer, whichever protocol it is in.

use std::net::IpAddr;

use super::{Command, Mechanism, Tag, imap, managesieve, pop3, smtp};
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
    /// `+`, `334`, a string: a login was begun, and the server waits for what comes next.
    Challenged,
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
            Protocol::Imap | Protocol::Managesieve => Command::Capability,
            Protocol::Smtp => Command::Ehlo(local),
        };
        Question { protocol, command }
    }

    /// What has to be asked before anything else: SMTP wants an EHLO before STARTTLS and AUTH
    /// (RFC 5321 §4.1.4), the others nothing.
    pub fn introduction(protocol: Protocol, local: IpAddr) -> Option<Self> {
        match protocol {
            Protocol::Smtp => Some(Question::capabilities(protocol, local)),
            Protocol::Pop3 | Protocol::Imap | Protocol::Managesieve => None,
        }
    }

    /// Shall we go on in TLS?
    pub fn starttls(protocol: Protocol) -> Self {
        let command = match protocol {
            Protocol::Pop3 => Command::Stls,
            Protocol::Imap | Protocol::Smtp | Protocol::Managesieve => Command::Starttls,
        };
        Question { protocol, command }
    }

    /// A question that does nothing, and whose answer cannot be missed.
    pub fn harmless(protocol: Protocol, local: IpAddr) -> Self {
        match protocol {
            // Neither knows a command that does nothing before a login.
            Protocol::Pop3 | Protocol::Smtp => Question::capabilities(protocol, local),
            Protocol::Imap | Protocol::Managesieve => Question {
                protocol,
                command: Command::Noop,
            },
        }
    }

    /// Would you go on with a login?
    pub fn begin_login(protocol: Protocol, mechanism: Mechanism) -> Self {
        let command = Command::Authenticate(mechanism);
        Question { protocol, command }
    }

    /// No login after all.
    pub fn cancel_login(protocol: Protocol) -> Self {
        let command = Command::Cancel;
        Question { protocol, command }
    }

    /// Goodbye.
    pub fn goodbye(protocol: Protocol) -> Self {
        let command = match protocol {
            Protocol::Imap | Protocol::Managesieve => Command::Logout,
            Protocol::Pop3 | Protocol::Smtp => Command::Quit,
        };
        Question { protocol, command }
    }

    /// Its command without what belongs to it, such as `EHLO`.
    pub fn verb(&self) -> String {
        self.command.verb(self.protocol)
    }

    /// The bytes of the question, which is the `nth` of its connection.
    pub fn spelled(&self, nth: u8) -> String {
        self.command.spelled(self.protocol, Tag(nth))
    }

    /// What `line` means as line number `earlier`, counted from 0, of the reply to the `nth`
    /// question.
    pub fn step(&self, nth: u8, earlier: usize, line: &[u8]) -> Step {
        match self.protocol {
            Protocol::Pop3 => pop3::step(self.command, earlier, line),
            Protocol::Imap => imap::step(self.command, Tag(nth), line),
            Protocol::Smtp => smtp::step(self.command, line),
            Protocol::Managesieve => managesieve::step(self.command, line),
        }
    }

    /// Whether a line of the reply may hold strings whose size is announced ([`literal`]).
    pub fn holds_literals(&self, line: &[u8]) -> bool {
        match self.protocol {
            Protocol::Pop3 | Protocol::Smtp => false,
            Protocol::Imap => imap::holds_literals(line),
            Protocol::Managesieve => true,
        }
    }
}

/// Whether a server greets once more inside TLS, unasked, after an upgrade (RFC 5804 §2.2).
pub const fn greets_again(protocol: Protocol) -> bool {
    matches!(protocol, Protocol::Managesieve)
}

/// Reads a granted reply to [`Question::capabilities`]; `None` if it lists nothing at all.
pub fn capabilities(protocol: Protocol, lines: &[Vec<u8>]) -> Option<Capabilities> {
    match protocol {
        Protocol::Pop3 => Some(pop3::capabilities(lines)),
        Protocol::Imap => imap::capabilities(lines),
        Protocol::Smtp => Some(smtp::capabilities(lines)),
        Protocol::Managesieve => managesieve::capabilities(lines),
    }
}

/// Words that ask to come back later, whatever the protocol; the codes are those of RFC 3206 §4,
/// RFC 2449 §8.1.2, RFC 5530 §3 and RFC 5804 §1.3.
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
        b"(trylater",
    ]
    .iter()
    .any(|words| line.windows(words.len()).any(|window| window == *words))
}

/// The size that `{3}` or `{3+}` announces at the end of a line: so many octets follow behind the
/// line end, and then the rest of the line (RFC 9051 §4.3, RFC 5804 §4).
pub fn literal(line: &[u8]) -> Option<u64> {
    let announced = line.strip_suffix(b"}")?;
    let announced = announced.strip_suffix(b"+").unwrap_or(announced);
    let digits = announced.rsplit(|byte| *byte == b'{').next()?;
    let is_number = digits.len() < announced.len() && digits.iter().all(u8::is_ascii_digit);
    let digits = std::str::from_utf8(digits).ok().filter(|_| is_number)?;
    digits.parse().ok()
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
    use crate::protocol::Overheard;

    proptest! {
        #[test]
        fn nothing_that_a_server_says_stops_a_parser(
            lines in proptest::collection::vec(
                prop_oneof![
                    "[-+*. XxA-Z=0-9Äé\\[\\]{}\"\\\\]{0,20}".prop_map(String::into_bytes),
                    proptest::collection::vec(any::<u8>(), 0..40),
                ],
                1..6,
            )
        ) {
            for protocol in Protocol::ALL {
                let question = Question::capabilities(protocol, [192, 0, 2, 1].into());
                for (earlier, line) in lines.iter().enumerate() {
                    question.step(1, earlier, line);
                    question.holds_literals(line);
                    Question::begin_login(protocol, Mechanism::Plain).step(1, 0, line);
                    Question::starttls(protocol).step(1, 0, line);
                }
                if let Some(found) = capabilities(protocol, &lines) {
                    prop_assert!(found.lines.len() <= lines.len());
                }
            }
            crate::protocol::greeting::hear(&lines);
            let all = lines.join(&b'\n');
            crate::protocol::greeting::stranger(&all);
            for protocol in Protocol::ALL {
                let overheard = Overheard { nth: 1, unasked: &lines[0], all: &all };
                overheard.answers(protocol);
            }
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
        assert_eq!(
            said(Protocol::Managesieve),
            ["CAPABILITY\r\n", "STARTTLS\r\n", "LOGOUT\r\n"]
        );
    }

    #[test]
    fn what_does_nothing_can_be_told_from_everything_else() {
        let local: IpAddr = [192, 0, 2, 1].into();
        for (protocol, said) in [
            (Protocol::Pop3, "CAPA\r\n"),
            (Protocol::Imap, "m3 NOOP\r\n"),
            (Protocol::Smtp, "EHLO [192.0.2.1]\r\n"),
            (Protocol::Managesieve, "NOOP \"m3\"\r\n"),
        ] {
            let harmless = Question::harmless(protocol, local);
            assert_eq!(harmless.spelled(3), said);
            assert!(said.contains(&harmless.verb()));
        }
    }

    #[test]
    fn a_size_is_announced_at_the_end_of_a_line() {
        for (line, size) in [
            ("\"a\" {12}", Some(12)),
            ("{3+}", Some(3)),
            ("{18446744073709551616}", None),
            ("{}", None),
            ("{+}", None),
            ("3}", None),
            ("{1 2}", None),
            ("{3} ", None),
        ] {
            assert_eq!(literal(line.as_bytes()), size, "{line:?}");
        }
    }
}
