//! One source after the other: its header, its rows, its control totals.

use std::io::Read;
use std::path::Path;

use super::aliases::SECRETS;
use super::columns::{Columns, Unclear};
use super::fields::{Column, normal};
use super::file::{self, Hashed};
use super::header::{self, Header, NoHeader};
use super::merge::Accounts;
use super::records::{Records, Stop};
use super::rows::{self, Texts};
use super::{Input, InputError, Note, ReadOptions, encoding};
use crate::model::{InputFile, Place, Rejected, RowFault, Text};

/// What is known so far, over all files.
pub(super) struct Reading<'a> {
    options: &'a ReadOptions,
    mapped: Vec<(String, Column)>,
    map_used: Vec<bool>,
    input: Input,
    accounts: Accounts,
    texts: Texts,
    rows: u64,
    pub(super) errors: Vec<InputError>,
}

impl<'a> Reading<'a> {
    pub(super) fn begin(options: &'a ReadOptions) -> Self {
        let mut mapped = Vec::new();
        let mut errors = Vec::new();
        for (header, field) in &options.map {
            let normal = normal(header);
            if SECRETS.contains(&normal.as_str()) {
                let header = header.clone();
                errors.push(InputError::MapSecret { header });
            } else if let Some(column) = Column::named(field) {
                mapped.push((normal, column));
            } else {
                errors.push(InputError::MapField {
                    header: header.clone(),
                    field: field.clone(),
                    known: Column::words(),
                });
            }
        }
        Reading {
            options,
            map_used: vec![false; mapped.len()],
            mapped,
            input: Input::default(),
            accounts: Accounts::default(),
            texts: Texts::default(),
            rows: 0,
            errors,
        }
    }

    pub(super) fn finish(mut self) -> Result<Input, Vec<InputError>> {
        if self.errors.is_empty() {
            let unused = self.map_used.iter().zip(&self.options.map);
            let unused = unused.filter(|(used, _)| !**used);
            self.errors
                .extend(unused.map(|(_, (header, _))| InputError::MapHeader {
                    header: header.clone(),
                }));
        }
        if !self.errors.is_empty() {
            return Err(self.errors);
        }
        self.input.accounts = self.accounts.into_vec();
        Ok(self.input)
    }

    pub(super) fn file(&mut self, path: &Path, name: &str) -> Result<(), InputError> {
        let (opened, before) = file::open(path, self.options.limits.file)?;
        let read = self.source(name, opened)?;
        if file::has_changed(path, &before, read)
            && let Some(file) = self.input.files.last_mut()
        {
            file.changed_while_read = true;
            let file = file.file.clone();
            self.input.notes.push(Note::ChangedWhileRead { file });
        }
        Ok(())
    }

    /// Reads one source to its end, and says how many bytes it had.
    pub(super) fn source(&mut self, name: &str, source: impl Read) -> Result<u64, InputError> {
        let limits = self.options.limits;
        let mut records = Records::new(Hashed::new(source, limits.file), limits);
        match self.table(name, &mut records) {
            Ok(mut file) => {
                let (read, sha256) = records.into_source().finish();
                file.sha256 = sha256.to_string();
                self.input.files.push(file);
                Ok(read)
            }
            Err(Unusable::Input(error)) => Err(error),
            Err(Unusable::Stop(Stop::EndlessLine { line })) => Err(InputError::EndlessLine {
                file: name.to_owned(),
                line,
            }),
            Err(Unusable::Stop(Stop::Io(_))) if records.into_source().is_over() => {
                Err(InputError::TooLarge {
                    file: name.to_owned(),
                    limit: limits.file,
                })
            }
            Err(Unusable::Stop(Stop::Io(error))) => Err(InputError::Unreadable {
                file: name.to_owned(),
                error,
            }),
        }
    }

    fn table<R: Read>(
        &mut self,
        name: &str,
        records: &mut Records<R>,
    ) -> Result<InputFile, Unusable> {
        let file: Text = name.into();
        let (header, columns) = self.header(name, records)?;
        self.remark(&file, &header, &columns);
        let mut table = InputFile {
            file: file.clone(),
            sha256: String::new(),
            rows: 0,
            accepted: 0,
            rejected: 0,
            columns: columns.readings.clone(),
            changed_while_read: false,
        };
        let mut not_utf8 = Tally::default();
        let mut folded = Tally::default();
        let mut contradictory = Tally::default();
        while let Some((line, outcome)) = records.next()? {
            let cells = records.cells();
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
                rows::read_row(&columns, cells, &mut self.texts)
            });
            match read {
                Ok(row) => {
                    table.accepted += 1;
                    folded.count(row.folded, line);
                    contradictory.count(row.contradictory, line);
                    for draft in row.drafts {
                        let file = file.clone();
                        self.accounts.add(draft, Place { file, line });
                    }
                }
                Err(reason) => {
                    table.rejected += 1;
                    not_utf8.count(reason == RowFault::Encoding, line);
                    let file = file.clone();
                    self.input.rejected.push(Rejected { file, line, reason });
                }
            }
        }
        if table.rows == 0 {
            return Err(Unusable::Input(InputError::NoRows {
                file: name.to_owned(),
            }));
        }
        let notes = &mut self.input.notes;
        notes.extend(not_utf8.first_line.map(|first_line| Note::EncodingRows {
            file: file.clone(),
            rows: not_utf8.rows,
            first_line,
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
        Ok(table)
    }

    fn header<R: Read>(
        &mut self,
        name: &str,
        records: &mut Records<R>,
    ) -> Result<(Header, Columns), Unusable> {
        let limits = self.options.limits;
        let file = name.to_owned();
        let head = records.head(header::reach(&limits))?;
        encoding::check_start(name, head)?;
        let mark = if head.starts_with(encoding::BOM) {
            encoding::BOM.len()
        } else {
            0
        };
        let header = match header::find(&head[mark..], &limits, &self.mapped) {
            Ok(header) => header,
            Err(NoHeader::Empty) => return Err(InputError::Empty { file }.into()),
            Err(NoHeader::NoHost) => return Err(InputError::NoHostColumn { file }.into()),
            Err(NoHeader::NotUtf8) => {
                let likely = encoding::likely(head);
                return Err(InputError::NotUtf8 { file, likely }.into());
            }
            Err(NoHeader::TooLong) => {
                let columns = limits.columns;
                return Err(InputError::HeaderTooLong { file, columns }.into());
            }
        };
        records.skip(mark + header.length, header.lines, header.delimiter);
        let texts: Vec<&str> = header.cells.iter().map(String::as_str).collect();
        for ((from, _), used) in self.mapped.iter().zip(&mut self.map_used) {
            *used |= texts.iter().any(|text| normal(text) == *from);
        }
        let said = |index: usize| header.cells.get(index).cloned().unwrap_or_default();
        let columns = Columns::read(&texts, &self.mapped).map_err(|unclear| match unclear {
            Unclear::Twice {
                field,
                first,
                second,
            } => InputError::ColumnTwice {
                file: file.clone(),
                field,
                first,
                second,
                headers: (said(first), said(second)),
            },
            Unclear::WhichService { column } => InputError::WhichService {
                file: file.clone(),
                column,
                header: said(column),
            },
        })?;
        if !columns.names_person() {
            let line = header.line;
            return Err(InputError::NoPersonColumn { file, line }.into());
        }
        Ok((header, columns))
    }

    fn remark(&mut self, file: &Text, header: &Header, columns: &Columns) {
        let notes = &mut self.input.notes;
        if header.rows_above > 0 {
            notes.push(Note::HeaderFurtherDown {
                file: file.clone(),
                line: header.line,
                rows: header.rows_above,
            });
        }
        for (index, reading) in columns.readings.iter().enumerate() {
            let file = file.clone();
            let header = reading.header.clone();
            if reading.secret {
                notes.push(Note::PasswordColumn { file, header });
            } else if columns.seconds.contains(&index) {
                notes.push(Note::SecondColumn { file, header });
            } else if reading.field.is_none() && !reading.header.is_empty() {
                notes.push(Note::UnknownColumn { file, header });
            }
        }
    }
}

/// Why a source gives no table.
enum Unusable {
    Input(InputError),
    Stop(Stop),
}

impl From<InputError> for Unusable {
    fn from(error: InputError) -> Self {
        Unusable::Input(error)
    }
}

impl From<Stop> for Unusable {
    fn from(stop: Stop) -> Self {
        Unusable::Stop(stop)
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

#[cfg(test)]
mod tests {
    use std::io;

    use super::*;

    fn error_of(source: impl Read) -> Option<InputError> {
        let options = ReadOptions::default();
        Reading::begin(&options).source("-", source).err()
    }

    #[test]
    fn input_without_end_ends() {
        for byte in [b',', b'"', 0, b'x', 0xff] {
            assert!(error_of(io::repeat(byte)).is_some());
        }
        let table = "email,host\nli@a.test,m.a.test\n";
        for byte in [b',', b'x', b'"'] {
            let error = error_of(table.as_bytes().chain(io::repeat(byte)));
            assert!(
                matches!(error, Some(InputError::EndlessLine { line: 3, .. })),
                "{error:?}"
            );
        }
    }

    #[test]
    fn a_source_that_fails_is_no_shorter_table() {
        struct Failing;
        impl Read for Failing {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(io::ErrorKind::ConnectionReset.into())
            }
        }
        let table = "email,host\nli@a.test,m.a.test\n";
        let error = error_of(table.as_bytes().chain(Failing));
        assert!(matches!(error, Some(InputError::Unreadable { .. })));
    }
}
