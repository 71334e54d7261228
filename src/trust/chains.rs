//! Reports of chains, each made once.

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use jiff::Timestamp;

use crate::model::{
    Attested, CertificateFacts, CertificateId, ChainReport, Dane, Elsewhere, Host, Observations,
    Path, ShownChain, Visited,
};
use crate::wire::cert::Certificate;

use super::Roots;
use super::explain::{CERTIFICATES, Followed, compare, follow};
use super::pool::Pool;
use super::revocation::{self, Heard};
use super::{dane, transparency, walk};

type PathKey = (Vec<CertificateId>, Timestamp);

/// Reports of chains against one set of roots. A certificate is read once, a path is followed
/// once per chain and time, a report is made once per chain, name and time; which authorities a path
/// needs is looked up once per chain.
#[derive(Debug)]
pub struct Chains<'a> {
    roots: &'a Roots,
    ders: &'a HashMap<CertificateId, Vec<u8>>,
    /// Made when a chain first turns out to lack a link.
    pool: OnceCell<Pool<'a>>,
    made: RefCell<Made>,
}

#[derive(Debug, Default)]
struct Made {
    facts: HashMap<CertificateId, Arc<CertificateFacts>>,
    paths: HashMap<PathKey, Followed>,
    /// The places of the authorities that no path can do without.
    needed: HashMap<Vec<CertificateId>, Vec<usize>>,
    reports: HashMap<(PathKey, Host), Arc<ChainReport>>,
}

impl<'a> Chains<'a> {
    /// None yet. `ders` are the certificates of the observations.
    pub fn new(roots: &'a Roots, ders: &'a HashMap<CertificateId, Vec<u8>>) -> Self {
        Chains {
            roots,
            ders,
            pool: OnceCell::new(),
            made: RefCell::default(),
        }
    }

    /// The report of a chain as sent, leaf first. `None` if the observations lack the DER of one
    /// of its certificates: then nothing can be said, least of all that the chain is good.
    ///
    /// What other servers sent makes no chain complete; an incomplete one says where it would end
    /// with that.
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
            ..
        } = &mut *self.made.borrow_mut();
        let key = ((chain.to_vec(), at), host.clone());
        if let Some(report) = reports.get(&key) {
            return Some(Arc::clone(report));
        }
        let sent = chain
            .iter()
            .map(|id| Some((*id, self.ders.get(id)?.as_slice())))
            .collect::<Option<Vec<_>>>()?;
        let mut read = |id, certificate: &Certificate<'_>| {
            let known = facts.entry(id);
            Arc::clone(known.or_insert_with(|| Arc::new(certificate.facts())))
        };
        let followed = paths.entry(key.0.clone()).or_insert_with(|| {
            let mut followed = follow(&sent, self.roots, at, &mut read);
            if let Path::Incomplete { elsewhere, .. } = &mut followed.path {
                *elsewhere = self.elsewhere(&sent, at, &mut read);
            }
            followed
        });
        let report = Arc::new(ChainReport {
            certificates: followed.certificates.clone(),
            path: followed.path.clone(),
            name: compare(sent.first().map_or(&[][..], |(_, der)| der), host),
            public_root: followed.public,
        });
        reports.insert(key, Arc::clone(&report));
        Some(report)
    }

    /// Where a chain that lacks a link would end with what other servers of the run sent.
    fn elsewhere(
        &self,
        sent: &[(CertificateId, &[u8])],
        at: Timestamp,
        read: impl FnMut(CertificateId, &Certificate<'_>) -> Arc<CertificateFacts>,
    ) -> Option<Elsewhere> {
        let lent = self.pool.get_or_init(|| Pool::of(self.ders)).above(sent);
        if lent.is_empty() {
            return None;
        }
        let whole: Vec<(CertificateId, &[u8])> = sent.iter().copied().chain(lent).collect();
        match follow(&whole, self.roots, at, read).path {
            Path::Holds { root, .. } => Some(Elsewhere::Trusted(root)),
            Path::Untrusted { root } => Some(Elsewhere::Untrusted(root)),
            _ => None,
        }
    }

    /// What the issuer and the domain attest of a chain that a visit saw; nothing where the
    /// observations lack a DER.
    pub fn attested(&self, shown: &ShownChain<'_>, seen: &Observations, at: Timestamp) -> Attested {
        let (visit, chain) = (shown.visit, shown.chain.iter());
        let ders = chain.take(CERTIFICATES).map(|id| self.ders.get(id));
        let Some(ders) = ders.collect::<Option<Vec<_>>>() else {
            return Attested::default();
        };
        let sent: Vec<_> = ders
            .iter()
            .map(|der| Certificate::parse(der).ok())
            .collect();
        let staple = shown.staple.map(|staple| (staple.0.as_slice(), visit.at));
        let needed = &mut self.made.borrow_mut().needed;
        let needed = needed
            .entry(shown.chain.to_vec())
            .or_insert_with(|| walk::needed(&sent, self.roots));
        let heard = Heard {
            fetched: &seen.fetched,
            at,
        };
        Attested {
            revocation: revocation::of_leaf(&sent, self.roots, staple, heard),
            authorities: revocation::of_authorities(&sent, needed, self.roots, heard),
            dane: match seen.tlsa.get(&visit.endpoint) {
                Some(tlsa) => dane::compare(&tlsa.answer, &sent, self.roots),
                None => Dane::NotAsked,
            },
            scts: transparency::count(&sent, shown),
        }
    }

    /// The URLs to ask next about certificates of which nothing is settled yet, those of servers and of
    /// the authorities above them: one each, and none that was asked.
    pub fn questions(&self, seen: &Observations, at: Timestamp) -> BTreeSet<String> {
        let visits = seen.visits.values().flat_map(|visits| visits.values());
        visits
            .flat_map(Visited::shown_to_clients)
            .flat_map(|shown| {
                let attested = self.attested(&shown, seen, at);
                let authorities = attested.authorities.into_iter().map(|one| one.revocation);
                authorities.chain([attested.revocation])
            })
            .filter_map(|said| revocation::next(&said).map(str::to_owned))
            .collect()
    }
}
