//! An issuer has revoked the server's certificate, or one above it.

use crate::model::{
    Citation, Evidence, RevocationSource, Said, Severity, Standard, Status, Value, Verb, Verdict,
};
use crate::policy::Policy;

use super::example::{LEAF, day, foreign, term};
use super::{Check, EndpointCase, Rule};

/// `cert-revoked`
pub const RULE: Rule = Rule {
    id: "cert-revoked",
    severity: Severity::Critical,
    variants: &[
        ("ocsp", Severity::Critical),
        ("crl", Severity::Critical),
        ("authority-ocsp", Severity::Critical),
        ("authority-crl", Severity::Critical),
    ],
    citations: &[
        Citation::new(Standard::Rfc8314, "§4.4", Verb::Must),
        Citation::new(Standard::Rfc5280, "§6.1.3", Verb::Must),
        Citation::new(Standard::Rfc6960, "", Verb::States),
    ],
    check: Check::Endpoint(judge),
    example: || {
        Evidence::new()
            .variant("crl")
            .with("subject", foreign(LEAF))
            .with("since", day(2026, 11, 9))
            .with("reason", term("key-compromise"))
            .with("url", foreign("http://ca.example/issuing.crl"))
    },
};

/// One source that says revoked weighs more than another that says good, and an answer that does
/// not count is none. Where nothing is settled this rule has nothing to say: that is
/// `cert-revocation-unknown`, and how grave it is the policy says there.
fn judge(case: &EndpointCase<'_>, _: &Policy) -> Verdict {
    case.each_address(|seen| {
        let (_, leaf) = seen.need_leaf()?;
        let attested = &seen.attested;
        let of_leaf = withdrawn(&leaf.subject, &attested.revocation, source_of_leaf);
        let mut authorities = attested.authorities.iter();
        let revoked = of_leaf.or_else(|| {
            authorities.find_map(|authority| {
                withdrawn(
                    &authority.subject,
                    &authority.revocation,
                    source_of_authority,
                )
            })
        });
        Ok(match revoked {
            Some(evidence) => Verdict::Violation(evidence),
            None if attested.revocation.iter().any(Said::settles) => Verdict::Compliant,
            None => Verdict::NotApplicable,
        })
    })
}

/// The first source that says that the certificate is revoked.
fn withdrawn(
    subject: &str,
    sources: &[Said],
    variant: fn(RevocationSource) -> Option<&'static str>,
) -> Option<Evidence> {
    sources.iter().find_map(|said| {
        let Status::Revoked { since, reason } = said.status else {
            return None;
        };
        let evidence = Evidence::new()
            .with("subject", Value::Foreign(subject.to_owned()))
            .with("since", since)
            .with("reason", Value::Term(reason.to_owned()));
        Some(match (variant(said.source), &said.url) {
            (Some(variant), Some(url)) => evidence
                .variant(variant)
                .with("url", Value::Foreign(url.clone())),
            _ => evidence,
        })
    })
}

fn source_of_leaf(source: RevocationSource) -> Option<&'static str> {
    match source {
        RevocationSource::Staple => None,
        RevocationSource::Ocsp => Some("ocsp"),
        RevocationSource::Crl => Some("crl"),
    }
}

fn source_of_authority(source: RevocationSource) -> Option<&'static str> {
    match source {
        RevocationSource::Staple => None,
        RevocationSource::Ocsp => Some("authority-ocsp"),
        RevocationSource::Crl => Some("authority-crl"),
    }
}
