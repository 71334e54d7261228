//! What a file that is not UTF-8 seems to be, so that the message can say it.

use super::InputError;

/// The byte order mark of UTF-8.
pub(super) const BOM: &[u8] = b"\xef\xbb\xbf";

/// Refuses what is no text in UTF-8 by its first bytes.
pub(super) fn check_start(file: &str, head: &[u8]) -> Result<(), InputError> {
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"\xd0\xcf\x11\xe0") {
        return Err(InputError::Workbook {
            file: file.to_owned(),
        });
    }
    let is_utf16 = head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff");
    if is_utf16 || is_utf16_without_mark(head) {
        return Err(InputError::NotUtf8 {
            file: file.to_owned(),
            likely: Some("UTF-16, which spreadsheets call \"Unicode text\""),
        });
    }
    Ok(())
}

/// ASCII letters with a NUL before or behind each.
fn is_utf16_without_mark(head: &[u8]) -> bool {
    let start = &head[..head.len().min(64)];
    let is_half = |at: usize| {
        let units = start.chunks_exact(2);
        units.len() >= 4 && units.clone().all(|unit| unit[at] == 0 && unit[1 - at] != 0)
    };
    is_half(0) || is_half(1)
}

/// The name of the encoding, where every byte above 0x7f could be half of a character of it.
pub(super) fn likely(head: &[u8]) -> Option<&'static str> {
    let first_lines = &head[..head.len().min(4096)];
    let mut bytes = first_lines.iter().copied().peekable();
    let mut pairs = 0;
    while let Some(byte) = bytes.next() {
        match (byte, bytes.peek()) {
            (0..=0x7f, _) => {}
            (0x81..=0xfe, Some(0x40..=0x7e | 0x80..=0xfe | b'0'..=b'9')) => {
                bytes.next();
                pairs += 1;
            }
            (0x81..=0xfe, None) => {}
            _ => return None,
        }
    }
    (pairs > 0).then_some("GBK or GB18030, which Excel in Chinese writes as \"CSV\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_utf8_is_named() {
        assert!(likely(b"\xd3\xca\xcf\xe4,\xb7\xfe\xce\xf1\xc6\xf7\n").is_some());
        assert_eq!(likely(b"caf\xe9,x\n"), None);
        assert!(check_start("f", b"\xff\xfee\0m\0a\0i\0l\0").is_err());
        assert!(check_start("f", b"e\0m\0a\0i\0l\0,\0").is_err());
        assert!(check_start("f", b"PK\x03\x04rest").is_err());
        assert!(check_start("f", b"email,host\n").is_ok());
    }
}
