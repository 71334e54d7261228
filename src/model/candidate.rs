//! Other settings that might be an account's fix.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Account, Endpoint, Host, Protocol, Security, VerdictWord};

/// What a client is configured with for one service.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Settings {
    /// The protocol.
    pub protocol: Protocol,
    /// The host.
    pub host: Host,
    /// The port.
    pub port: u16,
    /// TLS or STARTTLS; nothing weaker is ever proposed.
    pub security: Security,
}

impl Settings {
    /// Where they lead.
    pub fn endpoint(&self) -> Endpoint {
        Endpoint::new(self.host.clone(), self.port)
    }

    /// The account as it would be with these settings; everything said, nothing inferred.
    pub fn apply_to(&self, account: &Account) -> Account {
        Account {
            protocol: Some(self.protocol),
            host: self.host.clone(),
            port: Some(self.port),
            security: self.security,
            accepts_any_certificate: false,
            inferred: Vec::new(),
            ..account.clone()
        }
    }
}

/// Settings that might be the fix, and where the idea came from. Visited in the second round,
/// judged exactly like an account.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Candidate {
    /// Lower is tried first.
    pub rank: u32,
    /// The settings.
    pub settings: Settings,
    /// Where the idea came from.
    pub idea: Idea,
}

/// Where the idea of a candidate came from; also its right to be offered (threat model E9).
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Idea {
    /// A secure port of the configured host.
    SameHost,
    /// A server that others of the same e-mail domain use for that protocol.
    UsedByColleagues,
    /// A conventional name within the configured host's registrable domain.
    ConventionalName,
}

impl Idea {
    /// The word of `report.json` and of the message keys.
    pub const fn word(self) -> &'static str {
        match self {
            Idea::SameHost => "same-host",
            Idea::UsedByColleagues => "used-by-colleagues",
            Idea::ConventionalName => "conventional-name",
        }
    }
}

/// Settings that were tried as a fix in the second round, and what became of them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tried {
    /// The settings.
    pub settings: Settings,
    /// Where the idea came from.
    pub idea: Idea,
    /// What became of them.
    pub verdict: VerdictWord,
}
