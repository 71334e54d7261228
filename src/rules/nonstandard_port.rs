//! The account uses another port than the one registered.

use crate::model::{
    Citation, Evidence, Protocol, Security, Severity, Standard, Value, Verb, Verdict,
};
use crate::policy::Policy;

use super::example::term;
use super::{AccountCase, Answer, Check, Rule, security_mode_mismatch};

/// `nonstandard-port`: not the port registered for protocol and mode. Submission on port 25 is
/// `public-submission-port`. Silent where the registered port would be one for clear text, where
/// none is registered for the mode, and where port and security do not fit each other.
pub const RULE: Rule = Rule {
    id: "nonstandard-port",
    severity: Severity::Info,
    variants: &[],
    citations: &[
        Citation::new(Standard::Rfc8314, "§7", Verb::States),
        Citation::new(Standard::Rfc6409, "§3.1", Verb::States),
    ],
    check: Check::Account(judge),
    example: || {
        Evidence::new()
            .with("protocol", term("IMAP"))
            .with("port", term("1993"))
            .with("registered", term("993"))
    },
};

fn judge(case: &AccountCase<'_>, _: &Policy) -> Verdict {
    look(case).unwrap_or_else(|cut_short| cut_short)
}

fn look(case: &AccountCase<'_>) -> Answer {
    let Some(port) = case.account.port else {
        return Ok(Verdict::NotApplicable);
    };
    let protocol = case.need_protocol()?;
    let registered = match case.need_security()? {
        Security::None => return Ok(Verdict::NotApplicable),
        Security::Tls => protocol.implicit_tls_port(),
        _ => Some(protocol.clear_text_port()),
    };
    let Some(registered) = registered else {
        return Ok(Verdict::NotApplicable);
    };
    if port == registered || (protocol == Protocol::Smtp && port == 25) {
        return Ok(Verdict::Compliant);
    }
    if let Ok(Verdict::Violation(_)) = security_mode_mismatch::look(case) {
        return Ok(Verdict::NotApplicable);
    }
    Ok(Verdict::Violation(
        Evidence::new()
            .with("protocol", Value::Term(protocol.name().to_owned()))
            .with("port", Value::Term(port.to_string()))
            .with("registered", Value::Term(registered.to_string())),
    ))
}
