//! The servers of the truth table: each program of Debian that serves mail, in a good and in bad
//! configurations.

use std::any::Any;
use std::net::Ipv4Addr;

use serde_json::{Value, json};

use super::authority::{Authority, Shown};
use super::dovecot::{Allows, Dovecot};
use super::exim::{self, Exim};
use super::nginx::{self, Nginx};
use super::postfix::{Auth, Postfix, Tls};
use super::s_server::SServer;
use super::tlslite::{Tlslite, small_prime};

/// Every server by its name in `tests/cases/real/truth.toml`, and what it is.
const SERVERS: [(&str, Recipe); 37] = [
    ("dovecot-strict", Recipe::Dovecot(Allows::Strict)),
    ("dovecot-shipped", Recipe::Dovecot(Allows::Shipped)),
    ("dovecot-lax", Recipe::Dovecot(Allows::Lax)),
    ("dovecot-no-tls", Recipe::Dovecot(Allows::NoTls)),
    (
        "dovecot-client-certificate",
        Recipe::Dovecot(Allows::ClientCertificate),
    ),
    (
        "postfix-strict",
        Recipe::Postfix(Auth::InsideTls, Tls::Strict),
    ),
    (
        "postfix-shipped",
        Recipe::Postfix(Auth::InsideTls, Tls::Shipped),
    ),
    (
        "postfix-lax",
        Recipe::Postfix(Auth::InTheClearToo, Tls::Lax),
    ),
    (
        "postfix-no-logins",
        Recipe::Postfix(Auth::Nowhere, Tls::Strict),
    ),
    (
        "postfix-client-certificate",
        Recipe::Postfix(Auth::InsideTls, Tls::ClientCertificate),
    ),
    ("exim-strict", Recipe::Exim(exim::Manner::Strict)),
    ("exim-shipped", Recipe::Exim(exim::Manner::Shipped)),
    ("exim-lax", Recipe::Exim(exim::Manner::Lax)),
    ("exim-without-key", Recipe::Exim(exim::Manner::WithoutKey)),
    (
        "nginx-half-expired",
        Recipe::Nginx(nginx::Manner::HalfExpired),
    ),
    ("nginx-lax", Recipe::Nginx(nginx::Manner::Lax)),
    ("nginx-cbc-only", Recipe::Nginx(nginx::Manner::CbcOnly)),
    (
        "nginx-static-only",
        Recipe::Nginx(nginx::Manner::StaticOnly),
    ),
    (
        "nginx-client-certificate",
        Recipe::Nginx(nginx::Manner::ClientCertificate),
    ),
    (
        "openssl-default",
        Recipe::SServer(&[RSA, &["-cipher", "DEFAULT"]]),
    ),
    ("openssl-tls13-only", Recipe::SServer(&[RSA, &["-tls1_3"]])),
    (
        "openssl-tls10-only",
        Recipe::SServer(&[
            RSA,
            &["-tls1", "-cipher", "ECDHE-RSA-AES128-SHA:@SECLEVEL=0"],
        ]),
    ),
    (
        "openssl-tls11-only",
        Recipe::SServer(&[
            RSA,
            &["-tls1_1", "-cipher", "ECDHE-RSA-AES128-SHA:@SECLEVEL=0"],
        ]),
    ),
    (
        "openssl-dhe-1024",
        Recipe::SServer(&[
            RSA,
            &["-tls1_2", "-dhparam", "DH/1024-oakley.pem"],
            &[
                "-cipher",
                "ECDHE+AESGCM:DHE-RSA-AES128-GCM-SHA256:@SECLEVEL=0",
            ],
        ]),
    ),
    (
        "openssl-dhe-2048",
        Recipe::SServer(&[
            RSA,
            &["-tls1_2", "-dhparam", "DH/2048-own.pem"],
            &["-cipher", "ECDHE+AESGCM:DHE-RSA-AES128-GCM-SHA256"],
        ]),
    ),
    (
        "openssl-anonymous-only",
        Recipe::SServer(&[&["-nocert", "-tls1_2", "-cipher", "aNULL:@SECLEVEL=0"]]),
    ),
    (
        "openssl-psk-only",
        Recipe::SServer(&[&[
            "-nocert",
            "-tls1_2",
            "-psk",
            "0102030405060708",
            "-cipher",
            "PSK",
        ]]),
    ),
    (
        "openssl-small-curve",
        Recipe::SServer(&[
            RSA,
            &[
                "-tls1_2",
                "-groups",
                "P-256:P-192",
                "-cipher",
                "ECDHE+AESGCM:@SECLEVEL=0",
            ],
        ]),
    ),
    (
        "openssl-client-certificate",
        Recipe::SServer(&[RSA, GOOD, &["-Verify", "1", "-CAfile", "DIR/root.pem"]]),
    ),
    (
        "openssl-client-certificate-asked",
        Recipe::SServer(&[RSA, GOOD, &["-verify", "1", "-CAfile", "DIR/root.pem"]]),
    ),
    (
        "openssl-early-data",
        Recipe::SServer(&[RSA, GOOD, &["-early_data"]]),
    ),
    (
        "openssl-manners",
        Recipe::SServer(&[RSA, GOOD, &["-no_ticket", "-serverpref", "-alpn", "pop3"]]),
    ),
    ("tlslite-legacy", Recipe::Tlslite(legacy)),
    ("tlslite-anonymous", Recipe::Tlslite(anonymous)),
    ("tlslite-deaf", Recipe::Tlslite(deaf)),
    ("tlslite-injectable", Recipe::Tlslite(injectable)),
    ("tlslite-preauth", Recipe::Tlslite(preauth)),
];

/// What a server is made of.
#[derive(Clone, Copy)]
enum Recipe {
    Dovecot(Allows),
    Postfix(Auth, Tls),
    Exim(exim::Manner),
    Nginx(nginx::Manner),
    /// The arguments of `openssl s_server`.
    SServer(&'static [&'static [&'static str]]),
    /// The options of `tests/real/tlslite/server.py`.
    Tlslite(fn() -> Value),
}

const RSA: &[&str] = &[
    "-cert",
    "DIR/rsa-chain.pem",
    "-cert_chain",
    "DIR/intermediate.pem",
    "-key",
    "DIR/rsa-key.pem",
];
const GOOD: &[&str] = &["-cipher", "ECDHE+AESGCM"];

fn legacy() -> Value {
    json!({
        "oldest": "ssl3",
        "newest": "tls1.2",
        "ciphers": ["aes128gcm", "aes128", "3des", "rc4", "null"],
        "macs": ["aead", "sha", "md5"],
        "exchanges": ["ecdhe_rsa", "dhe_rsa", "rsa"],
        "dh": small_prime(),
        "ssl2": true,
    })
}

fn anonymous() -> Value {
    json!({
        "oldest": "tls1.0",
        "newest": "tls1.2",
        "ciphers": ["aes128"],
        "macs": ["sha"],
        "exchanges": ["ecdh_anon", "dh_anon"],
        "anonymous": true,
    })
}

fn deaf() -> Value {
    json!({"ciphers": ["aes128gcm"], "exchanges": ["ecdhe_rsa"], "deaf": true})
}

fn injectable() -> Value {
    json!({"ciphers": ["aes128gcm"], "exchanges": ["ecdhe_rsa"], "injectable": true})
}

fn preauth() -> Value {
    json!({"ciphers": ["aes128gcm"], "exchanges": ["ecdhe_rsa"], "preauth": true})
}

/// The servers that run, and where.
pub struct Fleet {
    doors: Vec<Door>,
    _servers: Vec<Box<dyn Any>>,
}

/// One port of one server.
#[derive(Clone, Copy, Debug)]
pub struct Door {
    /// The server's name.
    pub server: &'static str,
    /// What is served there.
    pub service: &'static Service,
    /// Where it listens.
    pub address: Ipv4Addr,
    /// The port.
    pub port: u16,
}

/// What a port serves, and how an account would name it.
#[derive(Debug)]
pub struct Service {
    /// Its name in the truth table.
    pub name: &'static str,
    /// The protocol, as `openssl s_client -starttls` has it.
    pub speaks: &'static str,
    /// The protocol of an account that uses it.
    pub protocol: &'static str,
    /// The port that an account names; the server listens elsewhere.
    pub port: u16,
    /// Whether TLS comes first.
    pub tls: bool,
}

const fn service(
    name: &'static str,
    speaks: &'static str,
    protocol: &'static str,
    port: u16,
    tls: bool,
) -> Service {
    Service {
        name,
        speaks,
        protocol,
        port,
        tls,
    }
}

static SERVICES: [Service; 9] = [
    service("pop3", "pop3", "pop3", 110, false),
    service("pop3s", "pop3", "pop3", 995, true),
    service("imap", "imap", "imap", 143, false),
    service("imaps", "imap", "imap", 993, true),
    service("submission", "smtp", "smtp", 587, false),
    service("submissions", "smtp", "smtp", 465, true),
    service("smtp", "smtp", "smtp", 25, false),
    service("sieve", "sieve", "sieve", 4190, false),
    service("lmtp", "lmtp", "smtp", 2424, false),
];

impl Fleet {
    /// Starts every server whose name `wanted` accepts. Only root can start them all.
    pub fn start(authority: &Authority, wanted: impl Fn(&str) -> bool) -> Self {
        let mut fleet = Fleet {
            doors: Vec::new(),
            _servers: Vec::new(),
        };
        for (server, recipe) in SERVERS.iter().filter(|(name, _)| wanted(name)) {
            fleet.add(server, *recipe, authority);
        }
        fleet
    }

    /// The port of `service` on `server`.
    pub fn door(&self, server: &str, service: &str) -> &Door {
        self.doors
            .iter()
            .find(|door| door.server == server && door.service.name == service)
            .unwrap_or_else(|| panic!("no {service} of {server} was started"))
    }

    fn add(&mut self, server: &'static str, recipe: Recipe, authority: &Authority) {
        match recipe {
            Recipe::Dovecot(allows) => {
                let dovecot = Dovecot::start(allows, authority, Shown::Good);
                let mut ports = vec![("pop3", dovecot.pop3), ("imap", dovecot.imap)];
                if !matches!(allows, Allows::NoTls) {
                    ports.extend([("pop3s", dovecot.pop3s), ("imaps", dovecot.imaps)]);
                }
                if matches!(allows, Allows::Strict | Allows::Lax) {
                    ports.extend([("sieve", dovecot.sieve), ("lmtp", dovecot.lmtp)]);
                }
                self.keep(server, dovecot.address, &ports, dovecot);
            }
            Recipe::Postfix(auth, tls) => {
                let postfix = Postfix::start_with(auth, tls, authority);
                let ports = [
                    ("submission", postfix.submission),
                    ("submissions", postfix.submissions),
                    ("smtp", postfix.smtp),
                ];
                self.keep(server, postfix.address, &ports, postfix);
            }
            Recipe::Exim(manner) => {
                let exim = Exim::start(manner, authority);
                let ports = [
                    ("submission", exim.submission),
                    ("submissions", exim.submissions),
                ];
                self.keep(server, exim.address, &ports, exim);
            }
            Recipe::Nginx(manner) => {
                let nginx = Nginx::start(manner, authority);
                let ports = nginx.ports;
                self.keep(server, nginx.address, &ports, nginx);
            }
            Recipe::SServer(arguments) => {
                let openssl = SServer::start(&arguments.concat(), authority);
                self.keep(
                    server,
                    openssl.address,
                    &[("pop3s", openssl.pop3s)],
                    openssl,
                );
            }
            Recipe::Tlslite(options) => {
                let tlslite = Tlslite::start(options(), authority);
                let ports = tlslite.ports;
                self.keep(server, tlslite.address, &ports, tlslite);
            }
        }
    }

    fn keep(
        &mut self,
        server: &'static str,
        address: Ipv4Addr,
        ports: &[(&str, u16)],
        running: impl Any,
    ) {
        self.doors.extend(ports.iter().map(|(name, port)| {
            Door {
                server,
                service: SERVICES
                    .iter()
                    .find(|service| service.name == *name)
                    .expect("a service of the table"),
                address,
                port: *port,
            }
        }));
        self._servers.push(Box::new(running));
    }
}
