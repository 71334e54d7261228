//! A connection can be taken up where somebody else began it.

use crate::model::{Citation, Evidence, OldServerHello, Severity, Standard, Value, Verb, Verdict};
use crate::policy::Policy;

use super::example::{SERVER, term};
use super::{Check, EndpointCase, Rule};

/// renegotiation_info (RFC 5746 §3.2).
const RENEGOTIATION_INFO: u16 = 0xff01;

/// `insecure-renegotiation`: at SSL 3.0 to TLS 1.2 the server does not say that it binds a
/// renegotiation to what came before. TLS 1.3 has none.
pub const RULE: Rule = Rule {
    id: "insecure-renegotiation",
    severity: Severity::Medium,
    variants: &[],
    citations: &[Citation::new(Standard::Rfc9325, "§3.5", Verb::Must)],
    check: Check::Endpoint(judge),
    example: || {
        Evidence::new()
            .with("server", term(SERVER))
            .with("version", term("TLS 1.2"))
    },
};

/// Every hello signals it, by the suite that stands for it: a server understands that at SSL 3.0, and
/// where it chokes on extensions.
fn judge(case: &EndpointCase<'_>, _: &Policy) -> Verdict {
    case.each_address(|address| {
        let said = address.old_server_hellos()?;
        let silent = |said: &&OldServerHello<'_>| !said.extensions.contains(&RENEGOTIATION_INFO);
        Ok(match said.iter().find(silent) {
            Some(said) => Verdict::Violation(
                Evidence::new()
                    .with("server", Value::Term(case.endpoint.to_string()))
                    .with("version", Value::Term(said.version.to_string())),
            ),
            None => Verdict::Compliant,
        })
    })
}
