//! The policy wants the issuer's word on revocation, and none was to be had.

use crate::model::{
    Citation, Evidence, Open, RevocationSource, Said, Severity, Standard, Status, Value, Verb,
    Verdict,
};
use crate::policy::{Policy, RevocationDemand};

use super::{Check, EndpointCase, Rule};

/// `cert-revocation-unknown`
pub const RULE: Rule = Rule {
    id: "cert-revocation-unknown",
    severity: Severity::Info,
    variants: &[
        ("nothing-named", Severity::Info),
        ("staple", Severity::Info),
        ("ocsp", Severity::Info),
        ("crl", Severity::Info),
    ],
    citations: &[Citation::new(Standard::Rfc9325, "§7.5", Verb::Must)],
    check: Check::Endpoint(judge),
};

/// Names the source that came nearest to an answer. A certificate that is its own issuer has
/// nobody who could revoke it.
fn judge(case: &EndpointCase<'_>, policy: &Policy) -> Verdict {
    if policy.revocation == RevocationDemand::IfStapled {
        return Verdict::NotApplicable;
    }
    case.each_address(|seen| {
        let (_, leaf) = seen.need_leaf()?;
        if leaf.subject == leaf.issuer {
            return Ok(Verdict::NotApplicable);
        }
        if seen.attested.is_settled() {
            return Ok(Verdict::Compliant);
        }
        let said = seen.attested.revocation.iter();
        let nearest = said
            .filter(|said| {
                policy.revocation == RevocationDemand::Asked
                    || said.source == RevocationSource::Staple
            })
            .filter_map(|said| match said.status {
                Status::Open(why) => Some((said, why)),
                _ => None,
            })
            .max_by_key(|(said, why)| (nearness(*why), said.source == RevocationSource::Staple));
        let evidence = Evidence::new().with("subject", Value::Foreign(leaf.subject.clone()));
        Ok(Verdict::Violation(match (nearest, policy.revocation) {
            (Some((said, why)), _) => open(evidence, said, why),
            (None, RevocationDemand::Asked) => evidence.variant("nothing-named"),
            (None, _) => evidence,
        }))
    })
}

fn open(evidence: Evidence, said: &Said, why: Open) -> Evidence {
    let evidence = evidence
        .variant(said.source.word())
        .with("why", Value::Term(why.word().to_owned()));
    match &said.url {
        Some(url) => evidence.with("url", Value::Foreign(url.clone())),
        None => evidence,
    }
}

/// How near an answer came to settling anything.
fn nearness(why: Open) -> u8 {
    match why {
        Open::NotAsked => 0,
        Open::NoIssuer => 1,
        Open::NoAnswer => 2,
        Open::Declined => 3,
        Open::Unreadable | Open::Unsupported => 4,
        Open::OtherCertificate | Open::NotAuthentic => 5,
        Open::NotCurrent | Open::NotKnown => 6,
    }
}
