//! JSON in which every character that is not plain is spelled `\u` (threat model C6).

use std::io::{self, Write};

use serde_json::ser::Formatter;

use crate::model::is_plain;

/// Writes like serde_json's compact form, one entry of the outermost lists per line.
#[derive(Debug, Default)]
pub(super) struct Plain {
    depth: usize,
}

/// Down to this depth each value begins a line of its own: the members of the document, and the
/// entries of its lists.
const LINES: usize = 2;

impl Plain {
    fn begin_line<W: ?Sized + Write>(&self, out: &mut W, first: bool) -> io::Result<()> {
        if !first {
            out.write_all(b",")?;
        }
        match self.depth <= LINES {
            true => out.write_all(b"\n"),
            false => Ok(()),
        }
    }
}

impl Formatter for Plain {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        out: &mut W,
        text: &str,
    ) -> io::Result<()> {
        let mut units = [0; 2];
        let mut rest = text;
        while let Some(odd) = rest.find(|c| !is_plain(c)) {
            out.write_all(&rest.as_bytes()[..odd])?;
            let mut characters = rest[odd..].chars();
            for unit in characters
                .next()
                .into_iter()
                .flat_map(|c| c.encode_utf16(&mut units).to_vec())
            {
                write!(out, "\\u{unit:04x}")?;
            }
            rest = characters.as_str();
        }
        out.write_all(rest.as_bytes())
    }

    fn begin_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.depth += 1;
        out.write_all(b"[")
    }

    fn end_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.depth -= 1;
        out.write_all(b"]")
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.begin_line(out, first)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.depth += 1;
        out.write_all(b"{")
    }

    fn end_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.depth -= 1;
        if self.depth == 0 {
            out.write_all(b"\n")?;
        }
        out.write_all(b"}")
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        match self.depth {
            1 => self.begin_line(out, first),
            _ if first => Ok(()),
            _ => out.write_all(b","),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Serialize as _;

    #[test]
    fn what_is_not_plain_is_spelled_and_reads_back() {
        let text = "a\u{1b}\u{7f}\u{85}\u{202e}\u{2028}\u{feff}\u{e0041}\"\\ 姓 é";
        let mut out = Vec::new();
        let mut serializer = serde_json::Serializer::with_formatter(&mut out, Plain::default());
        text.serialize(&mut serializer).expect("memory takes it");
        let json = String::from_utf8(out).expect("JSON is UTF-8");
        assert!(json.chars().all(is_plain), "{json}");
        assert!(json.contains("\\u202e") && json.contains("姓 é"), "{json}");
        assert_eq!(
            serde_json::from_str::<String>(&json).expect("reads back"),
            text
        );
    }
}
