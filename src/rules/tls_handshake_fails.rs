//! The port expects TLS, and no handshake completes.

use crate::model::{
    Citation, Evidence, Opening, Protocol, Security, Severity, Standard, Value, Verb, Verdict,
};
use crate::policy::Policy;

use super::example::{SERVER, term};
use super::upgrade::refusal;
use super::{Check, EndpointCase, Rule, need};

/// `tls-handshake-fails`: the server answers a ClientHello with an alert, with TLS that no current
/// client can go on with, or with bytes that are no TLS. Silence, and a connection that is closed
/// or reset, leave it undetermined. After STARTTLS it is `starttls-broken`. A server that agrees to an
/// older hello, or insists on a certificate of the client's, is told of by the rules about those.
pub const RULE: Rule = Rule {
    id: "tls-handshake-fails",
    severity: Severity::High,
    variants: &[
        ("alert", Severity::High),
        ("incompatible", Severity::High),
        ("clear-text", Severity::High),
    ],
    citations: &[
        Citation::new(Standard::Rfc8314, "§4", Verb::Must),
        Citation::new(Standard::Rfc9325, "§3.1.1", Verb::Must),
    ],
    check: Check::Endpoint(judge),
    example: || {
        Evidence::new()
            .variant("alert")
            .with("alert", term("handshake_failure"))
            .with("number", 40_i64)
            .with("server", term(SERVER))
    },
};

fn judge(case: &EndpointCase<'_>, _: &Policy) -> Verdict {
    case.each_address(|address| {
        let visit = address.visit;
        match visit.opening.seen() {
            Some(Opening::ClearText) => return Ok(Verdict::NotApplicable),
            Some(Opening::Tls) => {}
            // A port that showed neither is blamed only where TLS is what it is there for: a slow
            // clear-text port may answer a ClientHello with words of its own.
            None if expects_tls(case) => {}
            None => {
                need(&visit.opening)?;
            }
        }
        if let Some(gap) = address.refused_handshake() {
            // What it agrees to, and for whom, other rules tell.
            if address.agreed_to_a_hello() || address.insists_on_certificate().is_some() {
                return Ok(Verdict::NotApplicable);
            }
            let server = Value::Term(case.endpoint.to_string());
            return Ok(Verdict::Violation(refusal(gap).with("server", server)));
        }
        need(&visit.tls)?;
        Ok(Verdict::Compliant)
    })
}

/// Whether the port is there for TLS, by its number or by what an account says.
fn expects_tls(case: &EndpointCase<'_>) -> bool {
    let port = case.endpoint.port;
    Protocol::ALL
        .iter()
        .any(|protocol| protocol.implicit_tls_port() == Some(port))
        || case.expected.securities.contains(&Security::Tls)
}
