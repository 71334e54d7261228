//! A certificate verifier that records and never refuses.

use std::sync::{Mutex, PoisonError};

use tokio_rustls::rustls::client::danger::{
    HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier,
};
use tokio_rustls::rustls::crypto::{
    WebPkiSupportedAlgorithms, verify_tls12_signature, verify_tls13_signature,
};
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use tokio_rustls::rustls::{DigitallySignedStruct, Error, SignatureScheme};

/// Keeps what the server sent. Whether the chain is any good is judged elsewhere and later; here
/// the handshake's signature alone is verified, which proves that the server holds the leaf's key.
#[derive(Debug)]
pub struct Recorder {
    algorithms: WebPkiSupportedAlgorithms,
    most: usize,
    sent: Mutex<Sent>,
}

/// What a server sent of its identity.
#[derive(Clone, Debug, Default)]
pub struct Sent {
    /// The certificates as DER, leaf first.
    pub chain: Vec<Vec<u8>>,
    /// How many more there were than are kept.
    pub beyond: usize,
    /// The stapled OCSP response.
    pub staple: Option<Vec<u8>>,
}

impl Recorder {
    /// Records at most `most` certificates.
    pub fn new(algorithms: WebPkiSupportedAlgorithms, most: usize) -> Self {
        Recorder {
            algorithms,
            most,
            sent: Mutex::default(),
        }
    }

    /// What has been sent so far; also of a handshake that failed later.
    pub fn sent(&self) -> Sent {
        let sent = self.sent.lock().unwrap_or_else(PoisonError::into_inner);
        sent.clone()
    }
}

impl ServerCertVerifier for Recorder {
    fn verify_server_cert(
        &self,
        leaf: &CertificateDer<'_>,
        others: &[CertificateDer<'_>],
        _name: &ServerName<'_>,
        staple: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let chain = std::iter::once(leaf).chain(others);
        let mut sent = self.sent.lock().unwrap_or_else(PoisonError::into_inner);
        *sent = Sent {
            chain: chain.take(self.most).map(|der| der.to_vec()).collect(),
            beyond: (others.len() + 1).saturating_sub(self.most),
            staple: (!staple.is_empty()).then(|| staple.to_vec()),
        };
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        leaf: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(message, leaf, signature, &self.algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        leaf: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(message, leaf, signature, &self.algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.algorithms.supported_schemes()
    }
}
