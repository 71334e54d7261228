//! The policy wants the issuer's word on revocation, and none was to be had.

use crate::model::{
    Citation, Evidence, Open, RevocationSource, Said, Severity, Standard, Status, Value, Verb,
    Verdict,
};
use crate::policy::{Policy, RevocationDemand};

use super::example::{LEAF, foreign, term};
use super::{Check, EndpointCase, Rule};

/// `cert-revocation-unknown`
pub const RULE: Rule = Rule {
    id: "cert-revocation-unknown",
    severity: Severity::Info,
    variants: &[
        ("nothing-named", Severity::Info),
        ("nothing-named-above", Severity::Info),
        ("staple", Severity::Info),
        ("ocsp", Severity::Info),
        ("crl", Severity::Info),
    ],
    citations: &[Citation::new(Standard::Rfc9325, "§7.5", Verb::Should)],
    check: Check::Endpoint(judge),
    example: || {
        Evidence::new()
            .variant("ocsp")
            .with("subject", foreign(LEAF))
            .with("why", term("no-answer"))
            .with("url", foreign("http://ocsp.ca.example/"))
    },
};

/// The server's certificate comes first, then the authorities above it, whom a staple says nothing of.
/// Names the source that came nearest to an answer. A certificate that is its own issuer has
/// nobody who could revoke it.
fn judge(case: &EndpointCase<'_>, policy: &Policy) -> Verdict {
    let demand = policy.revocation;
    if demand == RevocationDemand::IfStapled {
        return Verdict::NotApplicable;
    }
    case.each_address(|seen| {
        let (_, leaf) = seen.need_leaf()?;
        if leaf.subject == leaf.issuer {
            return Ok(Verdict::NotApplicable);
        }
        if demand == RevocationDemand::Stapled && seen.may_lack_staple() {
            return Ok(Verdict::NotApplicable);
        }
        let of_leaf = unsettled(&leaf.subject, &seen.attested.revocation, demand);
        let open = of_leaf.or_else(|| {
            let authorities = seen.attested.authorities.iter();
            let mut asked = authorities.filter(|_| demand == RevocationDemand::Asked);
            asked.find_map(|authority| {
                let evidence = unsettled(&authority.subject, &authority.revocation, demand)?;
                Some(match evidence.variant {
                    Some("nothing-named") => evidence.variant("nothing-named-above"),
                    _ => evidence,
                })
            })
        });
        Ok(open.map_or(Verdict::Compliant, Verdict::Violation))
    })
}

/// What stands in the way of an answer about a certificate; nothing where one source settles it.
fn unsettled(subject: &str, sources: &[Said], demand: RevocationDemand) -> Option<Evidence> {
    if sources.iter().any(Said::settles) {
        return None;
    }
    let wanted = sources.iter().filter(|said| {
        demand == RevocationDemand::Asked || said.source == RevocationSource::Staple
    });
    let nearest = wanted
        .filter_map(|said| match said.status {
            Status::Open(why) => Some((said, why)),
            _ => None,
        })
        .max_by_key(|(said, why)| (nearness(*why), said.source == RevocationSource::Staple));
    let evidence = Evidence::new().with("subject", Value::Foreign(subject.to_owned()));
    Some(match (nearest, demand) {
        (Some((said, why)), _) => open(evidence, said, why),
        (None, RevocationDemand::Asked) => evidence.variant("nothing-named"),
        (None, _) => evidence,
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
        Open::NotCurrent | Open::NotYet(_) | Open::NotKnown => 6,
    }
}
