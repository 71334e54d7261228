//! A certificate parses, and breaks the profile that it should follow.

use std::collections::BTreeSet;

use crate::model::{
    CertificateFacts, Citation, Evidence, Severity, Standard, Value, Verb, Verdict,
};
use crate::policy::Policy;

use super::conformity::{Standing, breaches};
use super::example::{LEAF, list};
use super::{Breach, Check, EndpointCase, Rule};

/// `cert-nonconforming`
pub const RULE: Rule = Rule {
    id: "cert-nonconforming",
    severity: Severity::Low,
    variants: &[("identity", Severity::High)],
    citations: &[
        Citation::new(Standard::Rfc5280, "§4", Verb::Must),
        Citation::new(Standard::CabBr, "§6.1.5", Verb::Must),
        Citation::new(Standard::Rfc9525, "§6.3", Verb::States),
        Citation::new(Standard::Mailfleet, "", Verb::Interpretation),
    ],
    check: Check::Endpoint(judge),
    example: || {
        Evidence::new().with("subjects", list(&[LEAF])).with(
            "breaches",
            Value::Statements(vec![Breach::SerialTooLong.statement()]),
        )
    },
};

/// The server's certificate, and those of the authorities below the root. The evidence has every
/// breach of all of them, each with its clause.
fn judge(case: &EndpointCase<'_>, _: &Policy) -> Verdict {
    case.each_address(|seen| {
        let (chain, _) = seen.need_leaf()?;
        let certificates: Vec<&CertificateFacts> = chain.below_root().collect();
        let mut found: BTreeSet<Breach> = BTreeSet::new();
        let mut subjects = Vec::new();
        for certificate in &certificates {
            let standing = Standing {
                issues: issues_another(certificate, &certificates),
                public: chain.public_root,
            };
            let broken = breaches(certificate, standing);
            if !broken.is_empty() {
                subjects.push(certificate.subject.clone());
            }
            found.extend(broken);
        }
        if found.is_empty() {
            return Ok(Verdict::Compliant);
        }
        let statements = found.iter().map(|breach| breach.statement()).collect();
        let evidence = Evidence::new()
            .with("subjects", Value::List(subjects))
            .with("breaches", Value::Statements(statements));
        Ok(Verdict::Violation(
            match found.iter().any(|breach| breach.is_of_identity()) {
                true => evidence.variant("identity"),
                false => evidence,
            },
        ))
    })
}

fn issues_another(certificate: &CertificateFacts, chain: &[&CertificateFacts]) -> bool {
    let mut others = chain.iter().filter(|other| other.id != certificate.id);
    others.any(|other| other.issuer == certificate.subject)
}
