//! A ClientHello, spelled out.

use aws_lc_rs::digest::{SHA256, digest};

use super::codec::Writer;
use super::{extensions, record, ssl2};
use crate::model::{Hello, Suite, TlsVersion};

const CLIENT_HELLO: u8 = 1;

/// The bytes of a ClientHello, in records, as they go to the server.
///
/// `name` is sent as SNI if the hello says so. `random` must be new each time. Early data is never
/// offered, nor a session to resume.
pub fn spelled(hello: &Hello, name: Option<&str>, random: [u8; 32]) -> Vec<u8> {
    let record_version = match hello.highest {
        TlsVersion::SSL_2_0 => return ssl2::client_hello(random),
        only @ (TlsVersion::SSL_3_0 | TlsVersion::TLCP) => only,
        // A server may choke on the record of a version that it does not know (RFC 9846 §5.1).
        _ => TlsVersion::TLS_1_0,
    };
    record::in_records(record_version.0, &message(hello, name, random))
}

/// The handshake message (RFC 9846 §4.2.2; RFC 5246 §7.4.1.2).
fn message(hello: &Hello, name: Option<&str>, random: [u8; 32]) -> Vec<u8> {
    let mut extensions = Writer::default();
    if hello.highest != TlsVersion::SSL_3_0 {
        extensions::write(hello, name, &mut extensions);
    }
    let mut out = Writer::default();
    out.u8(CLIENT_HELLO);
    out.vector::<3>(|out| {
        out.u16(hello.highest.min(TlsVersion::TLS_1_2).0);
        out.bytes(&random);
        out.vector::<1>(|id| {
            // Middleboxes let TLS 1.3 pass that looks as if it resumed (RFC 9846 §E.4).
            if hello.highest == TlsVersion::TLS_1_3 {
                id.bytes(digest(&SHA256, &random).as_ref());
            }
        });
        out.vector::<2>(|list| {
            let suites = hello.suites.iter().copied().chain(signals(hello));
            list.u16s(suites.map(|suite| suite.0));
        });
        out.vector::<1>(|methods| {
            // Where DEFLATE is offered it is what the question is about.
            methods.bytes(if hello.compression { &[1, 0] } else { &[0] });
        });
        if extensions.len() > 0 {
            if !hello.bare {
                extensions::pad(out.len() + 2 + extensions.len(), &mut extensions);
            }
            out.vector::<2>(|out| out.bytes(&extensions.into_bytes()));
        }
    });
    out.into_bytes()
}

/// The signals among the suites. Secure renegotiation is announced by its signal and not by the
/// extension, for a server of SSL 3.0, or one that refuses extensions, understands the signal too
/// and answers both alike (RFC 5746 §3.6).
fn signals(hello: &Hello) -> impl Iterator<Item = Suite> {
    let is_tls12_or_less = (TlsVersion::SSL_3_0..=TlsVersion::TLS_1_2).contains(&hello.highest);
    let renegotiation = is_tls12_or_less.then_some(Suite::RENEGOTIATION_SIGNAL);
    let fallback = hello.fallback.then_some(Suite::FALLBACK_SIGNAL);
    renegotiation.into_iter().chain(fallback)
}
