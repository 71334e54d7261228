//! Certificates of authorities that any server of the run sent.
//!
//! They make no chain complete that a client would find incomplete; they tell a chain that only
//! lacks a link from one that leads nowhere.

use std::collections::{HashMap, HashSet};

use crate::model::CertificateId;
use crate::wire::cert::Certificate;

/// Certificates of authorities that are kept; a fleet meets a few dozen.
const KEPT: usize = 2_000;
/// Certificates of one subject that are tried: cross-signs, and hostile crowds.
const OF_ONE_SUBJECT: usize = 8;
/// Certificates that one chain may be lent.
const LENT: usize = 12;

/// Certificates of authorities by their subject.
#[derive(Debug)]
pub(super) struct Pool<'d> {
    by_subject: HashMap<&'d [u8], Vec<Lent<'d>>>,
}

#[derive(Clone, Copy, Debug)]
struct Lent<'d> {
    id: CertificateId,
    der: &'d [u8],
    issuer: &'d [u8],
}

impl<'d> Pool<'d> {
    /// The authorities among the certificates of a run; which ones does not depend on the order
    /// of arrival.
    pub fn of(ders: &'d HashMap<CertificateId, Vec<u8>>) -> Self {
        let mut ids: Vec<&CertificateId> = ders.keys().collect();
        ids.sort();
        let mut by_subject: HashMap<&[u8], Vec<Lent<'_>>> = HashMap::new();
        let authorities = ids.into_iter().filter_map(|id| {
            let der = ders.get(id)?.as_slice();
            let certificate = Certificate::parse(der).ok()?;
            certificate.is_authority().then_some((*id, certificate))
        });
        for (id, certificate) in authorities.take(KEPT) {
            let of_subject = by_subject.entry(certificate.subject()).or_default();
            if of_subject.len() < OF_ONE_SUBJECT {
                of_subject.push(Lent {
                    id,
                    der: certificate.der(),
                    issuer: certificate.issuer(),
                });
            }
        }
        Pool { by_subject }
    }

    /// What may stand above the certificates of a chain and is not among them, nearest first.
    pub fn above(&self, chain: &[(CertificateId, &[u8])]) -> Vec<(CertificateId, &'d [u8])> {
        let mut known: HashSet<CertificateId> = chain.iter().map(|(id, _)| *id).collect();
        let sent = chain.iter().filter_map(|(_, der)| {
            let certificate = Certificate::parse(der).ok()?;
            Some(certificate.issuer().to_vec())
        });
        let mut wanted: Vec<Vec<u8>> = sent.collect();
        let mut lent = Vec::new();
        let mut next = 0;
        while let Some(issuer) = wanted.get(next) {
            next += 1;
            let found = self.by_subject.get(issuer.as_slice());
            let found: Vec<Lent<'d>> = found.into_iter().flatten().copied().collect();
            for one in found {
                if lent.len() == LENT {
                    return lent;
                }
                if known.insert(one.id) {
                    lent.push((one.id, one.der));
                    wanted.push(one.issuer.to_vec());
                }
            }
        }
        lent
    }
}
