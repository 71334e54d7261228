//! One record into its cells, which csv's own engine splits.
//!
//! The engine finds some reading of any bytes. What it cannot tell is found out here: that a
//! record, a field or the number of fields is over its limit, that a line is empty, that a quote
//! is open, and how many bytes were looked at by then (threat model D1).

use csv_core::{ReadFieldResult, Reader, ReaderBuilder};

use super::Limits;

/// The cells of one record, in one buffer that is used again for the next.
#[derive(Debug, Default)]
pub(super) struct Cells {
    /// Room for a whole record; what stands behind the last end is of no record.
    bytes: Vec<u8>,
    ends: Vec<usize>,
    is_utf8: bool,
}

impl Cells {
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    fn raw(&self, index: usize) -> Option<&[u8]> {
        let end = *self.ends.get(index)?;
        let begin = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        self.bytes.get(begin..end)
    }

    /// The cell without the space around it; empty beyond the last one.
    pub(super) fn text(&self, index: usize) -> &str {
        let raw = self.raw(index).unwrap_or_default();
        std::str::from_utf8(raw).unwrap_or_default().trim()
    }

    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|index| self.text(index))
    }

    pub(super) fn is_utf8(&self) -> bool {
        self.is_utf8
    }

    pub(super) fn holds_nul(&self) -> bool {
        let end = self.ends.last().copied().unwrap_or(0);
        self.bytes[..end].contains(&0)
    }

    pub(super) fn is_blank(&self) -> bool {
        self.is_utf8 && self.texts().all(str::is_empty)
    }

    /// Begins a row whose cells are pushed one by one.
    pub(super) fn renew(&mut self) {
        self.bytes.clear();
        self.ends.clear();
        self.is_utf8 = true;
    }

    pub(super) fn push(&mut self, text: &str) {
        self.bytes.extend_from_slice(text.as_bytes());
        self.ends.push(self.bytes.len());
    }

    /// Makes room for a record of `length` bytes: no cell is longer than it was written.
    fn clear(&mut self, length: usize) {
        if self.bytes.len() <= length {
            self.bytes.resize(length + 1, 0);
        }
        self.ends.clear();
        self.is_utf8 = true;
    }
}

/// How a record ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Split {
    /// At its line end, which `length` includes, or at the end of the input.
    Whole {
        length: usize,
        lines: u64,
        /// A field or the number of fields was over its limit.
        too_long: bool,
    },
    /// Not within the limit, and no quote is open. `scanned` bytes were looked at.
    Overlong { scanned: usize },
    /// Inside a quote: at the limit, at the end of the input, or where text follows the quote
    /// that seemed to close it some lines further down. `scanned` bytes were looked at.
    QuoteOpen { scanned: usize },
}

/// Splits records at one delimiter.
#[derive(Debug)]
pub(super) struct Splitter {
    engine: Reader,
    limits: Limits,
    cells: Cells,
}

impl Splitter {
    pub(super) fn new(delimiter: u8, limits: Limits) -> Self {
        Splitter {
            engine: ReaderBuilder::new().delimiter(delimiter).build(),
            limits,
            cells: Cells::default(),
        }
    }

    /// Those of the record that was split last.
    pub(super) fn cells(&self) -> &Cells {
        &self.cells
    }

    /// Splits the record at the start of `bytes`, which must reach two bytes beyond the record
    /// limit or to the end of the input. Without `over_lines` a quote ends with its line.
    pub(super) fn split(&mut self, bytes: &[u8], over_lines: bool) -> Split {
        let reach = self.limits.record.saturating_add(2).min(bytes.len());
        let within = match first_line_end(&bytes[..reach]) {
            Some(end) if !over_lines => &bytes[..end + line_end(&bytes[end..reach])],
            _ => &bytes[..reach],
        };
        self.cells.clear(within.len());
        // The engine passes over empty lines.
        let empty_line = line_end(within);
        if empty_line > 0 {
            self.cells.ends.push(0);
            return Split::Whole {
                length: empty_line,
                lines: 1,
                too_long: false,
            };
        }
        self.begin();
        let mut too_long = false;
        let (mut at, mut written) = (0, 0);
        let (mut field, mut cell) = (0, 0);
        loop {
            let room = &mut self.cells.bytes[written..];
            let (result, read, wrote) = self.engine.read_field(&within[at..], room);
            at += read;
            written += wrote;
            let record_end = match result {
                ReadFieldResult::Field { record_end } => record_end,
                ReadFieldResult::End => true,
                // Nothing more is at hand, which is how the engine is told of the end.
                ReadFieldResult::InputEmpty if at <= self.limits.record => continue,
                ReadFieldResult::InputEmpty | ReadFieldResult::OutputFull => {
                    return match open_quote(&within[field..at]) {
                        Some(scanned) => Split::QuoteOpen {
                            scanned: field + scanned,
                        },
                        None => Split::Overlong { scanned: at },
                    };
                }
            };
            // Without the delimiter or the first byte of the line end.
            let end = at - usize::from(read > 0);
            if let Some(scanned) = open_quote(&within[field..end]) {
                let scanned = field + scanned;
                return Split::QuoteOpen { scanned };
            }
            too_long |= written - cell > self.limits.field;
            if self.cells.len() < self.limits.columns {
                self.cells.ends.push(written);
            } else {
                too_long = true;
            }
            (field, cell) = (at, written);
            if record_end {
                return self.whole(within, end, too_long);
            }
        }
    }

    /// Begins a record. An empty read ends the one before, wherever that stopped, and keeps the
    /// engine from taking a byte order mark in the middle of a file for that of the file.
    fn begin(&mut self) {
        self.engine.read_field(&[], &mut []);
    }

    fn whole(&mut self, within: &[u8], end: usize, too_long: bool) -> Split {
        if end > self.limits.record {
            return Split::Overlong { scanned: end };
        }
        let length = end + line_end(&within[end..]);
        let record = &within[..length];
        self.cells.is_utf8 = std::str::from_utf8(record).is_ok();
        Split::Whole {
            length,
            lines: line_ends(record),
            too_long,
        }
    }
}

/// Looks into a field as it is written, without what ends it. Where its quote is open, says how
/// many bytes show it: all of them, or those up to a closing quote with text behind it, if that
/// quote is on a later line.
fn open_quote(field: &[u8]) -> Option<usize> {
    let mut rest = field.strip_prefix(b"\"")?;
    let mut over_lines = false;
    loop {
        rest = match rest {
            [] => return Some(field.len()),
            [b'"'] => return None,
            [b'"', b'"', rest @ ..] => rest,
            [b'"', rest @ ..] => return over_lines.then_some(field.len() - rest.len()),
            [byte, rest @ ..] => {
                over_lines |= matches!(byte, b'\r' | b'\n');
                rest
            }
        };
    }
}

/// Where the first line ends.
pub(super) fn first_line_end(bytes: &[u8]) -> Option<usize> {
    bytes.iter().position(|b| matches!(b, b'\r' | b'\n'))
}

/// The length of the line end at the start: 2 for CR LF, 1 for CR or LF alone, otherwise 0.
pub(super) fn line_end(bytes: &[u8]) -> usize {
    match bytes {
        [b'\r', b'\n', ..] => 2,
        [b'\r' | b'\n', ..] => 1,
        _ => 0,
    }
}

fn line_ends(bytes: &[u8]) -> u64 {
    let mut count = 0;
    let mut before = 0;
    for &byte in bytes {
        count += u64::from(byte == b'\r' || (byte == b'\n' && before != b'\r'));
        before = byte;
    }
    count
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cells_of(bytes: &[u8]) -> (Split, Vec<String>) {
        let mut splitter = Splitter::new(b',', Limits::default());
        let how = splitter.split(bytes, true);
        (how, splitter.cells().texts().map(str::to_owned).collect())
    }

    #[test]
    fn quotes_delimiters_and_line_ends() {
        let (how, cells) = cells_of(b"a,\"b,\"\"c\"\"\r\nd\",\r\nnext");
        assert_eq!(
            how,
            Split::Whole {
                length: 17,
                lines: 2,
                too_long: false
            }
        );
        assert_eq!(cells, ["a", "b,\"c\"\r\nd", ""]);
    }

    #[test]
    fn a_quote_that_swallows_the_next_row_is_open() {
        let (how, _) = cells_of(b"\"Li,x\nWang,\"y\",z\n");
        assert_eq!(how, Split::QuoteOpen { scanned: 12 });
        let (how, _) = cells_of(b"\"Li,x\nWang,y\n");
        assert_eq!(how, Split::QuoteOpen { scanned: 13 });
    }

    #[test]
    fn text_after_a_quote_on_one_line_stays() {
        assert_eq!(cells_of(b"\"Bob\" Smith,x").1, ["Bob Smith", "x"]);
    }

    #[test]
    fn the_limits_hold_to_the_byte() {
        let limits = Limits {
            record: 20,
            field: 8,
            columns: 3,
            ..Limits::default()
        };
        let how = |text: &str| Splitter::new(b',', limits).split(text.as_bytes(), true);
        let too_long = |text: &str| {
            let how = how(text);
            assert!(matches!(how, Split::Whole { .. }), "{how:?}");
            matches!(how, Split::Whole { too_long: true, .. })
        };
        for (length, is_too_long) in [(7, false), (8, false), (9, true)] {
            assert_eq!(too_long(&"x".repeat(length)), is_too_long, "field {length}");
            let quoted = format!("\"{}\"\n", "x".repeat(length));
            assert_eq!(too_long(&quoted), is_too_long, "quoted field {length}");
        }
        for (columns, is_too_long) in [(2, false), (3, false), (4, true)] {
            let text = vec!["x"; columns].join(",");
            assert_eq!(too_long(&text), is_too_long, "{columns} columns");
        }
        for (length, is_whole) in [(19, true), (20, true), (21, false)] {
            for end in ["", "\n", "\r\n"] {
                let text = format!("{:x<length$}{end}", "a,b,");
                let whole = matches!(how(&text), Split::Whole { .. });
                assert_eq!(whole, is_whole, "record {length} {end:?}");
            }
        }
    }

    #[test]
    fn a_byte_order_mark_inside_a_file_is_text() {
        assert_eq!(cells_of("\u{feff}a,b".as_bytes()).1, ["\u{feff}a", "b"]);
        let (how, _) = cells_of("\u{feff}\na\n".as_bytes());
        assert!(matches!(how, Split::Whole { length: 4, .. }), "{how:?}");
    }

    #[test]
    fn an_empty_line_is_a_record() {
        for (text, length) in [("\r\na", 2), ("\n\na", 1), ("\r\ra", 1)] {
            let (how, cells) = cells_of(text.as_bytes());
            let whole = Split::Whole {
                length,
                lines: 1,
                too_long: false,
            };
            assert_eq!((how, cells), (whole, vec![String::new()]), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn a_whole_record_ends_with_a_line_or_the_input(
            bytes in prop::collection::vec(prop::sample::select(b"a,\"\r\n\xe4".to_vec()), 1..40),
            over_lines: bool,
        ) {
            let limits = Limits { record: 20, field: 8, columns: 5, ..Limits::default() };
            let mut splitter = Splitter::new(b',', limits);
            match splitter.split(&bytes, over_lines) {
                Split::Whole { length, lines, .. } => {
                    let record = &bytes[..length];
                    let is_at_line_end = matches!(record.last(), Some(b'\r' | b'\n'))
                        && !(record.ends_with(b"\r") && bytes[length..].starts_with(b"\n"));
                    prop_assert!(length <= limits.record + 2);
                    prop_assert!(is_at_line_end || length == bytes.len());
                    prop_assert!(over_lines || lines <= 1);
                    prop_assert!(lines > 0 || !is_at_line_end);
                    prop_assert!((1..=limits.columns).contains(&splitter.cells().len()));
                }
                Split::Overlong { scanned } => prop_assert!(scanned > limits.record),
                Split::QuoteOpen { scanned } => {
                    prop_assert!((1..=limits.record + 2).contains(&scanned));
                    prop_assert!(bytes[..scanned].contains(&b'"'));
                }
            }
        }
    }
}
