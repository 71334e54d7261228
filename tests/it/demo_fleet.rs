//! The embedded fleet does what its story says, on the wire.

use std::net::SocketAddr;
use std::sync::Arc;

use jiff::Timestamp;
use mailfleet::demo::Fleet;
use mailfleet::model::Endpoint;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, Error, RootCertStore, SignatureScheme};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use x509_parser::prelude::{FromDer as _, X509Certificate};

async fn fleet() -> Fleet {
    Fleet::start(Timestamp::now())
        .await
        .expect("loopback ports are free")
}

fn address(fleet: &Fleet, endpoint: &str) -> SocketAddr {
    let wanted: Endpoint = endpoint.parse().expect("an endpoint");
    let servers = fleet.connect_to();
    let found = servers.iter().find(|(endpoint, _)| *endpoint == wanted);
    found.expect("the endpoint is in the story").1
}

async fn dial(fleet: &Fleet, endpoint: &str) -> TcpStream {
    TcpStream::connect(address(fleet, endpoint))
        .await
        .expect("somebody listens")
}

/// Reads until the words so far end with `end`.
async fn hear(stream: &mut (impl AsyncRead + Unpin), end: &str) -> String {
    let mut words = Vec::new();
    while !words.ends_with(end.as_bytes()) {
        words.push(stream.read_u8().await.expect("the server says more"));
        assert!(words.len() < 10_000, "the server never says {end:?}");
    }
    String::from_utf8(words).expect("plain words")
}

async fn ask(stream: &mut (impl AsyncRead + AsyncWrite + Unpin), line: &str, end: &str) -> String {
    stream
        .write_all(format!("{line}\r\n").as_bytes())
        .await
        .expect("the server listens");
    hear(stream, end).await
}

fn trusting(fleet: &Fleet) -> TlsConnector {
    let mut roots = RootCertStore::empty();
    let root = CertificateDer::from(fleet.root().to_vec());
    roots.add(root).expect("a root");
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("the provider speaks them")
        .with_root_certificates(roots)
        .with_no_client_auth();
    TlsConnector::from(Arc::new(config))
}

fn name(host: &str) -> ServerName<'static> {
    ServerName::try_from(host.to_owned()).expect("a name")
}

async fn handshake(fleet: &Fleet, endpoint: &str) -> std::io::Result<TlsStream<TcpStream>> {
    let (host, _) = endpoint.rsplit_once(':').expect("host and port");
    let stream = dial(fleet, endpoint).await;
    trusting(fleet).connect(name(host), stream).await
}

/// The chain that a server shows, trusted or not.
async fn chain(fleet: &Fleet, endpoint: &str) -> Vec<CertificateDer<'static>> {
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("the provider speaks them")
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(AcceptAny))
        .with_no_client_auth();
    let stream = dial(fleet, endpoint).await;
    let connector = TlsConnector::from(Arc::new(config));
    let stream = connector
        .connect(name("any.example"), stream)
        .await
        .expect("a handshake");
    let (_, session) = stream.get_ref();
    session.peer_certificates().expect("a chain").to_vec()
}

/// Lets every certificate pass: the tests look at it themselves.
#[derive(Debug)]
struct AcceptAny;

impl ServerCertVerifier for AcceptAny {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn verify_tls13_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        rustls::crypto::aws_lc_rs::default_provider()
            .signature_verification_algorithms
            .supported_schemes()
    }
}

/// How each protocol begins, asks for capabilities, ends their list, and says goodbye.
type Talk = [&'static str; 4];
const POP3: Talk = ["+OK", "CAPA", "\r\n.\r\n", "QUIT"];
const IMAP: Talk = ["* OK", "a CAPABILITY", "a OK Done.\r\n", "b LOGOUT"];
const SMTP: Talk = ["220 ", "EHLO me.example", "250 8BITMIME\r\n", "QUIT"];

#[tokio::test]
async fn the_good_servers_prove_themselves_and_speak_their_protocol() {
    let fleet = fleet().await;
    for (endpoint, [greeting, question, end, goodbye]) in [
        ("mail.yourcompany.example:995", POP3),
        ("mail.yourcompany.example:993", IMAP),
        ("mail.yourcompany.example:465", SMTP),
        ("imap.yourcompany.example:993", IMAP),
        ("mail.subsidiary.example:465", SMTP),
    ] {
        let mut stream = handshake(&fleet, endpoint).await.expect(endpoint);
        let first = hear(&mut stream, "\r\n").await;
        assert!(first.starts_with(greeting), "{endpoint}: {first}");
        let offered = ask(&mut stream, question, end).await;
        assert!(offered.contains("PLAIN"), "{endpoint}: {offered}");
        assert!(
            !offered.contains("STARTTLS") && !offered.contains("STLS"),
            "{endpoint}"
        );
        ask(&mut stream, goodbye, "\r\n").await;
        let mut rest = Vec::new();
        stream.read_to_end(&mut rest).await.expect("an orderly end");
    }
    assert_eq!(fleet.login_attempts(), 0);
}

#[tokio::test]
async fn starttls_servers_take_no_login_before_tls() {
    let fleet = fleet().await;
    for (endpoint, [_, question, end, _], upgrade) in [
        ("mail.yourcompany.example:110", POP3, "STLS"),
        ("mail.yourcompany.example:587", SMTP, "STARTTLS"),
        ("imap.yourcompany.example:143", IMAP, "a STARTTLS"),
    ] {
        let (host, _) = endpoint.rsplit_once(':').expect("host and port");
        let mut stream = dial(&fleet, endpoint).await;
        hear(&mut stream, "\r\n").await;
        let before = ask(&mut stream, question, end).await;
        let keyword = upgrade.trim_start_matches("a ");
        assert!(before.contains(keyword), "{endpoint}: {before}");
        assert!(
            !before.contains("AUTH") && !before.contains("USER"),
            "{endpoint}: {before}"
        );
        ask(&mut stream, upgrade, "\r\n").await;
        let tls = trusting(&fleet).connect(name(host), stream).await;
        let after = ask(&mut tls.expect(endpoint), question, end).await;
        assert!(
            after.contains("PLAIN") && !after.contains(keyword),
            "{endpoint}: {after}"
        );
    }
    let mut imap = dial(&fleet, "imap.yourcompany.example:143").await;
    assert!(
        hear(&mut imap, "\r\n")
            .await
            .contains("STARTTLS LOGINDISABLED")
    );
}

#[tokio::test]
async fn the_founding_case_takes_a_password_in_the_clear_and_counts_it() {
    let fleet = fleet().await;
    let mut stream = dial(&fleet, "imap.yourcompany.example:110").await;
    assert!(hear(&mut stream, "\r\n").await.starts_with("+OK"));
    let offered = ask(&mut stream, "CAPA", "\r\n.\r\n").await;
    assert!(
        offered.contains("USER") && !offered.contains("STLS"),
        "{offered}"
    );
    assert!(ask(&mut stream, "STLS", "\r\n").await.starts_with("-ERR"));
    assert_eq!(fleet.login_attempts(), 0);
    assert!(
        ask(&mut stream, "USER ann", "\r\n")
            .await
            .starts_with("-ERR")
    );
    assert_eq!(fleet.login_attempts(), 1);
}

#[tokio::test]
async fn the_other_flaws_are_there() {
    let fleet = fleet().await;

    let mut loose = dial(&fleet, "mail.subsidiary.example:587").await;
    hear(&mut loose, "\r\n").await;
    let offered = ask(&mut loose, "EHLO me.example", "250 8BITMIME\r\n").await;
    assert!(
        offered.contains("STARTTLS") && offered.contains("AUTH PLAIN"),
        "{offered}"
    );

    let mut broken = dial(&fleet, "mail.factory.example:587").await;
    hear(&mut broken, "\r\n").await;
    assert!(
        ask(&mut broken, "STARTTLS", "\r\n")
            .await
            .starts_with("220")
    );
    let handshake = trusting(&fleet).connect(name("mail.factory.example"), broken);
    assert!(handshake.await.is_err());

    let mut other = dial(&fleet, "files.yourcompany.example:143").await;
    assert!(hear(&mut other, "\r\n").await.starts_with("SSH-2.0-"));

    let mut refusing = dial(&fleet, "smtp.yourcompany.example:587").await;
    assert!(hear(&mut refusing, "\r\n").await.starts_with("421 "));
    assert_eq!(refusing.read(&mut [0; 16]).await.expect("an end"), 0);

    let closed = TcpStream::connect(address(&fleet, "imap.yourcompany.example:995")).await;
    let error = closed.expect_err("nobody listens");
    assert_eq!(error.kind(), std::io::ErrorKind::ConnectionRefused);
}

#[tokio::test]
async fn the_flawed_certificates_are_flawed_in_their_one_way() {
    let fleet = fleet().await;
    let now = Timestamp::now().as_second();
    const DAY: i64 = 24 * 60 * 60;
    for (endpoint, length, days, bears, self_signed) in [
        (
            "mail.yourcompany.example:995",
            2,
            80,
            "mail.yourcompany.example",
            false,
        ),
        (
            "archive.yourcompany.example:993",
            2,
            -10,
            "archive.yourcompany.example",
            false,
        ),
        (
            "pop.yourcompany.example:995",
            2,
            80,
            "mail.yourcompany.example",
            false,
        ),
        (
            "mail.factory.example:993",
            1,
            80,
            "mail.factory.example",
            true,
        ),
        (
            "mail.subsidiary.example:995",
            1,
            80,
            "mail.subsidiary.example",
            false,
        ),
        (
            "mail.subsidiary.example:993",
            2,
            12,
            "mail.subsidiary.example",
            false,
        ),
    ] {
        let chain = chain(&fleet, endpoint).await;
        assert_eq!(chain.len(), length, "{endpoint}");
        let (_, leaf) = X509Certificate::from_der(&chain[0]).expect(endpoint);
        let left = leaf.validity().not_after.timestamp() - now;
        assert!((left - days * DAY).abs() < DAY, "{endpoint}: {left} s");
        assert!(leaf.validity().not_before.timestamp() < now, "{endpoint}");
        let names = leaf
            .subject_alternative_name()
            .expect(endpoint)
            .expect(endpoint);
        assert_eq!(
            format!("{}", names.value.general_names[0]),
            format!("DNSName({bears})")
        );
        assert_eq!(leaf.subject() == leaf.issuer(), self_signed, "{endpoint}");
        if let Some(issuing) = chain.get(1) {
            let (_, issuing) = X509Certificate::from_der(issuing).expect(endpoint);
            assert_eq!(leaf.issuer(), issuing.subject(), "{endpoint}");
        }
        let good = days > 0 && length == 2 && endpoint.starts_with(bears);
        assert_eq!(
            handshake(&fleet, endpoint).await.is_ok(),
            good,
            "{endpoint}"
        );
    }
}

#[tokio::test]
async fn the_old_server_speaks_tls_1_2_and_nothing_newer() {
    let fleet = fleet().await;
    let stream = handshake(&fleet, "legacy.yourcompany.example:993")
        .await
        .expect("a handshake");
    let version = stream.get_ref().1.protocol_version();
    assert_eq!(version, Some(rustls::ProtocolVersion::TLSv1_2));
    let stream = handshake(&fleet, "mail.yourcompany.example:993")
        .await
        .expect("a handshake");
    let version = stream.get_ref().1.protocol_version();
    assert_eq!(version, Some(rustls::ProtocolVersion::TLSv1_3));
}

#[tokio::test]
async fn connections_are_counted_and_the_fleet_stops_when_dropped() {
    let fleet = fleet().await;
    let endpoint = "files.yourcompany.example:143";
    for _ in 0..3 {
        hear(&mut dial(&fleet, endpoint).await, "\r\n").await;
    }
    let counted = fleet.connections();
    assert_eq!(
        counted[&endpoint.parse::<Endpoint>().expect("an endpoint")],
        3
    );
    assert_eq!(counted.values().sum::<u64>(), 3);

    let address = address(&fleet, "mail.yourcompany.example:110");
    let mut guest = TcpStream::connect(address).await.expect("it still listens");
    hear(&mut guest, "\r\n").await;
    drop(fleet);
    let mut rest = Vec::new();
    // Its end may be a reset; that it ends, before any goodbye, is what counts.
    let _ = guest.read_to_end(&mut rest).await;
    assert!(rest.is_empty());
    assert!(TcpStream::connect(address).await.is_err());
}
