//! Tables in sheets: a header that stays, a filter, and a further sheet where one is full.

use jiff::Timestamp;
use rust_xlsxwriter::{ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};

use crate::report::escape::workbook_cell;

/// What stands in a cell.
pub(super) enum Cell {
    /// A text, made visible; never a formula, never a link.
    Text(String),
    /// A number.
    Number(u64),
    /// A moment in UTC, which sorts as one.
    Time(Timestamp),
    /// Nothing.
    Blank,
}

impl Cell {
    pub(super) fn text(text: impl AsRef<str>) -> Self {
        match text.as_ref() {
            "" => Cell::Blank,
            text => Cell::Text(workbook_cell(text)),
        }
    }

    pub(super) fn maybe(text: Option<impl AsRef<str>>) -> Self {
        text.map_or(Cell::Blank, Cell::text)
    }
}

impl From<usize> for Cell {
    fn from(number: usize) -> Self {
        Cell::Number(number as u64)
    }
}

/// A column: what stands above it, and how many characters wide it is.
pub(super) struct Column {
    pub(super) title: String,
    pub(super) width: u16,
}

/// The workbook while its tables are written, one behind the other.
pub(super) struct Sheets {
    book: Workbook,
    /// Rows below the header of one sheet.
    limit: u32,
    header: Format,
    moment: Format,
}

impl Sheets {
    pub(super) fn new(book: Workbook, limit: u32) -> Self {
        Sheets {
            book,
            limit,
            header: Format::new().set_bold().set_align(FormatAlign::Top),
            moment: Format::new().set_num_format("yyyy-mm-dd hh:mm"),
        }
    }

    pub(super) fn into_book(self) -> Workbook {
        self.book
    }

    /// Writes a table: `name`, then `name 2` and so on where a sheet is full.
    pub(super) fn table(
        &mut self,
        name: &str,
        columns: &[Column],
        rows: impl Iterator<Item = Vec<Cell>>,
    ) -> Result<(), XlsxError> {
        let mut rows = rows.peekable();
        let mut number = 1;
        loop {
            let name = match number {
                1 => name.to_owned(),
                _ => format!("{name} {number}"),
            };
            let mut sheet = self.book.new_worksheet_with_constant_memory()?;
            sheet.set_name(name)?;
            for (place, column) in (0..).zip(columns) {
                sheet.set_column_width(place, f64::from(column.width))?;
                sheet.write_string_with_format(0, place, &column.title, &self.header)?;
            }
            let mut last = 0;
            while last < self.limit
                && let Some(row) = rows.next()
            {
                last += 1;
                for (place, cell) in (0..).zip(row) {
                    self.put(&mut sheet, last, place, cell)?;
                }
            }
            sheet.set_freeze_panes(1, 0)?;
            if let Some(place) = columns.len().checked_sub(1) {
                sheet.autofilter(0, 0, last, u16::try_from(place).unwrap_or(u16::MAX))?;
            }
            self.book.push_worksheet(sheet);
            if rows.peek().is_none() {
                return Ok(());
            }
            number += 1;
        }
    }

    fn put(
        &self,
        sheet: &mut Worksheet,
        row: u32,
        column: u16,
        cell: Cell,
    ) -> Result<(), XlsxError> {
        match cell {
            Cell::Blank => return Ok(()),
            Cell::Text(text) => sheet.write_string(row, column, text)?,
            Cell::Number(number) => sheet.write_number(row, column, number as f64)?,
            // A certificate can end behind the last day that a sheet knows.
            Cell::Time(time) => match ExcelDateTime::from_timestamp(time.as_second()) {
                Ok(moment) => {
                    sheet.write_datetime_with_format(row, column, &moment, &self.moment)?
                }
                Err(_) => sheet.write_string(row, column, time.to_string())?,
            },
        };
        Ok(())
    }
}
