//! What is to be asked where. No answers.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{AskedFor, Cause, Contested, Endpoint};

/// One endpoint to visit, with the questions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visit {
    /// Where.
    pub endpoint: Endpoint,
    /// Why.
    pub asked_for: AskedFor,
    /// How the conversation is opened.
    pub first_move: FirstMove,
    /// How much is asked.
    pub depth: Depth,
    /// What is asked about besides, from `standard` on.
    pub contested: Arc<Contested>,
    /// Whether the host lies in one of our own domains, so that questions which could alarm may be
    /// asked of it (threat model E6).
    pub ours: bool,
    /// Why it may not be dialled at all; the visit is then recorded without a packet sent.
    pub forbidden: Option<Cause>,
}

/// How a conversation is opened (architecture: by port, and by what accounts say of odd ports).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FirstMove {
    /// Send a ClientHello; if clear text comes back, listen once on a fresh connection.
    Tls,
    /// Wait for the greeting; if none comes, one ClientHello on a fresh connection.
    Listen,
    /// Wait for the greeting for 3 s; then a ClientHello, since an account says `tls` here.
    ListenThenTls,
    /// Wait for the greeting and send nothing first, ever: the port may act on whatever it gets.
    ListenOnly,
}

/// How much is asked of each endpoint.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Default,
    Serialize,
    Deserialize,
    JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Depth {
    /// One connection where the server behaves.
    Quick,
    /// The default.
    #[default]
    Standard,
    /// Everything.
    Deep,
}

impl Depth {
    /// Each of them, the least first.
    pub const ALL: [Depth; 3] = [Depth::Quick, Depth::Standard, Depth::Deep];

    /// The word of the option and of the observations.
    pub const fn word(self) -> &'static str {
        match self {
            Depth::Quick => "quick",
            Depth::Standard => "standard",
            Depth::Deep => "deep",
        }
    }
}
