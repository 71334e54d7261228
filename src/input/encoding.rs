//! Which encoding a file is in: stated, marked, or guessed by its first bytes, and which of these.

use std::str::FromStr;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, GB18030, GBK, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// An encoding of characters, by the names of the WHATWG's Encoding Standard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Encoding(&'static encoding_rs::Encoding);

impl Encoding {
    /// The name, as `--encoding` takes it.
    pub fn name(self) -> &'static str {
        if self.0 == GB18030 {
            return "GB18030";
        }
        self.0.name()
    }

    pub(super) fn is_utf8(self) -> bool {
        self.0 == UTF_8
    }

    /// What turns its bytes into UTF-8; `None` for UTF-8 itself.
    pub(super) fn decoder(self) -> Option<encoding_rs::Decoder> {
        (!self.is_utf8()).then(|| self.0.new_decoder_without_bom_handling())
    }
}

/// A name that is of no encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "no such encoding: say gb18030, utf-16le, utf-16be, windows-1252, big5, shift_jis or utf-8"
)]
pub struct UnknownEncoding;

/// Reads the Encoding Standard's labels (`gbk`, `latin1`, `utf-16`), and Windows's code pages (`cp936`).
impl FromStr for Encoding {
    type Err = UnknownEncoding;

    fn from_str(name: &str) -> Result<Self, UnknownEncoding> {
        let lower = name.trim().to_lowercase();
        let found = match lower.as_str() {
            "cp936" | "936" => Some(GB18030),
            "cp950" | "950" => Some(BIG5),
            "cp932" | "932" => Some(SHIFT_JIS),
            "utf16" => Some(UTF_16LE),
            label => encoding_rs::Encoding::for_label_no_replacement(label.as_bytes()),
        };
        // GB18030 holds all of GBK, and more names of people.
        let found = found.map(|found| if found == GBK { GB18030 } else { found });
        found.map(Encoding).ok_or(UnknownEncoding)
    }
}

/// How it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EncodingSource {
    /// Nothing says otherwise than UTF-8.
    Plain,
    /// By a byte order mark.
    Mark,
    /// By `--encoding`.
    Stated,
    /// By the bytes alone: it may be another one.
    Guessed,
}

/// The encoding of a file, how it is known, and the bytes of its mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Chosen {
    pub(super) encoding: Encoding,
    pub(super) source: EncodingSource,
    pub(super) mark: usize,
}

impl Chosen {
    /// UTF-8, as nothing says otherwise.
    pub(super) const PLAIN: Chosen = Chosen {
        encoding: Encoding(UTF_8),
        source: EncodingSource::Plain,
        mark: 0,
    };
}

/// Byte order marks. What begins with one is in that encoding whatever else is said.
const MARKS: [(&[u8], &encoding_rs::Encoding); 4] = [
    (b"\xef\xbb\xbf", UTF_8),
    (b"\xff\xfe", UTF_16LE),
    (b"\xfe\xff", UTF_16BE),
    (b"\x84\x31\x95\x33", GB18030),
];

/// Bytes in which the NULs of UTF-16 are looked for, and on which the guess is founded.
const GUESSED_BY: usize = 256 << 10;

/// Chooses by the first bytes of a file. `score` says how many headers are known in a head that
/// is in UTF-8, if it has a header row at all: what makes sense as a header decides before what
/// is usual among letters.
pub(super) fn choose(
    head: &[u8],
    stated: Option<Encoding>,
    score: impl Fn(&[u8]) -> Option<usize>,
) -> Chosen {
    let chosen = |encoding, source, mark| Chosen {
        encoding: Encoding(encoding),
        source,
        mark,
    };
    for (mark, encoding) in MARKS {
        if head.starts_with(mark) {
            return chosen(encoding, EncodingSource::Mark, mark.len());
        }
    }
    if let Some(encoding) = stated {
        return chosen(encoding.0, EncodingSource::Stated, 0);
    }
    let head = &head[..head.len().min(GUESSED_BY)];
    let read_as = |encoding: &'static encoding_rs::Encoding| {
        let (text, _) = encoding.decode_without_bom_handling(head);
        score(text.as_bytes())
    };
    if let Some((encoding, is_plain_ascii)) = utf16_by_nuls(head)
        && (is_plain_ascii || read_as(encoding).is_some())
    {
        return chosen(encoding, EncodingSource::Guessed, 0);
    }
    if is_utf8(head) {
        return chosen(UTF_8, EncodingSource::Plain, 0);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(head, false);
    let likely = match detector.guess(None, Utf8Detection::Deny) {
        guess if guess == GBK => GB18030,
        guess => guess,
    };
    let mut best = (read_as(likely), likely);
    for other in [GB18030, BIG5, SHIFT_JIS, WINDOWS_1252] {
        let found = read_as(other);
        if found > best.0 {
            best = (found, other);
        }
    }
    chosen(best.1, EncodingSource::Guessed, 0)
}

/// UTF-16 whose ASCII half shows as NULs, all on one side, and whether nearly every character is
/// such a one: no other text holds that many.
fn utf16_by_nuls(head: &[u8]) -> Option<(&'static encoding_rs::Encoding, bool)> {
    let pairs = head[..head.len().min(4096)].chunks_exact(2);
    let all = pairs.len();
    let count = |at: usize| pairs.clone().filter(|pair| pair[at] == 0).count();
    let (first, second) = (count(0), count(1));
    let encoding = match (first, second) {
        (0, 2..) => UTF_16LE,
        (2.., 0) => UTF_16BE,
        _ => return None,
    };
    Some((encoding, all >= 4 && first.max(second) * 10 >= all * 9))
}

/// Whether the lines that are UTF-8 and not ASCII outweigh those that are neither. In a two-byte
/// encoding some short names happen to be UTF-8 in pairs of bytes, and hardly any in threes.
fn is_utf8(head: &[u8]) -> bool {
    let (mut pairs, mut threes, mut broken) = (0_usize, 0_usize, 0_usize);
    let mut lines = head.split(|byte| matches!(byte, b'\n' | b'\r')).peekable();
    while let Some(line) = lines.next() {
        match std::str::from_utf8(line) {
            Ok(text) if text.chars().any(|c| c >= '\u{800}') => threes += 1,
            Ok(text) => pairs += usize::from(!text.is_ascii()),
            // The head may end within a character.
            Err(error) if lines.peek().is_none() && error.error_len().is_none() => {}
            Err(_) => broken += 1,
        }
    }
    broken == 0 || threes * 20 >= broken || pairs > broken
}

#[cfg(test)]
mod tests {
    use super::*;

    fn by(head: &[u8], known: &str) -> (&'static str, EncodingSource) {
        let score = |text: &[u8]| {
            let text = String::from_utf8_lossy(text);
            text.contains(known).then_some(1)
        };
        let chosen = choose(head, None, score);
        (chosen.encoding.name(), chosen.source)
    }

    fn utf16le(text: &str) -> Vec<u8> {
        text.encode_utf16().flat_map(u16::to_le_bytes).collect()
    }

    #[test]
    fn the_bytes_decide_where_nothing_is_stated() {
        use EncodingSource::{Guessed, Mark, Plain};
        let gbk = b"\xd3\xca\xcf\xe4,\xb7\xfe\xce\xf1\xc6\xf7\n";
        let big5 = b"\xb6l\xbdc,\xa6\xf8\xaaA\xbe\xb9\n";
        let mixed = "王芳,x\nAndr\u{fffd}\nAndr\u{fffd}\n".as_bytes();
        let mixed: Vec<u8> = mixed.iter().copied().filter(|b| *b != 0xbf).collect();
        for (head, known, found) in [
            (&b"email,host\n"[..], "host", ("UTF-8", Plain)),
            ("邮箱,主机".as_bytes(), "主机", ("UTF-8", Plain)),
            (&"邮箱,主机".as_bytes()[..12], "邮箱", ("UTF-8", Plain)),
            (b"\xef\xbb\xbfemail", "email", ("UTF-8", Mark)),
            (b"\xff\xfee\0", "e", ("UTF-16LE", Mark)),
            (b"\xfe\xff\0e", "e", ("UTF-16BE", Mark)),
            (gbk, "服务器", ("GB18030", Guessed)),
            (big5, "伺服器", ("Big5", Guessed)),
            (
                b"M\xfcller,host\nJos\xe9",
                "host",
                ("windows-1252", Guessed),
            ),
            (b"email,host\0\0\n", "host", ("UTF-8", Plain)),
            (&utf16le("email,host\n"), "none", ("UTF-16LE", Guessed)),
            (&utf16le("邮箱,主机\n"), "主机", ("UTF-16LE", Guessed)),
            (&mixed, "x", ("UTF-8", Plain)),
        ] {
            assert_eq!(by(head, known), found, "{head:?}");
        }
    }

    #[test]
    fn names_of_encodings() {
        for (name, encoding) in [
            ("gbk", "GB18030"),
            ("GB18030", "GB18030"),
            ("gb2312", "GB18030"),
            ("CP936", "GB18030"),
            ("utf-16", "UTF-16LE"),
            ("utf-16be", "UTF-16BE"),
            ("latin1", "windows-1252"),
            ("windows-1252", "windows-1252"),
            ("big5", "Big5"),
            ("utf8", "UTF-8"),
        ] {
            let read: Encoding = name.parse().expect(name);
            assert_eq!(read.name(), encoding);
        }
        assert_eq!("utf-7".parse::<Encoding>(), Err(UnknownEncoding));
        assert_eq!("iso-2022-kr".parse::<Encoding>(), Err(UnknownEncoding));
    }
}
