//! A connection can be taken up where somebody else began it.

use crate::model::{
    Citation, Evidence, OldServerHello, Severity, Standard, Suite, Value, Verb, Verdict,
};
use crate::policy::Policy;

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
};

fn judge(case: &EndpointCase<'_>, _: &Policy) -> Verdict {
    case.each_address(|address| {
        let mut said = address.old_server_hellos()?;
        said.retain(was_asked);
        let silent = |said: &&OldServerHello<'_>| !said.extensions.contains(&RENEGOTIATION_INFO);
        Ok(match said.iter().find(silent) {
            Some(said) => Verdict::Violation(
                Evidence::new()
                    .with("server", Value::Term(case.endpoint.to_string()))
                    .with("version", Value::Term(said.version.to_string())),
            ),
            None if said.is_empty() => Verdict::NotApplicable,
            None => Verdict::Compliant,
        })
    })
}

/// Whether the hello signalled it: by the extension, which a bare one lacks, or by the suite that
/// stands for it.
fn was_asked(said: &OldServerHello<'_>) -> bool {
    said.hello
        .is_none_or(|hello| !hello.bare || hello.suites.0.contains(&Suite::RENEGOTIATION_SIGNAL))
}
