//! JSON in which every character that is not plain is spelled `\u…`.
//!
//! Foreign text can then neither move a terminal's cursor nor reorder a line when a file is
//! shown with `cat` or `jq` (threat model C6). The value read back is the same.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter};

use crate::model::is_plain;

/// Writes one value on one line, without a line end.
pub fn write_compact<T: Serialize + ?Sized>(out: impl Write, value: &T) -> io::Result<()> {
    write_laid_out(out, value, CompactFormatter)
}

/// Writes one value indented by two spaces, without a line end.
pub fn write_pretty<T: Serialize + ?Sized>(out: impl Write, value: &T) -> io::Result<()> {
    write_laid_out(out, value, PrettyFormatter::new())
}

/// Writes one value laid out as `layout` has it; what that says of texts is not asked.
pub fn write_laid_out<T: Serialize + ?Sized>(
    out: impl Write,
    value: &T,
    layout: impl Formatter,
) -> io::Result<()> {
    value.serialize(&mut Serializer::with_formatter(out, Plain(layout)))?;
    Ok(())
}

/// A formatter that spells out what is not plain and leaves layout to another.
struct Plain<F>(F);

macro_rules! as_the_inner_one_does {
    ($($name:ident($($argument:ident: $kind:ty),*);)*) => {
        $(fn $name<W: ?Sized + Write>(&mut self, writer: &mut W $(, $argument: $kind)*) -> io::Result<()> {
            self.0.$name(writer $(, $argument)*)
        })*
    };
}

impl<F: Formatter> Formatter for Plain<F> {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let mut written = 0;
        for (at, c) in fragment.char_indices().filter(|(_, c)| !is_plain(*c)) {
            writer.write_all(&fragment.as_bytes()[written..at])?;
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(writer, "\\u{unit:04x}")?;
            }
            written = at + c.len_utf8();
        }
        writer.write_all(&fragment.as_bytes()[written..])
    }

    as_the_inner_one_does! {
        begin_array();
        end_array();
        begin_array_value(first: bool);
        end_array_value();
        begin_object();
        end_object();
        begin_object_key(first: bool);
        end_object_key();
        begin_object_value();
        end_object_value();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_plain_is_spelled_out_and_reads_back() {
        let text = "a\u{7f}\u{9b}\u{202e}\u{feff}\u{e0041}姓\"\n";
        let mut json = Vec::new();
        write_compact(&mut json, text).expect("a text serialises");
        let json = String::from_utf8(json).expect("JSON is UTF-8");
        assert_eq!(
            json,
            "\"a\\u007f\\u009b\\u202e\\ufeff\\udb40\\udc41姓\\\"\\n\""
        );
        assert_eq!(
            serde_json::from_str::<String>(&json).expect("reads back"),
            text
        );
    }

    #[test]
    fn every_layout_spells_alike() {
        let text = "a\u{1b}\u{7f}\u{85}\u{202e}\u{2028}\u{feff}\u{e0041}\"\\ 姓 é";
        let mut json = Vec::new();
        write_pretty(&mut json, text).expect("a text serialises");
        let json = String::from_utf8(json).expect("JSON is UTF-8");
        assert!(json.chars().all(is_plain), "{json}");
        assert!(json.contains("\\u202e") && json.contains("姓 é"), "{json}");
        assert_eq!(
            serde_json::from_str::<String>(&json).expect("reads back"),
            text
        );
    }
}
