//! An IP address is configured where a server's name belongs.

use crate::model::{Citation, Evidence, Host, Severity, Standard, Value, Verb, Verdict};
use crate::policy::Policy;

use super::example::term;
use super::{AccountCase, Check, Rule};

/// `host-is-address`: certificates are issued for names, so nothing proves that the right server
/// answers, and a move of the server breaks the account.
pub const RULE: Rule = Rule {
    id: "host-is-address",
    severity: Severity::Medium,
    variants: &[],
    citations: &[
        Citation::new(Standard::Rfc7817, "§3", Verb::States),
        Citation::new(Standard::Mailfleet, "", Verb::Interpretation),
    ],
    check: Check::Account(judge),
    example: || Evidence::new().with("host", term("192.0.2.10")),
};

fn judge(case: &AccountCase<'_>, _: &Policy) -> Verdict {
    match &case.account.host {
        Host::Name(_) => Verdict::Compliant,
        // A bridge on the person's own machine: nothing travels that a certificate could protect.
        Host::Ip(address) if address.is_loopback() => Verdict::NotApplicable,
        Host::Ip(address) => {
            Verdict::Violation(Evidence::new().with("host", Value::Term(address.to_string())))
        }
    }
}
