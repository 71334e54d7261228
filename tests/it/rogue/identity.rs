//! What servers show of themselves, fitting or not.

use std::sync::Arc;

use mailfleet::model::{Cause, FirstMove, Limit, Observation, Phase, Raw, Visited};
use mailfleet::probe::Options;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::server::WebPkiClientVerifier;
use tokio_rustls::rustls::{RootCertStore, SupportedProtocolVersion, version};

use super::script::Script;
use super::server::{Identity, Server, acceptor};
use super::{NAME, diverted_to, observe, options, visit_to, visited};

fn made() -> (Vec<u8>, Vec<u8>) {
    let made = rcgen::generate_simple_self_signed([NAME.to_owned()]).expect("a certificate");
    (made.cert.der().to_vec(), made.signing_key.serialize_der())
}

/// Visits a POP3 server behind `acceptor`; the record and the certificates.
async fn look_at(acceptor: TlsAcceptor, endpoint: &str) -> (Visited, Vec<Vec<u8>>) {
    let steps = "server:\n tls\n say \"+OK\\r\\n\"\n expect CAPA\n say \"+OK\\r\\n.\\r\\n\"\n hold\n\
                 facts:\n / = 0";
    let server = Server::start(Script::read(steps).servers, acceptor).await;
    let options = Options {
        connect_to: vec![diverted_to(server.at)],
        ..options()
    };
    let observations = observe(options, vec![visit_to(endpoint, FirstMove::Tls)]).await;
    let certificates = observations
        .iter()
        .filter_map(|observation| match observation {
            Observation::Certificate(record) => Some(record.der.clone()),
            _ => None,
        })
        .collect();
    (visited(&observations)[0].clone(), certificates)
}

#[tokio::test]
async fn a_key_that_does_not_fit_fails_the_handshake_and_leaves_the_chain() {
    let ((shown, _), (_, key)) = (made(), made());
    let (record, certificates) = look_at(
        acceptor(Identity::new(vec![shown.clone()], key)),
        "mail.rogue.test:995",
    )
    .await;
    assert_eq!(certificates, [shown]);
    assert!(record.chain.seen().is_some());
    let gap = record.tls.gap().expect("no session");
    assert_eq!(gap.phase, Phase::Handshake);
    assert!(matches!(gap.cause, Cause::Incompatible(_)), "{gap:?}");
}

#[tokio::test]
async fn a_leaf_that_is_no_certificate_is_kept_as_it_is() {
    let (_, key) = made();
    let garbage = b"\x30\x03\x02\x01\x07".to_vec();
    let (record, certificates) = look_at(
        acceptor(Identity::new(vec![garbage.clone()], key)),
        "mail.rogue.test:995",
    )
    .await;
    assert_eq!(certificates, [garbage]);
    let gap = record.tls.gap().expect("no session");
    assert!(matches!(gap.cause, Cause::Incompatible(_)), "{gap:?}");
}

#[tokio::test]
async fn certificates_beyond_the_limit_are_said() {
    let (leaf, key) = made();
    for (others, kept, limits) in [(19, 20, vec![]), (20, 20, vec![Limit::Certificates])] {
        let mut chain = vec![leaf.clone()];
        chain.extend((0..others).map(|n| format!("other {n}").into_bytes()));
        let identity = Identity::new(chain, key.clone());
        let (record, _) = look_at(acceptor(identity), "mail.rogue.test:995").await;
        assert_eq!(record.chain.seen().map(Vec::len), Some(kept));
        assert_eq!(record.limits, limits);
        assert!(record.tls.seen().is_some());
    }
}

#[tokio::test]
async fn a_staple_is_kept() {
    let (leaf, key) = made();
    let identity = Identity::new(vec![leaf], key).stapling(b"good, says the authority");
    let (record, _) = look_at(acceptor(identity), "mail.rogue.test:995").await;
    let session = record.tls.seen().expect("a session");
    let expected = Raw::from(&b"good, says the authority"[..]);
    assert_eq!(session.staple, Some(expected));
}

#[tokio::test]
async fn the_configured_name_is_sent_and_an_address_is_not() {
    for (endpoint, sent) in [
        ("mail.rogue.test:995", Some(NAME.to_owned())),
        ("192.0.2.1:995", None),
    ] {
        let (leaf, key) = made();
        let identity = Identity::new(vec![leaf], key);
        let names = identity.1.clone();
        let (record, _) = look_at(acceptor(identity), endpoint).await;
        assert!(record.tls.seen().is_some(), "{record:?}");
        // Our own hellos say the same as the session.
        let names = names.lock().expect("names");
        assert!(
            !names.is_empty() && names.iter().all(|name| *name == sent),
            "{names:?}"
        );
        assert_eq!(record.endpoint.to_string(), endpoint);
        assert!(record.dialled.is_some());
    }
}

/// A server that talks to nobody without a certificate.
fn demanding(version: &'static SupportedProtocolVersion) -> (TlsAcceptor, Vec<u8>) {
    let (leaf, key) = made();
    let provider = Arc::new(aws_lc_rs::default_provider());
    let mut roots = RootCertStore::empty();
    roots.add(leaf.clone().into()).expect("a root");
    let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider.clone())
        .build()
        .expect("a verifier");
    let config = ServerConfig::builder_with_provider(provider)
        .with_protocol_versions(&[version])
        .expect("a version")
        .with_client_cert_verifier(verifier)
        .with_cert_resolver(Arc::new(Identity::new(vec![leaf.clone()], key)));
    (TlsAcceptor::from(Arc::new(config)), leaf)
}

#[tokio::test]
async fn a_server_that_demands_a_certificate_of_ours_says_so_by_alert() {
    let (acceptor, leaf) = demanding(&version::TLS12);
    let (record, certificates) = look_at(acceptor, "mail.rogue.test:995").await;
    assert_eq!(certificates, [leaf]);
    let gap = record.tls.gap().expect("no session");
    assert!(matches!(gap.cause, Cause::Alert(_)), "{gap:?}");
    // In TLS 1.3 our end is done before the server looks: the alert comes in place of a greeting.
    let (acceptor, leaf) = demanding(&version::TLS13);
    let (record, certificates) = look_at(acceptor, "mail.rogue.test:995").await;
    assert_eq!(certificates, [leaf]);
    assert!(record.tls.seen().is_some());
    let gap = record.greeting.gap().expect("no greeting");
    assert_eq!(
        (gap.phase, &gap.cause),
        (Phase::Greeting, &Cause::Alert(116))
    );
}
