//! Findings that put the run itself in doubt, and which rules they void.
//!
//! What a void rule would have said is unknown: neither its violation nor its silence counts. A
//! question that never arose, or had no answer before, stays as it is.

use crate::model::{Reason, Verdict};

use super::Rule;

/// A rule whose violation voids others.
#[derive(Clone, Copy, Debug)]
pub struct Doubt {
    /// The rule's id.
    pub rule: &'static str,
    /// Why those others are undetermined then.
    pub reason: Reason,
    rests_on: fn(&str) -> bool,
}

/// Every such rule; the one whose doubt goes deeper first.
pub const DOUBTS: &[Doubt] = &[
    Doubt {
        rule: "tls-intercepted",
        reason: Reason::TlsIntercepted,
        rests_on: on_certificates,
    },
    Doubt {
        rule: "clock-suspect",
        reason: Reason::ClockSuspect,
        rests_on: on_dates,
    },
];

impl Doubt {
    /// The verdict of a rule, given this doubt.
    pub fn void(&self, rule: &Rule, verdict: Verdict) -> Verdict {
        match verdict {
            Verdict::Compliant | Verdict::Violation(_) if (self.rests_on)(rule.id) => {
                Verdict::Undetermined(self.reason)
            }
            other => other,
        }
    }
}

/// Rules about what the server's certificate and its chain show.
fn on_certificates(rule: &str) -> bool {
    rule.starts_with("cert-")
        || matches!(rule, "key-shared" | "ocsp-staple-missing" | "dane-mismatch")
}

/// Rules that compare a date with the time of judgement.
fn on_dates(rule: &str) -> bool {
    matches!(
        rule,
        "cert-expired"
            | "cert-not-yet-valid"
            | "cert-expiring"
            | "cert-intermediate-expired"
            | "cert-revoked"
            | "cert-revocation-unknown"
            | "cert-differs-between-addresses"
            | "cert-renewal-half-done"
    )
}
