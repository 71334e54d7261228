//! The extensions of a ClientHello, by their numbers in the IANA registry.

use std::net::IpAddr;

use super::codec::Writer;
use crate::model::{Hello, TlsVersion};

const SERVER_NAME: u16 = 0;
const STATUS_REQUEST: u16 = 5;
const SUPPORTED_GROUPS: u16 = 10;
const EC_POINT_FORMATS: u16 = 11;
const SIGNATURE_ALGORITHMS: u16 = 13;
pub const ALPN: u16 = 16;
pub const TIMESTAMPS: u16 = 18;
const PADDING: u16 = 21;
const ENCRYPT_THEN_MAC: u16 = 22;
const EXTENDED_MASTER_SECRET: u16 = 23;
const SESSION_TICKET: u16 = 35;
pub const SUPPORTED_VERSIONS: u16 = 43;
const PSK_KEY_EXCHANGE_MODES: u16 = 45;
pub const KEY_SHARE: u16 = 51;

/// Lengths of a ClientHello, its header included, at which some load balancers hang (RFC 7685 §4).
const HANGS: std::ops::Range<usize> = 256..512;

/// Writes the extensions that go with `hello`: the name, what it lists and, unless it is bare, what
/// any client sends whose answer can be read.
///
/// An empty one is never the last: there are servers that refuse that.
pub fn write(hello: &Hello, name: Option<&str>, out: &mut Writer) {
    let tls13 = hello.highest == TlsVersion::TLS_1_3;
    // GB/T 38636 has no extensions. GM/T 0024-2023 adds some, name and groups among them, and GmSSL
    // hangs up on any other.
    let tlcp = hello.highest == TlsVersion::TLCP;
    if let Some(name) = name.filter(|_| hello.name).and_then(host_name) {
        extension(out, SERVER_NAME, |body| {
            body.vector::<2>(|names| {
                names.u8(0);
                names.vector::<2>(|host| host.bytes(name.as_bytes()));
            });
        });
    }
    // In TLS 1.3 the answers to these are encrypted.
    if !hello.bare && !tlcp && !tls13 {
        for empty in [
            ENCRYPT_THEN_MAC,
            EXTENDED_MASTER_SECRET,
            SESSION_TICKET,
            TIMESTAMPS,
        ] {
            extension(out, empty, |_| {});
        }
        // OCSP, no responders named, no extensions of its own (RFC 6066 §8).
        extension(out, STATUS_REQUEST, |body| body.bytes(&[1, 0, 0, 0, 0]));
    }
    if !hello.alpn.is_empty() {
        extension(out, ALPN, |body| {
            body.vector::<2>(|names| {
                for name in &hello.alpn {
                    names.vector::<1>(|one| one.bytes(name.as_bytes()));
                }
            });
        });
    }
    if !hello.groups.is_empty() {
        extension(out, SUPPORTED_GROUPS, |body| {
            body.vector::<2>(|list| list.u16s(hello.groups.iter().map(|group| group.0)));
        });
        if !tls13 && !tlcp {
            // Uncompressed points alone (RFC 8422 §5.1.2).
            extension(out, EC_POINT_FORMATS, |body| body.bytes(&[1, 0]));
        }
    }
    if hello.highest >= TlsVersion::TLS_1_2 && !hello.schemes.is_empty() {
        extension(out, SIGNATURE_ALGORITHMS, |body| {
            body.vector::<2>(|list| list.u16s(hello.schemes.iter().map(|scheme| scheme.0)));
        });
    }
    if tls13 {
        // No share of a key, so that the server must say which group it would have one in.
        extension(out, KEY_SHARE, |body| body.vector::<2>(|_| {}));
        extension(out, PSK_KEY_EXCHANGE_MODES, |body| body.bytes(&[1, 1]));
        extension(out, SUPPORTED_VERSIONS, |body| {
            body.vector::<1>(|list| list.u16(TlsVersion::TLS_1_3.0));
        });
    }
}

/// Writes an extension that brings a ClientHello of `length` octets past [`HANGS`], if it needs one.
pub fn pad(length: usize, out: &mut Writer) {
    const HEADER: usize = 4;
    if HANGS.contains(&length) {
        let zeros = (HANGS.end - length).saturating_sub(HEADER).max(1);
        extension(out, PADDING, |body| body.bytes(&vec![0; zeros]));
    }
}

fn extension(out: &mut Writer, number: u16, body: impl FnOnce(&mut Writer)) {
    out.u16(number);
    out.vector::<2>(body);
}

/// The name as SNI has it: no address, and no dot at the end (RFC 6066 §3).
fn host_name(name: &str) -> Option<&str> {
    let name = name.strip_suffix('.').unwrap_or(name);
    let is_name = !name.is_empty() && name.parse::<IpAddr>().is_err();
    is_name.then_some(name)
}
