//! The server still offers ways of logging in that were outdated long ago.

use crate::model::{
    Citation, Evidence, Greeting, GreetingKind, Reason, Severity, Spoken, Standard, Value, Verb,
    Verdict,
};
use crate::policy::Policy;

use super::example::{SERVER, list, term};
use super::{Check, EndpointCase, Rule, need};

/// Mechanisms whose secrets can be guessed from one login, or that make servers keep the password as
/// it is: MD5, RC4 and DES are behind them.
const WEAK: [&str; 6] = [
    "APOP",
    "CRAM-MD5",
    "DIGEST-MD5",
    "NTLM",
    "KERBEROS_V4",
    "SKEY",
];

/// `weak-login-mechanism`: one of them is listed inside TLS, or a POP3 greeting bears the timestamp
/// that offers APOP (RFC 1939 §7). A password that is sent inside TLS is better protected.
pub const RULE: Rule = Rule {
    id: "weak-login-mechanism",
    severity: Severity::Low,
    variants: &[],
    citations: &[Citation::new(Standard::Mailfleet, "", Verb::Interpretation)],
    check: Check::Endpoint(judge),
    example: || {
        Evidence::new()
            .with("server", term(SERVER))
            .with("mechanisms", list(&["CRAM-MD5"]))
    },
};

fn judge(case: &EndpointCase<'_>, _: &Policy) -> Verdict {
    case.each_address(|address| {
        let greeting = need(&address.visit.greeting)?;
        if greeting.spoken.protocol().is_none() {
            return Ok(Verdict::NotApplicable);
        }
        let listed = need(&address.visit.capabilities_in_tls)?;
        let apop = offers_apop(greeting).then(|| "APOP".to_owned());
        let is_weak = |mechanism: &&String| WEAK.contains(&mechanism.as_str());
        let weak: Vec<String> = apop
            .into_iter()
            .chain(listed.mechanisms.iter().filter(is_weak).cloned())
            .collect();
        Ok(if !weak.is_empty() {
            Verdict::Violation(
                Evidence::new()
                    .with("server", Value::Term(case.endpoint.to_string()))
                    .with("mechanisms", Value::List(weak)),
            )
        } else if listed.refused {
            Verdict::Undetermined(Reason::Unreachable)
        } else {
            Verdict::Compliant
        })
    })
}

/// Whether a greeting holds `<…@…>`, from which APOP makes its digest.
fn offers_apop(greeting: &Greeting) -> bool {
    let words = greeting.raw.lossy();
    let mut parts = words.split('<').skip(1);
    greeting.spoken == Spoken::Pop3
        && greeting.kind == GreetingKind::Ready
        && parts.any(|part| {
            part.split_once('>')
                .is_some_and(|(stamp, _)| stamp.contains('@') && !stamp.contains(' '))
        })
}
