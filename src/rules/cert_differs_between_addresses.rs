//! Addresses behind one name show different certificates, and one of them fails.

use std::collections::BTreeSet;
use std::net::IpAddr;

use crate::model::{
    CertificateFacts, ChainReport, Citation, Evidence, Handshake, NameMatch, Path, Reason,
    Severity, Standard, Twist, Value, Verb, Verdict,
};
use crate::policy::Policy;

use super::example::term;
use super::{AddressCase, Check, EndpointCase, Rule};

/// `cert-differs-between-addresses`: a new certificate reached some of the machines only. Clients
/// take any of the addresses, so the fault comes and goes.
pub const RULE: Rule = Rule {
    id: "cert-differs-between-addresses",
    severity: Severity::Medium,
    variants: &[],
    citations: &[Citation::new(Standard::Rfc8314, "§4.4", Verb::Must)],
    check: Check::Endpoint(judge),
    example: || {
        Evidence::new()
            .with("failing", term("192.0.2.11"))
            .with("fitting", term("192.0.2.10"))
            .with("certificates", 2_i64)
    },
};

/// A leaf that one address shows.
struct Shown<'c> {
    at: IpAddr,
    handshake: Handshake,
    leaf: &'c CertificateFacts,
    fails: bool,
}

impl Shown<'_> {
    /// Whether another address answered the same question with it: as in the first handshake, or for
    /// the same kind of key. One address that has a certificate for each kind differs from nobody.
    fn is_comparable(&self, other: &Shown<'_>) -> bool {
        let plain = |one: &Shown<'_>| {
            matches!(
                one.handshake,
                Handshake::First | Handshake::Further(Twist::Again)
            )
        };
        plain(self) && plain(other) || self.leaf.key.algorithm == other.leaf.key.algorithm
    }
}

/// Where every address fails, the other rules say all there is to say; where one address shows
/// different ones by itself, `unstable` does.
fn judge(case: &EndpointCase<'_>, _: &Policy) -> Verdict {
    let mut unseen = case.gap.as_ref().map(Reason::from);
    let mut shown = Vec::new();
    for address in case.addresses.iter().filter(|address| address.has_route()) {
        match address.need_chain() {
            Ok(chain) => shown.extend(of(address, chain, case.at.as_second())),
            Err(Verdict::Undetermined(reason)) => {
                unseen.get_or_insert(reason);
            }
            Err(_) => {}
        }
    }
    let failing: BTreeSet<IpAddr> = shown.iter().filter(|s| s.fails).map(|s| s.at).collect();
    let bad = shown.iter().filter(|one| one.fails);
    let good = || shown.iter().filter(|one| !failing.contains(&one.at));
    let mut pairs = bad.filter_map(|bad| {
        let other = |good: &&Shown<'_>| good.leaf.id != bad.leaf.id && good.is_comparable(bad);
        Some((bad, good().find(other)?))
    });
    let addresses: BTreeSet<IpAddr> = shown.iter().map(|one| one.at).collect();
    let certificates: BTreeSet<_> = shown.iter().map(|one| one.leaf.id).collect();
    match (pairs.next(), unseen) {
        (Some((bad, good)), _) => Verdict::Violation(
            Evidence::new()
                .with("failing", Value::Term(bad.at.to_string()))
                .with("fitting", Value::Term(good.at.to_string()))
                .with("certificates", certificates.len()),
        ),
        (None, Some(reason)) => Verdict::Undetermined(reason),
        (None, None) if addresses.len() > 1 => Verdict::Compliant,
        (None, None) => Verdict::NotApplicable,
    }
}

fn of<'c>(address: &AddressCase<'c>, chain: &'c ChainReport, now: i64) -> Option<Shown<'c>> {
    Some(Shown {
        at: address.visit.address,
        handshake: address.shown.as_ref()?.handshake,
        leaf: chain.leaf()?,
        fails: fails(chain, now),
    })
}

fn fails(chain: &ChainReport, now: i64) -> bool {
    let in_time = |leaf: &CertificateFacts| leaf.not_before <= now && now <= leaf.not_after;
    !matches!(chain.path, Path::Holds { .. })
        || !matches!(chain.name, NameMatch::Matches(_))
        || !chain.leaf().is_some_and(in_time)
}
