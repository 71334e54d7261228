//! A chain put before the rules.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use mailfleet::model::{
    AskedFor, Attested, Cause, CertificateId, ChainReport, Endpoint, Evidence, Expected, Fact, Gap,
    Host, Phase, Severity, TlsVersion, Verdict, Visited,
};
use mailfleet::policy::{
    Approved, Demand, Document, HandshakeDemand, Policy, RevocationDemand, SuiteDemand, Thresholds,
    WaiverTerms,
};
use mailfleet::rules::{AddressCase, Check, EndpointCase, RULES};
use mailfleet::trust::{Roots, explain};
use mailfleet::wire::cert;

pub fn policy() -> Policy {
    Policy {
        name: "test".into(),
        version: "1".into(),
        sha256: String::new(),
        extends: None,
        document: Document::default(),
        breach_from: Severity::Medium,
        thresholds: Thresholds {
            tls_minimum: TlsVersion::TLS_1_2,
            tls_oldest: TlsVersion::TLS_1_2,
            prefer_implicit_tls: true,
            expiry_days: 21,
            expiry_urgent_days: 7,
            rsa_bits: 2048,
            rsa_advised_bits: 2048,
            ec_bits: 224,
            dh_bits: 2048,
            validity_days: None,
            validity_advised_days: None,
        },
        rules: BTreeMap::new(),
        suites: SuiteDemand::default(),
        key_exchange: Demand::default(),
        certificate_keys: Demand::default(),
        handshake: HandshakeDemand::Tls,
        revocation: RevocationDemand::IfStapled,
        dane: false,
        own_domains: vec![],
        issuers: vec![],
        allow_ports: vec![],
        approved: Approved::default(),
        groups: vec![],
        waiver_terms: WaiverTerms::default(),
        next: None,
        without_papers: std::collections::BTreeSet::new(),
        waivers: vec![],
    }
}

pub fn report(chain: &[Vec<u8>], host: &str, roots: &Roots, at: Timestamp) -> ChainReport {
    let sent: Vec<(CertificateId, &[u8])> = chain
        .iter()
        .map(|der| (cert::id(der), der.as_slice()))
        .collect();
    explain(&sent, &host.parse().expect("a host"), roots, at)
}

/// What each rule about certificates says of a server that sends this chain.
pub fn verdicts(report: &ChainReport, host: &str, at: Timestamp) -> Vec<(&'static str, Verdict)> {
    verdicts_by(&policy(), report, host, at)
}

/// The same under another policy.
pub fn verdicts_by(
    policy: &Policy,
    report: &ChainReport,
    host: &str,
    at: Timestamp,
) -> Vec<(&'static str, Verdict)> {
    let host: Host = host.parse().expect("a host");
    let endpoint = Endpoint::new(host, 995);
    let nothing = Gap::new(Phase::Capabilities, Cause::NotVisited);
    let address = "192.0.2.1".parse().expect("an address");
    let mut visit = Visited::unseen(endpoint.clone(), address, AskedFor::Listed, at, nothing);
    let ids = report.certificates.iter().map(|one| match one {
        Ok(facts) => facts.id,
        Err(_) => CertificateId([0; 32]),
    });
    visit.chain = Fact::Seen(ids.collect());
    let case = EndpointCase {
        endpoint: &endpoint,
        at,
        resolution: None,
        addresses: vec![AddressCase {
            visit: &visit,
            shown: visit.shown_to_clients().into_iter().next(),
            chain: Some(Arc::new(report.clone())),
            attested: Attested::default(),
        }],
        gap: None,
        expected: Expected::default(),
        fleet: Arc::default(),
    };
    RULES
        .iter()
        .filter(|rule| rule.id.starts_with("cert-"))
        .filter_map(|rule| match rule.check {
            Check::Endpoint(judge) => Some((rule.id, judge(&case, policy))),
            _ => None,
        })
        .collect()
}

/// The violations as `rule` or `rule/variant`, in the order of the catalogue.
pub fn violations(chain: &[Vec<u8>], host: &str, roots: &Roots, at: Timestamp) -> Vec<String> {
    let report = report(chain, host, roots, at);
    verdicts(&report, host, at)
        .into_iter()
        .filter_map(|(rule, verdict)| match verdict {
            Verdict::Violation(evidence) => Some(match evidence.variant {
                Some(variant) => format!("{rule}/{variant}"),
                None => rule.to_owned(),
            }),
            _ => None,
        })
        .collect()
}

/// The evidence of that rule's violation, if it is one.
pub fn evidence_of(
    rule: &str,
    report: &ChainReport,
    host: &str,
    at: Timestamp,
) -> Option<Evidence> {
    let mut all = verdicts(report, host, at).into_iter();
    let (_, verdict) = all.find(|(id, _)| *id == rule).expect("a rule");
    match verdict {
        Verdict::Violation(evidence) => Some(evidence),
        _ => None,
    }
}
