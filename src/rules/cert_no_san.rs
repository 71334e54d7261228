//! The certificate names its server only in the common name.

use crate::model::{
    CertificateFacts, Citation, Evidence, Host, NameMatch, Severity, Standard, Value, Verb, Verdict,
};
use crate::policy::Policy;

use super::example::{LEAF, foreign};
use super::{Check, EndpointCase, Rule};

/// `cert-no-san`
pub const RULE: Rule = Rule {
    id: "cert-no-san",
    severity: Severity::High,
    variants: &[("common-name-not-listed", Severity::Low)],
    citations: &[
        Citation::new(Standard::Rfc9525, "§2", Verb::Must),
        Citation::new(Standard::Rfc7817, "§5", Verb::Must),
    ],
    check: Check::Endpoint(judge),
    example: || Evidence::new().with("subject", foreign(LEAF)),
};

fn judge(case: &EndpointCase<'_>, _: &Policy) -> Verdict {
    case.each_address(|seen| {
        let (chain, leaf) = seen.need_leaf()?;
        if chain.name == NameMatch::NoNames {
            let subject = Value::Foreign(leaf.subject.clone());
            return Ok(Verdict::Violation(Evidence::new().with("subject", subject)));
        }
        Ok(match unlisted_common_name(leaf) {
            None => Verdict::Compliant,
            Some(name) => Verdict::Violation(
                Evidence::new()
                    .variant("common-name-not-listed")
                    .with("common-name", Value::Foreign(name.to_owned())),
            ),
        })
    })
}

/// The common name, if it reads as a host that the alternative names do not list. One that is a
/// title ("Mail service") names no host and need not be listed.
fn unlisted_common_name(leaf: &CertificateFacts) -> Option<&str> {
    let name = leaf.common_name.as_deref()?;
    let plain = name.strip_prefix("*.").unwrap_or(name);
    let listed = match plain.parse().ok()? {
        Host::Ip(address) => leaf.ip_addresses.contains(&address),
        Host::Name(_) if !plain.contains('.') => true,
        Host::Name(_) => leaf
            .dns_names
            .iter()
            .any(|listed| listed.eq_ignore_ascii_case(name)),
    };
    (!listed).then_some(name)
}
