//! Only suites are accepted that encrypt and authenticate apart.

use crate::model::{
    Citation, Evidence, Severity, Standard, Standing, TlsVersion, Value, Verb, Verdict,
};
use crate::policy::Policy;

use super::allowed::of_traits;
use super::example::{SERVER, term};
use super::{Check, EndpointCase, Rule, need};

/// `no-aead`: every suite with AEAD is refused, and with it TLS 1.3, which has no other; or the best
/// version is one that has none. A server that picks a CBC suite where AEAD was offered beside it may
/// have both.
pub const RULE: Rule = Rule {
    id: "no-aead",
    severity: Severity::Medium,
    variants: &[],
    citations: &[Citation::new(Standard::Rfc9325, "§4.2", Verb::Should)],
    check: Check::Endpoint(judge),
    example: || {
        Evidence::new().with("server", term(SERVER)).with(
            "suites",
            Value::terms(["TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA"]),
        )
    },
};

fn judge(case: &EndpointCase<'_>, _: &Policy) -> Verdict {
    case.each_address(|address| {
        let allowed = address.allowed();
        let suites = allowed.suites();
        if suites.is_empty() {
            need(&address.visit.tls)?;
            return Ok(Verdict::NotApplicable);
        }
        let refused = match allowed.class(of_traits(|traits| traits.aead)) {
            Standing::Accepted => return Ok(Verdict::Compliant),
            // There is none before TLS 1.2.
            _ if address.nothing_newer_than(TlsVersion::TLS_1_1) => Standing::Refused,
            Standing::Refused => allowed.version(TlsVersion::TLS_1_3),
            open => open,
        };
        if refused != Standing::Refused {
            return Err(address.unsaid(refused));
        }
        Ok(Verdict::Violation(
            Evidence::new()
                .with("server", Value::Term(case.endpoint.to_string()))
                .with(
                    "suites",
                    Value::terms(suites.iter().map(|(suite, _)| suite)),
                ),
        ))
    })
}
