//! TLS compresses what it encrypts.

use crate::model::{Citation, Evidence, Hello, Severity, Standard, Value, Verb, Verdict};
use crate::policy::Policy;

use super::example::{SERVER, term};
use super::{Check, EndpointCase, Rule};

/// `tls-compression`: offered compression, the server takes it. The length of what is encrypted then
/// tells of its content (CRIME).
pub const RULE: Rule = Rule {
    id: "tls-compression",
    severity: Severity::High,
    variants: &[],
    citations: &[Citation::new(Standard::Rfc9325, "§3.3", Verb::Should)],
    check: Check::Endpoint(judge),
    example: || {
        Evidence::new()
            .with("server", term(SERVER))
            .with("version", term("TLS 1.2"))
    },
};

fn judge(case: &EndpointCase<'_>, _: &Policy) -> Verdict {
    case.each_address(|address| {
        let said = address.old_server_hellos()?;
        if let Some(said) = said.iter().find(|said| said.compression != 0) {
            return Ok(Verdict::Violation(
                Evidence::new()
                    .with("server", Value::Term(case.endpoint.to_string()))
                    .with("version", Value::Term(said.version.to_string())),
            ));
        }
        let offered = |hello: &Hello| hello.compression;
        Ok(
            match said.iter().any(|said| said.hello.is_some_and(offered)) {
                true => Verdict::Compliant,
                false => Verdict::NotApplicable,
            },
        )
    })
}
