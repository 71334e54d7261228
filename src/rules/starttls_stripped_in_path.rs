//! A box on the way removes the offer to encrypt.

use crate::model::{Citation, Evidence, Raw, Severity, Standard, Value, Verb, Verdict};
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
        if !address.masked_on_the_way() {
            return Ok(match address.visit.reached() {
                true => Verdict::Compliant,
                false => Verdict::NotApplicable,
            });
        }
        let masked = |line: &&Raw| line.lossy().to_uppercase().contains("XXXXXXXX");
        let listed = address.visit.capabilities.seen();
        let greeting = address.visit.greeting.seen().map(|greeting| &greeting.raw);
        let words = listed
            .and_then(|listed| listed.lines.iter().find(masked))
            .or(greeting)
            .map_or_else(String::new, Raw::lossy);
        Ok(Verdict::Violation(
            Evidence::new()
                .with("server", Value::Term(case.endpoint.to_string()))
                .with("words", Value::Foreign(words)),
        ))
    })
}
