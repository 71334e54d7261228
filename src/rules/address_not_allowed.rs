//! The server's name leads to an address that may not be dialled.

use crate::model::{Cause, Citation, Evidence, Severity, Standard, Value, Verb, Verdict};
use crate::policy::Policy;

use super::example::{HOST, term};
use super::{AccountCase, Answer, Check, Rule};

/// `address-not-allowed`: loopback, link-local, multicast, cloud metadata, or what `--deny-net`
/// names, unless `--allow-net` names it (threat model E).
pub const RULE: Rule = Rule {
    id: "address-not-allowed",
    severity: Severity::Info,
    variants: &[],
    citations: &[Citation::new(Standard::Mailfleet, "", Verb::Interpretation)],
    check: Check::Account(judge),
    example: || {
        Evidence::new()
            .with("host", term(HOST))
            .with("to", term("10.0.0.25"))
    },
};

fn judge(case: &AccountCase<'_>, _: &Policy) -> Verdict {
    look(case).unwrap_or_else(|cut_short| cut_short)
}

fn look(case: &AccountCase<'_>) -> Answer {
    Ok(case.need_endpoint()?.each_address(|address| {
        let gap = address.visit.connected.gap();
        Ok(match gap.map(|gap| &gap.cause) {
            Some(Cause::AddressNotAllowed) => Verdict::Violation(
                Evidence::new()
                    .with("host", Value::Term(case.account.host.to_string()))
                    .with("to", Value::Term(address.visit.address.to_string())),
            ),
            _ => Verdict::Compliant,
        })
    }))
}
