//! The server asks to come back later before everything was asked.

use crate::model::{
    Cause, Citation, Evidence, Fact, Gap, GreetingKind, Severity, Standard, Value, Verb, Verdict,
    Visited,
};
use crate::policy::Policy;

use super::example::{SERVER, term};
use super::{Check, EndpointCase, Rule};

/// `server-throttled`: after answers it began to refuse or to stall, or turned us away at once in
/// words that are no greeting. What was not answered is not verified (threat model G2, G3). A greeting
/// that refuses is `server-refuses`.
pub const RULE: Rule = Rule {
    id: "server-throttled",
    severity: Severity::Info,
    variants: &[("at-once", Severity::Info)],
    citations: &[Citation::new(Standard::Mailfleet, "", Verb::Interpretation)],
    check: Check::Endpoint(judge),
    example: || {
        Evidence::new()
            .with("server", term(SERVER))
            .with("unanswered", 4_i64)
    },
};

fn judge(case: &EndpointCase<'_>, _: &Policy) -> Verdict {
    case.each_address(|address| {
        let visit = address.visit;
        let greeting = visit.greeting.seen();
        if greeting.is_some_and(|greeting| greeting.kind == GreetingKind::Refusal) {
            return Ok(Verdict::NotApplicable);
        }
        let unanswered = i64::try_from(unanswered(visit)).unwrap_or(i64::MAX);
        let evidence = Evidence::new()
            .with("server", Value::Term(case.endpoint.to_string()))
            .with("unanswered", unanswered);
        Ok(match (unanswered, visit.reached()) {
            (0, true) => Verdict::Compliant,
            (0, false) => Verdict::NotApplicable,
            (_, true) => Verdict::Violation(evidence),
            (_, false) => Verdict::Violation(evidence.variant("at-once")),
        })
    })
}

/// How many questions have no answer because of it.
fn unanswered(visit: &Visited) -> usize {
    fn throttled(gap: &Gap) -> bool {
        gap.cause == Cause::Throttled
    }
    fn lost<T>(fact: &Fact<T>) -> bool {
        fact.gap().is_some_and(throttled)
    }
    visit.gaps().filter(|gap| throttled(gap)).count()
        + visit
            .hellos
            .iter()
            .filter(|asked| lost(&asked.answer))
            .count()
        + visit.sessions.iter().filter(|one| lost(&one.shown)).count()
        + usize::from(lost(&visit.injection))
        + usize::from(lost(&visit.login_begun))
}
