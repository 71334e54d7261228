//! Records what a server says in a handshake, and refuses nothing.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio_rustls::rustls::client::danger::{
    HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier,
};
use tokio_rustls::rustls::client::{
    ClientSessionStore, ResolvesClientCert, Tls12ClientSessionValue, Tls13ClientSessionValue,
};
use tokio_rustls::rustls::crypto::{
    WebPkiSupportedAlgorithms, verify_tls12_signature, verify_tls13_signature,
};
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use tokio_rustls::rustls::sign::CertifiedKey;
use tokio_rustls::rustls::{DigitallySignedStruct, Error, NamedGroup, SignatureScheme};

use crate::model::{Tickets, Twist};

/// Keeps what the server sent. Whether the chain is any good is judged elsewhere and later; here
/// the handshake's signature alone is verified, which proves that the server holds the leaf's key.
///
/// It also stands where a client would keep its own certificate, and has none, and where it would
/// keep sessions to resume, and keeps none.
#[derive(Debug)]
pub struct Recorder {
    algorithms: WebPkiSupportedAlgorithms,
    twist: Twist,
    most: usize,
    sent: Mutex<Sent>,
}

/// What a server sent of its identity, and asked of ours.
#[derive(Clone, Debug, Default)]
pub struct Sent {
    /// The certificates as DER, leaf first.
    pub chain: Vec<Vec<u8>>,
    /// How many more there were than are kept.
    pub beyond: usize,
    /// The stapled OCSP response.
    pub staple: Option<Vec<u8>>,
    /// Whether it asked for a certificate of the client's.
    pub client_certificate: bool,
    /// What it handed out for resuming the session.
    pub tickets: Tickets,
}

impl Recorder {
    /// Records at most `most` certificates of a handshake with this twist.
    pub fn new(algorithms: WebPkiSupportedAlgorithms, twist: Twist, most: usize) -> Self {
        Recorder {
            algorithms,
            twist,
            most,
            sent: Mutex::default(),
        }
    }

    /// What has been sent so far; also of a handshake that failed later.
    pub fn sent(&self) -> Sent {
        self.lock().clone()
    }

    /// How the handshake differs from the usual one.
    pub fn twist(&self) -> Twist {
        self.twist
    }

    fn lock(&self) -> MutexGuard<'_, Sent> {
        self.sent.lock().unwrap_or_else(PoisonError::into_inner)
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
        let mut sent = self.lock();
        sent.chain = chain.take(self.most).map(|der| der.to_vec()).collect();
        sent.beyond = (others.len() + 1).saturating_sub(self.most);
        sent.staple = (!staple.is_empty()).then(|| staple.to_vec());
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

    /// The kinds of key that a server may show are told by the signatures that we accept.
    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        let mut schemes = self.algorithms.supported_schemes();
        match self.twist {
            Twist::RsaOnly => schemes.retain(|scheme| is_rsa(*scheme)),
            Twist::EcdsaOnly => schemes.retain(|scheme| !is_rsa(*scheme)),
            Twist::Again | Twist::WithoutName => {}
        }
        schemes
    }
}

fn is_rsa(scheme: SignatureScheme) -> bool {
    // RFC 9846 §4.3.3: PKCS #1 ends in 01, PSS lies from 0804 to 080b but for the Edwards curves.
    let number = u16::from(scheme);
    number & 0xff == 0x01 || matches!(number, 0x0804..=0x0806 | 0x0809..=0x080b)
}

impl ResolvesClientCert for Recorder {
    fn resolve(&self, _: &[&[u8]], _: &[SignatureScheme]) -> Option<Arc<CertifiedKey>> {
        self.lock().client_certificate = true;
        None
    }

    /// Said to be so, for otherwise nobody asks [`ResolvesClientCert::resolve`].
    fn has_certs(&self) -> bool {
        true
    }
}

impl ClientSessionStore for Recorder {
    fn set_kx_hint(&self, _: ServerName<'static>, _: NamedGroup) {}

    fn kx_hint(&self, _: &ServerName<'_>) -> Option<NamedGroup> {
        None
    }

    fn set_tls12_session(&self, _: ServerName<'static>, _: Tls12ClientSessionValue) {}

    fn tls12_session(&self, _: &ServerName<'_>) -> Option<Tls12ClientSessionValue> {
        None
    }

    fn remove_tls12_session(&self, _: &ServerName<'static>) {}

    fn insert_tls13_ticket(&self, _: ServerName<'static>, ticket: Tls13ClientSessionValue) {
        let mut sent = self.lock();
        sent.tickets.count = sent.tickets.count.saturating_add(1);
        let early_data = ticket.max_early_data_size();
        sent.tickets.early_data = sent.tickets.early_data.max(early_data);
    }

    fn take_tls13_ticket(&self, _: &ServerName<'static>) -> Option<Tls13ClientSessionValue> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schemes_are_told_apart_by_the_key_that_they_need() {
        use SignatureScheme::{
            ECDSA_NISTP256_SHA256, ED25519, RSA_PKCS1_SHA256, RSA_PSS_SHA256, RSA_PSS_SHA512,
        };
        for scheme in [RSA_PKCS1_SHA256, RSA_PSS_SHA256, RSA_PSS_SHA512] {
            assert!(is_rsa(scheme), "{scheme:?}");
        }
        for scheme in [ECDSA_NISTP256_SHA256, ED25519] {
            assert!(!is_rsa(scheme), "{scheme:?}");
        }
    }
}
