//! What is recorded today may be read once there are quantum computers.

use crate::model::{
    Citation, Evidence, NamedGroup, Severity, Standard, Standing, TlsVersion, Value, Verb, Verdict,
};
use crate::policy::Policy;

use super::example::{SERVER, term};
use super::{Check, EndpointCase, Rule, need};

/// `post-quantum-missing`: offered X25519MLKEM768 first and with a key share, the server picks another
/// group, or a version that has none such; and no hello that offers hybrids, where any was sent, brings
/// one.
pub const RULE: Rule = Rule {
    id: "post-quantum-missing",
    severity: Severity::Info,
    variants: &[("version", Severity::Info)],
    citations: &[
        Citation::new(Standard::Rfc10024, "", Verb::States),
        Citation::new(Standard::Mailfleet, "", Verb::Interpretation),
    ],
    check: Check::Endpoint(judge),
    example: || {
        Evidence::new()
            .with("server", term(SERVER))
            .with("group", term("x25519"))
    },
};

fn judge(case: &EndpointCase<'_>, _: &Policy) -> Verdict {
    case.each_address(|address| {
        let allowed = address.allowed();
        if allowed.groups().into_iter().any(NamedGroup::post_quantum) {
            return Ok(Verdict::Compliant);
        }
        let evidence = Evidence::new().with("server", Value::Term(case.endpoint.to_string()));
        if allowed.version(TlsVersion::TLS_1_3) == Standing::Refused {
            let best = address.best_version()?;
            return Ok(Verdict::Violation(
                evidence
                    .variant("version")
                    .with("version", Value::Term(best.to_string())),
            ));
        }
        Ok(match need(&address.visit.tls)?.group {
            Some(group) => {
                Verdict::Violation(evidence.with("group", Value::Term(group.to_string())))
            }
            // The journal is older than the question.
            None => Verdict::NotApplicable,
        })
    })
}
