//! Only suites are accepted that encrypt and authenticate apart.

use crate::model::{
    Citation, Evidence, Severity, Standard, Standing, SuiteTraits, TlsVersion, Value, Verb, Verdict,
};
use crate::policy::Policy;

use super::allowed::{of_traits, unsaid};
use super::{Check, EndpointCase, Rule, need};

/// `no-aead`: a current client, which offers AEAD alone, is refused, and so is every older suite with
/// AEAD; or the best version is one that has none. A server that picks a CBC suite where AEAD was
/// offered beside it may have both.
pub const RULE: Rule = Rule {
    id: "no-aead",
    severity: Severity::Medium,
    variants: &[],
    citations: &[Citation::new(Standard::Rfc9325, "§4.2", Verb::Should)],
    check: Check::Endpoint(judge),
};

fn judge(case: &EndpointCase<'_>, _: &Policy) -> Verdict {
    case.each_address(|address| {
        let allowed = address.allowed();
        let suites = allowed.suites();
        if suites.is_empty() {
            need(&address.visit.tls)?;
            return Ok(Verdict::NotApplicable);
        }
        let aead = of_traits(|traits| traits.aead);
        if suites.iter().any(|(suite, _)| aead(*suite)) {
            return Ok(Verdict::Compliant);
        }
        if address.best_version()? >= TlsVersion::TLS_1_2 {
            let older = |traits: &SuiteTraits| traits.aead && !traits.modern();
            match allowed.class(of_traits(older)) {
                Standing::Refused if address.refused_handshake().is_some() => {}
                open => return Err(unsaid(open)),
            }
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
