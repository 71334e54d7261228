//! The chain is sent in the wrong order, or with certificates that do not belong.

use crate::model::{
    CertificateFacts, Citation, Evidence, Path, Severity, Standard, Value, Verb, Verdict,
};
use crate::policy::Policy;

use super::example::list;
use super::{Check, EndpointCase, Rule};

/// `cert-chain-disordered`
pub const RULE: Rule = Rule {
    id: "cert-chain-disordered",
    severity: Severity::Low,
    variants: &[
        ("order", Severity::Low),
        ("strangers", Severity::Low),
        ("root", Severity::Low),
    ],
    citations: &[Citation::new(Standard::Mailfleet, "", Verb::Interpretation)],
    check: Check::Endpoint(judge),
    example: || {
        Evidence::new()
            .variant("order")
            .with("subjects", list(&["CN=Example Issuing CA"]))
    },
};

/// Names what most clients stumble over first: the order, then what does not belong, then the
/// root, which clients have anyway. A root that is not trusted is `cert-untrusted`.
fn judge(case: &EndpointCase<'_>, _: &Policy) -> Verdict {
    case.each_address(|seen| {
        let (chain, _) = seen.need_leaf()?;
        let sent: Vec<&CertificateFacts> = chain
            .certificates
            .iter()
            .flatten()
            .map(|one| &**one)
            .collect();
        let belongs = belonging(&sent);
        let subjects = |of: &dyn Fn(usize) -> bool| -> Vec<String> {
            let chosen = (1..sent.len()).filter(|place| of(*place));
            chosen.map(|place| sent[place].subject.clone()).collect()
        };
        let early = subjects(&|place| {
            let issued_before = |one: &&CertificateFacts| one.issuer == sent[place].subject;
            belongs[place] && !sent[..place].iter().any(issued_before)
        });
        let strange = subjects(&|place| !belongs[place]);
        let holds = matches!(chain.path, Path::Holds { .. });
        let roots = subjects(&|place| holds && belongs[place] && sent[place].self_signed);
        let named = [("order", early), ("strangers", strange), ("root", roots)];
        let first = named.into_iter().find(|(_, subjects)| !subjects.is_empty());
        Ok(match first {
            None => Verdict::Compliant,
            Some((variant, subjects)) => Verdict::Violation(
                Evidence::new()
                    .variant(variant)
                    .with("subjects", Value::List(subjects)),
            ),
        })
    })
}

/// Which of the certificates sent are the first, its issuers, their issuers and so on, by name.
/// Several of one subject all belong: authorities sign one another. The same one twice does not.
fn belonging(sent: &[&CertificateFacts]) -> Vec<bool> {
    let mut belongs = vec![false; sent.len()];
    if let Some(first) = belongs.first_mut() {
        *first = true;
    }
    // Each round finds at least one more or is the last.
    for _ in 0..sent.len() {
        for place in 1..sent.len() {
            let is_issuer = |other: usize| {
                other != place && belongs[other] && sent[other].issuer == sent[place].subject
            };
            let is_repeated = sent[..place].iter().any(|one| one.id == sent[place].id);
            if !belongs[place] && !is_repeated && (0..sent.len()).any(is_issuer) {
                belongs[place] = true;
            }
        }
    }
    belongs
}
