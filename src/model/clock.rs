//! What is known of the time of a judgement.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Whose word the time of a judgement is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Clock {
    /// The clock of the machine that looked; nobody asked whether it is right.
    Unchecked,
    /// Whoever judged said it (`--at`).
    Given,
}

impl Clock {
    /// By whether the time was said.
    pub const fn of(given: bool) -> Self {
        match given {
            true => Clock::Given,
            false => Clock::Unchecked,
        }
    }
}
