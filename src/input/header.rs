//! The header row: where it is, and what separates its cells.

use super::Limits;
use super::columns::Columns;
use super::fields::Column;
use super::split::{Split, Splitter, first_line_end, line_end};

/// Commas first, so that a tie goes to them.
const DELIMITERS: [u8; 3] = *b",;\t";

/// How many rows are searched: titles and merged cells stand above the header of many sheets.
pub(super) const ROWS: usize = 10;

/// The header row of a file.
#[derive(Debug)]
pub(super) struct Header {
    /// Its cells, without the space around them.
    pub(super) cells: Vec<String>,
    /// The line at which it begins, from 1.
    pub(super) line: u64,
    /// Rows above it that are not blank.
    pub(super) rows_above: usize,
    /// How many of the cells are known headers.
    pub(super) score: usize,
}

/// The header row of a text, and what is behind it.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) header: Header,
    pub(super) delimiter: u8,
    /// Bytes and line ends up to the first data row.
    pub(super) length: usize,
    pub(super) lines: u64,
}

/// Why there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoHeader {
    /// Nothing but blank rows.
    Empty,
    /// No row names a host column.
    NoHost,
    /// A row could not be decoded, and no other names a host column.
    Undecodable,
    /// A row is longer than a record may be, or has too many columns.
    TooLong,
}

/// How many bytes [`find`] may need to look at.
pub(super) fn reach(limits: &Limits) -> usize {
    limits.record.saturating_add(2).saturating_mul(ROWS + 1)
}

/// Finds the row with the most known headers among the first ten, and its delimiter.
pub(super) fn find(
    head: &[u8],
    limits: &Limits,
    mapped: &[(String, Column)],
) -> Result<Found, NoHeader> {
    let mut best: Option<Found> = None;
    let mut why = NoHeader::Empty;
    let (mut at, mut line, mut rows) = (0, 1, 0);
    let mut splitters = DELIMITERS.map(|delimiter| (delimiter, Splitter::new(delimiter, *limits)));
    let last = limits.record.saturating_add(2).saturating_mul(ROWS);
    while rows < ROWS && at < head.len() && at <= last {
        let rest = &head[at..];
        if let Some(length) = blank_line(rest, limits) {
            at += length;
            line += 1;
            continue;
        }
        let mut step = None;
        let mut is_title = false;
        for (delimiter, splitter) in &mut splitters {
            let (length, lines) = match splitter.split(rest, true) {
                Split::Whole { too_long: true, .. } | Split::Overlong { .. } => {
                    if why == NoHeader::Empty {
                        why = NoHeader::TooLong;
                    }
                    continue;
                }
                Split::Whole { length, lines, .. } => (length, lines),
                Split::QuoteOpen { .. } => {
                    is_title = true;
                    continue;
                }
            };
            step.get_or_insert((length, lines));
            let cells = splitter.cells();
            if names_separator(cells.text(0)) {
                continue;
            }
            is_title = true;
            if !cells.is_utf8() {
                why = NoHeader::Undecodable;
                continue;
            }
            if why == NoHeader::Empty {
                why = NoHeader::NoHost;
            }
            let texts: Vec<&str> = cells.texts().collect();
            let Some(score) = Columns::score(&texts, mapped) else {
                continue;
            };
            if best.as_ref().is_none_or(|best| score > best.header.score) {
                let header = Header {
                    cells: texts.iter().map(|text| (*text).to_owned()).collect(),
                    line,
                    rows_above: rows,
                    score,
                };
                best = Some(Found {
                    header,
                    delimiter: *delimiter,
                    length: at + length,
                    lines: line - 1 + lines,
                });
            }
        }
        let Some((length, lines)) = step.or_else(|| first_line(rest, limits)) else {
            break;
        };
        at += length;
        line += lines;
        rows += usize::from(is_title);
    }
    best.ok_or(why)
}

/// The length of the first line with its end, if it holds nothing but space and delimiters.
fn blank_line(rest: &[u8], limits: &Limits) -> Option<usize> {
    let at = first_line_end(rest).unwrap_or(rest.len());
    if at > limits.record {
        return None;
    }
    let text = std::str::from_utf8(&rest[..at]).ok()?;
    let is_blank = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | '"');
    text.chars()
        .all(is_blank)
        .then(|| at + line_end(&rest[at..]))
}

/// The first line of a row that has an open quote.
fn first_line(rest: &[u8], limits: &Limits) -> Option<(usize, u64)> {
    let within = &rest[..rest.len().min(limits.record)];
    let at = first_line_end(within)?;
    Some((at + line_end(&rest[at..]), 1))
}

/// `sep=;`, which spreadsheets take for an order and which is no row.
fn names_separator(cell: &str) -> bool {
    let word = cell.get(..4);
    word.is_some_and(|word| word.eq_ignore_ascii_case("sep=")) && cell.chars().count() <= 5
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Found {
        find(text.as_bytes(), &Limits::default(), &[]).expect("a header")
    }

    #[test]
    fn the_delimiter_is_that_of_the_header_outside_quotes() {
        for (text, delimiter) in [
            ("email,host\n", b','),
            ("email;host;port\n", b';'),
            ("email\thost\n", b'\t'),
            ("\"email, of the person\";host\n", b';'),
            ("sep=;\nemail;host\n", b';'),
        ] {
            assert_eq!(found(text).delimiter, delimiter, "{text}");
        }
    }

    #[test]
    fn titles_above_the_header_are_passed_over() {
        let found = found("2026 邮箱台账,,\n\n部门：全部\n姓名,邮箱,收件服务器\nx");
        let header = found.header;
        assert_eq!((header.line, header.rows_above), (4, 2));
        assert_eq!(header.cells, ["姓名", "邮箱", "收件服务器"]);
    }

    #[test]
    fn only_the_first_ten_rows_are_searched() {
        let below = |rows: usize| format!("{}email,host\n", "title\n".repeat(rows));
        for (rows, is_found) in [(8, true), (9, true), (10, false)] {
            let found = find(below(rows).as_bytes(), &Limits::default(), &[]);
            assert_eq!(found.is_ok(), is_found, "{rows}");
        }
    }

    #[test]
    fn what_has_no_header_says_why() {
        let why = |bytes: &[u8]| find(bytes, &Limits::default(), &[]).err();
        assert_eq!(why(b""), Some(NoHeader::Empty));
        assert_eq!(why(b"\n,,\n"), Some(NoHeader::Empty));
        assert_eq!(why(b"email,port\n"), Some(NoHeader::NoHost));
        assert_eq!(why(b"\xd3\xca\xcf\xe4,x\n"), Some(NoHeader::Undecodable));
        assert_eq!(why(&[b','; 70_000]), Some(NoHeader::TooLong));
    }
}
