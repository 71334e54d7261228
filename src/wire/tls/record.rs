//! The record layer, in the clear (RFC 9846 §5.1).

use super::bounds::FRAGMENT;

/// The content type of alerts.
pub const ALERT: u8 = 21;
/// The content type of handshake messages.
pub const HANDSHAKE: u8 = 22;

/// Content type, version, length.
const HEADER: usize = 5;

/// Whether bytes are the start of a record of TLS (RFC 9846 §5.1) or TLCP and not text.
pub fn is_tls_record(start: &[u8]) -> bool {
    let Some((0x14..=0x18, version)) = start.split_first() else {
        return false;
    };
    matches!(version, [] | [3, ..] | [1] | [1, 1, ..])
}

/// The polite end of a handshake that is not gone through with: the alerts user_canceled and
/// close_notify, as warnings (RFC 9846 §6.1).
pub const fn farewell(version: u16) -> [u8; 14] {
    let [major, minor] = version.to_be_bytes();
    [
        ALERT, major, minor, 0, 2, 1, 90, ALERT, major, minor, 0, 2, 1, 0,
    ]
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
    next: Vec<u8>,
    current: [u8; HEADER],
    left: usize,
}

/// What a record holds, or a part of that: as much as has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece<'b> {
    /// The record's header.
    pub header: [u8; HEADER],
    /// The bytes; none of an empty record.
    pub bytes: &'b [u8],
}

impl Piece<'_> {
    /// The content type.
    pub fn kind(&self) -> u8 {
        self.header[0]
    }
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
            let Some(header) = self.header(bytes)? else {
                return Ok(None);
            };
            self.current = header;
            self.left = length(&header);
        }
        // A record of which nothing has come yet is no empty one.
        if self.left > 0 && bytes.is_empty() {
            return Ok(None);
        }
        let (piece, rest) = bytes.split_at(self.left.min(bytes.len()));
        *bytes = rest;
        self.left -= piece.len();
        Ok(Some(Piece {
            header: self.current,
            bytes: piece,
        }))
    }

    fn header(&mut self, bytes: &mut &[u8]) -> Result<Option<[u8; HEADER]>, NoRecord> {
        while let Some((octet, rest)) = bytes.split_first() {
            *bytes = rest;
            self.next.push(*octet);
            let header = self.next.first_chunk::<HEADER>().copied();
            if !is_tls_record(&self.next) || header.is_some_and(|it| length(&it) > FRAGMENT) {
                return Err(NoRecord(std::mem::take(&mut self.next)));
            }
            if header.is_some() {
                self.next.clear();
                return Ok(header);
            }
        }
        Ok(None)
    }
}

fn length(header: &[u8; HEADER]) -> usize {
    let [.., high, low] = *header;
    u16::from_be_bytes([high, low]).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_whose_header_alone_has_come_is_not_empty() {
        let mut records = Records::default();
        assert_eq!(records.next(&mut &b"\x16\x03\x03\0\x01"[..]), Ok(None));
        let piece = records.next(&mut &b"x"[..]).expect("a record");
        assert_eq!(piece.expect("a piece").bytes, b"x");
        let mut empty = &b"\x16\x03\x03\0\0"[..];
        let piece = records.next(&mut empty).expect("a record");
        assert_eq!(piece.expect("a piece").bytes, b"");
    }

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
