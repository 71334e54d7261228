//! Reports of many chains, and roots from a file.

use std::collections::HashMap;
use std::sync::Arc;

use mailfleet::model::NameMatch;
use mailfleet::trust::{Chains, RootSource, Roots};
use mailfleet::wire::cert;

use super::authority::{Authority, HOST, leaf_params, now};
use super::case::violations;

fn roots_of(authority: &Authority) -> Roots {
    Roots::of_certificates("test", [authority.root.as_slice()])
}

#[test]
fn a_report_is_made_once_and_not_without_its_certificates() {
    let ca = Authority::new("Memo");
    let chain = [ca.leaf(&leaf_params(&[HOST])), ca.intermediate.clone()];
    let mut ders: HashMap<_, _> = chain
        .iter()
        .map(|der| (cert::id(der), der.clone()))
        .collect();
    let ids = chain.each_ref().map(|der| cert::id(der));
    let roots = roots_of(&ca);
    let host = HOST.parse().expect("a host");
    let other = "imap.example.com".parse().expect("a host");
    let chains = Chains::new(&roots, &ders);
    let first = chains.report(&ids, &host, now()).expect("a report");
    let again = chains.report(&ids, &host, now()).expect("a report");
    assert!(Arc::ptr_eq(&first, &again));
    let differs = chains.report(&ids, &other, now()).expect("a report");
    assert_eq!(differs.name, NameMatch::Differs);
    assert_eq!(differs.path, first.path);
    ders.remove(&ids[1]);
    let chains = Chains::new(&roots, &ders);
    assert!(chains.report(&ids, &host, now()).is_none());
}

#[test]
fn a_file_of_roots_is_trusted_by_its_name() {
    let ca = Authority::new("File");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("corp.der");
    std::fs::write(&path, &ca.root).expect("written");
    let roots = Roots::load(&[RootSource::File(path)]).expect("a root");
    assert_eq!(roots.store().name, "corp.der");
    assert_eq!(roots.store().certificates, 1);
    assert_eq!(roots.store().sha256, roots_of(&ca).store().sha256);
    let chain = [ca.leaf(&leaf_params(&[HOST])), ca.intermediate.clone()];
    assert!(violations(&chain, HOST, &roots, now()).is_empty());
}
