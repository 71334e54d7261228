//! The account accepts whatever certificate it is shown.

use crate::model::{Citation, Evidence, Severity, Standard, Verb, Verdict};
use crate::policy::Policy;

use super::example::{SERVER, term};
use super::{AccountCase, Check, Rule};

/// `certificate-check-disabled`: the settings say to accept any certificate, so anybody on the
/// way can play the server.
pub const RULE: Rule = Rule {
    id: "certificate-check-disabled",
    severity: Severity::High,
    variants: &[],
    citations: &[
        Citation::new(Standard::Rfc8314, "§5.2", Verb::Must),
        Citation::new(Standard::Rfc8314, "§5.3", Verb::Must),
        Citation::new(Standard::Rfc8997, "§3", Verb::States),
        Citation::new(Standard::Rfc9325, "§7.1", Verb::States),
    ],
    check: Check::Account(judge),
    example: || Evidence::new().with("server", term(SERVER)),
};

fn judge(case: &AccountCase<'_>, _: &Policy) -> Verdict {
    match case.account.accepts_any_certificate {
        true => Verdict::Violation(Evidence::new().with("server", case.server())),
        false => Verdict::Compliant,
    }
}
