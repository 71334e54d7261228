//! Staff submit mail on the port that is meant for servers.

use crate::model::{Citation, Evidence, Protocol, Severity, Standard, Verb, Verdict};
use crate::policy::Policy;

use super::example::term;
use super::{AccountCase, Check, Rule};

/// `public-submission-port`: submission on port 25, which many networks block and where servers
/// must take mail from anybody in the clear.
pub const RULE: Rule = Rule {
    id: "public-submission-port",
    severity: Severity::Low,
    variants: &[],
    citations: &[
        Citation::new(Standard::Rfc8314, "§4", Verb::Should),
        Citation::new(Standard::Rfc6409, "§3.1", Verb::States),
    ],
    check: Check::Account(judge),
    example: || Evidence::new().with("server", term("mail.example.com:25")),
};

fn judge(case: &AccountCase<'_>, _: &Policy) -> Verdict {
    match (case.account.protocol, case.account.port) {
        (Some(Protocol::Smtp), Some(25)) => {
            Verdict::Violation(Evidence::new().with("server", case.server()))
        }
        (Some(Protocol::Smtp), Some(_)) => Verdict::Compliant,
        _ => Verdict::NotApplicable,
    }
}
