//! Records one after the other, within bounded memory, whatever the bytes are.

use std::io::{self, Read};

use super::Limits;
use super::split::{Cells, Split, Splitter, first_line_end, line_end};
use super::workbook::Unfit;
use crate::model::RowFault;

/// How many bytes are asked for at once.
const CHUNK: usize = 64 << 10;

/// Why reading cannot go on.
#[derive(Debug)]
pub(super) enum Stop {
    /// The source failed.
    Io(io::Error),
    /// A line goes on and on.
    EndlessLine { line: u64 },
    /// A workbook is not what it should be.
    Unfit(Unfit),
}

impl From<Unfit> for Stop {
    fn from(unfit: Unfit) -> Self {
        Stop::Unfit(unfit)
    }
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Stop::Io(error)
    }
}

/// A record's first line, and whether it could be split.
pub(super) type Record = (u64, Result<(), RowFault>);

/// The records of one source. Their cells are in [`Rows::cells`] until the next one is read.
pub(super) struct Records<R> {
    source: R,
    limits: Limits,
    splitter: Splitter,
    window: Vec<u8>,
    start: usize,
    ended: bool,
    line: u64,
    /// Bytes from `start` in which a quote ends with its line: they were already split once as
    /// part of a record that came to nothing. So no byte is split more than twice.
    single_lines: usize,
}

impl<R: Read> Records<R> {
    pub(super) fn new(source: R, limits: Limits) -> Self {
        Records {
            source,
            limits,
            splitter: Splitter::new(b',', limits),
            window: Vec::new(),
            start: 0,
            ended: false,
            line: 1,
            single_lines: 0,
        }
    }

    /// The next bytes, `length` of them unless the source ends before.
    pub(super) fn head(&mut self, length: usize) -> Result<&[u8], Stop> {
        self.fill(length)?;
        let length = length.min(self.window.len() - self.start);
        Ok(&self.window[self.start..self.start + length])
    }

    /// Goes on behind `length` bytes that hold `lines` line ends, with that delimiter.
    pub(super) fn skip(&mut self, length: usize, lines: u64, delimiter: u8) {
        self.consume(length, lines);
        self.splitter = Splitter::new(delimiter, self.limits);
    }
}

/// Rows one after the other, of a text or of a sheet.
pub(super) trait Rows {
    /// Reads the next row; `None` at the end.
    fn next(&mut self) -> Result<Option<Record>, Stop>;

    /// The cells of the row that was read last.
    fn cells(&self) -> &Cells;
}

impl<R: Read> Rows for Records<R> {
    fn cells(&self) -> &Cells {
        self.splitter.cells()
    }

    /// A record that cannot be split is a fault, and the next one begins on the line after it, or
    /// after its first line if a quote is open.
    fn next(&mut self) -> Result<Option<Record>, Stop> {
        self.fill(self.limits.record + 2)?;
        let bytes = &self.window[self.start..];
        if bytes.is_empty() {
            return Ok(None);
        }
        let line = self.line;
        let over_lines = self.single_lines == 0;
        let outcome = match self.splitter.split(bytes, over_lines) {
            Split::Whole {
                length,
                lines,
                too_long,
            } => {
                self.consume(length, lines);
                if too_long {
                    Err(RowFault::TooLong)
                } else {
                    Ok(())
                }
            }
            Split::Overlong { scanned } => {
                self.single_lines = self.single_lines.max(scanned);
                self.pass_over_line()?;
                Err(RowFault::TooLong)
            }
            Split::QuoteOpen { scanned } => {
                self.single_lines = self.single_lines.max(scanned);
                self.pass_over_line()?;
                Err(RowFault::QuoteOpen)
            }
        };
        Ok(Some((line, outcome)))
    }
}

impl<R: Read> Records<R> {
    /// Makes sure that `wanted` bytes from `start` are at hand, or all there are.
    fn fill(&mut self, wanted: usize) -> Result<(), Stop> {
        if self.ended || self.window.len() - self.start >= wanted {
            return Ok(());
        }
        self.window.drain(..self.start);
        self.start = 0;
        while !self.ended && self.window.len() < wanted {
            let before = self.window.len();
            self.window.resize(before + CHUNK, 0);
            let count = match self.source.read(&mut self.window[before..]) {
                Ok(count) => count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {
                    self.window.truncate(before);
                    continue;
                }
                Err(error) => return Err(error.into()),
            };
            self.window.truncate(before + count);
            self.ended = count == 0;
        }
        Ok(())
    }

    fn consume(&mut self, length: usize, lines: u64) {
        self.start += length;
        self.line += lines;
        self.single_lines = self.single_lines.saturating_sub(length);
    }

    fn pass_over_line(&mut self) -> Result<(), Stop> {
        let mut passed = 0;
        loop {
            // One byte more than is looked for a line end, so that CR LF is never torn.
            self.fill(CHUNK)?;
            let bytes = &self.window[self.start..];
            match first_line_end(bytes) {
                Some(at) if at + 1 < bytes.len() || self.ended => {
                    let length = at + line_end(&bytes[at..]);
                    self.consume(length, 1);
                    return Ok(());
                }
                Some(at) => self.consume(at, 0),
                None => {
                    let length = bytes.len();
                    passed += length as u64;
                    self.consume(length, 0);
                    if self.ended {
                        return Ok(());
                    }
                    if passed > self.limits.endless_line {
                        return Err(Stop::EndlessLine { line: self.line });
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn lines_of(text: &[u8], limits: Limits) -> Vec<(u64, Result<(), RowFault>)> {
        let mut records = Records::new(text, limits);
        std::iter::from_fn(|| records.next().expect("memory does not fail")).collect()
    }

    #[test]
    fn lines_are_counted_through_quotes_and_every_line_end() {
        let found = lines_of(b"a\r\nb\rc\n\"d\ne\",f\ng", Limits::default());
        let lines: Vec<u64> = found.iter().map(|(line, _)| *line).collect();
        assert_eq!(lines, [1, 2, 3, 4, 6]);
    }

    #[test]
    fn reading_goes_on_behind_an_open_quote() {
        let found = lines_of(b"a\n\"b,c\nd\ne\n", Limits::default());
        assert_eq!(
            found,
            [
                (1, Ok(())),
                (2, Err(RowFault::QuoteOpen)),
                (3, Ok(())),
                (4, Ok(()))
            ]
        );
    }

    #[test]
    fn reading_goes_on_behind_a_record_too_long() {
        let limits = Limits {
            record: 10,
            ..Limits::default()
        };
        let found = lines_of(b"aaaaaaaaaaaa\r\nb\r\n\"cccccccccccccc\nd", limits);
        assert_eq!(
            found,
            [
                (1, Err(RowFault::TooLong)),
                (2, Ok(())),
                (3, Err(RowFault::QuoteOpen)),
                (4, Ok(()))
            ]
        );
    }

    #[test]
    fn a_record_behind_a_fault_is_split_afresh() {
        let limits = Limits {
            record: 10,
            ..Limits::default()
        };
        for fault in ["\"cccccccccccccc", "dddddddddddddd,\"", "\"e\nf\"g,h\ni"] {
            let text = format!("{fault}\n\"a,\",b\n");
            let mut records = Records::new(text.as_bytes(), limits);
            let first = records.next().expect("memory does not fail");
            assert!(matches!(first, Some((1, Err(_)))), "{first:?}");
            while records.next().expect("memory does not fail").is_some() {}
            let last: Vec<&str> = records.cells().texts().collect();
            assert_eq!(last, ["a,", "b"], "{fault:?}");
        }
    }

    #[test]
    fn a_line_without_end_stops() {
        let mut records = Records::new(io::repeat(b','), Limits::default());
        let stop = records.next();
        assert!(matches!(stop, Err(Stop::EndlessLine { line: 1 })));
        assert!(records.window.len() <= 3 * CHUNK);
    }

    #[test]
    fn many_open_quotes_are_looked_at_twice_at_most() {
        let text = b"x\",\"y\n".repeat(50_000);
        let found = lines_of(&text, Limits::default());
        assert_eq!(found.len(), 50_000);
        assert!(
            found
                .iter()
                .all(|(_, fault)| *fault == Err(RowFault::QuoteOpen))
        );
    }

    #[test]
    fn what_an_overlong_record_swallowed_is_looked_at_twice_at_most() {
        let limits = Limits {
            record: 44,
            ..Limits::default()
        };
        // Every line closes the quote of the one before, and opens one; the limit falls between.
        let found = lines_of(&b"xx\",\"\n".repeat(30), limits);
        assert_eq!(found[0], (1, Err(RowFault::TooLong)));
        assert_eq!(found[1], (2, Err(RowFault::QuoteOpen)));
        assert_eq!(found.len(), 30);
    }

    proptest! {
        #[test]
        fn what_the_csv_crate_writes_is_read(
            rows in prop::collection::vec(
                prop::collection::vec("[a-z \",\n\r;é，]{0,12}", 1..6), 1..6),
        ) {
            let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
            for row in &rows {
                writer.write_record(row).expect("into memory");
            }
            let bytes = writer.into_inner().expect("into memory");
            let mut records = Records::new(bytes.as_slice(), Limits::default());
            for row in &rows {
                let outcome = records.next().expect("memory does not fail");
                prop_assert!(matches!(outcome, Some((_, Ok(())))), "{:?}", outcome);
                let trimmed: Vec<&str> = row.iter().map(|cell| cell.trim()).collect();
                prop_assert_eq!(records.cells().texts().collect::<Vec<_>>(), trimmed);
            }
            prop_assert!(records.next().expect("memory does not fail").is_none());
        }

        #[test]
        fn every_line_is_in_one_record(
            bytes in prop::collection::vec(prop::sample::select(b"ab,\"\"\r\n".to_vec()), 1..200),
        ) {
            let limits = Limits { record: 30, field: 12, columns: 5, ..Limits::default() };
            let mut records = Records::new(bytes.as_slice(), limits);
            let mut before = 0;
            while let Some((line, _)) = records.next().expect("memory does not fail") {
                prop_assert!(line > before);
                before = line;
            }
            let text = String::from_utf8_lossy(&bytes).replace("\r\n", "\n");
            let ends = text.matches(['\r', '\n']).count() as u64;
            prop_assert_eq!(records.line, ends + 1);
        }
    }
}
