//! Which standard, which clause, how strongly, since when. A plain text is no citation and does not compile.

use std::borrow::Cow;

use super::{Protocol, Since, Standard};

/// A clause of a standard.
#[derive(
    Clone, Debug, PartialEq, Eq, Hash, serde::Deserialize, serde::Serialize, schemars::JsonSchema,
)]
pub struct Citation {
    /// The document.
    pub standard: Standard,
    /// The clause, such as `§4.1`; empty where the document as a whole is meant.
    pub clause: Cow<'static, str>,
    /// How strongly it speaks.
    pub verb: Verb,
    /// Since when the clause holds, where that is another time than the document's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own_since: Option<Since>,
    /// The protocol that it is about, where it says nothing of the others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<Protocol>,
}

impl Citation {
    /// A clause known when the program was written.
    pub const fn new(standard: Standard, clause: &'static str, verb: Verb) -> Self {
        Citation {
            standard,
            clause: Cow::Borrowed(clause),
            verb,
            own_since: None,
            of: None,
        }
    }

    /// A clause about one protocol: cited only where that is spoken.
    pub const fn of(
        protocol: Protocol,
        standard: Standard,
        clause: &'static str,
        verb: Verb,
    ) -> Self {
        Citation {
            standard,
            clause: Cow::Borrowed(clause),
            verb,
            own_since: None,
            of: Some(protocol),
        }
    }

    /// Document and clause, as one cites them.
    pub fn cited(&self) -> String {
        let cited = format!("{} {}", self.standard.cite(), self.clause);
        cited.trim_end().to_owned()
    }

    /// Since when it holds: the clause, else the document. `None` where neither is known.
    pub const fn since(&self) -> Option<Since> {
        match self.own_since {
            Some(since) => Some(since),
            None => self.standard.since(),
        }
    }
}

/// How strongly a clause speaks (RFC 2119), or that the reading is ours.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    serde::Deserialize,
    serde::Serialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Verb {
    /// MUST or SHALL, and their negations.
    Must,
    /// SHOULD or RECOMMENDED, and their negations.
    Should,
    /// MAY.
    May,
    /// A statement without such a word.
    States,
    /// In no standard: mailfleet's own interpretation, and said to be so.
    Interpretation,
}

impl Verb {
    /// Every verb, the strongest first.
    pub const STRONGEST_FIRST: [Verb; 5] = [
        Verb::Must,
        Verb::Should,
        Verb::May,
        Verb::States,
        Verb::Interpretation,
    ];

    /// The word of policies and `report.json`.
    pub const fn word(self) -> &'static str {
        match self {
            Verb::Must => "must",
            Verb::Should => "should",
            Verb::May => "may",
            Verb::States => "states",
            Verb::Interpretation => "interpretation",
        }
    }
}
