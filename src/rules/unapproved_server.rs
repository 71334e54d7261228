//! The account names a server that the policy does not approve.

use crate::model::{Citation, Evidence, Reason, Severity, Standard, Value, Verb, Verdict};
use crate::policy::Policy;

use super::example::term;
use super::{AccountCase, Check, Rule};

/// `unapproved-server`: the policy lists approved servers or domains, and this is none of them.
pub const RULE: Rule = Rule {
    id: "unapproved-server",
    severity: Severity::High,
    variants: &[],
    citations: &[Citation::new(Standard::Mailfleet, "", Verb::Interpretation)],
    check: Check::Account(judge),
    example: || {
        Evidence::new()
            .with("server", term("mail.example.net:995"))
            .with("approved", Value::terms(["*.example.com"]))
    },
};

/// How many approved names a message tells; the policy has them all.
const NAMED: usize = 5;

fn judge(case: &AccountCase<'_>, policy: &Policy) -> Verdict {
    let approved = &policy.approved;
    if approved.is_empty() {
        return Verdict::NotApplicable;
    }
    match approved.approves(&case.account.host, case.account.port) {
        Some(true) => Verdict::Compliant,
        None => Verdict::Undetermined(Reason::SettingsNotStated),
        Some(false) => {
            let mut names = approved.names();
            if names.len() > NAMED {
                names.truncate(NAMED);
                names.push("…".to_owned());
            }
            Verdict::Violation(
                Evidence::new()
                    .with("server", case.server())
                    .with("approved", Value::Terms(names)),
            )
        }
    }
}
