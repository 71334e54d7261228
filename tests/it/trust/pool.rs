//! What other servers of the run sent, cross-signs, and roots out of their time.

use std::collections::HashMap;
use std::sync::Arc;

use mailfleet::model::{CertificateId, ChainReport, Elsewhere, Path};
use mailfleet::trust::{Chains, Roots};
use mailfleet::wire::cert;
use rcgen::date_time_ymd;

use super::authority::{Authority, HOST, at, leaf_params, now};
use super::case::{report, violations};

/// The report of the first chain in a run that also saw the others.
fn in_a_run(chain: &[Vec<u8>], others: &[&[u8]], roots: &Roots) -> Arc<ChainReport> {
    let sent = chain.iter().map(Vec::as_slice);
    let ders: HashMap<CertificateId, Vec<u8>> = sent
        .chain(others.iter().copied())
        .map(|der| (cert::id(der), der.to_vec()))
        .collect();
    let ids: Vec<CertificateId> = chain.iter().map(|der| cert::id(der)).collect();
    let host = HOST.parse().expect("a host");
    Chains::new(roots, &ders)
        .report(&ids, &host, now())
        .expect("every certificate is there")
}

fn elsewhere(report: &ChainReport) -> Option<Elsewhere> {
    match &report.path {
        Path::Incomplete { elsewhere, .. } => elsewhere.clone(),
        other => unreachable!("{other:?}"),
    }
}

#[test]
fn what_others_sent_tells_incomplete_from_untrusted_and_completes_nothing() {
    let ca = Authority::new("Lent");
    let trusted = Roots::of_certificates("test", [ca.root.as_slice()]);
    let stranger = Authority::new("Stranger");
    let other = Roots::of_certificates("test", [stranger.root.as_slice()]);
    let chain = [ca.leaf(&leaf_params(&[HOST]))];
    let root = || "CN=Lent Root".to_owned();
    for (others, roots, expected) in [
        (vec![], &trusted, None),
        (vec![&stranger.intermediate], &trusted, None),
        (
            vec![&ca.intermediate],
            &trusted,
            Some(Elsewhere::Trusted(root())),
        ),
        (vec![&ca.intermediate], &other, None),
        (
            vec![&ca.intermediate, &ca.root],
            &other,
            Some(Elsewhere::Untrusted(root())),
        ),
    ] {
        let others: Vec<&[u8]> = others.into_iter().map(Vec::as_slice).collect();
        let report = in_a_run(&chain, &others, roots);
        assert_eq!(elsewhere(&report), expected);
        assert_eq!(report.certificates.len(), 1);
        assert!(!report.public_root);
    }
}

#[test]
fn a_leaf_of_another_server_is_no_issuer() {
    let ca = Authority::new("Leaves");
    let roots = Roots::of_certificates("test", [ca.root.as_slice()]);
    let chain = [ca.leaf(&leaf_params(&[HOST]))];
    let mut params = leaf_params(&["other.example.com"]);
    params.distinguished_name = rcgen::DistinguishedName::new();
    params
        .distinguished_name
        .push(rcgen::DnType::CommonName, "Leaves Intermediate");
    let impostor = ca.leaf(&params);
    assert_eq!(elsewhere(&in_a_run(&chain, &[&impostor], &roots)), None);
}

#[test]
fn a_crowd_of_one_name_in_the_run_costs_no_more_than_its_share() {
    let ca = Authority::new("Crowd");
    let roots = Roots::of_certificates("test", [ca.root.as_slice()]);
    let chain = [ca.leaf(&leaf_params(&[HOST]))];
    let crowd: Vec<Vec<u8>> = (0..60)
        .map(|_| Authority::new("Crowd").intermediate)
        .collect();
    let crowd: Vec<&[u8]> = crowd.iter().map(Vec::as_slice).collect();
    assert_eq!(elsewhere(&in_a_run(&chain, &crowd, &roots)), None);
}

#[test]
fn of_several_issuers_the_one_that_leads_furthest_is_told() {
    // The same intermediate, once with its root and once signed by an authority nobody has.
    let ca = Authority::new("Cross");
    let cross = ca.intermediate_signed_by_another("Elsewhere");
    let trusted = Authority::new("Trusted");
    let roots = Roots::of_certificates("test", [trusted.root.as_slice()]);
    let leaf = ca.leaf(&leaf_params(&[HOST]));
    let (own, root) = (ca.intermediate.clone(), ca.root.clone());
    for chain in [
        vec![leaf.clone(), cross.clone(), own.clone(), root.clone()],
        vec![leaf.clone(), own.clone(), root.clone(), cross.clone()],
    ] {
        let path = report(&chain, HOST, &roots, now()).path;
        let expected = Path::Untrusted {
            root: "CN=Cross Root".into(),
        };
        assert_eq!(path, expected);
    }
    let ours = Roots::of_certificates("test", [ca.root.as_slice()]);
    let chain = [leaf, cross, own];
    assert!(violations(&chain, HOST, &ours, now()).is_empty());
}

#[test]
fn a_root_out_of_its_time_is_said_and_does_not_stand_in_the_way_of_another() {
    let old = Authority::with_root("Aged", |params| {
        params.not_after = date_time_ymd(2026, 3, 1);
    });
    let roots = Roots::of_certificates("test", [old.root.as_slice()]);
    let chain = [old.leaf(&leaf_params(&[HOST])), old.intermediate.clone()];
    let expected = ["cert-intermediate-expired"];
    assert_eq!(violations(&chain, HOST, &roots, now()), expected);
    assert!(violations(&chain, HOST, &roots, at("2026-02-01T00:00:00Z")).is_empty());
    let good = Authority::new("Fresh");
    let both = Roots::of_certificates("test", [old.root.as_slice(), good.root.as_slice()]);
    let chain = [good.leaf(&leaf_params(&[HOST])), good.intermediate.clone()];
    assert!(violations(&chain, HOST, &both, now()).is_empty());
    assert_eq!(both.store().newest, Some(at("2020-01-01T00:00:00Z")));
}
