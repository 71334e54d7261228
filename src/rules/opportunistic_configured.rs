//! The account encrypts if it can, and goes on in the clear if not.

use crate::model::{Citation, Evidence, Security, Severity, Standard, Verb, Verdict};
use crate::policy::Policy;

use super::example::term;
use super::{AccountCase, Answer, Check, Rule};

/// `opportunistic-configured`: the account's security is `auto`, so whoever removes the offer on
/// the way reads the password.
pub const RULE: Rule = Rule {
    id: "opportunistic-configured",
    severity: Severity::Medium,
    variants: &[],
    citations: &[
        Citation::new(Standard::Rfc9325, "§3.2", Verb::Must),
        Citation::new(Standard::Rfc8314, "§3", Verb::States),
    ],
    check: Check::Account(judge),
    example: || Evidence::new().with("server", term("mail.example.com:143")),
};

fn judge(case: &AccountCase<'_>, _: &Policy) -> Verdict {
    look(case).unwrap_or_else(|cut_short| cut_short)
}

fn look(case: &AccountCase<'_>) -> Answer {
    Ok(match case.need_security()? {
        Security::Auto => Verdict::Violation(Evidence::new().with("server", case.server())),
        _ => Verdict::Compliant,
    })
}
