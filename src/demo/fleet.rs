//! The story: who listens where, and what each does right or wrong.
//!
//! A company moved its mail to `mail.yourcompany.example` and told everybody. Part of the staff
//! typed the IMAP server's name into the POP3 field and kept port 110; the rest of the cast are
//! servers forgotten since, and two other companies that look after their own.

use Does::{ClearText, Closed, SaysOnly, StartTls, StartTlsAndClearLogin, StartTlsThatBreaks, Tls};
use Shows::{EndsInDays, Expired, Good, NameOf, SelfSigned, WithoutIntermediate};
use Versions::{All, Tls12Only};

use super::certificates::{Shows, Versions};
use crate::model::Protocol::{self, Imap, Pop3, Smtp};

/// One server of the fleet.
pub(super) struct Part {
    /// The host as the accounts see it.
    pub host: &'static str,
    /// The port as the accounts see it.
    pub port: u16,
    /// What it does.
    pub does: Does,
}

/// What a server does.
pub(super) enum Does {
    /// TLS from the first byte, and login inside it.
    Tls(Protocol, Versions, Shows),
    /// Clear text first; login only after STARTTLS.
    StartTls(Protocol, Shows),
    /// STARTTLS is offered, and login without it just as well.
    StartTlsAndClearLogin(Protocol, Shows),
    /// STARTTLS is offered and accepted, and no TLS follows.
    StartTlsThatBreaks(Protocol),
    /// Clear text throughout, login included.
    ClearText(Protocol),
    /// Says these words to whoever comes, and no more.
    SaysOnly(&'static str),
    /// Nobody listens.
    Closed,
}

/// Every server of the fleet.
#[rustfmt::skip]
pub(super) const STORY: &[Part] = &[
    // What everybody was told to use.
    at("mail.yourcompany.example",    995, Tls(Pop3, All, Good)),
    at("mail.yourcompany.example",    993, Tls(Imap, All, Good)),
    at("mail.yourcompany.example",    465, Tls(Smtp, All, Good)),
    at("mail.yourcompany.example",    587, StartTls(Smtp, Good)),
    at("mail.yourcompany.example",    110, StartTls(Pop3, Good)),
    // The server whose name landed in the POP3 field: IMAP is in order, POP3 was left open on 110,
    // and those who corrected only the port find nobody at 995.
    at("imap.yourcompany.example",    993, Tls(Imap, All, Good)),
    at("imap.yourcompany.example",    143, StartTls(Imap, Good)),
    at("imap.yourcompany.example",    110, ClearText(Pop3)),
    at("imap.yourcompany.example",    995, Closed),
    // Servers that were forgotten.
    at("pop.yourcompany.example",     995, Tls(Pop3, All, NameOf("mail.yourcompany.example"))),
    at("archive.yourcompany.example", 993, Tls(Imap, All, Expired)),
    at("legacy.yourcompany.example",  993, Tls(Imap, Tls12Only, Good)),
    at("files.yourcompany.example",   143, SaysOnly("SSH-2.0-OpenSSH_9.6\r\n")),
    at("smtp.yourcompany.example",    587, SaysOnly("421 4.3.2 Closed for maintenance\r\n")),
    // The factory made its own certificate, and its STARTTLS has been broken since an update.
    at("mail.factory.example",        993, Tls(Imap, All, SelfSigned)),
    at("mail.factory.example",        587, StartTlsThatBreaks(Smtp)),
    // The subsidiary is nearly there: one chain is short of a link, one certificate ends soon,
    // and 587 takes a password in the clear, although 465 would do.
    at("mail.subsidiary.example",     995, Tls(Pop3, All, WithoutIntermediate)),
    at("mail.subsidiary.example",     993, Tls(Imap, All, EndsInDays(12))),
    at("mail.subsidiary.example",     587, StartTlsAndClearLogin(Smtp, Good)),
    at("mail.subsidiary.example",     465, Tls(Smtp, All, Good)),
];

const fn at(host: &'static str, port: u16, does: Does) -> Part {
    Part { host, port, does }
}
