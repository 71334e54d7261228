//! What a server says in the clear.

use super::bounds::EXTENSIONS;
use super::codec::{Reader, whole};
use super::extensions::{ALPN, KEY_SHARE, SUPPORTED_VERSIONS, TIMESTAMPS};
use super::message::{Messages, SERVER_HELLO};
use super::record::{HANDSHAKE, Records};
use crate::model::{NamedGroup, Raw, ServerSays, Suite, TlsVersion};

/// The random number that makes a ServerHello a HelloRetryRequest (RFC 9846 §4.2.3): the SHA-256 of
/// that word.
pub const RETRY: [u8; 32] = [
    0xcf, 0x21, 0xad, 0x74, 0xe5, 0x9a, 0x61, 0x11, 0xbe, 0x1d, 0x8c, 0x02, 0x1e, 0x65, 0xb8, 0x91,
    0xc2, 0xa2, 0x11, 0x16, 0x7a, 0xbb, 0x8c, 0x5e, 0x07, 0x9e, 0x09, 0xe2, 0xc8, 0xa8, 0x33, 0x9c,
];

/// A ServerHello or HelloRetryRequest (RFC 9846 §4.2.3; RFC 5246 §7.4.1.3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerHello {
    /// The version chosen.
    pub version: TlsVersion,
    /// The suite chosen.
    pub suite: Suite,
    /// The compression method chosen.
    pub compression: u8,
    /// The extensions, by number, in the order of the wire.
    pub extensions: Vec<u16>,
    /// Whether this is a HelloRetryRequest.
    pub retry: bool,
    /// The application protocol chosen.
    pub alpn: Option<Raw>,
    /// The body of the extension with signed certificate timestamps.
    pub timestamps: Option<Raw>,
    /// The group of the server's share of a key, or the one that it asks for.
    pub group: Option<NamedGroup>,
}

impl ServerHello {
    /// Reads the body of the message.
    pub fn read(body: &[u8]) -> Option<Self> {
        whole(body, |reader| {
            let version = TlsVersion(reader.u16()?);
            let retry = reader.array()? == RETRY;
            let session = reader.vector8()?;
            let suite = Suite(reader.u16()?);
            let compression = reader.u8()?;
            let mut hello = ServerHello {
                version,
                suite,
                compression,
                extensions: Vec::new(),
                retry,
                alpn: None,
                timestamps: None,
                group: None,
            };
            if !reader.is_empty() {
                let mut list = Reader::new(reader.vector16()?);
                while !list.is_empty() {
                    hello.extend(list.u16()?, list.vector16()?)?;
                }
            }
            (session.len() <= 32).then_some(hello)
        })
    }

    fn extend(&mut self, number: u16, body: &[u8]) -> Option<()> {
        if self.extensions.len() == EXTENSIONS || self.extensions.contains(&number) {
            return None;
        }
        self.extensions.push(number);
        match number {
            SUPPORTED_VERSIONS => self.version = TlsVersion(whole(body, Reader::u16)?),
            KEY_SHARE if self.retry => self.group = Some(NamedGroup(whole(body, Reader::u16)?)),
            KEY_SHARE => {
                let group = whole(body, |share| {
                    share.u16().filter(|_| share.vector16().is_some())
                });
                self.group = Some(NamedGroup(group?));
            }
            ALPN => {
                let list = whole(body, Reader::vector16)?;
                self.alpn = Some(Raw::from(whole(list, Reader::vector8)?));
            }
            TIMESTAMPS => self.timestamps = Some(Raw::from(body)),
            _ => {}
        }
        Some(())
    }
}

/// The certificates of a Certificate message before TLS 1.3 (RFC 5246 §7.4.2). Those of TLCP have the
/// same form; the one that signs comes first there, the one that encrypts second.
pub fn certificates(body: &[u8]) -> Option<Vec<&[u8]>> {
    let mut list = Reader::new(whole(body, Reader::vector24)?);
    let mut certificates = Vec::new();
    while !list.is_empty() {
        certificates.push(list.vector24().filter(|der| !der.is_empty())?);
    }
    Some(certificates)
}

/// The OCSP response of a CertificateStatus message (RFC 6066 §8).
pub fn staple(body: &[u8]) -> Option<&[u8]> {
    const OCSP: u8 = 1;
    whole(body, |reader| match reader.u8()? {
        OCSP => reader.vector24(),
        _ => None,
    })
}

/// What the ServerHello of a handshake says, from the first bytes of the server's half of it; `None`
/// if it is not in there as a whole. One HelloRetryRequest may come before it, and is passed over.
pub fn server_says(mut first_bytes: &[u8]) -> Option<ServerSays> {
    let mut records = Records::default();
    let mut messages = Messages::default();
    let mut retried = false;
    while let Some(piece) = records.next(&mut first_bytes).ok()? {
        // What is not of the handshake before a ServerHello is a warning, or pretends to be TLS 1.2.
        if piece.kind() != HANDSHAKE {
            continue;
        }
        messages.push(piece.bytes);
        while let Some(message) = messages.next().ok()? {
            let is_hello = message.kind() == SERVER_HELLO;
            let hello = ServerHello::read(message.body()).filter(|_| is_hello)?;
            if !hello.retry {
                return Some(ServerSays {
                    compression: hello.compression,
                    extensions: hello.extensions,
                });
            }
            if std::mem::replace(&mut retried, true) {
                return None;
            }
        }
    }
    None
}
