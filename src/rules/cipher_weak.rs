//! A suite whose cipher is given up is accepted.

use crate::model::{Citation, Evidence, Severity, Standard, SuiteTraits, Value, Verb, Verdict};
use crate::policy::Policy;

use super::allowed::of_traits;
use super::example::{SERVER, term};
use super::{Check, EndpointCase, Rule};

/// `cipher-weak`: 3DES, IDEA and others with blocks of 64 bits, which repeat within one long
/// connection, or SEED. What is worse is `cipher-insecure`.
pub const RULE: Rule = Rule {
    id: "cipher-weak",
    severity: Severity::Medium,
    variants: &[],
    citations: &[Citation::new(Standard::Rfc9325, "§4.1", Verb::Should)],
    check: Check::Endpoint(judge),
    example: || {
        Evidence::new()
            .with("server", term(SERVER))
            .with("suites", Value::terms(["TLS_RSA_WITH_3DES_EDE_CBC_SHA"]))
    },
};

fn judge(case: &EndpointCase<'_>, _: &Policy) -> Verdict {
    case.each_address(|address| {
        let accepted = address.accepted(of_traits(SuiteTraits::weak))?;
        Ok(Verdict::Violation(
            Evidence::new()
                .with("server", Value::Term(case.endpoint.to_string()))
                .with("suites", Value::terms(accepted)),
        ))
    })
}
