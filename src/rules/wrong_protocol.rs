//! Another protocol answers on the port than the account speaks.

use crate::model::{Citation, Evidence, Severity, Spoken, Standard, Value, Verb, Verdict};
use crate::policy::Policy;

use super::example::term;
use super::{AccountCase, Answer, Check, Rule, need};

/// `wrong-protocol`: the IMAP server's address in the POP3 field, a web server's, and the like.
/// Words of no known protocol are `protocol-garbage`.
pub const RULE: Rule = Rule {
    id: "wrong-protocol",
    severity: Severity::High,
    variants: &[],
    citations: &[
        Citation::new(Standard::Rfc8314, "§7", Verb::States),
        Citation::new(Standard::Mailfleet, "", Verb::Interpretation),
    ],
    check: Check::Account(judge),
    example: || {
        Evidence::new()
            .with("server", term("imap.example.com:143"))
            .with("expected", term("POP3"))
            .with("found", term("IMAP"))
    },
};

fn judge(case: &AccountCase<'_>, _: &Policy) -> Verdict {
    look(case).unwrap_or_else(|cut_short| cut_short)
}

fn look(case: &AccountCase<'_>) -> Answer {
    let endpoint = case.need_endpoint()?;
    let expected = case.need_protocol()?;
    Ok(endpoint.each_address(|address| {
        let found = need(&address.visit.greeting)?.spoken;
        Ok(match found {
            Spoken::Unrecognised => Verdict::NotApplicable,
            found if found == Spoken::from(expected) => {
                address.need_conversation()?;
                Verdict::Compliant
            }
            found => Verdict::Violation(
                Evidence::new()
                    .with("server", case.server())
                    .with("expected", Value::Term(expected.name().to_owned()))
                    .with("found", Value::Term(found.name().to_owned())),
            ),
        })
    }))
}
