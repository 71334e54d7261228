//! A certificate bears a name that one of its issuers may not vouch for.

use crate::model::{Citation, Evidence, Path, Reason, Severity, Standard, Value, Verb, Verdict};
use crate::policy::Policy;

use super::bounds::{Bounds, bounds};
use super::example::{LEAF, foreign};
use super::{Check, EndpointCase, Rule};

/// `cert-name-constraint`
pub const RULE: Rule = Rule {
    id: "cert-name-constraint",
    severity: Severity::High,
    variants: &[],
    citations: &[Citation::new(Standard::Rfc5280, "§4.2.1.10", Verb::Must)],
    check: Check::Endpoint(judge),
    example: || {
        Evidence::new()
            .with("name", foreign("mail.example.com"))
            .with("subject", foreign(LEAF))
            .with("issuer", foreign("CN=Example Issuing CA"))
    },
};

fn judge(case: &EndpointCase<'_>, _: &Policy) -> Verdict {
    case.each_address(|seen| {
        let (chain, _) = seen.need_leaf()?;
        if chain.path == Path::TooCostly {
            return Ok(Verdict::Undetermined(Reason::ChainTooCostly));
        }
        let foreign = |text: &str| Value::Foreign(text.to_owned());
        Ok(match bounds(chain) {
            Bounds::None => Verdict::NotApplicable,
            Bounds::Kept => Verdict::Compliant,
            Bounds::KeptSoFar => Verdict::Undetermined(Reason::LimitReached),
            Bounds::Left {
                name,
                bearer,
                issuer,
            } => Verdict::Violation(
                Evidence::new()
                    .with("name", Value::Foreign(name))
                    .with("subject", foreign(&bearer.subject))
                    .with("issuer", foreign(&issuer.subject)),
            ),
        })
    })
}
