//! The issuer has revoked the server's certificate.

use crate::model::{
    Citation, Evidence, RevocationSource, Severity, Standard, Status, Value, Verb, Verdict,
};
use crate::policy::Policy;

use super::{Check, EndpointCase, Rule};

/// `cert-revoked`
pub const RULE: Rule = Rule {
    id: "cert-revoked",
    severity: Severity::Critical,
    variants: &[("ocsp", Severity::Critical), ("crl", Severity::Critical)],
    citations: &[
        Citation::new(Standard::Rfc8314, "§4.4", Verb::Must),
        Citation::new(Standard::Rfc5280, "§6.1.3", Verb::States),
        Citation::new(Standard::Rfc6960, "§2.2", Verb::States),
    ],
    check: Check::Endpoint(judge),
};

/// One source that says revoked weighs more than another that says good, and an answer that does
/// not count is none. Where nothing is settled this rule has nothing to say: that is
/// `cert-revocation-unknown`, and how grave it is the policy says there.
fn judge(case: &EndpointCase<'_>, _: &Policy) -> Verdict {
    case.each_address(|seen| {
        let (_, leaf) = seen.need_leaf()?;
        for said in &seen.attested.revocation {
            if let Status::Revoked { since, reason } = said.status {
                let evidence = Evidence::new()
                    .with("subject", Value::Foreign(leaf.subject.clone()))
                    .with("since", since)
                    .with("reason", Value::Term(reason.to_owned()));
                return Ok(Verdict::Violation(match (said.source, &said.url) {
                    (RevocationSource::Staple, _) | (_, None) => evidence,
                    (source, Some(url)) => evidence
                        .variant(source.word())
                        .with("url", Value::Foreign(url.clone())),
                }));
            }
        }
        Ok(match seen.attested.is_settled() {
            true => Verdict::Compliant,
            false => Verdict::NotApplicable,
        })
    })
}
