//! Reports of chains, each made once.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use jiff::Timestamp;

use crate::model::{CertificateFacts, CertificateId, ChainReport, Host, Path};

use super::Roots;
use super::explain::{Reading, compare, follow};

type PathKey = (Vec<CertificateId>, Timestamp);

/// Reports of chains against one set of roots. A certificate is read once, a path is followed
/// once per chain and time, a report is made once per chain, name and time.
#[derive(Debug)]
pub struct Chains<'a> {
    roots: &'a Roots,
    ders: &'a HashMap<CertificateId, Vec<u8>>,
    made: RefCell<Made>,
}

#[derive(Debug, Default)]
struct Made {
    facts: HashMap<CertificateId, Arc<CertificateFacts>>,
    paths: HashMap<PathKey, (Vec<Reading>, Path)>,
    reports: HashMap<(PathKey, Host), Arc<ChainReport>>,
}

impl<'a> Chains<'a> {
    /// None yet. `ders` are the certificates of the observations.
    pub fn new(roots: &'a Roots, ders: &'a HashMap<CertificateId, Vec<u8>>) -> Self {
        Chains {
            roots,
            ders,
            made: RefCell::default(),
        }
    }

    /// The report of a chain as sent, leaf first. `None` if the observations lack the DER of one
    /// of its certificates: then nothing can be said, least of all that the chain is good.
    pub fn report(
        &self,
        chain: &[CertificateId],
        host: &Host,
        at: Timestamp,
    ) -> Option<Arc<ChainReport>> {
        let Made {
            facts,
            paths,
            reports,
        } = &mut *self.made.borrow_mut();
        let key = ((chain.to_vec(), at), host.clone());
        if let Some(report) = reports.get(&key) {
            return Some(Arc::clone(report));
        }
        let sent = chain
            .iter()
            .map(|id| Some((*id, self.ders.get(id)?.as_slice())))
            .collect::<Option<Vec<_>>>()?;
        let (certificates, path) = paths.entry(key.0.clone()).or_insert_with(|| {
            follow(&sent, self.roots, at, |id, certificate| {
                let known = facts.entry(id);
                Arc::clone(known.or_insert_with(|| Arc::new(certificate.facts())))
            })
        });
        let report = Arc::new(ChainReport {
            certificates: certificates.clone(),
            path: path.clone(),
            public_root: self.roots.ends_publicly(path),
            name: compare(sent.first().map_or(&[][..], |(_, der)| der), host),
        });
        reports.insert(key, Arc::clone(&report));
        Some(report)
    }
}
