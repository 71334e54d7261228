//! Findings that put the run itself in doubt, and which rules they void.
//!
//! What a void rule would have said is unknown: neither its violation nor its silence counts. A
//! question that never arose, or had no answer before, stays as it is. Behind TLS inspection what
//! else TLS shows is the proxy's doing, and every violation of it says so (threat model H5).

use crate::model::{Reason, Value, Verdict};

use super::Rule;

/// A rule whose violation voids others.
#[derive(Clone, Copy, Debug)]
pub struct Doubt {
    /// The rule's id.
    pub rule: &'static str,
    /// Why those others are undetermined then.
    pub reason: Reason,
    rests_on: fn(&str) -> bool,
    /// Rules whose violations stand and may be the proxy's.
    of_proxy: fn(&str) -> bool,
}

/// Every such rule; the one whose doubt goes deeper first.
pub const DOUBTS: &[Doubt] = &[
    Doubt {
        rule: "tls-intercepted",
        reason: Reason::TlsIntercepted,
        rests_on: on_certificates,
        of_proxy: on_handshakes,
    },
    Doubt {
        rule: "clock-suspect",
        reason: Reason::ClockSuspect,
        rests_on: on_dates,
        of_proxy: |_| false,
    },
];

impl Doubt {
    /// The verdict of a rule, given this doubt.
    pub fn void(&self, rule: &Rule, verdict: Verdict) -> Verdict {
        match verdict {
            Verdict::Compliant | Verdict::Violation(_) if (self.rests_on)(rule.id) => {
                Verdict::Undetermined(self.reason)
            }
            Verdict::Violation(evidence) if (self.of_proxy)(rule.id) => {
                Verdict::Violation(evidence.with("proxy", Value::Term(self.rule.to_owned())))
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

/// Rules about what else a handshake shows: versions, suites, key exchange, extensions.
fn on_handshakes(rule: &str) -> bool {
    let begins = ["cipher-", "tls-version-", "key-exchange-"];
    begins.iter().any(|begins| rule.starts_with(begins))
        || matches!(
            rule,
            "client-certificate-required"
                | "insecure-renegotiation"
                | "no-aead"
                | "no-extended-master-secret"
                | "no-forward-secrecy"
                | "post-quantum-missing"
                | "starttls-broken"
                | "tlcp-only"
                | "tls-compression"
                | "tls-handshake-fails"
        )
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
