//! What a server has said in an answer so far, message by message.

use std::ops::ControlFlow::{self, Break, Continue};

use super::bounds::{CERTIFICATES, EXCERPT};
use super::key_exchange;
use super::message::{self, Message};
use super::server::{self, ServerHello};
use crate::model::{
    Agreed, Cause, CertificateId, Fact, Gap, Hello, HelloAnswer, KeyExchange, Limit, Phase, Raw,
    Skip, TlsVersion,
};
use crate::wire::cert;

/// The messages behind a ServerHello, in their order. Any may be missing but the last.
pub const ORDER: [u8; 5] = [
    message::CERTIFICATE,
    message::CERTIFICATE_STATUS,
    message::SERVER_KEY_EXCHANGE,
    message::CERTIFICATE_REQUEST,
    message::SERVER_HELLO_DONE,
];

/// How an answer ends.
#[derive(Debug)]
pub enum End {
    /// All has been said.
    Complete,
    /// All has been said, in SSL 2.0: the kinds of cipher, and the certificate.
    Ssl2(Vec<u32>, Option<Vec<u8>>),
    /// By an alert of this number.
    Alert(u8),
    /// By a choice that was not offered, or a second ServerHello: none of it stands.
    Contradiction(Raw),
    /// By something that cannot be gone on with: what was said before stands.
    Broken(Cause),
}

/// What has been said.
#[derive(Debug, Default)]
pub struct Said {
    hello: Option<ServerHello>,
    /// The first of [`ORDER`] that may still come.
    next: usize,
    chain: Option<Fact<Vec<CertificateId>>>,
    /// The certificates, as DER.
    pub certificates: Vec<Vec<u8>>,
    /// How many more there were than are kept.
    pub beyond: usize,
    staple: Option<Raw>,
    key_exchange: Option<Fact<KeyExchange>>,
    client_certificate: Option<Fact<bool>>,
}

impl Said {
    /// Whether there was a ServerHello.
    pub fn agreed_on_something(&self) -> bool {
        self.hello.is_some()
    }

    /// Takes one more message of the answer to `asked`.
    pub fn add(&mut self, message: &Message, asked: &Hello) -> ControlFlow<End> {
        let Some(hello) = &self.hello else {
            return self.begin(message, asked);
        };
        let (suite, version) = (hello.suite, hello.version);
        if message.kind() == message::SERVER_HELLO {
            return Break(End::Contradiction(excerpt(message.bytes())));
        }
        match ORDER.iter().position(|kind| *kind == message.kind()) {
            Some(place) if place >= self.next => self.next = place + 1,
            _ => return malformed(message.bytes()),
        }
        let unreadable = || gap(Cause::Malformed(excerpt(message.bytes())));
        match message.kind() {
            message::CERTIFICATE => match server::certificates(message.body()) {
                Some(chain) => self.keep(&chain),
                None => self.chain = Some(Fact::Unknown(unreadable())),
            },
            message::CERTIFICATE_STATUS => {
                self.staple = server::staple(message.body()).map(Raw::from);
            }
            message::SERVER_KEY_EXCHANGE => {
                let read = key_exchange::read(message.body(), suite, version);
                let fact = read.map_or_else(|| Fact::Unknown(unreadable()), Fact::Seen);
                self.key_exchange = Some(fact);
            }
            message::CERTIFICATE_REQUEST => self.client_certificate = Some(Fact::Seen(true)),
            _ => {
                let unsaid = match key_exchange::is_due(suite) {
                    true => Fact::Unknown(unreadable()),
                    false => Fact::Seen(KeyExchange::Certificate),
                };
                self.key_exchange.get_or_insert(unsaid);
                self.chain.get_or_insert(Fact::Seen(Vec::new()));
                self.client_certificate.get_or_insert(Fact::Seen(false));
                return Break(End::Complete);
            }
        }
        Continue(())
    }

    fn begin(&mut self, message: &Message, asked: &Hello) -> ControlFlow<End> {
        if message.kind() != message::SERVER_HELLO {
            return malformed(message.bytes());
        }
        let Some(hello) = ServerHello::read(message.body()).filter(|hello| offers(asked, hello))
        else {
            return Break(End::Contradiction(excerpt(message.bytes())));
        };
        if hello.version != TlsVersion::TLS_1_3 {
            self.hello = Some(hello);
            return Continue(());
        }
        // What follows is encrypted.
        self.chain = Some(Fact::NotAsked(Skip::NotApplicable));
        self.client_certificate = Some(Fact::NotAsked(Skip::NotApplicable));
        self.key_exchange = Some(match hello.group {
            Some(group) => Fact::Seen(KeyExchange::Group {
                group,
                scheme: None,
            }),
            None => Fact::Unknown(gap(Cause::Malformed(excerpt(message.bytes())))),
        });
        self.hello = Some(hello);
        Break(End::Complete)
    }

    fn keep(&mut self, chain: &[&[u8]]) {
        let kept = &chain[..chain.len().min(CERTIFICATES)];
        self.beyond = chain.len() - kept.len();
        self.chain = Some(Fact::Seen(kept.iter().map(|der| cert::id(der)).collect()));
        self.certificates = kept.iter().map(|der| der.to_vec()).collect();
    }

    /// The answer, in which `cause` is why what has not been said is not known.
    ///
    /// # Errors
    ///
    /// `cause`, where there was no ServerHello.
    pub fn agreed(&mut self, cause: Cause) -> Result<HelloAnswer, Cause> {
        let Some(hello) = self.hello.take() else {
            return Err(cause);
        };
        let gap = gap(cause);
        fn settled<T>(fact: Option<Fact<T>>, gap: &Gap) -> Fact<T> {
            fact.unwrap_or_else(|| Fact::Unknown(gap.clone()))
        }
        Ok(HelloAnswer::Agreed(Box::new(Agreed {
            version: hello.version,
            suite: hello.suite,
            compression: hello.compression,
            extensions: hello.extensions,
            retry: hello.retry,
            alpn: hello.alpn,
            key_exchange: settled(self.key_exchange.take(), &gap),
            chain: settled(self.chain.take(), &gap),
            staple: self.staple.take(),
            timestamps: hello.timestamps,
            client_certificate: settled(self.client_certificate.take(), &gap),
        })))
    }
}

/// Whether what a server chose was offered.
fn offers(asked: &Hello, chosen: &ServerHello) -> bool {
    let version = match asked.highest {
        only @ (TlsVersion::TLCP | TlsVersion::TLS_1_3) => chosen.version == only,
        highest => (TlsVersion::SSL_3_0..=highest).contains(&chosen.version),
    };
    let compression = chosen.compression == 0 || chosen.compression == 1 && asked.compression;
    let retry = !chosen.retry || chosen.version == TlsVersion::TLS_1_3;
    version && compression && retry && asked.suites.contains(&chosen.suite)
}

/// The end by something that follows no grammar.
pub fn malformed<T>(bytes: &[u8]) -> ControlFlow<End, T> {
    Break(End::Broken(Cause::Malformed(excerpt(bytes))))
}

/// The end by a limit.
pub fn too_much<T>() -> ControlFlow<End, T> {
    Break(End::Broken(Cause::LimitReached(Limit::HandshakeBytes)))
}

fn excerpt(bytes: &[u8]) -> Raw {
    Raw::from(&bytes[..bytes.len().min(EXCERPT)])
}

fn gap(cause: Cause) -> Gap {
    Gap::new(Phase::Handshake, cause)
}
