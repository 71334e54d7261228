//! Lines of text in a stream of bytes.

/// One line of a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line<'a> {
    /// The line without its end.
    pub content: &'a [u8],
    /// How many bytes of the stream it took, its end included.
    pub taken: usize,
}

/// The first complete line of `bytes`, or `None` while it has no end yet.
///
/// A line ends with LF; one CR before it belongs to the end. A CR alone, a NUL or a byte above
/// 0x7f is part of the line: servers send them, and what they sent is kept.
pub fn first(bytes: &[u8]) -> Option<Line<'_>> {
    let end = bytes.iter().position(|byte| *byte == b'\n')?;
    let content = &bytes[..end];
    Some(Line {
        content: content.strip_suffix(b"\r").unwrap_or(content),
        taken: end + 1,
    })
}

/// `bytes` without the line end that closes them, if one does.
pub fn without_end(bytes: &[u8]) -> &[u8] {
    let bytes = bytes.strip_suffix(b"\n").unwrap_or(bytes);
    bytes.strip_suffix(b"\r").unwrap_or(bytes)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_line_ends_with_lf_and_loses_one_cr() {
        for (bytes, content, taken) in [
            (&b"+OK\r\nmore"[..], &b"+OK"[..], 5),
            (b"+OK\nmore", b"+OK", 4),
            (b"+OK\r\r\n", b"+OK\r", 6),
            (b"a\rb\0c\xff\r\n", b"a\rb\0c\xff", 8),
            (b"\n", b"", 1),
        ] {
            assert_eq!(first(bytes), Some(Line { content, taken }));
        }
    }

    #[test]
    fn a_line_without_an_end_is_not_complete() {
        for bytes in [&b""[..], b"+OK", b"+OK\r"] {
            assert_eq!(first(bytes), None);
        }
    }

    proptest! {
        #[test]
        fn lines_and_rest_make_up_the_whole(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let mut rest = &bytes[..];
            let mut taken = 0;
            while let Some(line) = first(rest) {
                prop_assert!(!line.content.contains(&b'\n'));
                prop_assert!(line.taken - line.content.len() <= 2);
                taken += line.taken;
                rest = &rest[line.taken..];
            }
            prop_assert!(!rest.contains(&b'\n'));
            prop_assert_eq!(taken + rest.len(), bytes.len());
        }
    }
}
