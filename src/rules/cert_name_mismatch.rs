//! The certificate is for other names than the configured one.

use crate::model::{
    CertificateFacts, Citation, Evidence, NameMatch, Severity, Standard, Value, Verb, Verdict,
};
use crate::policy::Policy;

use super::example::{list, term};
use super::{Check, EndpointCase, Rule};

/// Names that the evidence lists; the rest is counted.
const LISTED: usize = 20;

/// `cert-name-mismatch`
pub const RULE: Rule = Rule {
    id: "cert-name-mismatch",
    severity: Severity::High,
    variants: &[("fits-another", Severity::High)],
    citations: &[
        Citation::new(Standard::Rfc8314, "§4.4", Verb::Must),
        Citation::new(Standard::Rfc7817, "§5", Verb::Must),
        Citation::new(Standard::Rfc7817, "§3", Verb::Must),
        Citation::new(Standard::Rfc9525, "§6.3", Verb::States),
        Citation::new(Standard::Rfc9525, "§6.4", Verb::States),
    ],
    check: Check::Endpoint(judge),
    example: || {
        Evidence::new()
            .with("host", term("pop.example.com"))
            .with("names", list(&["mail.example.com", "imap.example.com"]))
            .with("more", 0_i64)
    },
};

/// An address that is configured as the host is judged like a name: a certificate may bear it.
/// A certificate without any name is `cert-no-san`.
fn judge(case: &EndpointCase<'_>, _: &Policy) -> Verdict {
    case.each_address(|seen| {
        let (chain, leaf) = seen.need_leaf()?;
        Ok(match chain.name {
            NameMatch::Matches(_) => Verdict::Compliant,
            NameMatch::NoNames => Verdict::NotApplicable,
            NameMatch::Differs => {
                let host = &case.endpoint.host;
                let evidence = Evidence::new()
                    .with("host", Value::Term(host.to_string()))
                    .with("names", Value::List(names(leaf).take(LISTED).collect()))
                    .with("more", names(leaf).count().saturating_sub(LISTED));
                Verdict::Violation(match case.fleet.host_borne_by(leaf, host) {
                    Some(other) => evidence
                        .variant("fits-another")
                        .with("other", Value::Term(other.to_string())),
                    None => evidence,
                })
            }
        })
    })
}

fn names(leaf: &CertificateFacts) -> impl Iterator<Item = String> {
    let addresses = leaf.ip_addresses.iter().map(ToString::to_string);
    let others = leaf.extensions.alternative_names.iter();
    // An SRV-ID vouches for a domain's service, not for a host that is configured by hand.
    let services = others.flat_map(|names| names.services.iter().cloned());
    leaf.dns_names
        .iter()
        .cloned()
        .chain(addresses)
        .chain(services)
}
