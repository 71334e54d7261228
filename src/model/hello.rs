//! A ClientHello of our own making, and what a server answered to it.
//!
//! A TLS library says what a modern client gets. What a server still accepts beyond that is asked
//! with hellos that nobody means to follow up: the server's answer is read, and the connection ends.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::digits;
use super::{CertificateId, Fact, NamedGroup, Raw, SignatureScheme, Suite, TlsVersion};

/// One hello, and what came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AskedHello {
    /// What was offered.
    pub hello: Hello,
    /// What the server said. Unknown also where it was planned and the server stopped answering
    /// before it could be asked.
    pub answer: Fact<HelloAnswer>,
}

/// What a hello offers. Everything that shapes the answer, so that it can be read again later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Hello {
    /// The highest version offered. [`TlsVersion::SSL_2_0`] and [`TlsVersion::TLCP`] have a form of
    /// hello of their own and offer nothing else; any other offers all from SSL 3.0 up to it, but for
    /// TLS 1.3, which offers itself alone.
    pub highest: TlsVersion,
    /// The suites, in this order. Empty for SSL 2.0, which offers all seven of its own kinds.
    #[serde(with = "digits")]
    #[schemars(with = "String")]
    pub suites: Vec<Suite>,
    /// The groups, in this order. With TLS 1.3 no key share is sent for any, so a server answers
    /// with a HelloRetryRequest that names its choice.
    #[serde(with = "digits", default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "String")]
    pub groups: Vec<NamedGroup>,
    /// The signature schemes, in this order; empty where they are not sent.
    #[serde(with = "digits", default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "String")]
    pub schemes: Vec<SignatureScheme>,
    /// Application protocols (RFC 7301); empty where they are not sent.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alpn: Vec<String>,
    /// Whether the configured name is sent as SNI. An address never is (RFC 6066 §3).
    pub name: bool,
    /// Whether DEFLATE is offered beside no compression (RFC 3749).
    pub compression: bool,
    /// Whether the fallback signal is sent (RFC 7507).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub fallback: bool,
    /// Whether no extension is sent but those that carry what is listed here. For servers that choke
    /// on more.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub bare: bool,
}

/// What a server said to a hello.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum HelloAnswer {
    /// It agreed, with these choices.
    Agreed(Box<Agreed>),
    /// It agreed in SSL 2.0.
    Ssl2(Ssl2Agreed),
    /// It said no.
    Refused(Refusal),
}

/// How a server said no.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Refusal {
    /// By an alert that refuses: its own answer, which stands alone.
    Alert(u8),
    /// By ending or resetting the connection, or by an alert that tells of an accident. This is recorded
    /// only where it came at least twice in a row, with this hello alone or with others, and the full
    /// session, or a hello that was agreed to, succeeded before and again after it (threat model G3).
    HungUp(HungUp),
}

/// How a connection ended in place of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum HungUp {
    /// The server closed it.
    Closed,
    /// The server reset it.
    Reset,
    /// An alert of this number came that refuses nothing, such as internal_error.
    Alert(u8),
}

/// What a server chose, from its ServerHello or HelloRetryRequest and what followed in the clear.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Agreed {
    /// The version.
    pub version: TlsVersion,
    /// The suite.
    pub suite: Suite,
    /// The compression method: 0 for none, 1 for DEFLATE.
    pub compression: u8,
    /// The extensions that it answered with, by number, in the order of the wire.
    pub extensions: Vec<u16>,
    /// Whether this was a HelloRetryRequest (RFC 9846 §4.2.4).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub retry: bool,
    /// The application protocol that it chose.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alpn: Option<Raw>,
    /// How keys would have been agreed on.
    pub key_exchange: Fact<KeyExchange>,
    /// The certificates that it sent, leaf first. Not applicable to TLS 1.3, which encrypts them.
    pub chain: Fact<Vec<CertificateId>>,
    /// The stapled OCSP response.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub staple: Option<Raw>,
    /// The body of the extension with signed certificate timestamps (RFC 6962 §3.3.1).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timestamps: Option<Raw>,
    /// Whether it asks for a certificate of the client's. Unknown until it has said all.
    pub client_certificate: Fact<bool>,
}

/// How keys are agreed on, as a server says it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum KeyExchange {
    /// With the key of the certificate: nothing more is said.
    Certificate,
    /// In a named group.
    Group {
        /// The group.
        group: NamedGroup,
        /// What signs it; not said before TLS 1.2, nor in a HelloRetryRequest.
        scheme: Option<SignatureScheme>,
    },
    /// Over a finite field with a prime of the server's choice.
    FiniteField {
        /// The prime's size in bits.
        bits: u16,
        /// Where the prime is written down, if it is one that many servers share.
        known: Option<String>,
        /// What signs it; not said before TLS 1.2.
        scheme: Option<SignatureScheme>,
    },
    /// On a curve that is spelled out; its field's size in bits, if that could be read.
    ExplicitCurve {
        /// The size.
        bits: Option<u16>,
    },
    /// With an RSA key made for this, as export suites have it; its size in bits.
    TemporaryRsa {
        /// The size.
        bits: u16,
    },
}

/// What a server of SSL 2.0 said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Ssl2Agreed {
    /// The kinds of cipher that it takes, three octets each.
    pub kinds: Vec<u32>,
    /// The certificate that it sent.
    pub chain: Vec<CertificateId>,
}

impl Agreed {
    /// Whether it answered with this extension.
    pub fn has(&self, extension: u16) -> bool {
        self.extensions.contains(&extension)
    }

    /// The group that keys would have been agreed on in.
    pub fn group(&self) -> Option<NamedGroup> {
        match self.key_exchange.seen() {
            Some(KeyExchange::Group { group, .. }) => Some(*group),
            _ => None,
        }
    }
}

impl KeyExchange {
    /// What signs it, where that is said.
    pub fn scheme(&self) -> Option<SignatureScheme> {
        match self {
            KeyExchange::Group { scheme, .. } | KeyExchange::FiniteField { scheme, .. } => *scheme,
            _ => None,
        }
    }
}

impl AskedHello {
    /// What the server agreed to, if it did so in TLS, SSL 3.0 or TLCP.
    pub fn agreed(&self) -> Option<&Agreed> {
        match self.answer.seen() {
            Some(HelloAnswer::Agreed(agreed)) => Some(agreed),
            _ => None,
        }
    }

    /// How the server said no, if it did.
    pub fn refused(&self) -> Option<Refusal> {
        match self.answer.seen() {
            Some(HelloAnswer::Refused(refusal)) => Some(*refusal),
            _ => None,
        }
    }
}
