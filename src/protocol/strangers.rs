//! Services that are no mail, by their first bytes.
//!
//! Only what tells by itself: PostgreSQL, RDP and others that wait for words of their own protocol,
//! and hang up on any else, stay unknown.

use crate::model::Spoken;

/// How they begin, in upper case. The last ones speak only when spoken to, as an answer to a
/// ClientHello.
const BEGINNINGS: [(&[u8], Spoken); 11] = [
    (b"SSH-", Spoken::Ssh),
    (b"RFB 0", Spoken::Vnc),
    (b"@RSYNCD:", Spoken::Rsync),
    (b"NOTICE AUTH ", Spoken::Irc),
    // IAC WILL and IAC DO (RFC 854).
    (b"\xff\xfb", Spoken::Telnet),
    (b"\xff\xfd", Spoken::Telnet),
    (b"AMQP\0", Spoken::Amqp),
    (b"<STREAM:", Spoken::Xmpp),
    (b"HTTP/", Spoken::Http),
    (b"<!DOCTYPE", Spoken::Http),
    (b"<HTML", Spoken::Http),
];

/// How a notice of LDAP goes on behind its size: message 0, and an extended response (RFC 4511 §4.4).
const LDAP_NOTICE: &[u8] = b"\x02\x01\0\x78";

/// Who speaks, if the first bytes tell; a line is enough.
pub(super) fn recognise(start: &[u8]) -> Option<Spoken> {
    let upper = start.to_ascii_uppercase();
    let known = BEGINNINGS
        .iter()
        .find(|(beginning, _)| upper.starts_with(beginning));
    if let Some((_, spoken)) = known {
        return Some(*spoken);
    }
    let says = |words: &[u8]| upper.windows(words.len()).any(|window| window == words);
    match start {
        // A packet's size and its number 0; then protocol 10, which is a line feed, or an error.
        [1..=255, _, 0, 0] | [1..=255, _, 0, 0, b'\n' | 0xff, ..] => Some(Spoken::Mysql),
        [0x30, 0x84, _, _, _, _, rest @ ..] | [0x30, _, rest @ ..]
            if rest.starts_with(LDAP_NOTICE) =>
        {
            Some(Spoken::Ldap)
        }
        [b'<', b'?', ..] if says(b"<STREAM:") => Some(Spoken::Xmpp),
        [b':', ..] if says(b" NOTICE ") => Some(Spoken::Irc),
        _ => None,
    }
}

/// Whether first bytes that broke off may yet have become one of them.
pub(super) fn may_become(upper: &[u8]) -> bool {
    BEGINNINGS.iter().any(|(beginning, _)| {
        let common = beginning.len().min(upper.len());
        upper[..common] == beginning[..common]
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strangers_are_known_by_their_first_bytes() {
        for (start, spoken) in [
            (&b"SSH-2.0-OpenSSH_9.9"[..], Spoken::Ssh),
            (b"RFB 003.008", Spoken::Vnc),
            (b"@RSYNCD: 31.0", Spoken::Rsync),
            (b"NOTICE AUTH :*** Looking up", Spoken::Irc),
            (b":irc.test NOTICE * :*** Checking", Spoken::Irc),
            (b"\xff\xfd\x18\xff\xfd\x20", Spoken::Telnet),
            (b"AMQP\x00\x00\x09\x01", Spoken::Amqp),
            (b"<?xml version='1.0'?><stream:stream id=''>", Spoken::Xmpp),
            (b"HTTP/1.1 400 Bad Request", Spoken::Http),
            (b"<html><head>", Spoken::Http),
            (b"J\0\0\0\n8.0.36\0", Spoken::Mysql),
            (b"J\0\0\0", Spoken::Mysql),
            (b"E\0\0\0\xffj\x04Host 'x' is not allowed", Spoken::Mysql),
            (b"0$\x02\x01\0x\x1f\n\x01\x02", Spoken::Ldap),
            (b"0\x84\0\0\0$\x02\x01\0x\x84", Spoken::Ldap),
        ] {
            assert_eq!(recognise(start), Some(spoken), "{start:?}");
        }
        for start in [
            &b""[..],
            b"220 mail.test ESMTP",
            b"+OK",
            b"* OK",
            b"0123",
            b"<?xml version='1.0'?><html>",
            b": no notice",
            b"\0\0\0\0\0",
        ] {
            assert_eq!(recognise(start), None, "{start:?}");
        }
    }
}
