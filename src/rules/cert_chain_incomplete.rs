//! A certificate between the server's and a root is missing.

use crate::model::{
    Citation, Elsewhere, Evidence, Path, Reason, Severity, Standard, Value, Verb, Verdict,
};
use crate::policy::Policy;

use super::example::foreign;
use super::{Check, EndpointCase, Rule};

/// `cert-chain-incomplete`
pub const RULE: Rule = Rule {
    id: "cert-chain-incomplete",
    severity: Severity::High,
    variants: &[
        ("address-known", Severity::High),
        ("sent-elsewhere", Severity::High),
        ("leads-nowhere", Severity::High),
        ("private", Severity::High),
    ],
    citations: &[
        Citation::new(Standard::Rfc8314, "§4.4", Verb::Must),
        Citation::new(Standard::Rfc5280, "§6.1.3", Verb::Must),
    ],
    check: Check::Endpoint(judge),
    example: || {
        Evidence::new()
            .variant("address-known")
            .with("missing", foreign("CN=Example Issuing CA"))
            .with("url", foreign("http://ca.example/issuing.cer"))
    },
};

/// Whether the missing one is an intermediate or the root of an authority that is not trusted
/// here cannot be told from what was sent, since a root need not be sent; what other servers of
/// the run sent may tell.
fn judge(case: &EndpointCase<'_>, _: &Policy) -> Verdict {
    case.each_address(|seen| {
        let chain = seen.need_chain()?;
        Ok(match &chain.path {
            Path::TooCostly => Verdict::Undetermined(Reason::ChainTooCostly),
            Path::NoLeaf => Verdict::NotApplicable,
            Path::Incomplete {
                missing,
                url,
                elsewhere,
            } => {
                let foreign = |text: &String| Value::Foreign(text.clone());
                let evidence = Evidence::new().with("missing", foreign(missing));
                let own = chain.private_authority().and_then(|authority| {
                    let hosts = case.fleet.hosts_of_own_authority(authority)?;
                    Some((authority.to_owned(), hosts))
                });
                Verdict::Violation(match (elsewhere, own, url) {
                    (Some(Elsewhere::Trusted(root)), _, _) => evidence
                        .variant("sent-elsewhere")
                        .with("root", foreign(root)),
                    (_, Some((authority, hosts)), _) => evidence
                        .variant("private")
                        .with("authority", Value::Foreign(authority))
                        .with("hosts", hosts),
                    (Some(Elsewhere::Untrusted(root)), None, _) => evidence
                        .variant("leads-nowhere")
                        .with("root", foreign(root)),
                    (None, None, Some(url)) => {
                        evidence.variant("address-known").with("url", foreign(url))
                    }
                    (None, None, None) => evidence,
                })
            }
            _ => Verdict::Compliant,
        })
    })
}
