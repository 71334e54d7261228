//! The port has no encryption to offer.

use crate::model::{Citation, Evidence, Opening, Severity, Standard, Value, Verb, Verdict};
use crate::policy::Policy;

use super::example::term;
use super::upgrade::Upgrade;
use super::{Check, EndpointCase, Rule, need};

/// `no-encryption`: neither TLS nor STARTTLS, by the server's own answer. Never concluded from
/// silence. An upgrade that is announced and refused is `starttls-broken`.
pub const RULE: Rule = Rule {
    id: "no-encryption",
    severity: Severity::Critical,
    variants: &[],
    citations: &[
        Citation::new(Standard::Rfc8314, "§4", Verb::Must),
        Citation::new(Standard::Rfc9051, "§11.2", Verb::Must),
        Citation::new(Standard::Rfc9325, "§3.2", Verb::Must),
    ],
    check: Check::Endpoint(judge),
    example: || {
        Evidence::new()
            .with("server", term("mail.example.com:110"))
            .with("protocol", term("POP3"))
    },
};

fn judge(case: &EndpointCase<'_>, _: &Policy) -> Verdict {
    case.each_address(|address| {
        if *need(&address.visit.opening)? == Opening::Tls {
            return Ok(Verdict::Compliant);
        }
        Ok(match address.upgrade()? {
            Upgrade::Offered | Upgrade::Unannounced => Verdict::Compliant,
            Upgrade::Withdrawn(_) => Verdict::NotApplicable,
            Upgrade::Absent => {
                let spoken = need(&address.visit.greeting)?.spoken;
                Verdict::Violation(
                    Evidence::new()
                        .with("server", Value::Term(case.endpoint.to_string()))
                        .with("protocol", Value::Term(spoken.name().to_owned())),
                )
            }
        })
    })
}
