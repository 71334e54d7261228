//! Everything that is ever said to a mail server. Nothing else can be written.

use std::net::IpAddr;

use crate::model::Protocol;

/// A command. Its only parameters are an address and the name of a mechanism, so no text from
/// outside can reach the wire, and no variant can carry a user name or a password (threat model F1,
/// D9).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// POP3: list the capabilities (RFC 2449 §5).
    Capa,
    /// IMAP and ManageSieve: list the capabilities (RFC 9051 §6.1.1, RFC 5804 §2.4).
    Capability,
    /// SMTP: say hello with the address literal of our own end, and have the extensions listed
    /// (RFC 5321 §4.1.1.1, §4.1.3).
    Ehlo(IpAddr),
    /// POP3: upgrade to TLS (RFC 2595 §4).
    Stls,
    /// IMAP, SMTP and ManageSieve: upgrade to TLS (RFC 9051 §6.2.1, RFC 3207 §4, RFC 5804 §2.2).
    Starttls,
    /// IMAP and ManageSieve: do nothing, and say so with our tag (RFC 9051 §6.1.2, RFC 5804 §2.13).
    Noop,
    /// Begin a login, without an initial response: only [`Command::Cancel`] ever follows
    /// (RFC 9051 §6.2.2, RFC 4954 §4, RFC 5034 §4, RFC 5804 §2.1).
    Authenticate(Mechanism),
    /// Give up a login that was begun.
    Cancel,
    /// IMAP and ManageSieve: goodbye (RFC 9051 §6.1.3, RFC 5804 §2.3).
    Logout,
    /// POP3 and SMTP: goodbye (RFC 1939 §5, RFC 5321 §4.1.1.10).
    Quit,
}

/// A way of logging in that hands over the password itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mechanism {
    /// RFC 4616.
    Plain,
    /// Older than any standard of its own, and still widely offered.
    Login,
}

impl Mechanism {
    /// The name by which servers list it.
    pub const fn name(self) -> &'static str {
        match self {
            Mechanism::Plain => "PLAIN",
            Mechanism::Login => "LOGIN",
        }
    }
}

/// What a server repeats in its answer: IMAP's tag (RFC 9051 §2.2.1), or the string of a NOOP of
/// ManageSieve.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tag(pub u8);

impl Command {
    /// The whole line in `protocol`, its end included.
    pub fn spelled(self, protocol: Protocol, tag: Tag) -> String {
        let words = self.words(protocol, tag);
        match (protocol, self) {
            (Protocol::Imap, command) if command != Command::Cancel => format!("{tag} {words}\r\n"),
            _ => words + "\r\n",
        }
    }

    /// The command without what belongs to it.
    pub fn verb(self, protocol: Protocol) -> String {
        let words = self.words(protocol, Tag(0));
        words.split(' ').next().unwrap_or_default().to_owned()
    }

    fn words(self, protocol: Protocol, tag: Tag) -> String {
        // ManageSieve quotes what is no keyword (RFC 5804 §4).
        let quoted = protocol == Protocol::Managesieve;
        match self {
            Command::Capa => "CAPA".to_owned(),
            Command::Capability => "CAPABILITY".to_owned(),
            Command::Ehlo(IpAddr::V4(local)) => format!("EHLO [{local}]"),
            Command::Ehlo(IpAddr::V6(local)) => format!("EHLO [IPv6:{local}]"),
            Command::Stls => "STLS".to_owned(),
            Command::Starttls => "STARTTLS".to_owned(),
            Command::Noop if quoted => format!("NOOP \"{tag}\""),
            Command::Noop => "NOOP".to_owned(),
            Command::Authenticate(mechanism) => match protocol {
                Protocol::Pop3 | Protocol::Smtp => format!("AUTH {}", mechanism.name()),
                Protocol::Imap => format!("AUTHENTICATE {}", mechanism.name()),
                Protocol::Managesieve => format!("AUTHENTICATE \"{}\"", mechanism.name()),
            },
            Command::Cancel if quoted => "\"*\"".to_owned(),
            Command::Cancel => "*".to_owned(),
            Command::Logout => "LOGOUT".to_owned(),
            Command::Quit => "QUIT".to_owned(),
        }
    }
}

impl std::fmt::Display for Tag {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "m{}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use std::net::{Ipv4Addr, Ipv6Addr};

    use super::*;

    /// A new command does not compile here before somebody has looked at what it does:
    /// it must neither log in, nor name a person, nor carry text from outside.
    fn reviewed(command: Command) -> &'static str {
        match command {
            Command::Capa | Command::Capability | Command::Ehlo(_) => "asks what is offered",
            Command::Stls | Command::Starttls => "asks for TLS",
            Command::Noop => "does nothing",
            // Nothing that could be a response follows, and none can be written.
            Command::Authenticate(Mechanism::Plain | Mechanism::Login) => "asks for a challenge",
            Command::Cancel => "answers a challenge with no",
            Command::Logout | Command::Quit => "ends the conversation",
        }
    }

    const ALL: [Command; 12] = [
        Command::Capa,
        Command::Capability,
        Command::Ehlo(IpAddr::V4(Ipv4Addr::LOCALHOST)),
        Command::Ehlo(IpAddr::V6(Ipv6Addr::LOCALHOST)),
        Command::Stls,
        Command::Starttls,
        Command::Noop,
        Command::Authenticate(Mechanism::Plain),
        Command::Authenticate(Mechanism::Login),
        Command::Cancel,
        Command::Logout,
        Command::Quit,
    ];

    #[test]
    fn every_command_is_reviewed_and_one_line() {
        for command in ALL {
            assert!(!reviewed(command).is_empty());
            for protocol in Protocol::ALL {
                let line = command.spelled(protocol, Tag(7));
                let tagged = protocol == Protocol::Imap && command != Command::Cancel;
                assert_eq!(line.starts_with("m7 "), tagged, "{line:?}");
                assert!(line.ends_with("\r\n"));
                assert_eq!(line.matches(['\r', '\n']).count(), 2, "{line:?}");
            }
        }
    }

    #[test]
    fn a_login_is_begun_with_the_name_of_a_mechanism_and_nothing_else() {
        for (protocol, begins) in [
            (Protocol::Pop3, "AUTH "),
            (Protocol::Smtp, "AUTH "),
            (Protocol::Imap, "m1 AUTHENTICATE "),
            (Protocol::Managesieve, "AUTHENTICATE \""),
        ] {
            for mechanism in [Mechanism::Plain, Mechanism::Login] {
                let line = Command::Authenticate(mechanism).spelled(protocol, Tag(1));
                let rest = line.strip_prefix(begins).expect(begins);
                assert_eq!(rest.trim_end_matches(['"', '\r', '\n']), mechanism.name());
            }
        }
        assert_eq!(Command::Cancel.spelled(Protocol::Imap, Tag(2)), "*\r\n");
        let quoted = Command::Cancel.spelled(Protocol::Managesieve, Tag(2));
        assert_eq!(quoted, "\"*\"\r\n");
    }

    #[test]
    fn hello_says_the_address_literal() {
        let hello = |ip: &str| {
            let local = ip.parse().expect("an address");
            Command::Ehlo(local).spelled(Protocol::Smtp, Tag(1))
        };
        assert_eq!(hello("192.0.2.7"), "EHLO [192.0.2.7]\r\n");
        assert_eq!(hello("2001:db8::1"), "EHLO [IPv6:2001:db8::1]\r\n");
    }
}
