//! Suites are accepted with which a stolen key opens what was recorded long before.

use crate::model::{
    Citation, Evidence, Severity, Standard, Standing, SuiteTraits, TlsVersion, Value, Verb, Verdict,
};
use crate::policy::Policy;

use super::allowed::of_traits;
use super::example::{SERVER, term};
use super::{AddressCase, Check, EndpointCase, Rule};

/// `no-forward-secrecy`: keys are agreed on with the fixed key of the certificate: static RSA, static
/// Diffie-Hellman over either kind of group, GOST.
pub const RULE: Rule = Rule {
    id: "no-forward-secrecy",
    severity: Severity::Medium,
    variants: &[("nothing-else", Severity::High)],
    citations: &[
        Citation::new(Standard::Rfc10015, "", Verb::States),
        Citation::new(Standard::Rfc9325, "§4.1", Verb::States),
    ],
    check: Check::Endpoint(judge),
    example: || {
        Evidence::new()
            .with("server", term(SERVER))
            .with("suites", Value::terms(["TLS_RSA_WITH_AES_128_GCM_SHA256"]))
    },
};

fn judge(case: &EndpointCase<'_>, _: &Policy) -> Verdict {
    case.each_address(|address| {
        let accepted = address.accepted(of_traits(SuiteTraits::static_key))?;
        let evidence = Evidence::new()
            .with("server", Value::Term(case.endpoint.to_string()))
            .with("suites", Value::terms(accepted));
        Ok(Verdict::Violation(match nothing_else(address) {
            true => evidence.variant("nothing-else"),
            false => evidence,
        }))
    })
}

/// Whether the server refuses whatever forgets its keys, TLS 1.3 among it.
fn nothing_else(address: &AddressCase<'_>) -> bool {
    let allowed = address.allowed();
    allowed.version(TlsVersion::TLS_1_3) == Standing::Refused
        && allowed.class(of_traits(SuiteTraits::forward_secret)) == Standing::Refused
}
