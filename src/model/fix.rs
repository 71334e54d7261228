//! A change that mends a finding, and its proof.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Endpoint, Idea, Settings};

/// What a person changes their client to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fix {
    /// The settings to enter, where some were proven.
    pub to: Option<Settings>,
    /// Where the idea came from.
    pub idea: Option<Idea>,
    /// Whether it was visited in this run and met the policy.
    pub proof: Proof,
}

impl Fix {
    /// Whether it was visited in this run and met the policy.
    pub const fn is_proven(&self) -> bool {
        matches!(self.proof, Proof::Proven { .. })
    }

    /// When it was proven, if it was.
    pub const fn proven_at(&self) -> Option<Timestamp> {
        match &self.proof {
            Proof::Proven { at, .. } => Some(*at),
            Proof::NotProven(_) => None,
        }
    }

    /// Why it was not proven, if it was not.
    pub const fn not_proven(&self) -> Option<Unproven> {
        match &self.proof {
            Proof::Proven { .. } => None,
            Proof::NotProven(why) => Some(*why),
        }
    }
}

/// Whether a fix was proven.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Proof {
    /// It answered and met the policy. That the mailbox is there cannot be proven without a login.
    Proven {
        /// What was visited.
        endpoint: Endpoint,
        /// When.
        at: Timestamp,
    },
    /// It was not proven.
    NotProven(Unproven),
}

/// Why no settings were proven.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Unproven {
    /// Nothing that may be proposed met the policy: the server has to change first.
    NothingCompliant,
    /// No candidate may be proposed here (threat model E9).
    NoCandidate,
    /// These observations hold no visit to a candidate (`judge` without a second round).
    NotInObservations,
    /// The input does not say what the account uses.
    SettingsNotStated,
}

impl Unproven {
    /// The word of `report.json` and of the message keys.
    pub const fn word(self) -> &'static str {
        match self {
            Unproven::NothingCompliant => "nothing-compliant",
            Unproven::NoCandidate => "no-candidate",
            Unproven::NotInObservations => "not-in-observations",
            Unproven::SettingsNotStated => "settings-not-stated",
        }
    }
}
