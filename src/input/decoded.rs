//! A source in any encoding, read as UTF-8 within bounded memory.

use std::io::{self, Read};

use encoding_rs::{Decoder, DecoderResult};

use super::encoding::Encoding;

/// How many bytes are asked for and decoded at once.
const CHUNK: usize = 64 << 10;

/// No UTF-8 holds this byte: it stands where something could not be decoded, so that whoever
/// splits the rows finds the one that it is in.
const UNDECODABLE: u8 = 0xff;

/// A source and what turns it into UTF-8. Bytes that are UTF-8 already pass as they are.
pub(super) struct Decoded<R> {
    source: R,
    decoder: Option<Decoder>,
    /// Read and not yet decoded.
    raw: Vec<u8>,
    start: usize,
    ended: bool,
    /// Decoded and not yet handed on.
    text: Vec<u8>,
    given: usize,
    finished: bool,
}

impl<R: Read> Decoded<R> {
    pub(super) fn new(source: R) -> Self {
        Decoded {
            source,
            decoder: None,
            raw: Vec::new(),
            start: 0,
            ended: false,
            text: Vec::new(),
            given: 0,
            finished: false,
        }
    }

    /// The first bytes as they are written, `length` of them unless the source ends before.
    pub(super) fn head(&mut self, length: usize) -> io::Result<&[u8]> {
        while !self.ended && self.raw.len() < length {
            self.read_more()?;
        }
        Ok(&self.raw[..self.raw.len().min(length)])
    }

    /// Passes over the byte order mark, and decodes what follows.
    pub(super) fn begin(&mut self, encoding: Encoding, mark: usize) {
        self.start = mark.min(self.raw.len());
        self.decoder = encoding.decoder();
    }

    pub(super) fn into_source(self) -> R {
        self.source
    }

    fn read_more(&mut self) -> io::Result<()> {
        self.raw.drain(..self.start);
        self.start = 0;
        let before = self.raw.len();
        self.raw.resize(before + CHUNK, 0);
        let read = loop {
            match self.source.read(&mut self.raw[before..]) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                read => break read,
            }
        };
        self.raw.truncate(before + *read.as_ref().unwrap_or(&0));
        self.ended = read? == 0;
        Ok(())
    }

    /// Decodes some of the raw bytes into `text`.
    fn decode(&mut self) {
        let Some(decoder) = &mut self.decoder else {
            return;
        };
        self.text.resize(CHUNK, 0);
        self.given = 0;
        let (result, read, written) = decoder.decode_to_utf8_without_replacement(
            &self.raw[self.start..],
            &mut self.text,
            self.ended,
        );
        self.start += read;
        self.text.truncate(written);
        match result {
            DecoderResult::Malformed(..) => self.text.push(UNDECODABLE),
            DecoderResult::InputEmpty => self.finished = self.ended,
            DecoderResult::OutputFull => {}
        }
    }
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let ready = match self.decoder {
                None => &self.raw[self.start..],
                Some(_) => &self.text[self.given..],
            };
            if !ready.is_empty() || buffer.is_empty() {
                let count = ready.len().min(buffer.len());
                buffer[..count].copy_from_slice(&ready[..count]);
                match self.decoder {
                    None => self.start += count,
                    Some(_) => self.given += count,
                }
                return Ok(count);
            }
            let is_at_end = match self.decoder {
                None => self.ended,
                Some(_) => self.finished,
            };
            if is_at_end {
                return Ok(0);
            }
            if !self.ended && self.start == self.raw.len() {
                self.read_more()?;
            }
            self.decode();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives a byte at a time, which tears every character.
    struct Drop<'a>(&'a [u8]);

    impl Read for Drop<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let Some((first, rest)) = self.0.split_first() else {
                return Ok(0);
            };
            buffer[0] = *first;
            self.0 = rest;
            Ok(1)
        }
    }

    fn decoded(bytes: &[u8], encoding: &str, mark: usize) -> Vec<u8> {
        let mut decoded = Decoded::new(Drop(bytes));
        decoded.head(3).expect("memory does not fail");
        decoded.begin(encoding.parse().expect("an encoding"), mark);
        let mut text = Vec::new();
        decoded
            .read_to_end(&mut text)
            .expect("memory does not fail");
        text
    }

    #[test]
    fn torn_characters_are_joined() {
        for (bytes, encoding, mark, text) in [
            (&b"\xff\xfe\x2d\x4e\n\0"[..], "utf-16le", 2, "中\n"),
            (b"\x4e\x2d\0\n", "utf-16be", 0, "中\n"),
            (b"\xd6\xd0\x95\x32\x82\x36,", "gb18030", 0, "中𠀀,"),
            (b"caf\xe9", "latin1", 0, "café"),
            ("\u{feff}中".as_bytes(), "utf-8", 3, "中"),
            (b"", "gbk", 0, ""),
        ] {
            assert_eq!(
                decoded(bytes, encoding, mark),
                text.as_bytes(),
                "{encoding}"
            );
        }
    }

    #[test]
    fn what_cannot_be_decoded_is_no_utf8_and_ends_with_its_line() {
        for (bytes, encoding, text) in [
            (&b"a\xff,b\nc"[..], "gb18030", &b"a\xff,b\nc"[..]),
            (b"a\xd6\nc", "gb18030", b"a\xff\nc"),
            (b"a\xd6", "gb18030", b"a\xff"),
            (b"a\0\x3d\xd8\n\0b\0", "utf-16le", b"a\xff\nb"),
            (b"a\0b", "utf-16le", b"a\xff"),
        ] {
            assert_eq!(decoded(bytes, encoding, 0), text, "{bytes:?}");
        }
    }

    #[test]
    fn long_text_passes_whole() {
        let text = "编码,é\n".repeat(50_000);
        let (bytes, _, _) = encoding_rs::GB18030.encode(&text);
        let mut decoded = Decoded::new(bytes.as_ref());
        decoded.begin("gbk".parse().expect("an encoding"), 0);
        let mut found = String::new();
        decoded.read_to_string(&mut found).expect("whole");
        assert!(found == text);
    }
}
