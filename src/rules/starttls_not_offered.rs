//! The account relies on an upgrade that the port does not offer.

use crate::model::{Citation, Evidence, Security, Severity, Standard, Verb, Verdict};
use crate::policy::Policy;

use super::example::term;
use super::upgrade::Upgrade;
use super::{AccountCase, Answer, Check, Rule};

/// `starttls-not-offered`: the account says `starttls`, the port speaks clear text, and the server
/// itself does not offer the upgrade, or carries it out without announcing it, so that no client
/// can know.
pub const RULE: Rule = Rule {
    id: "starttls-not-offered",
    severity: Severity::High,
    variants: &[("absent", Severity::High), ("unannounced", Severity::High)],
    citations: &[
        Citation::new(Standard::Rfc9051, "§11.2", Verb::Must),
        Citation::new(Standard::Rfc9325, "§3.2", Verb::Must),
        Citation::new(Standard::Rfc8314, "§4", Verb::Should),
        Citation::new(Standard::Rfc2595, "§4", Verb::States),
    ],
    check: Check::Account(judge),
    example: || {
        Evidence::new()
            .variant("absent")
            .with("server", term("mail.example.com:143"))
    },
};

fn judge(case: &AccountCase<'_>, _: &Policy) -> Verdict {
    look(case).unwrap_or_else(|cut_short| cut_short)
}

fn look(case: &AccountCase<'_>) -> Answer {
    if case.need_security()? != Security::Starttls {
        return Ok(Verdict::NotApplicable);
    }
    Ok(case.need_endpoint()?.each_address(|address| {
        let variant = match address.upgrade()? {
            Upgrade::Offered => return Ok(Verdict::Compliant),
            Upgrade::Withdrawn(_) => return Ok(Verdict::NotApplicable),
            Upgrade::Unannounced => "unannounced",
            Upgrade::Absent => "absent",
        };
        Ok(Verdict::Violation(
            Evidence::new()
                .variant(variant)
                .with("server", case.server()),
        ))
    }))
}
