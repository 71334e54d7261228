//! A suite that protects from nobody who takes the trouble is accepted.

use crate::model::{Citation, Evidence, Severity, Standard, SuiteTraits, Value, Verb, Verdict};
use crate::policy::Policy;

use super::allowed::of_traits;
use super::example::{SERVER, term};
use super::{Check, EndpointCase, Rule};

/// `cipher-insecure`: no encryption, no proof of who the server is, keys cut for export, RC4, DES, or
/// integrity by MD5.
pub const RULE: Rule = Rule {
    id: "cipher-insecure",
    severity: Severity::Critical,
    variants: &[],
    citations: &[
        Citation::new(Standard::Rfc9325, "§4.1", Verb::Must),
        Citation::new(Standard::Rfc7465, "§2", Verb::Must),
        Citation::new(Standard::Rfc8314, "§4.4", Verb::Must),
    ],
    check: Check::Endpoint(judge),
    example: || {
        Evidence::new()
            .with("server", term(SERVER))
            .with("suites", Value::terms(["TLS_RSA_WITH_RC4_128_SHA"]))
    },
};

fn judge(case: &EndpointCase<'_>, _: &Policy) -> Verdict {
    case.each_address(|address| {
        let accepted = address.accepted(of_traits(SuiteTraits::insecure))?;
        Ok(Verdict::Violation(
            Evidence::new()
                .with("server", Value::Term(case.endpoint.to_string()))
                .with("suites", Value::terms(accepted)),
        ))
    })
}
