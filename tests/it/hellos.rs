//! Hellos of our own and answers of rustls, in this process: what a strict library understands is
//! right.

use std::io::Cursor;
use std::sync::Arc;

use mailfleet::model::{
    Fact, Hello, HelloAnswer, KeyExchange, NamedGroup, Raw, Refusal, SignatureScheme, Skip, Suite,
    TlsVersion,
};
use mailfleet::wire::tls::{Flight, Heard, server_says, spelled};
use rustls::crypto::{CryptoProvider, aws_lc_rs};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer, ServerName};
use rustls::server::Acceptor;
use rustls::{
    ClientConfig, ClientConnection, RootCertStore, ServerConfig, ServerConnection,
    SupportedProtocolVersion, version,
};

const NAME: &str = "mail.yourcompany.test";
const X25519: NamedGroup = NamedGroup(0x001d);
const P384: NamedGroup = NamedGroup(0x0018);

/// A server with an elliptic-curve key, and the client that trusts it.
struct Pair {
    server: Arc<ServerConfig>,
    roots: RootCertStore,
    der: Vec<u8>,
}

fn provider(groups: &[NamedGroup]) -> Arc<CryptoProvider> {
    let mut provider = aws_lc_rs::default_provider();
    let place = |number| groups.iter().position(|group| group.0 == number);
    let offered = |name| place(u16::from(name)).is_some();
    provider.kx_groups.retain(|group| offered(group.name()));
    provider
        .kx_groups
        .sort_by_key(|group| place(u16::from(group.name())));
    Arc::new(provider)
}

fn pair(versions: &[&'static SupportedProtocolVersion], groups: &[NamedGroup]) -> Pair {
    let made = rcgen::generate_simple_self_signed([NAME.to_owned()]).expect("it is signed");
    let der = made.cert.der().clone();
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(made.signing_key.serialize_der()));
    let mut server = ServerConfig::builder_with_provider(provider(groups))
        .with_protocol_versions(versions)
        .expect("the versions are its own")
        .with_no_client_auth()
        .with_single_cert(vec![der.clone()], key)
        .expect("key and certificate match");
    server.alpn_protocols = vec![b"imap".to_vec()];
    let mut roots = RootCertStore::empty();
    roots.add(der.clone()).expect("it is a certificate");
    Pair {
        server: Arc::new(server),
        roots,
        der: der.to_vec(),
    }
}

impl Pair {
    /// What the server answers to a hello of ours.
    fn heard(&self, hello: &Hello) -> Heard {
        let mut server = ServerConnection::new(self.server.clone()).expect("it is configured");
        let bytes = spelled(hello, Some(NAME), [7; 32]);
        server
            .read_tls(&mut Cursor::new(bytes))
            .expect("it takes it all");
        // A refusal is an error to the server, and an alert to us.
        server.process_new_packets().ok();
        let mut answer = Vec::new();
        while server.wants_write() {
            server.write_tls(&mut answer).expect("memory takes it all");
        }
        Flight::new(hello)
            .take(&answer)
            .expect("the answer is whole")
    }
}

fn asked(highest: TlsVersion, suites: &[u16], groups: &[NamedGroup]) -> Hello {
    Hello {
        highest,
        suites: suites.iter().copied().map(Suite).collect(),
        groups: groups.to_vec(),
        schemes: vec![SignatureScheme(0x0503), SignatureScheme(0x0403)],
        alpn: vec!["imap".to_owned()],
        name: true,
        compression: false,
        fallback: false,
        bare: false,
    }
}

#[test]
fn rustls_agrees_in_tls12() {
    let pair = pair(&[&version::TLS12], &[P384, X25519]);
    let asked = asked(
        TlsVersion::TLS_1_2,
        &[0xc00a, 0xc02c, 0x002f],
        &[X25519, P384],
    );
    let heard = pair.heard(&asked);
    assert_eq!(heard.certificates, [&pair.der[..]]);
    let Ok(HelloAnswer::Agreed(agreed)) = heard.answer else {
        panic!("{:?}", heard.answer);
    };
    assert_eq!(agreed.version, TlsVersion::TLS_1_2);
    assert_eq!(agreed.suite, Suite(0xc02c));
    let exchange = KeyExchange::Group {
        group: X25519,
        scheme: Some(SignatureScheme(0x0403)),
    };
    assert_eq!(agreed.key_exchange, Fact::Seen(exchange));
    assert_eq!(agreed.client_certificate, Fact::Seen(false));
    assert_eq!(agreed.alpn, Some(Raw::from(&b"imap"[..])));
    // Secure renegotiation by its signal, extended master secret, the name.
    assert!([0xff01, 23, 0].iter().all(|number| agreed.has(*number)));
}

#[test]
fn rustls_asks_again_in_tls13() {
    let pair = pair(&[&version::TLS13, &version::TLS12], &[P384]);
    let asked = asked(TlsVersion::TLS_1_3, &[0x1302, 0x1301], &[X25519, P384]);
    let heard = pair.heard(&asked);
    let Ok(HelloAnswer::Agreed(agreed)) = heard.answer else {
        panic!("{:?}", heard.answer);
    };
    assert_eq!(agreed.version, TlsVersion::TLS_1_3);
    assert_eq!(agreed.suite, Suite(0x1302));
    assert!(agreed.retry);
    let exchange = KeyExchange::Group {
        group: P384,
        scheme: None,
    };
    assert_eq!(agreed.key_exchange, Fact::Seen(exchange));
    assert_eq!(agreed.chain, Fact::NotAsked(Skip::NotApplicable));
}

#[test]
fn rustls_refuses_by_alerts() {
    let pair = pair(&[&version::TLS13], &[X25519]);
    for (version, suites, alert) in [
        (TlsVersion::TLS_1_2, &[0xc02c][..], 70),
        // It misses the signature schemes first.
        (TlsVersion::TLS_1_0, &[0x0035], 40),
        (TlsVersion::TLS_1_3, &[0x00c6], 40),
    ] {
        let answer = pair.heard(&asked(version, suites, &[X25519])).answer;
        let refused = HelloAnswer::Refused(Refusal::Alert(alert));
        assert_eq!(answer, Ok(refused), "{version}");
    }
}

#[test]
fn rustls_reads_what_is_offered() {
    for version in [TlsVersion::TLS_1_2, TlsVersion::TLS_1_3] {
        let asked = asked(version, &[0x1301, 0xc02c, 0x002f], &[X25519, P384]);
        let bytes = spelled(&asked, Some(NAME), [7; 32]);
        let mut acceptor = Acceptor::default();
        acceptor
            .read_tls(&mut Cursor::new(bytes))
            .expect("it takes it all");
        let accepted = acceptor.accept().ok().flatten().expect("it is a hello");
        let read = accepted.client_hello();
        assert_eq!(read.server_name(), Some(NAME));
        let suites = read
            .cipher_suites()
            .iter()
            .map(|suite| Suite(u16::from(*suite)));
        let signal = (version == TlsVersion::TLS_1_2).then_some(Suite::RENEGOTIATION_SIGNAL);
        let offered = asked.suites.iter().copied().chain(signal);
        assert!(suites.eq(offered), "{version}");
        let schemes = read.signature_schemes().iter();
        let schemes = schemes.map(|scheme| SignatureScheme(u16::from(*scheme)));
        assert!(schemes.eq(asked.schemes.iter().copied()), "{version}");
        let groups = read.named_groups().expect("they are sent").iter();
        let groups = groups.map(|group| NamedGroup(u16::from(*group)));
        assert!(groups.eq(asked.groups.iter().copied()), "{version}");
        let mut alpn = read.alpn().expect("it is sent");
        assert_eq!(alpn.next(), Some(&b"imap"[..]));
    }
}

/// The server's half of a whole handshake of rustls with itself.
fn session(pair: &Pair, client_groups: &[NamedGroup]) -> Vec<u8> {
    let config = ClientConfig::builder_with_provider(provider(client_groups))
        .with_protocol_versions(&[&version::TLS13, &version::TLS12])
        .expect("the versions are its own")
        .with_root_certificates(pair.roots.clone())
        .with_no_client_auth();
    let name = ServerName::try_from(NAME).expect("it is a name");
    let mut client = ClientConnection::new(Arc::new(config), name).expect("it is configured");
    let mut server = ServerConnection::new(pair.server.clone()).expect("it is configured");
    let mut half = Vec::new();
    while client.is_handshaking() || server.is_handshaking() {
        let mut bytes = Vec::new();
        while client.wants_write() {
            client.write_tls(&mut bytes).expect("memory takes it all");
        }
        server
            .read_tls(&mut Cursor::new(bytes))
            .expect("it takes it all");
        server.process_new_packets().expect("the client is right");
        let before = half.len();
        while server.wants_write() {
            server.write_tls(&mut half).expect("memory takes it all");
        }
        client
            .read_tls(&mut Cursor::new(&half[before..]))
            .expect("it takes it all");
        client.process_new_packets().expect("the server is right");
    }
    half
}

#[test]
fn the_server_hello_of_a_session_of_rustls_is_found() {
    let old = pair(&[&version::TLS12], &[X25519]);
    let says = server_says(&session(&old, &[X25519])).expect("a ServerHello is there");
    assert_eq!(says.compression, 0);
    assert!(says.extensions.contains(&0xff01) && !says.extensions.contains(&43));

    let new = pair(&[&version::TLS13], &[P384]);
    for client_groups in [&[P384][..], &[X25519, P384]] {
        let half = session(&new, client_groups);
        let says = server_says(&half).expect("a ServerHello is there");
        let mut extensions = says.extensions;
        extensions.sort();
        assert_eq!(extensions, [43, 51]);
    }
}
