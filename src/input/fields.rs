//! The fields that columns fill, and the form in which headers are compared.

use unicode_normalization::UnicodeNormalization as _;

use super::aliases::ALIASES;
use super::cells::is_invisible;
use crate::model::Protocol;

/// A service that a row can describe. A wide sheet has columns of several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Service {
    /// The one that the protocol column or the port names.
    Incoming,
    Pop3,
    Imap,
    Smtp,
}

impl Service {
    pub(super) const ALL: [Service; 4] = [
        Service::Incoming,
        Service::Pop3,
        Service::Imap,
        Service::Smtp,
    ];

    /// The protocol that its columns' names say.
    pub(super) const fn protocol(self) -> Option<Protocol> {
        match self {
            Service::Incoming => None,
            Service::Pop3 => Some(Protocol::Pop3),
            Service::Imap => Some(Protocol::Imap),
            Service::Smtp => Some(Protocol::Smtp),
        }
    }
}

/// What a column says about a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Attribute {
    Host,
    Port,
    Security,
}

/// The field that a column fills.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Column {
    Employee,
    EmployeeId,
    Department,
    Email,
    /// An address if it holds an `@`, otherwise a login name, which is dropped.
    EmailOrLogin,
    Client,
    ClientVersion,
    Language,
    Protocol,
    /// `type`: what it says is told by its values.
    ProtocolOrSecurity,
    Of(Service, Attribute),
    /// Recognised and dropped.
    Username,
    /// Recognised and dropped.
    Auth,
    /// Recognised and dropped.
    Note,
}

impl Column {
    /// The field's name in reports and for `--map`.
    pub(super) const fn word(self) -> &'static str {
        use Attribute::{Host, Port, Security};
        match self {
            Column::Employee => "employee",
            Column::EmployeeId => "employee_id",
            Column::Department => "department",
            Column::Email => "email",
            Column::EmailOrLogin => "account",
            Column::Client => "client",
            Column::ClientVersion => "client_version",
            Column::Language => "language",
            Column::Protocol => "protocol",
            Column::ProtocolOrSecurity => "type",
            Column::Of(Service::Incoming, Host) => "host",
            Column::Of(Service::Incoming, Port) => "port",
            Column::Of(Service::Incoming, Security) => "security",
            Column::Of(Service::Pop3, Host) => "pop3_host",
            Column::Of(Service::Pop3, Port) => "pop3_port",
            Column::Of(Service::Pop3, Security) => "pop3_security",
            Column::Of(Service::Imap, Host) => "imap_host",
            Column::Of(Service::Imap, Port) => "imap_port",
            Column::Of(Service::Imap, Security) => "imap_security",
            Column::Of(Service::Smtp, Host) => "smtp_host",
            Column::Of(Service::Smtp, Port) => "smtp_port",
            Column::Of(Service::Smtp, Security) => "smtp_security",
            Column::Username => "username",
            Column::Auth => "auth",
            Column::Note => "note",
        }
    }

    /// The field of that name, however it is written.
    pub(super) fn named(word: &str) -> Option<Column> {
        let word = normal(word);
        let mut columns = ALIASES.iter().map(|(column, _)| *column);
        columns.find(|column| normal(column.word()) == word)
    }

    /// The names that `--map` takes.
    pub(super) fn words() -> String {
        let words: Vec<&str> = ALIASES.iter().map(|(column, _)| column.word()).collect();
        words.join(", ")
    }

    /// Whether a second column for it could change what an account is taken to say.
    pub(super) fn is_decisive(self) -> bool {
        matches!(self, Column::Of(..) | Column::Protocol | Column::Email)
    }

    pub(super) fn of_header(normal: &str) -> Option<Column> {
        let known = |(_, headers): &&(Column, &[&str])| headers.contains(&normal);
        ALIASES.iter().find(known).map(|(column, _)| *column)
    }
}

/// The form in which headers are compared: NFKC, lower case, without space, `_ - . : *`,
/// invisible characters, and brackets with what they hold.
pub(super) fn normal(header: &str) -> String {
    let mut depth = 0_usize;
    let mut kept = String::new();
    for c in header.nfkc().flat_map(char::to_lowercase) {
        match c {
            '(' | '[' | '{' | '【' | '〔' | '<' => depth += 1,
            ')' | ']' | '}' | '】' | '〕' | '>' => depth = depth.saturating_sub(1),
            '_' | '-' | '.' | ':' | '*' => {}
            c if depth > 0 || c.is_whitespace() || is_invisible(c) => {}
            c => kept.push(c),
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_compared_in_normal_form() {
        assert_eq!(normal(" E-Mail_Address: "), "emailaddress");
        assert_eq!(normal("端口（必填）*"), "端口");
        assert_eq!(normal("\u{feff}ＰＯＰ３ 服务器"), "pop3服务器");
    }

    #[test]
    fn every_field_has_a_name_of_its_own() {
        for (column, _) in ALIASES {
            assert_eq!(Column::named(column.word()), Some(*column));
        }
    }
}
