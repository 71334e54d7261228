//! The rows of one sheet, one after the other.

use std::io::BufRead;

use quick_xml::events::Event;

use super::Unfit;
use super::parts::{Xml, attribute, push_reference};
use super::strings::{Piece, Strings};
use crate::input::Limits;
use crate::input::records::{Record, Rows, Stop};
use crate::input::split::Cells;
use crate::model::RowFault;

/// Rows of a sheet, which is what spreadsheets can show.
const ROWS: u64 = 1 << 20;

/// A sheet that is read row by row. Rows without a value are passed over.
pub(super) struct Sheet<'s, R> {
    xml: Xml<R>,
    strings: &'s Strings,
    limits: Limits,
    cells: Cells,
    /// The row that was read last, from 1.
    row: u64,
}

impl<'s, R: BufRead> Sheet<'s, R> {
    pub(super) fn new(xml: Xml<R>, strings: &'s Strings, limits: Limits) -> Self {
        Sheet {
            xml,
            strings,
            limits,
            cells: Cells::default(),
            row: 0,
        }
    }

    /// Goes on behind a row.
    pub(super) fn skip_to(&mut self, row: u64) -> Result<(), Stop> {
        while self.row < row && self.next()?.is_some() {}
        Ok(())
    }

    /// The number of the next row; `None` behind the last one.
    fn begin_row(&mut self) -> Result<Option<u64>, Unfit> {
        loop {
            match self.xml.next()? {
                Event::Start(start) if start.local_name().as_ref() == "row" => {
                    let row = match attribute(&start, "r")? {
                        Some(number) => number.parse().map_err(|_| Unfit::Broken)?,
                        None => self.row + 1,
                    };
                    let is_next = self.row < row && row <= ROWS;
                    return is_next.then_some(Some(row)).ok_or(Unfit::Broken);
                }
                Event::End(end) if end.local_name().as_ref() == "sheetData" => return Ok(None),
                Event::Eof => return Err(Unfit::Broken),
                _ => {}
            }
        }
    }

    /// Reads the cells of the row that has begun.
    fn cells_of_row(&mut self) -> Result<Result<(), RowFault>, Unfit> {
        self.cells.renew();
        let (mut column, mut bytes, mut too_long) = (0, 0, false);
        loop {
            let (place, kind) = match self.xml.next()? {
                Event::Start(start) if start.local_name().as_ref() == "c" => {
                    (attribute(&start, "r")?, attribute(&start, "t")?)
                }
                Event::End(end) if end.local_name().as_ref() == "row" => break,
                Event::Eof => return Err(Unfit::Broken),
                _ => continue,
            };
            if let Some(place) = place {
                let at = column_of(&place).ok_or(Unfit::Broken)?;
                column = if at < column {
                    return Err(Unfit::Broken);
                } else {
                    at
                };
            }
            let value = value(&mut self.xml, self.strings, kind.as_deref())?;
            if !value.is_empty() {
                bytes += value.len();
                too_long |= column >= self.limits.columns
                    || value.len() > self.limits.field
                    || bytes > self.limits.record;
                if !too_long {
                    (self.cells.len()..column).for_each(|_| self.cells.push(""));
                    self.cells.push(&value);
                }
            }
            column += 1;
        }
        Ok(match too_long {
            true => Err(RowFault::TooLong),
            false => Ok(()),
        })
    }
}

impl<R: BufRead> Rows for Sheet<'_, R> {
    fn next(&mut self) -> Result<Option<Record>, Stop> {
        loop {
            let Some(row) = self.begin_row()? else {
                return Ok(None);
            };
            self.row = row;
            let outcome = self.cells_of_row()?;
            if outcome.is_err() || self.cells.len() > 0 {
                return Ok(Some((row, outcome)));
            }
        }
    }

    fn cells(&self) -> &Cells {
        &self.cells
    }
}

/// The value of the cell that has begun, as the sheet shows it without its number format.
fn value<R: BufRead>(
    xml: &mut Xml<R>,
    strings: &Strings,
    kind: Option<&str>,
) -> Result<String, Unfit> {
    let mut inline = Piece::default();
    let mut written = String::new();
    let mut in_value = false;
    loop {
        let event = xml.next()?;
        match &event {
            Event::End(end) if end.local_name().as_ref() == "c" => break,
            Event::Start(start) if start.local_name().as_ref() == "v" => in_value = true,
            Event::End(end) if end.local_name().as_ref() == "v" => in_value = false,
            Event::Text(text) if in_value => written.push_str(&text.xml10_content()),
            Event::CData(text) if in_value => written.push_str(&text.xml10_content()),
            Event::GeneralRef(reference) if in_value => push_reference(&mut written, reference)?,
            event => inline.take(event)?,
        }
    }
    match kind {
        Some("s") if written.is_empty() => Ok(written),
        Some("s") => {
            let index = written.trim().parse().map_err(|_| Unfit::Broken)?;
            let shared = strings.at(index).ok_or(Unfit::Broken)?;
            Ok(shared.trim().to_owned())
        }
        Some("inlineStr") => Ok(inline.text.trim().to_owned()),
        Some("b") => Ok(match written.trim() {
            "1" | "true" => "TRUE".to_owned(),
            "" => String::new(),
            _ => "FALSE".to_owned(),
        }),
        Some("str" | "e" | "d") => Ok(written.trim().to_owned()),
        _ => Ok(plain_number(written.trim())),
    }
}

/// A whole number without exponent or decimals: `1.3800138E10` is a number of eleven digits.
fn plain_number(written: &str) -> String {
    let whole = |number: &f64| number.fract() == 0.0 && number.abs() < 1e15;
    match written.parse::<f64>().ok().filter(whole) {
        Some(number) => format!("{number:.0}"),
        None => written.to_owned(),
    }
}

/// The index of the column in a place such as `AB12`, from 0.
fn column_of(place: &str) -> Option<usize> {
    let letters = place.bytes().take_while(u8::is_ascii_alphabetic);
    let number = letters.take(4).fold(0, |number, letter| {
        number * 26 + usize::from(letter.to_ascii_uppercase() - b'A') + 1
    });
    (1..=16_384).contains(&number).then(|| number - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_and_numbers() {
        for (place, column) in [
            ("A1", Some(0)),
            ("Z9", Some(25)),
            ("AA3", Some(26)),
            ("xfd1", Some(16_383)),
            ("XFE1", None),
            ("ZZZZZZZZ1", None),
            ("12", None),
        ] {
            assert_eq!(column_of(place), column, "{place}");
        }
        for (written, plain) in [
            ("995", "995"),
            ("995.0", "995"),
            ("9.95E2", "995"),
            ("1.3800138000E10", "13800138000"),
            ("995.5", "995.5"),
            ("1E300", "1E300"),
            ("NaN", "NaN"),
        ] {
            assert_eq!(plain_number(written), plain);
        }
    }
}
