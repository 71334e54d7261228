//! Something answers, and it speaks no protocol that is known.

use crate::model::{
    Cause, Citation, Evidence, Phase, Raw, Reason, Severity, Spoken, Standard, Value, Verb, Verdict,
};
use crate::policy::Policy;

use super::example::{SERVER, foreign, term};
use super::{Check, EndpointCase, Rule, need};

/// `protocol-garbage`: the first words follow no known grammar. Bytes in place of a handshake are
/// `tls-handshake-fails`; a greeting that was masked on the way is not the server's.
pub const RULE: Rule = Rule {
    id: "protocol-garbage",
    severity: Severity::Medium,
    variants: &[],
    citations: &[Citation::new(Standard::Mailfleet, "", Verb::Interpretation)],
    check: Check::Endpoint(judge),
    example: || {
        Evidence::new()
            .with("server", term(SERVER))
            .with("answer", foreign("HELLO 7"))
    },
};

fn judge(case: &EndpointCase<'_>, _: &Policy) -> Verdict {
    let garbage = |words: &Raw| {
        Verdict::Violation(
            Evidence::new()
                .with("server", Value::Term(case.endpoint.to_string()))
                .with("answer", Value::Foreign(words.lossy())),
        )
    };
    case.each_address(|address| {
        if address.masked_on_the_way() {
            return Err(Verdict::Undetermined(Reason::StarttlsStripped));
        }
        if let Some(gap) = address.visit.greeting.gap()
            && let (Phase::Greeting, Cause::Malformed(words)) = (gap.phase, &gap.cause)
        {
            return Ok(garbage(words));
        }
        let greeting = need(&address.visit.greeting)?;
        Ok(match greeting.spoken {
            Spoken::Unrecognised => garbage(&greeting.raw),
            _ => Verdict::Compliant,
        })
    })
}
