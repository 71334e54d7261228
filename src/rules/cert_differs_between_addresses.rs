//! Addresses behind one name show different certificates, and one of them fails.

use std::collections::BTreeSet;

use crate::model::{
    ChainReport, Citation, Evidence, NameMatch, Path, Reason, Severity, Standard, Value, Verb,
    Verdict,
};
use crate::policy::Policy;

use super::{Check, EndpointCase, Rule};

/// `cert-differs-between-addresses`: a new certificate reached some of the machines only. Clients
/// take any of the addresses, so the fault comes and goes.
pub const RULE: Rule = Rule {
    id: "cert-differs-between-addresses",
    severity: Severity::Medium,
    variants: &[],
    citations: &[Citation::new(Standard::Rfc8314, "§4.4", Verb::Must)],
    check: Check::Endpoint(judge),
};

/// Where every address fails, the other rules say all there is to say.
fn judge(case: &EndpointCase<'_>, _: &Policy) -> Verdict {
    let mut unseen = case.gap.as_ref().map(Reason::from);
    let mut shown = Vec::new();
    for address in case.addresses.iter().filter(|address| address.has_route()) {
        match address.need_chain() {
            Ok(chain) => shown.extend(
                chain
                    .leaf()
                    .map(|leaf| (address.visit.address, leaf.id, chain)),
            ),
            Err(Verdict::Undetermined(reason)) => {
                unseen.get_or_insert(reason);
            }
            Err(_) => {}
        }
    }
    let different: BTreeSet<_> = shown.iter().map(|(_, leaf, _)| leaf).collect();
    let fails = |chain: &ChainReport| fails(chain, case.at.as_second());
    let bad = shown.iter().find(|(_, _, chain)| fails(chain));
    let good = shown.iter().find(|(_, _, chain)| !fails(chain));
    match (bad, good) {
        (Some((failing, ..)), Some((fitting, ..))) if different.len() > 1 => Verdict::Violation(
            Evidence::new()
                .with("failing", Value::Term(failing.to_string()))
                .with("fitting", Value::Term(fitting.to_string()))
                .with("certificates", count(different.len())),
        ),
        _ => match unseen {
            Some(reason) => Verdict::Undetermined(reason),
            None if shown.len() > 1 => Verdict::Compliant,
            None => Verdict::NotApplicable,
        },
    }
}

fn fails(chain: &ChainReport, now: i64) -> bool {
    let in_time =
        |leaf: &crate::model::CertificateFacts| leaf.not_before <= now && now <= leaf.not_after;
    !matches!(chain.path, Path::Holds { .. })
        || !matches!(chain.name, NameMatch::Matches(_))
        || !chain.leaf().is_some_and(in_time)
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
