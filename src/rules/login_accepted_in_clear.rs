//! The server goes on with a login before the connection is encrypted.

use crate::model::{Evidence, Protocol, Severity, Value, Verdict};
use crate::policy::Policy;

use super::clear_login;
use super::example::{foreign, term};
use super::{Check, EndpointCase, Rule, need};

/// `login-accepted-in-clear`: before TLS a login was begun, and a challenge came. It was given up
/// there. A server that said no may mean the mechanism as well as the place: more cannot be asked
/// without logging in, and what it announces is `cleartext-login`'s.
pub const RULE: Rule = Rule {
    id: "login-accepted-in-clear",
    severity: Severity::Critical,
    variants: &[],
    citations: clear_login::CITATIONS,
    check: Check::Endpoint(judge),
    example: || {
        Evidence::new()
            .seen_in(Protocol::Imap)
            .with("server", term("mail.example.com:143"))
            .with("mechanism", term("PLAIN"))
            .with("reply", foreign("+ go ahead"))
    },
};

fn judge(case: &EndpointCase<'_>, _: &Policy) -> Verdict {
    case.each_address(|address| {
        let begun = need(&address.visit.login_begun)?;
        let protocol = address.need_clear_text()?;
        address.need_view_of_clear_login()?;
        Ok(match begun.went_on {
            true => Verdict::Violation(
                Evidence::new()
                    .seen_in(protocol)
                    .with("server", Value::Term(case.endpoint.to_string()))
                    .with("mechanism", Value::Term(begun.mechanism.clone()))
                    .with("reply", Value::Foreign(begun.reply.lossy())),
            ),
            false => Verdict::Compliant,
        })
    })
}
