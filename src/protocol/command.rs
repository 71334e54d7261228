//! Everything that is ever said to a mail server. Nothing else can be written.

use std::net::IpAddr;

/// A command. Its only parameter is an address, so no text from outside can reach the wire,
/// and no variant can carry a user name or a password (threat model F1, D9).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// POP3: list the capabilities (RFC 2449 §5).
    Capa,
    /// IMAP: list the capabilities (RFC 9051 §6.1.1).
    Capability,
    /// SMTP: say hello with the address literal of our own end, and have the extensions listed
    /// (RFC 5321 §4.1.1.1, §4.1.3).
    Ehlo(IpAddr),
    /// POP3: upgrade to TLS (RFC 2595 §4).
    Stls,
    /// IMAP and SMTP: upgrade to TLS (RFC 9051 §6.2.1, RFC 3207 §4).
    Starttls,
    /// IMAP: goodbye (RFC 9051 §6.1.3).
    Logout,
    /// POP3 and SMTP: goodbye (RFC 1939 §5, RFC 5321 §4.1.1.10).
    Quit,
}

/// The tag that an IMAP server repeats in its answer (RFC 9051 §2.2.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tag(pub u8);

impl Command {
    /// The verb as it goes over the wire.
    pub const fn verb(self) -> &'static str {
        match self {
            Command::Capa => "CAPA",
            Command::Capability => "CAPABILITY",
            Command::Ehlo(_) => "EHLO",
            Command::Stls => "STLS",
            Command::Starttls => "STARTTLS",
            Command::Logout => "LOGOUT",
            Command::Quit => "QUIT",
        }
    }

    /// The whole line, its end included.
    pub fn spelled(self, tag: Option<Tag>) -> String {
        let tag = tag.map(|tag| tag.to_string() + " ").unwrap_or_default();
        let verb = self.verb();
        match self {
            Command::Ehlo(IpAddr::V4(local)) => format!("{tag}{verb} [{local}]\r\n"),
            Command::Ehlo(IpAddr::V6(local)) => format!("{tag}{verb} [IPv6:{local}]\r\n"),
            _ => format!("{tag}{verb}\r\n"),
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
            Command::Logout | Command::Quit => "ends the conversation",
        }
    }

    #[test]
    fn every_command_is_reviewed_and_one_line() {
        for command in [
            Command::Capa,
            Command::Capability,
            Command::Ehlo(IpAddr::V4(Ipv4Addr::LOCALHOST)),
            Command::Ehlo(IpAddr::V6(Ipv6Addr::LOCALHOST)),
            Command::Stls,
            Command::Starttls,
            Command::Logout,
            Command::Quit,
        ] {
            assert!(!reviewed(command).is_empty());
            let line = command.spelled(Some(Tag(7)));
            assert!(line.starts_with("m7 "), "{line:?}");
            assert!(line.ends_with("\r\n"));
            assert_eq!(line.matches(['\r', '\n']).count(), 2, "{line:?}");
        }
    }

    #[test]
    fn hello_says_the_address_literal() {
        let hello = |ip: &str| Command::Ehlo(ip.parse().expect("an address")).spelled(None);
        assert_eq!(hello("192.0.2.7"), "EHLO [192.0.2.7]\r\n");
        assert_eq!(hello("2001:db8::1"), "EHLO [IPv6:2001:db8::1]\r\n");
    }
}
