//! A box on the way removes the offer to encrypt.

use crate::model::{Citation, Evidence, Severity, Standard, Value, Verb, Verdict};
use crate::policy::Policy;

use super::example::{foreign, term};
use super::{Check, EndpointCase, Rule};

/// `starttls-stripped-in-path`: keywords of X's, a greeting of asterisks, or a refusal of a command
/// that was never sent. What this machine hears of the server is not what the server says, so the
/// port is not verified (threat model H7). Some boxes mask words and let the offer to encrypt through.
pub const RULE: Rule = Rule {
    id: "starttls-stripped-in-path",
    severity: Severity::Info,
    variants: &[("offered", Severity::Info)],
    citations: &[Citation::new(Standard::Mailfleet, "", Verb::Interpretation)],
    check: Check::Endpoint(judge),
    example: || {
        Evidence::new()
            .with("server", term("mail.example.com:587"))
            .with("words", foreign("250-XXXXXXXA"))
    },
};

fn judge(case: &EndpointCase<'_>, _: &Policy) -> Verdict {
    case.each_address(|address| {
        let Some(words) = address.masked_words() else {
            return Ok(match address.visit.reached() {
                true => Verdict::Compliant,
                false => Verdict::NotApplicable,
            });
        };
        let evidence = Evidence::new()
            .with("server", Value::Term(case.endpoint.to_string()))
            .with("words", Value::Foreign(words.lossy()));
        let answer = address.visit.starttls.seen();
        let offered = answer.is_some_and(|answer| answer.announced && answer.accepted);
        Ok(Verdict::Violation(match offered {
            true => evidence.variant("offered"),
            false => evidence,
        }))
    })
}
