//! A suite that the policy does not list is accepted.

use crate::model::{Citation, Evidence, Severity, Standard, Value, Verb, Verdict};
use crate::policy::Policy;

use super::example::{SERVER, term};
use super::{Check, EndpointCase, Rule};

/// `cipher-outside-policy`. TLCP is another protocol with suites of its own, which no list of a policy
/// means.
pub const RULE: Rule = Rule {
    id: "cipher-outside-policy",
    severity: Severity::Medium,
    variants: &[],
    citations: &[
        Citation::new(Standard::Rfc9325, "§4.2", Verb::Should),
        Citation::new(Standard::Rfc8314, "§4", Verb::Should),
        Citation::new(Standard::Rfc10015, "", Verb::States),
    ],
    check: Check::Endpoint(judge),
    example: || {
        Evidence::new().with("server", term(SERVER)).with(
            "suites",
            Value::terms(["TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA"]),
        )
    },
};

fn judge(case: &EndpointCase<'_>, policy: &Policy) -> Verdict {
    case.each_address(|address| {
        let accepted = address.accepted(|suite| !policy.suites.allows(suite))?;
        Ok(Verdict::Violation(
            Evidence::new()
                .with("server", Value::Term(case.endpoint.to_string()))
                .with("suites", Value::terms(accepted)),
        ))
    })
}
