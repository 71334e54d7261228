//! A certificate of the chain does not parse.

use crate::model::{Citation, Evidence, Path, Phrase, Severity, Standard, Verb, Verdict};
use crate::policy::Policy;

use super::{Check, EndpointCase, Rule};

/// `cert-malformed`
pub const RULE: Rule = Rule {
    id: "cert-malformed",
    severity: Severity::High,
    variants: &[("unused", Severity::Low)],
    citations: &[Citation::new(Standard::Rfc5280, "", Verb::States)],
    check: Check::Endpoint(judge),
    example: || {
        Evidence::new().with("number", 1_i64).with(
            "why",
            Phrase::new("malformed-structure").with("at", 118_i64),
        )
    },
};

/// One that a path does without harms only clients that insist on reading everything.
fn judge(case: &EndpointCase<'_>, _: &Policy) -> Verdict {
    case.each_address(|seen| {
        let chain = seen.need_chain()?;
        if chain.certificates.is_empty() {
            return Ok(Verdict::NotApplicable);
        }
        let mut numbered = (1_u32..).zip(&chain.certificates);
        let fault = numbered.find_map(|(number, certificate)| {
            let why = certificate.as_ref().err()?;
            Some((number, why))
        });
        let Some((number, why)) = fault else {
            return Ok(Verdict::Compliant);
        };
        let evidence = Evidence::new()
            .with("number", number)
            .with("why", why.clone());
        Ok(Verdict::Violation(match chain.path {
            Path::Holds { .. } => evidence.variant("unused"),
            _ => evidence,
        }))
    })
}
