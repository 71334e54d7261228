//! TLS records, as far as they are told from text.

/// Whether bytes are the start of a TLS record (RFC 9846 §5.1) and not text.
pub fn is_tls_record(start: &[u8]) -> bool {
    matches!(start, [0x14..=0x18, rest @ ..] if rest.first().is_none_or(|major| *major == 3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tls_records_are_no_text() {
        assert!(is_tls_record(b"\x15\x03\x01\0\x02"));
        assert!(is_tls_record(b"\x16"));
        assert!(!is_tls_record(b"220 hi"));
        assert!(!is_tls_record(b""));
    }
}
