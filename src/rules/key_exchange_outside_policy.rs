//! Keys are agreed on in a group that the policy does not allow, or advises to leave.

use crate::model::{
    Citation, Evidence, NamedGroup, Severity, Standard, Standing, Value, Verb, Verdict,
};
use crate::policy::{Policy, Stance};

use super::example::{SERVER, term};
use super::{Check, EndpointCase, Rule, need};

/// `key-exchange-outside-policy`: of the groups that the server was seen to agree on, some are on no list
/// of the policy, or on that of those to leave. Which others it would take before TLS 1.3, nobody asked; so
/// that it never says that a server has none. What is too small is `key-exchange-weak`.
pub const RULE: Rule = Rule {
    id: "key-exchange-outside-policy",
    severity: Severity::Medium,
    variants: &[("discouraged", Severity::Low)],
    citations: &[Citation::new(Standard::Mailfleet, "", Verb::Interpretation)],
    check: Check::Endpoint(judge),
    example: || {
        Evidence::new()
            .with("server", term(SERVER))
            .with("groups", Value::terms(["secp224r1"]))
    },
};

fn judge(case: &EndpointCase<'_>, policy: &Policy) -> Verdict {
    let demand = &policy.key_exchange;
    if demand.is_silent() {
        return Verdict::NotApplicable;
    }
    case.each_address(|address| {
        let groups = address.allowed().groups();
        if groups.is_empty() {
            need(&address.visit.tls)?;
            return Ok(Verdict::NotApplicable);
        }
        let taken = |stance| -> Vec<NamedGroup> {
            let groups = groups.iter().copied();
            let is_so = |group: &NamedGroup| demand.stance(|one| one == group) == stance;
            groups.filter(is_so).collect()
        };
        let evidence = |groups: Vec<NamedGroup>| {
            Evidence::new()
                .with("server", Value::Term(case.endpoint.to_string()))
                .with("groups", Value::terms(groups))
        };
        let outside = taken(Stance::Outside);
        if !outside.is_empty() {
            return Ok(Verdict::Violation(evidence(outside)));
        }
        let discouraged = taken(Stance::Discouraged);
        if !discouraged.is_empty() {
            return Ok(Verdict::Violation(
                evidence(discouraged).variant("discouraged"),
            ));
        }
        let is_outside = |group| demand.stance(|one| *one == group) == Stance::Outside;
        match address.allowed().groups_of_tls_1_3(is_outside) {
            Standing::Refused | Standing::Accepted | Standing::Empty => Ok(Verdict::NotApplicable),
            open => Err(address.unsaid(open)),
        }
    })
}
