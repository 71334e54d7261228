//! Why a conversation that stood broke off.

use std::io::{self, ErrorKind};

use tokio_rustls::rustls::{Error, InvalidMessage};

use super::metered::TooMuch;
use crate::model::{Cause, Limit};

/// The cause behind an error of the stream; `limit` is the one that bounds the bytes read.
pub fn breakage(error: &io::Error, limit: Limit) -> Cause {
    let inner = error.get_ref();
    if inner.is_some_and(|inner| inner.is::<TooMuch>()) {
        return Cause::LimitReached(limit);
    }
    if let Some(tls) = inner.and_then(|inner| inner.downcast_ref::<Error>()) {
        return in_tls(tls);
    }
    match error.kind() {
        ErrorKind::ConnectionReset | ErrorKind::ConnectionAborted => Cause::Reset,
        ErrorKind::UnexpectedEof | ErrorKind::BrokenPipe | ErrorKind::NotConnected => Cause::Closed,
        ErrorKind::TimedOut => Cause::TimedOut,
        ErrorKind::HostUnreachable | ErrorKind::NetworkUnreachable => Cause::Unreachable,
        _ => Cause::Local(error.to_string()),
    }
}

/// The words of the TLS library for what it cannot go on with hold nothing that the server chose.
fn in_tls(error: &Error) -> Cause {
    match error {
        Error::AlertReceived(alert) => Cause::Alert(u8::from(*alert)),
        Error::InvalidMessage(
            InvalidMessage::CertificatePayloadTooLarge | InvalidMessage::HandshakePayloadTooLarge,
        ) => Cause::LimitReached(Limit::HandshakeBytes),
        other => Cause::Incompatible(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use tokio_rustls::rustls::{AlertDescription, PeerIncompatible};

    use super::*;

    fn cause(error: io::Error) -> Cause {
        breakage(&error, Limit::ConnectionBytes)
    }

    #[test]
    fn the_end_of_a_conversation_has_a_cause() {
        assert_eq!(cause(ErrorKind::ConnectionReset.into()), Cause::Reset);
        assert_eq!(cause(ErrorKind::BrokenPipe.into()), Cause::Closed);
        assert_eq!(cause(ErrorKind::UnexpectedEof.into()), Cause::Closed);
        let limit = Cause::LimitReached(Limit::ConnectionBytes);
        assert_eq!(cause(io::Error::other(TooMuch)), limit);
    }

    #[test]
    fn tls_has_causes_of_its_own() {
        let refused = Error::AlertReceived(AlertDescription::ProtocolVersion);
        assert_eq!(cause(io::Error::other(refused)), Cause::Alert(70));
        let old = Error::PeerIncompatible(PeerIncompatible::ServerDoesNotSupportTls12Or13);
        assert!(matches!(
            cause(io::Error::other(old)),
            Cause::Incompatible(_)
        ));
        let huge = Error::InvalidMessage(InvalidMessage::CertificatePayloadTooLarge);
        let limit = Cause::LimitReached(Limit::HandshakeBytes);
        assert_eq!(cause(io::Error::other(huge)), limit);
    }
}
