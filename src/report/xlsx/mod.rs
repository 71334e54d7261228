//! `report.xlsx`: a workbook for whoever sorts and filters. Texts are texts: no formula, no link.
//!
//! Rows go to a temporary file while they are made, so that 500,000 accounts need no memory; a table
//! that is longer than a sheet goes on in a further sheet.

mod sheets;
mod tables;

use std::io::{self, Seek, Write};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook};

use crate::words::Words;

use super::Report;
use super::format::WriteError;
use sheets::Sheets;

/// Rows that a sheet holds below its header: 1,048,576 with it is what the format allows.
const ROWS: u32 = 1_048_575;

/// Writes `report.xlsx`.
///
/// # Errors
///
/// What the output, or the directory for temporary files, cannot take.
pub fn xlsx(report: &Report<'_>, words: &Words, out: &mut dyn Write) -> Result<(), WriteError> {
    xlsx_split_at(ROWS, report, words, out)
}

/// Writes `report.xlsx` with at most so many rows below the header of a sheet, from 1 to 1,048,575.
///
/// # Errors
///
/// What the output, or the directory for temporary files, cannot take.
pub fn xlsx_split_at(
    rows: u32,
    report: &Report<'_>,
    words: &Words,
    out: &mut dyn Write,
) -> Result<(), WriteError> {
    let mut book = Workbook::new();
    // The time of the run, not that of the writing: the same run gives the same bytes.
    let finished = ExcelDateTime::from_timestamp(report.run.finished.as_second())?;
    let properties = DocProperties::new()
        .set_creation_datetime(&finished)
        .set_title(words.say("report-title", &[]));
    book.set_properties(&properties);
    let mut sheets = Sheets::new(book, rows.clamp(1, ROWS));
    tables::summary(report, words, &mut sheets)?;
    tables::findings(report, words, &mut sheets)?;
    tables::accounts(report, words, &mut sheets)?;
    tables::endpoints(report, words, &mut sheets)?;
    tables::calendar(report, words, &mut sheets)?;
    let mut file = tempfile::tempfile()?;
    sheets.into_book().save_to_writer(&file)?;
    file.rewind()?;
    io::copy(&mut file, out)?;
    Ok(())
}
