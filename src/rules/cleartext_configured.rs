//! The account is set to send everything in the clear.

use crate::model::{Citation, Evidence, Opening, Security, Severity, Standard, Verb, Verdict};
use crate::policy::Policy;

use super::example::term;
use super::{AccountCase, Answer, Check, Rule};

/// `cleartext-configured`: the account's security is `none`. On a port that was seen to expect TLS
/// nothing goes out in the clear; that is `security-mode-mismatch`.
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
    example: || Evidence::new().with("server", term("mail.example.com:110")),
};

fn judge(case: &AccountCase<'_>, _: &Policy) -> Verdict {
    look(case).unwrap_or_else(|cut_short| cut_short)
}

fn look(case: &AccountCase<'_>) -> Answer {
    Ok(match case.need_security()? {
        Security::None if opens_with_tls(case) => Verdict::NotApplicable,
        Security::None => Verdict::Violation(Evidence::new().with("server", case.server())),
        _ => Verdict::Compliant,
    })
}

/// Whether every address that showed how it opens a conversation expects TLS, and at least one did.
fn opens_with_tls(case: &AccountCase<'_>) -> bool {
    let addresses = case
        .endpoint
        .iter()
        .flat_map(|endpoint| &endpoint.addresses);
    let mut openings = addresses
        .filter_map(|address| address.visit.opening.seen())
        .peekable();
    openings.peek().is_some() && openings.all(|opening| *opening == Opening::Tls)
}
