//! The account names a port that may not be dialled.

use crate::model::{Cause, Citation, Evidence, Severity, Standard, Value, Verb, Verdict};
use crate::policy::Policy;

use super::example::term;
use super::{AccountCase, Answer, Check, Rule};

/// `port-not-allowed`: no mail port, and neither `--allow-port` nor the policy names it (threat
/// model E4).
pub const RULE: Rule = Rule {
    id: "port-not-allowed",
    severity: Severity::Info,
    variants: &[],
    citations: &[Citation::new(Standard::Mailfleet, "", Verb::Interpretation)],
    check: Check::Account(judge),
    example: || {
        Evidence::new()
            .with("server", term("mail.example.com:3306"))
            .with("port", term("3306"))
    },
};

fn judge(case: &AccountCase<'_>, _: &Policy) -> Verdict {
    look(case).unwrap_or_else(|cut_short| cut_short)
}

fn look(case: &AccountCase<'_>) -> Answer {
    let endpoint = case.need_endpoint()?;
    Ok(match endpoint.gap.as_ref().map(|gap| &gap.cause) {
        Some(Cause::PortNotAllowed) => Verdict::Violation(
            Evidence::new()
                .with("server", case.server())
                .with("port", Value::Term(endpoint.endpoint.port.to_string())),
        ),
        _ => Verdict::Compliant,
    })
}
