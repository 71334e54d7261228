//! The account is set to send everything in the clear.

use crate::model::{Citation, Evidence, Security, Severity, Standard, Verb, Verdict};
use crate::policy::Policy;

use super::{AccountCase, Answer, Check, Rule};

/// `cleartext-configured`: the account's security is `none`.
pub const RULE: Rule = Rule {
    id: "cleartext-configured",
    severity: Severity::High,
    variants: &[],
    citations: &[
        Citation::new(Standard::Rfc9325, "§3.2", Verb::Must),
        Citation::new(Standard::Rfc8314, "§4", Verb::Should),
        Citation::new(Standard::Rfc8314, "§4.1", Verb::States),
    ],
    check: Check::Account(judge),
};

fn judge(case: &AccountCase<'_>, _: &Policy) -> Verdict {
    look(case).unwrap_or_else(|cut_short| cut_short)
}

fn look(case: &AccountCase<'_>) -> Answer {
    Ok(match case.need_security()? {
        Security::None => Verdict::Violation(Evidence::new().with("server", case.server())),
        _ => Verdict::Compliant,
    })
}
