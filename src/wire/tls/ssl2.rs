//! The hellos of SSL 2.0 ("The SSL Protocol", Netscape 1995), which are like no others.

use super::bounds::KINDS;
use super::codec::{Reader, Writer, whole};
use crate::model::TlsVersion;

const CLIENT_HELLO: u8 = 1;
const SERVER_HELLO: u8 = 4;
const ERROR: u8 = 0;
const X509_CERTIFICATE: u8 = 1;

/// Octets of the challenge: 16 to 32 are allowed, and 16 is what everyone sends.
const CHALLENGE: usize = 16;

/// The kinds of cipher: RC4 and RC2 with 128 bits and with 40, IDEA, DES, Triple DES.
const ALL_KINDS: [u32; 7] = [
    0x01_00_80, 0x02_00_80, 0x03_00_80, 0x04_00_80, 0x05_00_80, 0x06_00_40, 0x07_00_c0,
];

/// What a server said in SSL 2.0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// SERVER-HELLO: the kinds of cipher, and the certificate if it sent one.
    Hello(Vec<u32>, Option<Vec<u8>>),
    /// ERROR: no cipher in common. So says Java too, which speaks no SSL 2.0.
    NoCipher,
}

/// CLIENT-HELLO with all kinds of cipher, in its record.
pub fn client_hello(random: [u8; 32]) -> Vec<u8> {
    let (challenge, _) = random.split_at(CHALLENGE);
    let mut out = Writer::default();
    out.vector::<2>(|out| {
        out.u8(CLIENT_HELLO);
        out.u16(TlsVersion::SSL_2_0.0);
        out.u16(3 * ALL_KINDS.len() as u16);
        out.u16(0);
        out.u16(CHALLENGE as u16);
        for [_, kind @ ..] in ALL_KINDS.map(u32::to_be_bytes) {
            out.bytes(&kind);
        }
        out.bytes(challenge);
    });
    let mut bytes = out.into_bytes();
    bytes[0] |= LONG;
    bytes
}

/// The first bit of a record: its header has two octets, as every one before encryption has.
const LONG: u8 = 0x80;

/// Whether a record of SSL 2.0 begins with these bytes.
pub fn begins_record(bytes: &[u8]) -> bool {
    matches!(bytes, [LONG..=0xff, ..])
}

/// The contents of the record at the front of `bytes`, once it is whole; at most 32,767 octets.
pub fn record(bytes: &[u8]) -> Option<&[u8]> {
    let ([high, low], rest) = bytes.split_first_chunk()?;
    let length = u16::from_be_bytes([high & !LONG, *low]);
    rest.get(..length.into())
}

/// Reads what a record holds.
pub fn answer(contents: &[u8]) -> Option<Answer> {
    match contents {
        [SERVER_HELLO, body @ ..] => whole(body, server_hello),
        [ERROR, 0, 1] => Some(Answer::NoCipher),
        _ => None,
    }
}

fn server_hello(reader: &mut Reader<'_>) -> Option<Answer> {
    let resumed = reader.u8()?;
    let format = reader.u8()?;
    let version = TlsVersion(reader.u16()?);
    let lengths = [reader.u16()?, reader.u16()?, reader.u16()?];
    let [certificate, kinds, _connection] = lengths.map(|length| reader.bytes(length.into()));
    let (certificate, kinds) = (certificate?, kinds?);
    let (kinds, odd) = kinds.as_chunks::<3>();
    if resumed != 0 || version != TlsVersion::SSL_2_0 || !odd.is_empty() {
        return None;
    }
    let kinds = kinds
        .iter()
        .map(|[a, b, c]| u32::from_be_bytes([0, *a, *b, *c]));
    let is_certificate = format == X509_CERTIFICATE && !certificate.is_empty();
    Some(Answer::Hello(
        kinds.take(KINDS).collect(),
        is_certificate.then(|| certificate.to_vec()),
    ))
}
