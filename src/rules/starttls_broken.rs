//! The upgrade to TLS is offered and does not work.

use crate::model::{Cause, Citation, Evidence, Severity, Standard, Value, Verb, Verdict};
use crate::policy::Policy;

use super::example::{foreign, term};
use super::upgrade::{Upgrade, refusal};
use super::{Check, EndpointCase, Rule, need};

/// `starttls-broken`: announced and then refused, or accepted and followed by an alert, by TLS
/// that no current client can go on with, or by clear text. A connection that merely ends, or
/// falls silent, proves nothing; and a server that agrees to an older hello does encrypt.
pub const RULE: Rule = Rule {
    id: "starttls-broken",
    severity: Severity::High,
    variants: &[
        ("refused", Severity::High),
        ("alert", Severity::High),
        ("incompatible", Severity::High),
        ("clear-text", Severity::High),
    ],
    citations: &[
        Citation::new(Standard::Rfc8314, "§4", Verb::Should),
        Citation::new(Standard::Rfc9051, "§6.2.1", Verb::States),
        Citation::new(Standard::Rfc3207, "§4", Verb::States),
    ],
    check: Check::Endpoint(judge),
    example: || {
        Evidence::new()
            .variant("refused")
            .with("server", term("mail.example.com:143"))
            .with("reply", foreign("a2 NO TLS is not available"))
    },
};

fn judge(case: &EndpointCase<'_>, _: &Policy) -> Verdict {
    let server = || Value::Term(case.endpoint.to_string());
    case.each_address(|address| match address.upgrade()? {
        Upgrade::Absent => Ok(Verdict::NotApplicable),
        Upgrade::Withdrawn(answer) => Ok(Verdict::Violation(
            Evidence::new()
                .variant("refused")
                .with("server", server())
                .with("reply", Value::Foreign(answer.reply.lossy())),
        )),
        Upgrade::Offered | Upgrade::Unannounced => {
            if let Some(gap) = address.refused_handshake() {
                let in_tls = !matches!(gap.cause, Cause::Malformed(_));
                let insists = address.insists_on_certificate().is_some();
                // What it agrees to inside TLS, and for whom, other rules tell.
                if in_tls && (address.agreed_to_a_hello() || insists) {
                    return Ok(Verdict::NotApplicable);
                }
                return Ok(Verdict::Violation(refusal(gap).with("server", server())));
            }
            need(&address.visit.tls)?;
            Ok(Verdict::Compliant)
        }
    })
}
