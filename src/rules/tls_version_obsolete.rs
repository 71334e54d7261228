//! A version is accepted that nobody may use any more, or that the policy does not want beside newer ones.

use crate::model::{
    Citation, Evidence, Severity, Standard, Standing, TlsVersion, Value, Verb, Verdict,
};
use crate::policy::Policy;

use super::example::{SERVER, term};
use super::{Check, EndpointCase, Rule};

/// `tls-version-obsolete`: SSL 2.0 or 3.0, TLS 1.0 or 1.1; and TLS 1.2, where the policy's `tls_oldest` is
/// newer. SSL 2.0 is asked about at `deep` alone, so that nothing is expected of it elsewhere.
pub const RULE: Rule = Rule {
    id: "tls-version-obsolete",
    severity: Severity::High,
    variants: &[
        ("ssl", Severity::Critical),
        ("nothing-newer", Severity::Critical),
        ("by-policy", Severity::Medium),
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

fn judge(case: &EndpointCase<'_>, policy: &Policy) -> Verdict {
    let least = policy.thresholds.tls_oldest;
    let older = || TlsVersion::ALL.into_iter().filter(|one| *one < least);
    case.each_address(|address| {
        let allowed = address.allowed();
        let accepts = |version: &TlsVersion| allowed.version(*version) == Standing::Accepted;
        let accepted: Vec<TlsVersion> = older().filter(accepts).collect();
        let Some(oldest) = accepted.first() else {
            let asked = |version: &TlsVersion| allowed.version(*version) != Standing::NotAsked;
            let expected = |version: &TlsVersion| *version != TlsVersion::SSL_2_0 || asked(version);
            address.refuses(older().filter(expected))?;
            return Ok(Verdict::Compliant);
        };
        let evidence = Evidence::new()
            .with("server", Value::Term(case.endpoint.to_string()))
            .with("versions", Value::terms(&accepted));
        Ok(Verdict::Violation(if *oldest <= TlsVersion::SSL_3_0 {
            evidence.variant("ssl")
        } else if *oldest == TlsVersion::TLS_1_2 {
            evidence
                .variant("by-policy")
                .with("least", Value::Term(least.to_string()))
        } else if address.nothing_newer_than(TlsVersion::TLS_1_1) {
            evidence.variant("nothing-newer")
        } else {
            evidence
        }))
    })
}
