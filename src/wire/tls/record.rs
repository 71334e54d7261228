//! The record layer, in the clear (RFC 9846 §5.1).

/// The content type of ChangeCipherSpec.
pub const CHANGE_CIPHER_SPEC: u8 = 20;
/// The content type of alerts.
pub const ALERT: u8 = 21;
/// The content type of handshake messages.
pub const HANDSHAKE: u8 = 22;

/// Octets in a record that is not encrypted.
const FRAGMENT: usize = 1 << 14;
/// Content type, version, length.
const HEADER: usize = 5;

/// Whether bytes are the start of a record of TLS (RFC 9846 §5.1) or TLCP and not text.
pub fn is_tls_record(start: &[u8]) -> bool {
    let Some((0x14..=0x18, version)) = start.split_first() else {
        return false;
    };
    matches!(version, [] | [3, ..] | [1] | [1, 1, ..])
}

/// The end of a handshake that is not gone through with: the alerts user_canceled and close_notify,
/// as warnings (RFC 9846 §6.1).
pub fn farewell() -> &'static [u8] {
    b"\x15\x03\x01\x00\x02\x01\x5a\x15\x03\x01\x00\x02\x01\x00"
}

/// A handshake message in as many records as it takes.
pub fn in_records(version: u16, message: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(message.len() + HEADER);
    for fragment in message.chunks(FRAGMENT) {
        let [.., high, low] = fragment.len().to_be_bytes();
        bytes.push(HANDSHAKE);
        bytes.extend(version.to_be_bytes());
        bytes.extend([high, low]);
        bytes.extend(fragment);
    }
    bytes
}

/// A stream of records, taken apart as it comes. Nothing of it is kept but a header that is not
/// whole yet.
#[derive(Debug, Default)]
pub struct Records {
    header: Vec<u8>,
    kind: u8,
    left: usize,
}

/// What a record holds, or a part of that: as much as has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece<'b> {
    /// The content type.
    pub kind: u8,
    /// The bytes; none of an empty record.
    pub bytes: &'b [u8],
}

/// Where a record should begin, these bytes do not begin one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoRecord(pub Vec<u8>);

impl Records {
    /// The next piece, taken from the front of `bytes`; `None` when it takes more bytes to tell.
    ///
    /// # Errors
    ///
    /// What begins no record, told at the first byte that cannot be of one.
    pub fn next<'b>(&mut self, bytes: &mut &'b [u8]) -> Result<Option<Piece<'b>>, NoRecord> {
        if self.left == 0 {
            while self.header.len() < HEADER {
                let Some((octet, rest)) = bytes.split_first() else {
                    return Ok(None);
                };
                *bytes = rest;
                self.header.push(*octet);
                if !begins_record(&self.header) {
                    return Err(NoRecord(std::mem::take(&mut self.header)));
                }
            }
            self.kind = self.header[0];
            self.left = length(self.header[3], self.header[4]);
            self.header.clear();
        } else if bytes.is_empty() {
            return Ok(None);
        }
        let (piece, rest) = bytes.split_at(self.left.min(bytes.len()));
        *bytes = rest;
        self.left -= piece.len();
        Ok(Some(Piece {
            kind: self.kind,
            bytes: piece,
        }))
    }
}

fn begins_record(header: &[u8]) -> bool {
    match header {
        [.., high, low] if header.len() == HEADER => length(*high, *low) <= FRAGMENT,
        _ => is_tls_record(header),
    }
}

fn length(high: u8, low: u8) -> usize {
    u16::from_be_bytes([high, low]).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tls_records_are_no_text() {
        assert!(is_tls_record(b"\x15\x03\x01\0\x02"));
        assert!(is_tls_record(b"\x15\x01\x01\0\x02"));
        assert!(is_tls_record(b"\x16"));
        assert!(is_tls_record(b"\x16\x01"));
        assert!(!is_tls_record(b"\x16\x01\x02"));
        assert!(!is_tls_record(b"\x16\x02"));
        assert!(!is_tls_record(b"220 hi"));
        assert!(!is_tls_record(b""));
    }
}
