//! The configured server's name does not exist.

use crate::model::{
    Citation, DnsAnswer, Evidence, Host, Reason, Severity, Standard, ToldBy, Value, Verb, Verdict,
};
use crate::policy::Policy;

use super::example::term;
use super::{AccountCase, Check, Rule};

/// `unknown-host`: no such name, or no address under it, answered twice. A resolver that fails,
/// refuses or stays silent says nothing about the name (threat model H1), nor does one that knows
/// addresses for names that cannot exist (H2).
pub const RULE: Rule = Rule {
    id: "unknown-host",
    severity: Severity::High,
    variants: &[
        ("no-such-name", Severity::High),
        ("no-address", Severity::High),
    ],
    citations: &[Citation::new(Standard::Mailfleet, "", Verb::Interpretation)],
    check: Check::Account(judge),
    example: || {
        Evidence::new()
            .variant("no-such-name")
            .with("host", term("mial.example.com"))
    },
};

fn judge(case: &AccountCase<'_>, _: &Policy) -> Verdict {
    let Host::Name(name) = &case.account.host else {
        return Verdict::NotApplicable;
    };
    let unknown = |variant| {
        let host = Value::Term(name.to_string());
        Verdict::Violation(Evidence::new().variant(variant).with("host", host))
    };
    if case.endpoint.is_some_and(|e| !e.addresses.is_empty()) {
        // There is an address, looked up or given by hand for this port: what became of the name for
        // other ports of the host is not this account's.
        return Verdict::Compliant;
    }
    let Some(resolution) = case.resolution() else {
        return Verdict::Undetermined(why_not_asked(case));
    };
    let is_void = resolution.told_by == Some(ToldBy::Dns) && case.names_are_invented();
    match resolution.answer {
        _ if is_void => Verdict::Undetermined(Reason::DnsFailed),
        DnsAnswer::Addresses { .. } => Verdict::Compliant,
        DnsAnswer::NoSuchName { twice: true } => unknown("no-such-name"),
        DnsAnswer::NoAddress { twice: true } => unknown("no-address"),
        DnsAnswer::NoSuchName { twice: false }
        | DnsAnswer::NoAddress { twice: false }
        | DnsAnswer::Failed
        | DnsAnswer::Refused
        | DnsAnswer::TimedOut => Verdict::Undetermined(Reason::DnsFailed),
    }
}

fn why_not_asked(case: &AccountCase<'_>) -> Reason {
    case.endpoint
        .and_then(|endpoint| endpoint.gap.as_ref())
        .map_or(Reason::NotVisited, Reason::from)
}
