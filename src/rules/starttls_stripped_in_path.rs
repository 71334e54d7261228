//! A box on the way removes the offer to encrypt.

use crate::model::{Citation, Evidence, Severity, Standard, Value, Verb, Verdict};
use crate::policy::Policy;

use super::{Check, EndpointCase, Rule};

/// `starttls-stripped-in-path`: keywords of X's, or a greeting of asterisks. What this machine
/// hears of the server is not what the server says, so the port is not verified (threat model H7).
pub const RULE: Rule = Rule {
    id: "starttls-stripped-in-path",
    severity: Severity::Info,
    variants: &[],
    citations: &[Citation::new(Standard::Mailfleet, "", Verb::Interpretation)],
    check: Check::Endpoint(judge),
};

fn judge(case: &EndpointCase<'_>, _: &Policy) -> Verdict {
    case.each_address(|address| {
        let Some(words) = address.masked_words() else {
            return Ok(match address.visit.reached() {
                true => Verdict::Compliant,
                false => Verdict::NotApplicable,
            });
        };
        Ok(Verdict::Violation(
            Evidence::new()
                .with("server", Value::Term(case.endpoint.to_string()))
                .with("words", Value::Foreign(words.lossy())),
        ))
    })
}
