//! What a rule makes of a subject.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{AccountId, Endpoint, Fix, Phrase, Protocol, Reason, Severity};

/// The answer of a rule for one subject. Undetermined is never green.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The rule looked and found nothing.
    Compliant,
    /// The rule found what it is named after.
    Violation(Evidence),
    /// A fact that the rule needs was not to be had.
    Undetermined(Reason),
    /// The run did not ask for a fact that the rule needs, at its depth or in its version. That changes
    /// no verdict of an account, and is no clearance.
    NotAsked,
    /// The rule has nothing to say here.
    NotApplicable,
}

/// The facts that show a violation: values for a message, no words.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Evidence {
    /// Which of the rule's forms this is, where it has several: picks the message and the severity.
    pub variant: Option<&'static str>,
    /// The values, by the name that the message uses.
    pub values: BTreeMap<Cow<'static, str>, Value>,
    /// The protocol in which it was seen, where the clauses depend on it.
    pub protocol: Option<Protocol>,
}

impl Evidence {
    /// Evidence without values so far.
    pub fn new() -> Self {
        Evidence::default()
    }

    /// The same, in the given form of the rule.
    pub fn variant(mut self, variant: &'static str) -> Self {
        self.variant = Some(variant);
        self
    }

    /// The same, seen in this protocol: its own clauses are cited, and messages name it `protocol`.
    pub fn seen_in(mut self, protocol: Protocol) -> Self {
        self.protocol = Some(protocol);
        self.with("protocol", Value::Term(protocol.name().to_owned()))
    }

    /// The same, with one value more.
    pub fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.values.insert(Cow::Borrowed(name), value.into());
        self
    }
}

/// A value in a message. Foreign text stays marked as such until a writer escapes it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Value {
    /// Words of a server, a certificate or the input.
    Foreign(String),
    /// A name that is the same in every language: a protocol's, a version's, an address.
    Term(String),
    /// Words of ours, in the language of whoever reads them.
    Phrase(Phrase),
    /// A number.
    Number(i64),
    /// A moment.
    Time(Timestamp),
    /// Several pieces of foreign text.
    List(Vec<String>),
    /// Several names that are the same in every language.
    Terms(Vec<String>),
    /// Several statements of ours.
    Statements(Vec<Statement>),
}

/// A statement of ours within a message, and what it stands on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Statement {
    /// The key of its message.
    pub key: String,
    /// The clause, as it is cited: the message's variable `clause`.
    pub clause: String,
}

impl Value {
    /// Names that are the same in every language, in their order.
    pub fn terms<T: fmt::Display>(names: impl IntoIterator<Item = T>) -> Self {
        Value::Terms(names.into_iter().map(|name| name.to_string()).collect())
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Value::Number(number)
    }
}

impl From<u16> for Value {
    fn from(number: u16) -> Self {
        Value::Number(number.into())
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Self {
        Value::Number(number.into())
    }
}

/// A count; the greatest number that a message has where it is beyond that.
impl From<usize> for Value {
    fn from(count: usize) -> Self {
        Value::Number(i64::try_from(count).unwrap_or(i64::MAX))
    }
}

/// A count, likewise.
impl From<u64> for Value {
    fn from(count: u64) -> Self {
        Value::Number(i64::try_from(count).unwrap_or(i64::MAX))
    }
}

impl From<Timestamp> for Value {
    fn from(time: Timestamp) -> Self {
        Value::Time(time)
    }
}

/// Whom a finding is about.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Subject {
    /// An endpoint, and so everyone who uses it.
    Endpoint(Endpoint),
    /// One account.
    Account(AccountId),
    /// One person, by the key of [`super::Person::key`].
    Person(String),
    /// A mail domain.
    Domain(String),
    /// The fleet, or the vantage, as a whole.
    Fleet,
}

impl Subject {
    /// The word of `report.json`.
    pub const fn kind(&self) -> &'static str {
        match self {
            Subject::Endpoint(_) => "endpoint",
            Subject::Account(_) => "account",
            Subject::Person(_) => "person",
            Subject::Domain(_) => "domain",
            Subject::Fleet => "fleet",
        }
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Subject::Endpoint(endpoint) => endpoint.fmt(f),
            Subject::Account(id) => id.fmt(f),
            Subject::Person(key) => f.write_str(key),
            Subject::Domain(domain) => f.write_str(domain),
            Subject::Fleet => f.write_str("fleet"),
        }
    }
}

/// Stable from run to run: a hash of rule and subject, 16 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Fingerprint(pub u64);

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Fingerprint({self})")
    }
}

impl FromStr for Fingerprint {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const WHAT: &str = "a fingerprint is 16 hexadecimal digits";
        let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        if text.len() != 16 || !text.bytes().all(is_digit) {
            return Err(WHAT);
        }
        let number = u64::from_str_radix(text, 16).map_err(|_| WHAT)?;
        Ok(Fingerprint(number))
    }
}

/// A violation, with everything that a report says of it.
#[derive(Clone, Debug)]
pub struct Finding {
    /// Identity: rule and subject.
    pub fingerprint: Fingerprint,
    /// The rule's id.
    pub rule: &'static str,
    /// Whom it is about.
    pub subject: Subject,
    /// By rule, then policy; the gravest where groups have settings of their own.
    pub severity: Severity,
    /// Whether it is grave enough to break the policy, or the settings of a group that it concerns.
    pub breach: bool,
    /// What was seen; accounts with equal settings share it.
    pub evidence: Arc<Evidence>,
    /// How many accounts it touches.
    pub accounts: usize,
    /// The exception that accepts it for everyone whom it concerns, if one does; where each of them has
    /// an exception of their own, the one that ends first.
    pub waiver: Option<WaiverNote>,
    /// What the person changes, and its proof. `None` where there is nothing for a person to change.
    pub fix: Option<Fix>,
}

/// What a report says of the waiver that accepts a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaiverNote {
    /// Why it is accepted.
    pub reason: String,
    /// Who accepted it.
    pub approved_by: String,
    /// The last day, in UTC, on which it is.
    pub until: Date,
}
