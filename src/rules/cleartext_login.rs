//! The server invites passwords before the connection is encrypted.

use crate::model::{
    Citation, Evidence, Opening, Reason, Severity, Standard, Value, Verb, Verdict, Visited,
};
use crate::policy::Policy;

use super::{Check, EndpointCase, Rule, need};

/// `cleartext-login`: before TLS the server lists, or by its protocol's grammar leaves open, a way
/// of logging in that hands over the password itself. Some servers treat a connection from their
/// own machine as secure, so from there nothing can be said (threat model I9); nor behind a box
/// that rewrites what the server lists (H7).
pub const RULE: Rule = Rule {
    id: "cleartext-login",
    severity: Severity::High,
    variants: &[],
    citations: &[
        Citation::new(Standard::Rfc9051, "§11.7", Verb::Must),
        Citation::new(Standard::Rfc5034, "§4", Verb::Must),
        Citation::new(Standard::Rfc4954, "§4", Verb::Should),
        Citation::new(Standard::Rfc8314, "§4", Verb::Should),
    ],
    check: Check::Endpoint(judge),
};

fn judge(case: &EndpointCase<'_>, _: &Policy) -> Verdict {
    case.each_address(|address| {
        let visit = address.visit;
        if *need(&visit.opening)? == Opening::Tls {
            return Ok(Verdict::NotApplicable);
        }
        let greeting = need(&visit.greeting)?;
        if greeting.spoken.protocol().is_none() {
            return Ok(Verdict::NotApplicable);
        }
        let listed = need(&visit.capabilities)?;
        Ok(if address.masked_on_the_way() {
            Verdict::Undetermined(Reason::StarttlsStripped)
        } else if from_the_server_itself(visit) {
            Verdict::Undetermined(Reason::VantageIsServer)
        } else if !listed.password_logins.is_empty() {
            Verdict::Violation(
                Evidence::new()
                    .with("server", Value::Term(case.endpoint.to_string()))
                    .with("protocol", Value::Term(greeting.spoken.name().to_owned()))
                    .with("logins", Value::List(listed.password_logins.clone())),
            )
        } else if listed.refused {
            Verdict::Undetermined(Reason::Unreachable)
        } else {
            Verdict::Compliant
        })
    })
}

/// Whether both ends of the connection are one address.
fn from_the_server_itself(visit: &Visited) -> bool {
    let server = visit.dialled.map_or(visit.address, |dialled| dialled.ip());
    visit
        .connected
        .seen()
        .is_some_and(|connected| connected.local.to_canonical() == server.to_canonical())
}
