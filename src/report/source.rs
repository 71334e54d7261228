//! Everything that a report is made of.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::model::{
    Account, ClientKind, Clock, EndedBy, InputFile, Judgement, Observations, PolicyCounts, Raw,
    Rejected, Software, Tried, TrustStore,
};

use super::{GroupRow, Logo, MERGED, Message, PolicyRow, TitledContrast};

/// Everything that a report is made of; whoever ran the audit hands it over.
#[derive(Clone, Debug)]
pub struct Source<'a> {
    /// SHA-256 over the observations, the accounts, the policies, the roots and the time of
    /// judgement, in hexadecimal.
    pub report_id: String,
    /// The hash of the last line of the observations; empty where they are in no file.
    pub observations_head: String,
    /// The accounts, in the order of the judgement.
    pub accounts: &'a [Account],
    /// The rows that gave none.
    pub rejected: &'a [Rejected],
    /// The files they came from.
    pub inputs: &'a [InputFile],
    /// What was seen.
    pub observations: &'a Observations,
    /// What was made of it.
    pub judgement: &'a Judgement,
    /// By which policies, the one that decides first: there is always one.
    pub policies: Vec<PolicyRow>,
    /// What each of them makes of the fleet, in counts.
    pub counts: Vec<PolicyCounts>,
    /// Who would fail if something else held.
    pub contrasts: Vec<TitledContrast<'a>>,
    /// The policies behind those contrasts, other than the one that decides.
    pub tried: Vec<PolicyRow>,
    /// By which roots.
    pub trust: &'a TrustStore,
    /// The time as of which it was judged.
    pub at: Timestamp,
    /// How the visits went.
    pub course: Course,
    /// For whom.
    pub organisation: Option<String>,
    /// By whom.
    pub auditor: Option<String>,
    /// From where; the observations' own word if `None`.
    pub vantage: Option<String>,
    /// Whether people stand under pseudonyms ([`super::Disclosed`]).
    pub redacted: bool,
    /// Whose word that time is.
    pub clock: Clock,
    /// The settings that were tried as fixes.
    pub candidates: &'a [Tried],
    /// What the run has to say besides, as messages of the locales.
    pub notes: Vec<Message>,
    /// SHA-256 by name of files that belong to this report and exist already.
    pub files: BTreeMap<String, String>,
    /// What was chosen for how it is shown.
    pub presentation: Presentation,
    /// Which client a cell of the input means.
    pub recognise: fn(&str) -> ClientKind,
    /// Which software a greeting and capability lines point to.
    pub software: fn(&Raw, &[Raw]) -> Software,
}

/// How the visits of a run went.
#[derive(Clone, Debug)]
pub struct Course {
    /// When they began.
    pub started: Timestamp,
    /// When they ended.
    pub finished: Timestamp,
    /// Whether every visit that was planned was made.
    pub complete: bool,
    /// Who or what ended the run, where they were not.
    pub ended_by: Option<EndedBy>,
    /// The options of the run, without anything secret, by name.
    pub options: BTreeMap<String, String>,
    /// Connections begun, those to candidates included.
    pub connections: u64,
}

impl Course {
    /// As observations tell of it; without their header the time of judgement is when they began,
    /// without their end they are not complete.
    pub fn of(observations: &Observations, at: Timestamp) -> Self {
        let run = observations.run.as_ref();
        let close = observations.close.as_ref();
        let started = run.map_or(at, |run| run.started);
        Course {
            started,
            finished: close.map_or(started, |close| close.finished),
            complete: close.is_some_and(|close| close.complete),
            ended_by: close.and_then(|close| close.why),
            options: run.map(|run| run.options.clone()).unwrap_or_default(),
            connections: observations.connections(),
        }
    }
}

/// What was chosen for how a report is shown; it is no part of what it says.
#[derive(Clone, Debug, Default)]
pub struct Presentation {
    /// The organisation's logo.
    pub logo: Option<Logo>,
    /// Whether SARIF lists the accounts that meet the policy, too.
    pub passes: bool,
}

impl<'a> Source<'a> {
    /// Whether a department, a client or a group stands for several that redaction merged.
    pub(super) fn is_merged(&self, name: &str) -> bool {
        self.redacted && name == MERGED
    }

    /// Each policy with its counts, the one that decides first.
    pub(super) fn policies(&self) -> impl Iterator<Item = (&PolicyRow, &PolicyCounts)> {
        self.policies.iter().zip(&self.counts)
    }

    /// The policy that decides.
    pub(super) fn deciding(&self) -> &PolicyRow {
        &self.policies[0]
    }

    /// The groups of the policy that judged accounts, and how many.
    pub(super) fn groups_in_use(&self) -> impl Iterator<Item = (&GroupRow, usize)> {
        let groups = self.deciding().groups.iter();
        let groups = groups.map(|group| (group, group.accounts));
        groups.filter(|(_, accounts)| *accounts > 0)
    }
}
