//! What became of one chain.

use std::sync::Arc;

use jiff::Timestamp;

use crate::model::{CertificateFacts, CertificateId, ChainReport, Host, NameMatch, Path, Phrase};
use crate::wire::cert::Certificate;

use super::Roots;
use super::name;
use super::path;

/// Certificates of one chain that are looked at (threat model, limits); the leaf comes first.
pub(super) const CERTIFICATES: usize = 20;

/// A certificate's facts, or what of it does not parse.
pub(super) type Reading = Result<Arc<CertificateFacts>, Phrase>;

/// A chain that was read and followed upwards; for any name.
#[derive(Debug)]
pub(super) struct Followed {
    /// Each certificate, as sent.
    pub certificates: Vec<Reading>,
    /// What became of the path.
    pub path: Path,
    /// Whether it holds and ends at a root that the public trusts.
    pub public: bool,
}

/// What became of the chain, as sent with the leaf first, for this name, these roots and this time.
///
/// Only certificates of the chain and roots are looked at: what another server sent makes no
/// chain complete. At most 20 certificates count.
pub fn explain(
    chain: &[(CertificateId, &[u8])],
    host: &Host,
    roots: &Roots,
    at: Timestamp,
) -> ChainReport {
    let followed = follow(chain, roots, at, |_, certificate| {
        Arc::new(certificate.facts())
    });
    ChainReport {
        certificates: followed.certificates,
        path: followed.path,
        public_root: followed.public,
        name: chain
            .first()
            .map_or(NameMatch::NoNames, |(_, der)| compare(der, host)),
    }
}

/// Reads each certificate and follows the path; `facts` may know a certificate already.
pub(super) fn follow(
    chain: &[(CertificateId, &[u8])],
    roots: &Roots,
    at: Timestamp,
    mut facts: impl FnMut(CertificateId, &Certificate<'_>) -> Arc<CertificateFacts>,
) -> Followed {
    let chain = &chain[..chain.len().min(CERTIFICATES)];
    let ders: Vec<&[u8]> = chain.iter().map(|(_, der)| *der).collect();
    let mut readings: Vec<Reading> = Vec::with_capacity(chain.len());
    let mut certificates = Vec::with_capacity(chain.len());
    for (id, der) in chain {
        match Certificate::parse(der) {
            Ok(certificate) => {
                readings.push(Ok(facts(*id, &certificate)));
                certificates.push(Some(certificate));
            }
            Err(why) => {
                readings.push(Err(why));
                certificates.push(None);
            }
        }
    }
    let known: Vec<_> = readings.iter().map(|one| one.as_deref().ok()).collect();
    let (path, public) = path::path(&ders, &certificates, &known, roots, at);
    Followed {
        certificates: readings,
        path,
        public,
    }
}

/// Whether the leaf bears the name; one that does not parse bears none.
pub(super) fn compare(leaf: &[u8], host: &Host) -> NameMatch {
    Certificate::parse(leaf).map_or(NameMatch::NoNames, |leaf| name::compare(&leaf, host))
}
