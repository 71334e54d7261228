//! The server greets with a refusal.

use crate::model::{
    Cause, Citation, Evidence, GreetingKind, Phase, Severity, Standard, Value, Verb, Verdict,
};
use crate::policy::Policy;

use super::example::{SERVER, foreign, term};
use super::{Check, EndpointCase, Rule};

/// `server-refuses`: `421`, `554`, `-ERR` or `BYE` instead of a welcome. It may refuse this
/// machine alone, so it is no breach.
pub const RULE: Rule = Rule {
    id: "server-refuses",
    severity: Severity::Info,
    variants: &[],
    citations: &[Citation::new(Standard::Mailfleet, "", Verb::Interpretation)],
    check: Check::Endpoint(judge),
    example: || {
        Evidence::new()
            .with("server", term(SERVER))
            .with("reply", foreign("* BYE closed for maintenance"))
    },
};

fn judge(case: &EndpointCase<'_>, _: &Policy) -> Verdict {
    let refusal = |words: String| {
        Verdict::Violation(
            Evidence::new()
                .with("server", Value::Term(case.endpoint.to_string()))
                .with("reply", Value::Foreign(words)),
        )
    };
    case.each_address(|address| {
        let greeting = &address.visit.greeting;
        if let Some(greeting) = greeting.seen() {
            return Ok(match greeting.kind {
                GreetingKind::Refusal => refusal(greeting.raw.lossy()),
                _ => Verdict::Compliant,
            });
        }
        Ok(match greeting.gap().map(|gap| (gap.phase, &gap.cause)) {
            Some((Phase::Greeting, Cause::Turned(words))) => refusal(words.lossy()),
            _ => Verdict::NotApplicable,
        })
    })
}
