//! What became of the input's rows: control totals that prove nothing is lost.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Text;

/// What became of one input file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputFile {
    /// The name as given on the command line; `-` for standard input.
    pub file: Text,
    /// SHA-256 of the bytes that were read, in hexadecimal.
    pub sha256: String,
    /// Data rows, without header, title and empty rows.
    pub rows: u64,
    /// Rows that gave at least one account.
    pub accepted: u64,
    /// Rows that gave none.
    pub rejected: u64,
    /// How each column was understood, in order.
    pub columns: Vec<ColumnReading>,
    /// Whether size or time of the file changed while it was read.
    pub changed_while_read: bool,
}

/// How one column was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnReading {
    /// The header as it stands.
    pub header: String,
    /// The field that it fills; `None` for a column that is left alone.
    pub field: Option<&'static str>,
    /// What is done with its cells.
    pub usage: ColumnUsage,
}

/// What is done with the cells of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ColumnUsage {
    /// They are read.
    Read,
    /// They are known, and say nothing that is kept: login names, notes.
    Dropped,
    /// They are not read: the header names a secret.
    Secret,
    /// They are left alone, as an earlier column fills the same field.
    Second,
    /// They are left alone: a port or security of a service for which no column names a host.
    NoHost,
    /// They are left alone: the header is not known.
    Unknown,
    /// They are left alone: there is no header.
    Untitled,
}

impl ColumnUsage {
    /// Every usage.
    pub const ALL: [ColumnUsage; 7] = [
        ColumnUsage::Read,
        ColumnUsage::Dropped,
        ColumnUsage::Secret,
        ColumnUsage::Second,
        ColumnUsage::NoHost,
        ColumnUsage::Unknown,
        ColumnUsage::Untitled,
    ];

    /// The word of message keys (`check-column-<word>`).
    pub const fn word(self) -> &'static str {
        match self {
            ColumnUsage::Read => "read",
            ColumnUsage::Dropped => "dropped",
            ColumnUsage::Secret => "secret",
            ColumnUsage::Second => "second",
            ColumnUsage::NoHost => "no-host",
            ColumnUsage::Unknown => "unknown",
            ColumnUsage::Untitled => "untitled",
        }
    }
}

/// A row that gave no account. It holds no text of the row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejected {
    /// The file.
    pub file: Text,
    /// The line at which the record begins, from 1.
    pub line: u64,
    /// Why; the word is the key of a message in the locales.
    pub reason: RowFault,
}

/// Why a row gave no account.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum RowFault {
    /// No host.
    HostMissing,
    /// The host cell holds user information before an `@`; it was not read further.
    HostWithUserInfo,
    /// The host cell is no valid host.
    HostInvalid,
    /// The host cell holds a web address (`https://…`).
    HostWebAddress,
    /// The host cell ends with a comma, semicolon or the like.
    HostPunctuation,
    /// The host cell holds an IPv4 address with leading zeros.
    HostLeadingZeros,
    /// The host cell holds several hosts.
    HostSeveral,
    /// Neither e-mail address nor employee.
    PersonMissing,
    /// The e-mail cell is no address.
    EmailInvalid,
    /// The port is no number from 1 to 65535.
    PortInvalid,
    /// The host cell names another port than the port cell.
    PortContradictory,
    /// The protocol is none that is known.
    ProtocolUnknown,
    /// The protocol is known and is not visited (Exchange, ActiveSync, webmail).
    ProtocolNotVisited,
    /// The security is none that is known.
    SecurityUnknown,
    /// The record has another number of fields than the header.
    FieldCount,
    /// A field or the record is longer than the limit.
    TooLong,
    /// A cell holds NUL or another control character.
    ControlCharacter,
    /// The row is not valid in the file's encoding.
    Encoding,
    /// A quote that is never closed.
    QuoteOpen,
    /// The header row again.
    HeaderAgain,
}

impl RowFault {
    /// Every fault.
    pub const ALL: [RowFault; 20] = [
        RowFault::HostMissing,
        RowFault::HostWithUserInfo,
        RowFault::HostInvalid,
        RowFault::HostWebAddress,
        RowFault::HostPunctuation,
        RowFault::HostLeadingZeros,
        RowFault::HostSeveral,
        RowFault::PersonMissing,
        RowFault::EmailInvalid,
        RowFault::PortInvalid,
        RowFault::PortContradictory,
        RowFault::ProtocolUnknown,
        RowFault::ProtocolNotVisited,
        RowFault::SecurityUnknown,
        RowFault::FieldCount,
        RowFault::TooLong,
        RowFault::ControlCharacter,
        RowFault::Encoding,
        RowFault::QuoteOpen,
        RowFault::HeaderAgain,
    ];

    /// The word of `report.json` and of the message keys (`row-<word>`).
    pub const fn word(self) -> &'static str {
        match self {
            RowFault::HostMissing => "host-missing",
            RowFault::HostWithUserInfo => "host-with-user-info",
            RowFault::HostInvalid => "host-invalid",
            RowFault::HostWebAddress => "host-web-address",
            RowFault::HostPunctuation => "host-punctuation",
            RowFault::HostLeadingZeros => "host-leading-zeros",
            RowFault::HostSeveral => "host-several",
            RowFault::PersonMissing => "person-missing",
            RowFault::EmailInvalid => "email-invalid",
            RowFault::PortInvalid => "port-invalid",
            RowFault::PortContradictory => "port-contradictory",
            RowFault::ProtocolUnknown => "protocol-unknown",
            RowFault::ProtocolNotVisited => "protocol-not-visited",
            RowFault::SecurityUnknown => "security-unknown",
            RowFault::FieldCount => "field-count",
            RowFault::TooLong => "too-long",
            RowFault::ControlCharacter => "control-character",
            RowFault::Encoding => "encoding",
            RowFault::QuoteOpen => "quote-open",
            RowFault::HeaderAgain => "header-again",
        }
    }
}
