//! How much a violation matters.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// From a remark to an emergency; ordered, so that thresholds compare.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; never a breach by itself.
    Info,
    /// Advice.
    Low,
    /// A breach under the default policy, from here on upwards.
    Medium,
    /// A breach that exposes people.
    High,
    /// A breach that exposes everyone now.
    Critical,
}

impl Severity {
    /// Worst first, as reports list them.
    pub const WORST_FIRST: [Severity; 5] = [
        Severity::Critical,
        Severity::High,
        Severity::Medium,
        Severity::Low,
        Severity::Info,
    ];

    /// The word of policies, options and `report.json`.
    pub const fn word(self) -> &'static str {
        match self {
            Severity::Info => "info",
            Severity::Low => "low",
            Severity::Medium => "medium",
            Severity::High => "high",
            Severity::Critical => "critical",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for Severity {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        Severity::WORST_FIRST
            .into_iter()
            .find(|severity| severity.word() == word)
            .ok_or_else(|| {
                format!("`{word}` is no severity: use critical, high, medium, low or info")
            })
    }
}
