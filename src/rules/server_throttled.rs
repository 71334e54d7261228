//! The server asks to come back later before everything was asked.

use crate::model::{
    Cause, Citation, Evidence, Gap, GreetingKind, Severity, Standard, Value, Verb, Verdict, Visited,
};
use crate::policy::Policy;

use super::example::{SERVER, term};
use super::{Check, EndpointCase, Rule};

/// `server-throttled`: after answers it began to refuse or to stall, or turned us away at once in
/// words that are no greeting. What was not answered is not verified (threat model G2, G3). A greeting
/// that refuses is `server-refuses`. An address that was only spared, since others of its network did
/// so, is not blamed for them.
pub const RULE: Rule = Rule {
    id: "server-throttled",
    severity: Severity::Info,
    variants: &[("at-once", Severity::Info), ("neighbours", Severity::Info)],
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
        let evidence = |unanswered: usize| {
            let server = Value::Term(case.endpoint.to_string());
            let evidence = Evidence::new().with("server", server);
            evidence.with("unanswered", unanswered)
        };
        let unanswered = |cause| unanswered(visit, cause);
        let (own, spared) = (
            unanswered(Cause::Throttled),
            unanswered(Cause::NeighboursThrottled),
        );
        Ok(match (own, spared, visit.reached()) {
            (0, 0, true) => Verdict::Compliant,
            (0, 0, false) => Verdict::NotApplicable,
            (0, _, _) => Verdict::Violation(evidence(spared).variant("neighbours")),
            (_, _, true) => Verdict::Violation(evidence(own)),
            (_, _, false) => Verdict::Violation(evidence(own).variant("at-once")),
        })
    })
}

/// How many questions have no answer because of `cause`.
fn unanswered(visit: &Visited, cause: Cause) -> usize {
    let why = |gap: &Gap| gap.cause == cause;
    let hellos = visit.hellos.iter().filter_map(|one| one.answer.gap());
    let sessions = visit.sessions.iter().filter_map(|one| one.shown.gap());
    let alarming = [visit.injection.gap(), visit.login_begun.gap()];
    visit
        .gaps()
        .chain(hellos)
        .chain(sessions)
        .chain(alarming.into_iter().flatten())
        .filter(|gap| why(gap))
        .count()
}
