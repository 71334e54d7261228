//! The best that the server agrees to is older than the policy allows.

use crate::model::{Citation, Evidence, Severity, Standard, Value, Verb, Verdict};
use crate::policy::Policy;

use super::example::{SERVER, term};
use super::{Check, EndpointCase, Rule};

/// `tls-version-outdated`: the best version that the server agrees to, in a session or in answer to a
/// hello, is below the policy's `tls_minimum`. Of a server that refuses everything nothing is known
/// here; that is `tls-handshake-fails`.
pub const RULE: Rule = Rule {
    id: "tls-version-outdated",
    severity: Severity::Medium,
    variants: &[],
    citations: &[
        Citation::new(Standard::Rfc8314, "§4", Verb::Must),
        Citation::new(Standard::Rfc9325, "§3.1.1", Verb::Must),
        Citation::new(Standard::Rfc8997, "§3", Verb::Should),
    ],
    check: Check::Endpoint(judge),
    example: || {
        Evidence::new()
            .with("server", term(SERVER))
            .with("version", term("TLS 1.2"))
            .with("minimum", term("TLS 1.3"))
    },
};

fn judge(case: &EndpointCase<'_>, policy: &Policy) -> Verdict {
    let minimum = policy.thresholds.tls_minimum;
    case.each_address(|address| {
        let version = address.best_version()?;
        Ok(match version < minimum {
            true => Verdict::Violation(
                Evidence::new()
                    .with("server", Value::Term(case.endpoint.to_string()))
                    .with("version", Value::Term(version.to_string()))
                    .with("minimum", Value::Term(minimum.to_string())),
            ),
            false => Verdict::Compliant,
        })
    })
}
