//! One person's use of one service, as the input says it.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Endpoint, Host, Mailbox, Protocol, Security, Text};

/// One person's use of one service. It never holds a password or a login name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Stable from run to run: a hash of person, protocol, host and port, never a line number.
    pub id: AccountId,
    /// Where it was read; equal accounts of several rows are one with several sources.
    pub sources: Vec<Place>,
    /// Whose it is.
    pub person: Person,
    /// Departments that further rows of the same account name; whoever is in a group by any is in it.
    pub other_departments: Vec<Text>,
    /// The mail client, as the input names it.
    pub client: Option<Text>,
    /// The person's language, as the input names it (`en`, `zh-CN`).
    pub language: Option<Text>,
    /// The protocol, if the input says it or a port can mean only one.
    pub protocol: Option<Protocol>,
    /// The configured host.
    pub host: Host,
    /// The configured port, if the input says it.
    pub port: Option<u16>,
    /// How the connection is secured.
    pub security: Security,
    /// Whether the settings say to accept any certificate.
    pub accepts_any_certificate: bool,
    /// What was not written but can be one thing only.
    pub inferred: Vec<Field>,
}

impl Account {
    /// The endpoint that it names, if it names a port.
    pub fn endpoint(&self) -> Option<Endpoint> {
        Some(Endpoint::new(self.host.clone(), self.port?))
    }

    /// The endpoints that it may mean: the one that it names, or every registered port of its
    /// protocol (of those of mail itself, if that is not said either).
    pub fn possible_endpoints(&self) -> Vec<Endpoint> {
        let ports: Vec<u16> = match (self.port, self.protocol, self.security) {
            (Some(port), _, _) => vec![port],
            (None, Some(protocol), Security::Tls) => registered(protocol).take(1).collect(),
            (None, Some(protocol), Security::Unknown) => registered(protocol).collect(),
            (None, Some(protocol), _) => vec![protocol.clear_text_port()],
            (None, None, _) => Protocol::MAIL.into_iter().flat_map(registered).collect(),
        };
        ports
            .into_iter()
            .map(|port| Endpoint::new(self.host.clone(), port))
            .collect()
    }

    /// Whether the input says enough to judge the account's own settings.
    pub fn settings_stated(&self) -> bool {
        self.port.is_some() && self.protocol.is_some() && self.security != Security::Unknown
    }

    /// Every department that any of its rows names, the first row's first.
    pub fn departments(&self) -> impl Iterator<Item = &Text> {
        let first = self.person.department.iter();
        first.chain(&self.other_departments)
    }

    /// The domain of the e-mail address, as the network knows it.
    pub fn email_domain(&self) -> Option<String> {
        let mailbox = Mailbox::read(self.person.email.as_deref()?)?;
        Some(mailbox.domain)
    }
}

/// The ports registered for a protocol, the one for TLS first.
fn registered(protocol: Protocol) -> impl Iterator<Item = u16> {
    let clear = protocol.clear_text_port();
    protocol.implicit_tls_port().into_iter().chain([clear])
}

/// The SHA-256 over person, protocol, host and port.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AccountId(pub [u8; 32]);

/// The first 16 bytes in hexadecimal: enough to tell 500,000 accounts apart.
impl fmt::Display for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0[..16]
            .iter()
            .try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AccountId({self})")
    }
}

/// The 16 bytes that are printed; the others do not come back.
impl FromStr for AccountId {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const WHAT: &str = "an account's id is 32 hexadecimal digits";
        let is_digit = |byte: &u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(byte);
        if text.len() != 32 || !text.as_bytes().iter().all(is_digit) {
            return Err(WHAT);
        }
        let printed = u128::from_str_radix(text, 16).map_err(|_| WHAT)?;
        let mut id = [0; 32];
        id[..16].copy_from_slice(&printed.to_be_bytes());
        Ok(AccountId(id))
    }
}

/// Whose account it is.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Person {
    /// The name.
    pub employee: Option<Text>,
    /// The e-mail address.
    pub email: Option<Text>,
    /// The department.
    pub department: Option<Text>,
}

impl Person {
    /// What tells this person from others: the address in lower case, else the name.
    pub fn key(&self) -> String {
        match (&self.email, &self.employee) {
            (Some(email), _) => email.to_lowercase(),
            (None, Some(employee)) => employee.to_string(),
            (None, None) => String::new(),
        }
    }
}

/// A place in the input.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// The file's name as given on the command line.
    pub file: Text,
    /// The line at which the record begins, from 1.
    pub line: u64,
}

/// A field of an account whose value was inferred.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Field {
    /// The protocol, by the port or by the column's name.
    Protocol,
    /// The port.
    Port,
    /// The security, by the port (995, 993, 465) or the protocol's name (`POP3S`).
    Security,
}

impl Field {
    /// The word of `report.json`.
    pub const fn word(self) -> &'static str {
        match self {
            Field::Protocol => "protocol",
            Field::Port => "port",
            Field::Security => "security",
        }
    }
}
