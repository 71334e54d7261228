//! One record into its cells, as RFC 4180 and its relatives write them.
//!
//! The csv crate can neither bound a record before it is buffered nor say where the line after
//! an open quote begins; both are needed here (threat model D1). What is well formed is split
//! exactly as that crate does, which a test compares.

use super::Limits;

/// The cells of one record, in one buffer that is used again for the next.
#[derive(Debug, Default)]
pub(super) struct Cells {
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

impl Cells {
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    fn clear(&mut self) {
        self.bytes.clear();
        self.ends.clear();
    }

    fn begin(&self) -> usize {
        self.ends.last().copied().unwrap_or(0)
    }

    fn end_cell(&mut self) {
        self.ends.push(self.bytes.len());
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
        (0..self.len()).all(|index| {
            self.raw(index)
                .is_some_and(|c| std::str::from_utf8(c).is_ok())
        })
    }

    pub(super) fn holds_nul(&self) -> bool {
        self.bytes.contains(&0)
    }

    pub(super) fn is_blank(&self) -> bool {
        self.is_utf8() && self.texts().all(str::is_empty)
    }
}

/// How a record ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Split {
    /// At its line end, which `length` includes, or at the end of the input.
    Whole {
        length: usize,
        lines: u64,
        /// A field or the number of fields was over its limit; the cells are cut.
        too_long: bool,
    },
    /// Not within the limit, and no quote is open.
    Overlong,
    /// Inside a quote: at the limit, at the end of the input, or where text follows the quote
    /// that seemed to close it some lines further down. `scanned` bytes were looked at.
    QuoteOpen { scanned: usize },
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    FieldStart,
    Bare,
    Quoted,
    Closed,
}

/// Splits the record at the start of `bytes`, which must reach two bytes beyond the record limit
/// or to the end of the input. Without `over_lines` a quote ends with its line.
pub(super) fn split(
    bytes: &[u8],
    delimiter: &[u8],
    limits: &Limits,
    over_lines: bool,
    cells: &mut Cells,
) -> Split {
    cells.clear();
    let mut state = State::FieldStart;
    let mut lines = 0;
    let mut field_over_lines = false;
    let mut too_long = false;
    let mut at = 0;
    loop {
        let rest = bytes.get(at..).unwrap_or_default();
        let line_end = line_end(rest);
        if state == State::Quoted {
            if rest.is_empty() || at >= limits.record || (line_end > 0 && !over_lines) {
                return Split::QuoteOpen { scanned: at };
            }
        } else if rest.is_empty() || line_end > 0 {
            cells.end_cell();
            return Split::Whole {
                length: at + line_end,
                lines: lines + u64::from(line_end > 0),
                too_long: too_long || cells.len() > limits.columns,
            };
        } else if at >= limits.record {
            return Split::Overlong;
        }
        let mut keep = 0;
        let mut step = 1;
        match state {
            State::Quoted if rest[0] == b'"' => state = State::Closed,
            State::Quoted => {
                field_over_lines |= line_end > 0;
                lines += u64::from(line_end > 0);
                step = line_end.max(1);
                keep = step;
            }
            State::Closed if rest[0] == b'"' => {
                state = State::Quoted;
                keep = 1;
            }
            State::FieldStart if rest[0] == b'"' => state = State::Quoted,
            _ if rest.starts_with(delimiter) => {
                if cells.len() < limits.columns {
                    cells.end_cell();
                } else {
                    too_long = true;
                }
                state = State::FieldStart;
                field_over_lines = false;
                step = delimiter.len();
            }
            State::Closed if field_over_lines => return Split::QuoteOpen { scanned: at },
            _ => {
                state = State::Bare;
                keep = 1;
            }
        }
        if cells.bytes.len() - cells.begin() + keep > limits.field {
            too_long = true;
        } else {
            cells.bytes.extend_from_slice(&rest[..keep]);
        }
        at += step;
    }
}

/// The length of the line end at the start: 2 for CR LF, 1 for CR or LF alone, otherwise 0.
pub(super) fn line_end(bytes: &[u8]) -> usize {
    match bytes {
        [b'\r', b'\n', ..] => 2,
        [b'\r' | b'\n', ..] => 1,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cells_of(bytes: &[u8]) -> (Split, Vec<String>) {
        let mut cells = Cells::default();
        let how = split(bytes, b",", &Limits::default(), true, &mut cells);
        (how, cells.texts().map(str::to_owned).collect())
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
        let how = |text: &str| split(text.as_bytes(), b",", &limits, true, &mut Cells::default());
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

    proptest! {
        #[test]
        fn what_is_well_formed_is_split_as_the_csv_crate_does(
            fields in prop::collection::vec("[a-z \",\n\r;é，]{0,12}", 1..6),
        ) {
            let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
            writer.write_record(&fields).expect("into memory");
            let bytes = writer.into_inner().expect("into memory");
            let mut cells = Cells::default();
            let how = split(&bytes, b",", &Limits::default(), true, &mut cells);
            let whole = matches!(how, Split::Whole { length, .. } if length == bytes.len());
            prop_assert!(whole, "{how:?}");
            let split: Vec<&[u8]> = (0..cells.len()).filter_map(|i| cells.raw(i)).collect();
            let written: Vec<&[u8]> = fields.iter().map(String::as_bytes).collect();
            prop_assert_eq!(split, written);
        }
    }
}
