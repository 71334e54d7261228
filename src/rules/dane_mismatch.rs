//! The domain publishes which certificates are its own, and the server shows another.

use crate::model::{Citation, Dane, Evidence, Reason, Severity, Standard, Value, Verb, Verdict};
use crate::policy::Policy;

use super::example::{list, term};
use super::{Check, EndpointCase, Rule};

/// `dane-mismatch`
pub const RULE: Rule = Rule {
    id: "dane-mismatch",
    severity: Severity::High,
    variants: &[],
    citations: &[
        Citation::new(Standard::Rfc6698, "§2.1.1", Verb::Must),
        Citation::new(Standard::Rfc8314, "§4.5.4", Verb::Should),
        Citation::new(Standard::Rfc7671, "§5", Verb::States),
    ],
    check: Check::Endpoint(judge),
    example: || {
        Evidence::new()
            .with("name", term("_993._tcp.mail.example.com"))
            .with("published", list(&["3 1 1 0d6f…"]))
            .with("fitting", term("3 1 1 8bb1…"))
    },
};

/// Records that no DNSSEC proves must not be used (RFC 6698 §4.1), so they accuse nobody. Where the
/// question itself failed a mismatch cannot be ruled out.
fn judge(case: &EndpointCase<'_>, policy: &Policy) -> Verdict {
    if !policy.dane {
        return Verdict::NotApplicable;
    }
    case.each_address(|seen| {
        seen.need_chain()?;
        Ok(match &seen.attested.dane {
            Dane::NotAsked | Dane::Absent | Dane::Unproven => Verdict::NotApplicable,
            Dane::Unseen(gap) => Verdict::Undetermined(Reason::from(gap)),
            Dane::Matches => Verdict::Compliant,
            Dane::Differs { published, fitting } => Verdict::Violation(
                Evidence::new()
                    .with(
                        "name",
                        Value::Term(format!(
                            "_{}._tcp.{}",
                            case.endpoint.port, case.endpoint.host
                        )),
                    )
                    .with("published", Value::List(published.clone()))
                    .with("fitting", Value::Term(fitting.clone())),
            ),
        })
    })
}
