//! Each certificate once in a run, however many servers send it.

use std::collections::HashSet;

use tokio::sync::Mutex;
use tokio::sync::mpsc::Sender;

use crate::model::{CertificateId, CertificateRecord, Observation};
use crate::wire::cert;

/// The certificates that were handed over already.
#[derive(Default)]
pub struct Certificates(Mutex<HashSet<CertificateId>>);

impl Certificates {
    /// Hands over those of `chain` that are new.
    ///
    /// The lock is held while they are sent, so a visit that refers to a certificate always comes
    /// behind it.
    pub async fn hand_over(&self, chain: Vec<Vec<u8>>, out: &Sender<Observation>) {
        let mut known = self.0.lock().await;
        for der in chain {
            let id = cert::id(&der);
            if known.insert(id) {
                let record = CertificateRecord { id, der };
                // Whoever receives has gone: the run is over.
                let _ = out.send(Observation::Certificate(record)).await;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_certificate_is_handed_over_once() {
        let certificates = Certificates::default();
        let (out, mut received) = tokio::sync::mpsc::channel(8);
        let chain = |names: &[&str]| names.iter().map(|name| name.as_bytes().to_vec()).collect();
        certificates.hand_over(chain(&["leaf", "ca"]), &out).await;
        certificates.hand_over(chain(&["other", "ca"]), &out).await;
        drop(out);
        let mut ders = Vec::new();
        while let Some(Observation::Certificate(record)) = received.recv().await {
            assert_eq!(record.id, cert::id(&record.der));
            ders.push(record.der);
        }
        assert_eq!(ders, [&b"leaf"[..], b"ca", b"other"]);
    }
}
