//! The account secures its connection in a way that cannot work on that port.

use crate::model::{
    Citation, Evidence, Opening, Security, Severity, Standard, Value, Verb, Verdict,
};
use crate::policy::Policy;

use super::example::{SERVER, term};
use super::{AccountCase, Answer, Check, Rule, need};

/// `security-mode-mismatch`: TLS to a port that speaks clear text first, or clear text first
/// (STARTTLS or none at all) to a port that expects TLS. Which it is, the port itself showed.
pub const RULE: Rule = Rule {
    id: "security-mode-mismatch",
    severity: Severity::High,
    variants: &[
        ("tls-to-clear-text", Severity::High),
        ("clear-text-to-tls", Severity::High),
    ],
    citations: &[
        Citation::new(Standard::Rfc8314, "§3", Verb::States),
        Citation::new(Standard::Rfc8314, "§7", Verb::States),
        Citation::new(Standard::Mailfleet, "", Verb::Interpretation),
    ],
    check: Check::Account(judge),
    example: || {
        Evidence::new()
            .variant("clear-text-to-tls")
            .with("server", term(SERVER))
            .with("configured", term("none"))
    },
};

fn judge(case: &AccountCase<'_>, _: &Policy) -> Verdict {
    look(case).unwrap_or_else(|cut_short| cut_short)
}

pub(super) fn look(case: &AccountCase<'_>) -> Answer {
    let security = case.need_security()?;
    Ok(case.need_endpoint()?.each_address(|address| {
        let opening = *need(&address.visit.opening)?;
        let variant = match (security, opening) {
            (Security::Tls, Opening::ClearText) => "tls-to-clear-text",
            (Security::Starttls | Security::None, Opening::Tls) => "clear-text-to-tls",
            _ => return Ok(Verdict::Compliant),
        };
        // What speaks no mail at all is told by the rules about protocols.
        let greeting = address.visit.greeting.seen();
        if greeting.is_some_and(|greeting| greeting.spoken.protocol().is_none()) {
            return Ok(Verdict::NotApplicable);
        }
        Ok(Verdict::Violation(
            Evidence::new()
                .variant(variant)
                .with("server", case.server())
                .with("configured", Value::Term(security.word().to_owned())),
        ))
    }))
}
