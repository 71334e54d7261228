//! The server speaks another handshake than the policy asks for: TLS, or TLCP of GB/T 38636.

use crate::model::{
    Citation, Evidence, Severity, Standard, Standing, TlsVersion, Value, Verb, Verdict,
};
use crate::policy::{HandshakeDemand, Policy};

use super::example::{SERVER, term};
use super::{AddressCase, Answer, Check, EndpointCase, Rule};

/// `tlcp-only`: TLCP is all that is accepted where the policy asks for TLS; as `tls-only`, the other way
/// round.
pub const RULE: Rule = Rule {
    id: "tlcp-only",
    severity: Severity::Medium,
    variants: &[("tls-only", Severity::Medium)],
    citations: &[
        Citation::new(Standard::Rfc8314, "§4", Verb::Must),
        Citation::new(Standard::GbT38636, "", Verb::States),
    ],
    check: Check::Endpoint(judge),
    example: || Evidence::new().with("server", term(SERVER)),
};

fn judge(case: &EndpointCase<'_>, policy: &Policy) -> Verdict {
    let evidence = || Evidence::new().with("server", Value::Term(case.endpoint.to_string()));
    case.each_address(|address| {
        let tlcp = address.allowed().version(TlsVersion::TLCP);
        let tls = address.allowed().best_version().is_some();
        match policy.handshake {
            HandshakeDemand::Tls if tls => Ok(Verdict::Compliant),
            HandshakeDemand::Tls => without_tls(address, tlcp, evidence()),
            HandshakeDemand::Tlcp => match tlcp {
                Standing::Accepted => Ok(Verdict::Compliant),
                Standing::Refused if tls => Ok(Verdict::Violation(evidence().variant("tls-only"))),
                open => Err(address.unsaid(open)),
            },
            HandshakeDemand::Either if tls || tlcp == Standing::Accepted => Ok(Verdict::Compliant),
            HandshakeDemand::Either => Err(address.unsaid(tlcp)),
        }
    })
}

/// Of a server that has TLCP it is known that it has nothing else where it refuses each version of TLS.
fn without_tls(address: &AddressCase<'_>, tlcp: Standing<'_>, evidence: Evidence) -> Answer {
    if tlcp != Standing::Accepted {
        return Err(address.unsaid(tlcp));
    }
    let of_tls = TlsVersion::ALL.into_iter();
    address.refuses(of_tls.filter(|version| *version > TlsVersion::SSL_2_0))?;
    Ok(Verdict::Violation(evidence))
}
