//! What is recognised of clients and servers.

use super::Protocol;

/// A mail client whose dialogs we can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ClientKind {
    /// Classic Outlook for Windows.
    Outlook,
    /// Foxmail 7 for Windows.
    Foxmail,
    /// Thunderbird on the desktop.
    Thunderbird,
    /// Apple Mail on macOS.
    AppleMail,
    /// Mail on iOS and iPadOS.
    IosMail,
    /// Any other: the settings are told, the dialogs are not.
    Other,
}

impl ClientKind {
    /// The client whose dialogs are told for `protocol`: none of those named here has one of its own
    /// for ManageSieve.
    pub const fn with_dialog_for(self, protocol: Protocol) -> ClientKind {
        match protocol {
            Protocol::Pop3 | Protocol::Imap | Protocol::Smtp => self,
            Protocol::Managesieve => ClientKind::Other,
        }
    }

    /// The word of the message keys.
    pub const fn word(self) -> &'static str {
        match self {
            ClientKind::Outlook => "outlook",
            ClientKind::Foxmail => "foxmail",
            ClientKind::Thunderbird => "thunderbird",
            ClientKind::AppleMail => "apple-mail",
            ClientKind::IosMail => "ios-mail",
            ClientKind::Other => "other",
        }
    }
}

/// Server software, as far as its greeting and capabilities tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Software {
    /// Dovecot.
    Dovecot,
    /// Postfix.
    Postfix,
    /// Exim.
    Exim,
    /// nginx, as a proxy in front of mail servers.
    Nginx,
    /// Not recognised.
    Unknown,
}

impl Software {
    /// The word of the message keys.
    pub const fn word(self) -> &'static str {
        match self {
            Software::Dovecot => "dovecot",
            Software::Postfix => "postfix",
            Software::Exim => "exim",
            Software::Nginx => "nginx",
            Software::Unknown => "unknown",
        }
    }
}
