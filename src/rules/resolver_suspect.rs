//! The DNS resolver gives addresses for names that cannot exist.

use crate::model::{Citation, Evidence, Severity, Standard, Subject, Value, Verb, Verdict};
use crate::policy::Policy;

use super::example::list;
use super::{Check, FleetAnswer, FleetCase, Rule};

/// `resolver-suspect`: somebody between this machine and the DNS answers for names that do not exist,
/// as hotels and some providers do. Whether a name exists cannot be told then, and what answers at an
/// address that was made up is not the server (threat model H2).
pub const RULE: Rule = Rule {
    id: "resolver-suspect",
    severity: Severity::Info,
    variants: &[],
    citations: &[Citation::new(Standard::Mailfleet, "", Verb::Interpretation)],
    check: Check::Fleet(judge),
    example: || {
        Evidence::new()
            .with("names", list(&["q7xkz0vd.example"]))
            .with("addresses", list(&["192.0.2.80"]))
    },
};

fn judge(case: &FleetCase<'_>, _: &Policy) -> FleetAnswer {
    let Some(tried) = case.resolver_tried else {
        return Vec::new();
    };
    let invented = tried.invented.seen().map_or(&[][..], Vec::as_slice);
    if invented.is_empty() {
        return Vec::new();
    }
    let addresses = invented.iter().map(ToString::to_string).collect();
    let evidence = Evidence::new()
        .with("names", Value::List(tried.names.clone()))
        .with("addresses", Value::List(addresses));
    vec![(Subject::Fleet, Verdict::Violation(evidence))]
}
