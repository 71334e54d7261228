//! The server invites passwords before the connection is encrypted.

use crate::model::{Evidence, Protocol, Reason, Severity, Value, Verdict};
use crate::policy::Policy;

use super::clear_login;
use super::example::{list, term};
use super::{Check, EndpointCase, Rule, need};

/// `cleartext-login`: before TLS the server lists, or by its protocol's grammar leaves open, a way
/// of logging in that hands over the password itself. From the server's own machine, and behind a box
/// that rewrites what it lists, nothing can be said.
pub const RULE: Rule = Rule {
    id: "cleartext-login",
    severity: Severity::High,
    variants: &[],
    citations: clear_login::CITATIONS,
    check: Check::Endpoint(judge),
    example: || {
        Evidence::new()
            .seen_in(Protocol::Pop3)
            .with("server", term("mail.example.com:110"))
            .with("logins", list(&["USER", "PLAIN"]))
    },
};

fn judge(case: &EndpointCase<'_>, _: &Policy) -> Verdict {
    case.each_address(|address| {
        let protocol = address.need_clear_text()?;
        let listed = need(&address.visit.capabilities)?;
        address.need_view_of_clear_login()?;
        Ok(if !listed.password_logins.is_empty() {
            Verdict::Violation(
                Evidence::new()
                    .seen_in(protocol)
                    .with("server", Value::Term(case.endpoint.to_string()))
                    .with("logins", Value::List(listed.password_logins.clone())),
            )
        } else if listed.refused {
            Verdict::Undetermined(Reason::Unreachable)
        } else {
            Verdict::Compliant
        })
    })
}
