//! The rows of one source into accounts and rejected rows, with the control totals.

use super::columns::Columns;
use super::header::Header;
use super::reading::{Reading, Unusable};
use super::records::Rows;
use super::rows::read_row;
use super::understood::Words;
use super::{Encoding, InputError, Note};
use crate::model::{InputFile, Place, Rejected, RowFault, Text};

impl Reading<'_> {
    /// Reads the rows below the header to the end of the source.
    pub(super) fn table(
        &mut self,
        name: &str,
        header: &Header,
        columns: &Columns,
        encoding: Encoding,
        rows: &mut impl Rows,
    ) -> Result<InputFile, Unusable> {
        let file: Text = name.into();
        let mut table = InputFile {
            file: file.clone(),
            sha256: String::new(),
            rows: 0,
            accepted: 0,
            rejected: 0,
            columns: columns.readings.clone(),
            changed_while_read: false,
        };
        let mut words = Words::default();
        let mut undecodable = Tally::default();
        let mut folded = Tally::default();
        let mut contradictory = Tally::default();
        while let Some((line, outcome)) = rows.next()? {
            let cells = rows.cells();
            if outcome.is_ok() && cells.is_blank() {
                continue;
            }
            table.rows += 1;
            self.rows += 1;
            if self.rows > self.options.limits.rows {
                return Err(Unusable::Input(InputError::TooManyRows {
                    file: name.to_owned(),
                    limit: self.options.limits.rows,
                }));
            }
            let read = outcome.and_then(|()| {
                let texts = cells
                    .texts()
                    .map(|text| text.trim_start_matches('\u{feff}'));
                if header.cells.iter().map(String::as_str).eq(texts) {
                    return Err(RowFault::HeaderAgain);
                }
                read_row(columns, cells, &mut self.texts)
            });
            match read {
                Ok(row) => {
                    table.accepted += 1;
                    folded.count(row.folded, line);
                    contradictory.count(row.contradictory, line);
                    for heard in row.heard {
                        words.count(heard, line);
                    }
                    for draft in row.drafts {
                        let file = file.clone();
                        self.accounts.add(draft, Place { file, line });
                    }
                }
                Err(reason) => {
                    table.rejected += 1;
                    undecodable.count(reason == RowFault::Encoding, line);
                    let file = file.clone();
                    self.input.rejected.push(Rejected { file, line, reason });
                }
            }
        }
        if table.rows == 0 {
            let file = name.to_owned();
            return Err(InputError::NoRows { file }.into());
        }
        let notes = &mut self.input.notes;
        notes.extend(undecodable.first_line.map(|first_line| Note::EncodingRows {
            file: file.clone(),
            rows: undecodable.rows,
            first_line,
            encoding,
        }));
        notes.extend(folded.first_line.map(|first_line| Note::OddCharacters {
            file: file.clone(),
            rows: folded.rows,
            first_line,
        }));
        notes.extend(
            contradictory
                .first_line
                .map(|first_line| Note::ContradictoryRows {
                    file: file.clone(),
                    rows: contradictory.rows,
                    first_line,
                }),
        );
        for (column, rows, first_line) in words.ones_among_numbers() {
            let index = columns.index(column).unwrap_or_default();
            let header = columns.readings.get(index);
            notes.push(Note::OneAmongNumbers {
                file: file.clone(),
                header: header
                    .map(|reading| reading.header.clone())
                    .unwrap_or_default(),
                rows,
                first_line,
            });
        }
        self.input.understood.extend(words.into_understood(&file));
        Ok(table)
    }
}

/// How many rows, and where the first one is.
#[derive(Default)]
struct Tally {
    rows: u64,
    first_line: Option<u64>,
}

impl Tally {
    fn count(&mut self, holds: bool, line: u64) {
        if holds {
            self.rows += 1;
            self.first_line.get_or_insert(line);
        }
    }
}
