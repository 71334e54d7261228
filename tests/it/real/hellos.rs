//! Hellos of our own, answered by `openssl s_server`: it does what mail servers no longer do.

use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, TcpStream};
use std::process::Command;
use std::time::Duration;

use mailfleet::model::{
    Agreed, Fact, Hello, HelloAnswer, KeyExchange, NamedGroup, Raw, Refusal, SignatureScheme, Skip,
    Suite, TlsVersion,
};
use mailfleet::wire::tls::{Flight, Heard, spelled};
use tempfile::TempDir;

use super::dovecot::retried;
use super::place::{directory, free_ports, fresh_address};
use super::process::{Process, program};

const NAME: &str = "mail.yourcompany.test";
const PATIENCE: Duration = Duration::from_secs(30);
const GROUPS: [NamedGroup; 3] = [NamedGroup(0x001d), NamedGroup(0x0017), NamedGroup(0x0100)];
const SCHEMES: [SignatureScheme; 4] = [
    SignatureScheme(0x0804),
    SignatureScheme(0x0401),
    SignatureScheme(0x0403),
    SignatureScheme(0x0201),
];

/// An `openssl s_server` with an RSA key of 2,048 bits that allows all it can.
struct Server {
    address: Ipv4Addr,
    port: u16,
    _process: Process,
    _directory: TempDir,
}

impl Server {
    fn start(options: &[&str]) -> Self {
        let openssl = program("OpenSSL", &["/usr/bin/openssl", "/usr/local/bin/openssl"]);
        retried(|| {
            let directory = directory();
            let place = |name: &str| directory.path().join(name).display().to_string();
            let (key, certificate) = (place("key.pem"), place("chain.pem"));
            let made = Command::new(&openssl)
                .args([
                    "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30",
                ])
                .args(["-subj", "/CN=mail.yourcompany.test"])
                .args(["-keyout", &key, "-out", &certificate])
                .output()
                .expect("openssl runs");
            assert!(made.status.success(), "{made:?}");
            let address = fresh_address();
            let [port] = free_ports(address);
            let accept = format!("{address}:{port}");
            let mut arguments = vec!["s_server", "-quiet", "-accept", &accept];
            arguments.extend(["-key", &key, "-cert", &certificate]);
            arguments.extend(["-cipher", "ALL:COMPLEMENTOFALL:@SECLEVEL=0"]);
            arguments.extend(options);
            let log = directory.path().join("openssl.log");
            let mut process = Process::start("OpenSSL", &openssl, &arguments, log);
            process.listening_on(address, &[port])?;
            Ok(Server {
                address,
                port,
                _process: process,
                _directory: directory,
            })
        })
    }

    /// What it answers to a hello.
    fn hears(&self, hello: &Hello) -> Heard {
        let mut stream = TcpStream::connect((self.address, self.port)).expect("it listens");
        stream
            .set_read_timeout(Some(PATIENCE))
            .expect("a time is a time");
        let bytes = spelled(hello, Some(NAME), [7; 32]);
        stream.write_all(&bytes).expect("it reads");
        let mut flight = Flight::new(hello);
        let mut buffer = [0; 1 << 14];
        loop {
            let count = stream.read(&mut buffer).expect("it answers in time");
            if let Some(heard) = flight.take(&buffer[..count]) {
                // It may have closed already.
                stream.write_all(&heard.farewell()).ok();
                return heard;
            }
            assert_ne!(count, 0, "it closed without an answer to {hello:?}");
        }
    }

    fn agrees(&self, hello: &Hello) -> Agreed {
        match self.hears(hello).answer {
            Ok(HelloAnswer::Agreed(agreed)) => *agreed,
            other => panic!("{hello:?} is answered with {other:?}"),
        }
    }
}

fn hello(highest: TlsVersion, suites: &[u16]) -> Hello {
    Hello {
        highest,
        suites: suites.iter().copied().map(Suite).collect(),
        groups: GROUPS.to_vec(),
        schemes: SCHEMES.to_vec(),
        alpn: Vec::new(),
        name: true,
        compression: false,
        fallback: false,
        bare: false,
    }
}

#[test]
#[ignore = "needs OpenSSL: tests/run installs it and runs this"]
fn openssl_says_how_keys_are_agreed_on() {
    let server = Server::start(&[]);
    let pss = Some(SignatureScheme(0x0804));
    // OpenSSL takes a prime as strong as the certificate's key, and a weak one where there is none.
    let finite_field = |bits, name: &str, scheme| KeyExchange::FiniteField {
        bits,
        known: Some(name.to_owned()),
        scheme,
    };
    let group = |scheme| KeyExchange::Group {
        group: NamedGroup(0x001d),
        scheme,
    };
    for (suite, expected) in [
        (0x002f, KeyExchange::Certificate),
        (0x003b, KeyExchange::Certificate),
        (0x0039, finite_field(2048, "RFC 3526 group 14", pss)),
        (0x009e, finite_field(2048, "RFC 3526 group 14", pss)),
        (0x0034, finite_field(1024, "RFC 2409 group 2", None)),
        (0xc013, group(pss)),
        (0xc030, group(pss)),
        (0xc018, group(None)),
    ] {
        let agreed = server.agrees(&hello(TlsVersion::TLS_1_2, &[suite]));
        assert_eq!(agreed.version, TlsVersion::TLS_1_2);
        assert_eq!(agreed.suite, Suite(suite));
        assert_eq!(
            agreed.key_exchange,
            Fact::Seen(expected),
            "{}",
            agreed.suite
        );
        assert_eq!(agreed.client_certificate, Fact::Seen(false));
        let anonymous = Suite(suite).traits().expect("it has a name").anonymous;
        let chain = agreed.chain.seen().expect("it says all");
        assert_eq!(chain.len(), usize::from(!anonymous), "{}", agreed.suite);
    }
}

#[test]
#[ignore = "needs OpenSSL: tests/run installs it and runs this"]
fn openssl_agrees_on_old_versions() {
    let server = Server::start(&[]);
    for version in [TlsVersion::TLS_1_0, TlsVersion::TLS_1_1] {
        let agreed = server.agrees(&hello(version, &[0x0033, 0x002f]));
        assert_eq!(agreed.version, version);
        let exchange = agreed.key_exchange.seen();
        assert!(
            matches!(
                exchange,
                Some(KeyExchange::FiniteField { scheme: None, .. })
            ),
            "{exchange:?}"
        );
    }
    let old = server
        .hears(&hello(TlsVersion::SSL_3_0, &[0x0033, 0x002f]))
        .answer;
    assert_eq!(old, Ok(HelloAnswer::Refused(Refusal::Alert(40))));
    let other_key = server.hears(&hello(TlsVersion::TLS_1_2, &[0xc02b])).answer;
    assert_eq!(other_key, Ok(HelloAnswer::Refused(Refusal::Alert(40))));
    let mut fallen = hello(TlsVersion::TLS_1_1, &[0x002f]);
    fallen.fallback = true;
    let fallen = server.hears(&fallen).answer;
    assert_eq!(fallen, Ok(HelloAnswer::Refused(Refusal::Alert(86))));
}

#[test]
#[ignore = "needs OpenSSL: tests/run installs it and runs this"]
fn openssl_names_suite_and_group_in_a_retry() {
    let server = Server::start(&[]);
    let mut asked = hello(TlsVersion::TLS_1_3, &[0x1303, 0x1301]);
    asked.groups = vec![NamedGroup(0x0018)];
    let agreed = server.agrees(&asked);
    assert_eq!(agreed.version, TlsVersion::TLS_1_3);
    assert_eq!(agreed.suite, Suite(0x1303));
    assert!(agreed.retry);
    let exchange = KeyExchange::Group {
        group: NamedGroup(0x0018),
        scheme: None,
    };
    assert_eq!(agreed.key_exchange, Fact::Seen(exchange));
    assert_eq!(agreed.chain, Fact::NotAsked(Skip::NotApplicable));
}

#[test]
#[ignore = "needs OpenSSL: tests/run installs it and runs this"]
fn openssl_answers_extensions() {
    let staple = format!(
        "{}/tests/cases/certificates/ocsp-good.der",
        env!("CARGO_MANIFEST_DIR")
    );
    let server = Server::start(&["-alpn", "imap", "-Verify", "1", "-status_file", &staple]);
    let mut asked = hello(TlsVersion::TLS_1_2, &[0xc013]);
    asked.alpn = vec!["pop3".to_owned(), "imap".to_owned()];
    let agreed = server.agrees(&asked);
    assert_eq!(agreed.alpn, Some(Raw::from(&b"imap"[..])));
    assert_eq!(agreed.client_certificate, Fact::Seen(true));
    let expected = std::fs::read(staple).expect("the response is in the repository");
    assert_eq!(agreed.staple, Some(Raw(expected)));
    // Renegotiation info, extended master secret, ticket, encrypt-then-MAC.
    for extension in [0xff01, 23, 35, 22] {
        assert!(
            agreed.has(extension),
            "{extension} of {:?}",
            agreed.extensions
        );
    }
    asked.bare = true;
    let agreed = server.agrees(&asked);
    assert!(
        agreed.has(0xff01) && !agreed.has(23),
        "{:?}",
        agreed.extensions
    );
    assert_eq!(agreed.alpn, Some(Raw::from(&b"imap"[..])), "it is listed");
    assert_eq!(agreed.staple, None, "it is not asked for");
}
