//! A version that nobody may use any more is accepted.

use crate::model::{
    Citation, Evidence, OBSOLETE, Severity, Standard, Standing, TlsVersion, Value, Verb, Verdict,
};
use crate::policy::Policy;

use super::example::{SERVER, term};
use super::{Check, EndpointCase, Rule};

/// `tls-version-obsolete`: SSL 2.0 or 3.0, TLS 1.0 or 1.1. SSL 2.0 is asked about at `deep` alone, so
/// that nothing is expected of it elsewhere.
pub const RULE: Rule = Rule {
    id: "tls-version-obsolete",
    severity: Severity::High,
    variants: &[
        ("ssl", Severity::Critical),
        ("nothing-newer", Severity::Critical),
    ],
    citations: &[
        Citation::new(Standard::Rfc9325, "§3.1.1", Verb::Must),
        Citation::new(Standard::Rfc8996, "§4", Verb::Must),
        Citation::new(Standard::Rfc8996, "§5", Verb::Must),
        Citation::new(Standard::Rfc7568, "", Verb::Must),
        Citation::new(Standard::Rfc6176, "", Verb::Must),
        Citation::new(Standard::Rfc8997, "§3", Verb::Should),
    ],
    check: Check::Endpoint(judge),
    example: || {
        Evidence::new()
            .with("server", term(SERVER))
            .with("versions", Value::terms(["TLS 1.0", "TLS 1.1"]))
    },
};

fn judge(case: &EndpointCase<'_>, _: &Policy) -> Verdict {
    case.each_address(|address| {
        let allowed = address.allowed();
        let accepts = |version: &TlsVersion| allowed.version(*version) == Standing::Accepted;
        let accepted: Vec<TlsVersion> = OBSOLETE.into_iter().filter(accepts).collect();
        let Some(oldest) = accepted.first() else {
            let asked = |version: &TlsVersion| allowed.version(*version) != Standing::NotAsked;
            let expected = |version: &TlsVersion| *version != TlsVersion::SSL_2_0 || asked(version);
            address.refuses(OBSOLETE.into_iter().filter(expected))?;
            return Ok(Verdict::Compliant);
        };
        let evidence = Evidence::new()
            .with("server", Value::Term(case.endpoint.to_string()))
            .with("versions", Value::terms(&accepted));
        Ok(Verdict::Violation(if *oldest <= TlsVersion::SSL_3_0 {
            evidence.variant("ssl")
        } else if address.nothing_newer_than(TlsVersion::TLS_1_1) {
            evidence.variant("nothing-newer")
        } else {
            evidence
        }))
    })
}
