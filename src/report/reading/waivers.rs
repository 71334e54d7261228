//! Exceptions.

use jiff::civil::Date;
use serde::Deserialize;

use crate::model::{WaiverState, WaiverUse};
use crate::report::RuleId;

/// What became of a waiver.
#[derive(Deserialize)]
pub(super) struct WaiverPart {
    rule: RuleId,
    subject: String,
    reason: String,
    approved_by: String,
    owner: Option<String>,
    ticket: Option<String>,
    until: Date,
    state: WaiverState,
    findings: usize,
}

impl From<WaiverPart> for WaiverUse {
    fn from(part: WaiverPart) -> Self {
        WaiverUse {
            rule: part.rule.0.to_owned(),
            subject: part.subject,
            reason: part.reason,
            approved_by: part.approved_by,
            owner: part.owner,
            ticket: part.ticket,
            until: part.until,
            expired: part.state == WaiverState::Expired,
            findings: part.findings,
        }
    }
}
