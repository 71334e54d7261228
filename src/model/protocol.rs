//! Mail protocols, how they are secured, and what else may answer on a port.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A protocol that an account can use.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Protocol {
    /// RFC 1939.
    Pop3,
    /// RFC 9051 and its predecessors.
    Imap,
    /// Message submission (RFC 6409), also where it is spoken on port 25.
    Smtp,
    /// Mail filters kept on the server (RFC 5804).
    Managesieve,
}

impl Protocol {
    /// Every protocol, in the order in which reports list them.
    pub const ALL: [Protocol; 4] = [
        Protocol::Pop3,
        Protocol::Imap,
        Protocol::Smtp,
        Protocol::Managesieve,
    ];

    /// Those by which mail itself is read and sent. Whoever says nothing of the protocol means one of
    /// these.
    pub const MAIL: [Protocol; 3] = [Protocol::Pop3, Protocol::Imap, Protocol::Smtp];

    /// The port registered for TLS from the first byte (RFC 8314 §7). ManageSieve has none: its one
    /// port is upgraded (RFC 5804 §1.8).
    pub const fn implicit_tls_port(self) -> Option<u16> {
        match self {
            Protocol::Pop3 => Some(995),
            Protocol::Imap => Some(993),
            Protocol::Smtp => Some(465),
            Protocol::Managesieve => None,
        }
    }

    /// The port registered for clear text and STARTTLS (RFC 1939, RFC 9051, RFC 6409, RFC 5804).
    pub const fn clear_text_port(self) -> u16 {
        match self {
            Protocol::Pop3 => 110,
            Protocol::Imap => 143,
            Protocol::Smtp => 587,
            Protocol::Managesieve => 4190,
        }
    }

    /// The protocol that is registered on `port`, port 25 included.
    pub const fn of_port(port: u16) -> Option<Protocol> {
        match port {
            110 | 995 => Some(Protocol::Pop3),
            143 | 993 => Some(Protocol::Imap),
            25 | 465 | 587 => Some(Protocol::Smtp),
            4190 => Some(Protocol::Managesieve),
            _ => None,
        }
    }

    /// The word of the input and of `report.json`.
    pub const fn word(self) -> &'static str {
        match self {
            Protocol::Pop3 => "pop3",
            Protocol::Imap => "imap",
            Protocol::Smtp => "smtp",
            Protocol::Managesieve => "managesieve",
        }
    }

    /// The name as people write it.
    pub const fn name(self) -> &'static str {
        match self {
            Protocol::Pop3 => "POP3",
            Protocol::Imap => "IMAP",
            Protocol::Smtp => "SMTP",
            Protocol::Managesieve => "ManageSieve",
        }
    }
}

impl fmt::Display for Protocol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// How an account says that its connection is secured.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Security {
    /// TLS from the first byte.
    Tls,
    /// Clear text first, then a required upgrade.
    Starttls,
    /// Clear text throughout.
    None,
    /// An upgrade if the server offers one, clear text otherwise.
    Auto,
    /// The input does not say.
    Unknown,
}

impl Security {
    /// The word of the input and of `report.json`.
    pub const fn word(self) -> &'static str {
        match self {
            Security::Tls => "tls",
            Security::Starttls => "starttls",
            Security::None => "none",
            Security::Auto => "auto",
            Security::Unknown => "unknown",
        }
    }
}

/// What was recognised on a port by its own words.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Spoken {
    /// POP3.
    Pop3,
    /// IMAP.
    Imap,
    /// SMTP or message submission; the greeting does not tell them apart.
    Smtp,
    /// LMTP (RFC 2033).
    Lmtp,
    /// ManageSieve (RFC 5804).
    Managesieve,
    /// HTTP.
    Http,
    /// SSH.
    Ssh,
    /// FTP.
    Ftp,
    /// NNTP, for news.
    Nntp,
    /// The Redis protocol.
    Redis,
    /// The protocol of MySQL and MariaDB.
    Mysql,
    /// LDAP.
    Ldap,
    /// XMPP.
    Xmpp,
    /// AMQP.
    Amqp,
    /// IRC.
    Irc,
    /// VNC's remote framebuffer.
    Vnc,
    /// Telnet.
    Telnet,
    /// The daemon of rsync.
    Rsync,
    /// Words that belong to no protocol known here.
    Unrecognised,
}

impl Spoken {
    /// The account protocol that this is, if it is one.
    pub const fn protocol(self) -> Option<Protocol> {
        match self {
            Spoken::Pop3 => Some(Protocol::Pop3),
            Spoken::Imap => Some(Protocol::Imap),
            Spoken::Smtp => Some(Protocol::Smtp),
            Spoken::Managesieve => Some(Protocol::Managesieve),
            _ => None,
        }
    }

    /// Whether it never speaks first: what it says is an answer to bytes that it did not understand.
    pub const fn only_answers(self) -> bool {
        use Spoken::{Amqp, Http, Ldap, Redis, Xmpp};
        matches!(self, Http | Redis | Ldap | Xmpp | Amqp)
    }

    /// The name as people write it.
    pub const fn name(self) -> &'static str {
        match self {
            Spoken::Pop3 => "POP3",
            Spoken::Imap => "IMAP",
            Spoken::Smtp => "SMTP",
            Spoken::Lmtp => "LMTP",
            Spoken::Managesieve => "ManageSieve",
            Spoken::Http => "HTTP",
            Spoken::Ssh => "SSH",
            Spoken::Ftp => "FTP",
            Spoken::Nntp => "NNTP",
            Spoken::Redis => "Redis",
            Spoken::Mysql => "MySQL",
            Spoken::Ldap => "LDAP",
            Spoken::Xmpp => "XMPP",
            Spoken::Amqp => "AMQP",
            Spoken::Irc => "IRC",
            Spoken::Vnc => "VNC",
            Spoken::Telnet => "Telnet",
            Spoken::Rsync => "rsync",
            Spoken::Unrecognised => "?",
        }
    }
}

impl From<Protocol> for Spoken {
    fn from(protocol: Protocol) -> Self {
        match protocol {
            Protocol::Pop3 => Spoken::Pop3,
            Protocol::Imap => Spoken::Imap,
            Protocol::Smtp => Spoken::Smtp,
            Protocol::Managesieve => Spoken::Managesieve,
        }
    }
}
