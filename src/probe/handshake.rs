//! A full TLS handshake, as a modern mail client does it.

use std::sync::Arc;

use tokio::time::{Instant, timeout_at};
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::client::{Resumption, Tls12Resumption};
use tokio_rustls::rustls::crypto::{CryptoProvider, WebPkiSupportedAlgorithms, aws_lc_rs};
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{CipherSuite, ClientConfig, Error, version};

use super::breakage::breakage;
use super::connect::millis;
use super::metered::Metered;
use super::recorder::Recorder;
use crate::model::{
    Cause, Fact, Gap, Host, Limit, NamedGroup, Phase, Raw, Suite, TlsSession, TlsVersion, Twist,
};
use crate::wire::tls::{is_tls_record, server_says};

/// The client's half of every handshake.
pub struct Tls {
    base: ClientConfig,
    algorithms: WebPkiSupportedAlgorithms,
}

/// A connection inside TLS.
pub type InTls = Box<TlsStream<Metered>>;

/// How a handshake failed.
pub enum Failure {
    /// The server answered the ClientHello with text, over this connection.
    ClearText(Metered),
    /// It broke off.
    Broken {
        /// Why.
        cause: Cause,
        /// Whether the server had said anything in TLS.
        spoke_tls: bool,
    },
}

impl Tls {
    /// TLS 1.2 and 1.3 without resumption; the hybrid group first, as browsers have it, and
    /// AES-128-GCM first, which costs the server least.
    pub fn new() -> Result<Self, Error> {
        let mut provider = aws_lc_rs::default_provider();
        provider
            .cipher_suites
            .sort_by_key(|suite| suite.suite() != CipherSuite::TLS13_AES_128_GCM_SHA256);
        provider
            .kx_groups
            .sort_by_key(|group| group.name() != tokio_rustls::rustls::NamedGroup::X25519MLKEM768);
        let algorithms = provider.signature_verification_algorithms;
        let nobody = Arc::new(Recorder::new(algorithms, Twist::Again, 0));
        let base = config(Arc::new(provider), nobody)?;
        Ok(Tls { base, algorithms })
    }

    /// A recorder for one handshake with a twist, which keeps at most `most` certificates.
    pub fn recorder(&self, twist: Twist, most: usize) -> Arc<Recorder> {
        Arc::new(Recorder::new(self.algorithms, twist, most))
    }

    /// Agrees on TLS over `connection` before `deadline`, reading at most `most` bytes.
    ///
    /// A name is sent as SNI, unless the recorder's twist says otherwise; an address is not
    /// (RFC 6066 §3). Nothing is ever resumed, and no early data is sent.
    pub async fn shake(
        &self,
        mut connection: Metered,
        host: &Host,
        recorder: Arc<Recorder>,
        deadline: Instant,
        most: usize,
    ) -> Result<(InTls, TlsSession), Failure> {
        let name = match host {
            Host::Ip(address) => ServerName::from(*address),
            Host::Name(name) => match ServerName::try_from(name.to_string()) {
                Ok(name) => name,
                Err(_) => {
                    return Err(Failure::Broken {
                        cause: Cause::Internal("no name for SNI".to_owned()),
                        spoke_tls: false,
                    });
                }
            },
        };
        let mut config = self.base.clone();
        config
            .dangerous()
            .set_certificate_verifier(recorder.clone());
        config.client_auth_cert_resolver = recorder.clone();
        config.resumption =
            Resumption::store(recorder.clone()).tls12_resumption(Tls12Resumption::Disabled);
        config.enable_sni = recorder.twist() != Twist::WithoutName;
        connection.listen(most);
        let begun = Instant::now();
        let connect = TlsConnector::from(Arc::new(config))
            .connect(name, connection)
            .into_fallible();
        match timeout_at(deadline, connect).await {
            Err(_) => Err(Failure::Broken {
                cause: Cause::TimedOut,
                spoke_tls: !recorder.sent().chain.is_empty(),
            }),
            Ok(Ok(stream)) => {
                let session = session(&stream, &recorder, begun);
                Ok((Box::new(stream), session))
            }
            Ok(Err((error, connection))) => {
                let spoke_tls = is_tls_record(connection.heard());
                if !connection.heard().is_empty() && !spoke_tls {
                    return Err(Failure::ClearText(connection));
                }
                Err(Failure::Broken {
                    cause: breakage(&error, Limit::HandshakeBytes),
                    spoke_tls,
                })
            }
        }
    }
}

fn config(provider: Arc<CryptoProvider>, verifier: Arc<Recorder>) -> Result<ClientConfig, Error> {
    Ok(ClientConfig::builder_with_provider(provider)
        .with_protocol_versions(&[&version::TLS13, &version::TLS12])?
        .dangerous()
        .with_custom_certificate_verifier(verifier)
        .with_no_client_auth())
}

fn session(stream: &TlsStream<Metered>, recorder: &Recorder, begun: Instant) -> TlsSession {
    let (connection, tls) = stream.get_ref();
    let version = TlsVersion(tls.protocol_version().map_or(0, u16::from));
    let suite = tls.negotiated_cipher_suite();
    let suite = Suite(suite.map_or(0, |suite| u16::from(suite.suite())));
    TlsSession {
        group: tls
            .negotiated_key_exchange_group()
            .map(|group| NamedGroup(u16::from(group.name()))),
        staple: recorder.sent().staple.map(Raw),
        millis: millis(begun.elapsed()),
        says: match server_says(connection.heard()) {
            Some(says) => Fact::Seen(says),
            None => {
                let start = Raw::from(&connection.heard()[..connection.heard().len().min(64)]);
                Fact::Unknown(Gap::new(Phase::Handshake, Cause::Malformed(start)))
            }
        },
        ..TlsSession::new(version, suite)
    }
}
