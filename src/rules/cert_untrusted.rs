//! The chain ends at a root that is not trusted, or breaks in a way that no other rule names.

use crate::model::{
    CertificateFacts, Citation, Evidence, Path, Reason, Severity, Standard, Value, Verb, Verdict,
};
use crate::policy::Policy;

use super::distinguished::is_called;
use super::example::foreign;
use super::named::is_named;
use super::{Check, EndpointCase, Rule};

/// `cert-untrusted`
pub const RULE: Rule = Rule {
    id: "cert-untrusted",
    severity: Severity::High,
    variants: &[
        ("broken", Severity::High),
        ("no-certificate", Severity::High),
        ("private", Severity::High),
        ("issuer-not-allowed", Severity::High),
    ],
    citations: &[
        Citation::new(Standard::Rfc8314, "§4.4", Verb::Must),
        Citation::new(Standard::Rfc5280, "§6.1.3", Verb::Must),
    ],
    check: Check::Endpoint(judge),
    example: || Evidence::new().with("root", foreign("CN=Example Root CA")),
};

/// Compliant only where a path holds, through an issuer that the policy allows: each other outcome
/// is this rule's or another's by name.
fn judge(case: &EndpointCase<'_>, policy: &Policy) -> Verdict {
    case.each_address(|seen| {
        let chain = seen.need_chain()?;
        Ok(match &chain.path {
            Path::Holds { root, through } => match chain.leaf() {
                Some(leaf) if !policy.issuers.is_empty() && policy.owns(&case.endpoint.host) => {
                    pinned(leaf, through, root, policy)
                }
                _ => Verdict::Compliant,
            },
            Path::TooCostly => Verdict::Undetermined(Reason::ChainTooCostly),
            Path::Untrusted { root } => {
                let evidence = Evidence::new().with("root", Value::Foreign(root.clone()));
                Verdict::Violation(match case.fleet.hosts_of_own_authority(root) {
                    Some(hosts) => evidence
                        .variant("private")
                        .with("authority", Value::Foreign(root.clone()))
                        .with("hosts", hosts),
                    None => evidence,
                })
            }
            Path::Broken { fault, .. } if is_named(*fault, chain, policy, RULE.id) => {
                Verdict::NotApplicable
            }
            Path::Broken { why, .. } => {
                Verdict::Violation(Evidence::new().variant("broken").with("why", why.clone()))
            }
            Path::NoLeaf if chain.certificates.is_empty() => {
                Verdict::Violation(Evidence::new().variant("no-certificate"))
            }
            Path::SelfSigned
            | Path::Incomplete { .. }
            | Path::IntermediateOutOfTime { .. }
            | Path::NoLeaf => Verdict::NotApplicable,
        })
    })
}

/// Whether an authority that the policy allows for our own domains stands anywhere in the path.
fn pinned(leaf: &CertificateFacts, through: &[String], root: &str, policy: &Policy) -> Verdict {
    let authorities = || {
        let above = through.iter().map(String::as_str);
        above.chain([leaf.issuer.as_str(), root])
    };
    let allowed = |text: &String| authorities().any(|authority| is_called(authority, text));
    match policy.issuers.iter().any(allowed) {
        true => Verdict::Compliant,
        false => Verdict::Violation(
            Evidence::new()
                .variant("issuer-not-allowed")
                .with("issuer", Value::Foreign(leaf.issuer.clone()))
                .with("allowed", Value::List(policy.issuers.clone())),
        ),
    }
}
