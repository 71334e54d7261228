//! The server invites passwords before the connection is encrypted.

use crate::model::{
    Citation, Evidence, Opening, Protocol, Reason, Severity, Standard, Value, Verb, Verdict,
};
use crate::policy::Policy;

use super::example::{list, term};
use super::{Check, EndpointCase, Rule, need};

/// `cleartext-login`: before TLS the server lists, or by its protocol's grammar leaves open, a way
/// of logging in that hands over the password itself. From the server's own machine, and behind a box
/// that rewrites what it lists, nothing can be said.
pub const RULE: Rule = Rule {
    id: "cleartext-login",
    severity: Severity::High,
    variants: &[],
    citations: &[
        Citation::of(Protocol::Imap, Standard::Rfc9051, "§11.7", Verb::Must),
        Citation::of(Protocol::Pop3, Standard::Rfc5034, "§4", Verb::Must),
        Citation::of(Protocol::Smtp, Standard::Rfc4954, "§4", Verb::Should),
        Citation::new(Standard::Rfc8314, "§4", Verb::Should),
        Citation::of(Protocol::Managesieve, Standard::Rfc5804, "", Verb::States),
    ],
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
        let visit = address.visit;
        if *need(&visit.opening)? == Opening::Tls {
            return Ok(Verdict::NotApplicable);
        }
        let Some(protocol) = need(&visit.greeting)?.spoken.protocol() else {
            return Ok(Verdict::NotApplicable);
        };
        let listed = need(&visit.capabilities)?;
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
