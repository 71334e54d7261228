//! TLS 1.2 does not bind its keys to the whole handshake.

use crate::model::{Citation, Evidence, Severity, Standard, TlsVersion, Value, Verb, Verdict};
use crate::policy::Policy;

use super::example::{SERVER, term};
use super::{Check, EndpointCase, Rule};

/// extended_master_secret (RFC 7627 §5.1).
const EXTENDED_MASTER_SECRET: u16 = 23;

/// `no-extended-master-secret`: asked for it at TLS 1.2, the server does not agree. TLS 1.3 always binds
/// them; what is older is told of by `tls-version-obsolete`.
pub const RULE: Rule = Rule {
    id: "no-extended-master-secret",
    severity: Severity::Low,
    variants: &[],
    citations: &[Citation::new(Standard::Rfc9325, "§3.5", Verb::Must)],
    check: Check::Endpoint(judge),
    example: || Evidence::new().with("server", term(SERVER)),
};

fn judge(case: &EndpointCase<'_>, _: &Policy) -> Verdict {
    case.each_address(|address| {
        let mut said = address.old_server_hellos()?;
        said.retain(|said| {
            let asked = said.hello.is_none_or(|hello| !hello.bare);
            said.version == TlsVersion::TLS_1_2 && asked
        });
        let silent = |extensions: &[u16]| !extensions.contains(&EXTENDED_MASTER_SECRET);
        Ok(if said.is_empty() {
            Verdict::NotApplicable
        } else if said.iter().any(|said| silent(said.extensions)) {
            let server = Value::Term(case.endpoint.to_string());
            Verdict::Violation(Evidence::new().with("server", server))
        } else {
            Verdict::Compliant
        })
    })
}
