//! Which of the certificates that a server shows can be held against each other.

use super::AddressCase;
use crate::model::{CertificateFacts, Handshake, KeyAlgorithm, Twist};

impl AddressCase<'_> {
    /// The certificate of the server's own, if it came and parses.
    pub(super) fn leaf(&self) -> Option<&CertificateFacts> {
        self.chain.as_deref()?.leaf()
    }

    /// Whether two leaves are answers to one question: as in the first handshake, or for the same
    /// kind of key. A certificate for each kind of key is how it should be (threat model I7).
    pub(super) fn is_comparable(&self, other: &AddressCase<'_>) -> bool {
        self.is_plain() && other.is_plain()
            || self.kind().is_some_and(|kind| other.kind() == Some(kind))
    }

    fn is_plain(&self) -> bool {
        let handshake = self.shown.as_ref().map(|shown| shown.handshake);
        matches!(
            handshake,
            Some(Handshake::First | Handshake::Further(Twist::Again))
        )
    }

    fn kind(&self) -> Option<&KeyAlgorithm> {
        Some(&self.leaf()?.key.algorithm)
    }
}
