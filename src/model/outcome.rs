//! The verdict of an account, and why there is none.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Cause, Gap};

/// The verdict of an account; how it follows from findings is in `judge/settle.rs`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AccountVerdict {
    /// No violation at or above the policy's `breach_from`, and everything that could be one was seen.
    Compliant,
    /// An unwaived violation at or above `breach_from`.
    NonCompliant,
    /// Something that could be one could not be seen.
    NotVerified(Reason),
    /// Such a violation, and all of them waived.
    Waived,
}

impl AccountVerdict {
    /// Without the reason.
    pub const fn word(&self) -> VerdictWord {
        match self {
            AccountVerdict::Compliant => VerdictWord::Compliant,
            AccountVerdict::NonCompliant => VerdictWord::NonCompliant,
            AccountVerdict::NotVerified(_) => VerdictWord::NotVerified,
            AccountVerdict::Waived => VerdictWord::Waived,
        }
    }

    /// The reason of `not-verified`.
    pub const fn reason(&self) -> Option<Reason> {
        match self {
            AccountVerdict::NotVerified(reason) => Some(*reason),
            _ => None,
        }
    }
}

/// The four words.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum VerdictWord {
    /// Meets the policy.
    Compliant,
    /// Breaks it.
    NonCompliant,
    /// Could not be seen.
    NotVerified,
    /// Breaks it, and that is accepted for a time.
    Waived,
}

impl VerdictWord {
    /// Every word, in the order of reports.
    pub const ALL: [VerdictWord; 4] = [
        VerdictWord::Compliant,
        VerdictWord::NonCompliant,
        VerdictWord::NotVerified,
        VerdictWord::Waived,
    ];

    /// The word of `report.json`.
    pub const fn word(self) -> &'static str {
        match self {
            VerdictWord::Compliant => "compliant",
            VerdictWord::NonCompliant => "non-compliant",
            VerdictWord::NotVerified => "not-verified",
            VerdictWord::Waived => "waived",
        }
    }
}

/// Why something is `not-verified`. Each has its words in the locales, and files name it.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// No conversation came about.
    Unreachable,
    /// The resolver gave no answer.
    DnsFailed,
    /// The server asked to come back later.
    Throttled,
    /// The address may not be dialled.
    AddressNotAllowed,
    /// The port may not be dialled.
    PortNotAllowed,
    /// The input does not say enough.
    SettingsNotStated,
    /// The run ended before.
    NotVisited,
    /// The run was planned for another policy, and did not ask what this one needs.
    NotPlanned,
    /// The chain would have cost too much work.
    ChainTooCostly,
    /// A bound of ours was reached.
    LimitReached,
    /// The vantage sits behind TLS inspection.
    TlsIntercepted,
    /// A box on the way removes STARTTLS.
    StarttlsStripped,
    /// This machine's clock is in doubt.
    ClockSuspect,
    /// The auditor runs on the mail server itself.
    VantageIsServer,
    /// A fault of our own.
    InternalError,
}

impl Reason {
    /// Every reason, in the order of the contract.
    pub const ALL: [Reason; 15] = [
        Reason::Unreachable,
        Reason::DnsFailed,
        Reason::Throttled,
        Reason::AddressNotAllowed,
        Reason::PortNotAllowed,
        Reason::SettingsNotStated,
        Reason::NotVisited,
        Reason::NotPlanned,
        Reason::ChainTooCostly,
        Reason::LimitReached,
        Reason::TlsIntercepted,
        Reason::StarttlsStripped,
        Reason::ClockSuspect,
        Reason::VantageIsServer,
        Reason::InternalError,
    ];

    /// The word of `report.json` and of the message keys.
    pub const fn word(self) -> &'static str {
        match self {
            Reason::Unreachable => "unreachable",
            Reason::DnsFailed => "dns-failed",
            Reason::Throttled => "throttled",
            Reason::AddressNotAllowed => "address-not-allowed",
            Reason::PortNotAllowed => "port-not-allowed",
            Reason::SettingsNotStated => "settings-not-stated",
            Reason::NotVisited => "not-visited",
            Reason::NotPlanned => "not-planned",
            Reason::ChainTooCostly => "chain-too-costly",
            Reason::LimitReached => "limit-reached",
            Reason::TlsIntercepted => "tls-intercepted",
            Reason::StarttlsStripped => "starttls-stripped",
            Reason::ClockSuspect => "clock-suspect",
            Reason::VantageIsServer => "vantage-is-server",
            Reason::InternalError => "internal-error",
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// What a gap in the facts makes of a judgement that needed them.
impl From<&Gap> for Reason {
    fn from(gap: &Gap) -> Self {
        match gap.cause {
            Cause::NoSuchName
            | Cause::NoAddress
            | Cause::DnsFailed
            | Cause::DnsRefused
            | Cause::DnsTimedOut
            | Cause::DnsInvented => Reason::DnsFailed,
            Cause::Throttled | Cause::NeighboursThrottled => Reason::Throttled,
            Cause::AddressNotAllowed => Reason::AddressNotAllowed,
            Cause::PortNotAllowed => Reason::PortNotAllowed,
            Cause::NotVisited => Reason::NotVisited,
            Cause::LimitReached(_) => Reason::LimitReached,
            Cause::Internal(_) => Reason::InternalError,
            Cause::Refused
            | Cause::Unreachable
            | Cause::TimedOut
            | Cause::Closed
            | Cause::Reset
            | Cause::Turned(_)
            | Cause::Alert(_)
            | Cause::Incompatible(_)
            | Cause::Malformed(_)
            | Cause::NoRouteHere
            | Cause::Local(_) => Reason::Unreachable,
        }
    }
}
