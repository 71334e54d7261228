//! One source after the other: its encoding, its header, its table.

use std::io::Read;
use std::path::Path;

use super::aliases::{SECRETS, sounds_secret};
use super::columns::{Columns, Unclear};
use super::decoded::Decoded;
use super::encoding::{self, Chosen, EncodingSource};
use super::fields::{Column, normal};
use super::file::{self, Hashed};
use super::header::{self, Header, NoHeader};
use super::merge::Accounts;
use super::records::{Records, Stop};
use super::rows::Texts;
use super::workbook::{Unfit, Workbook};
use super::{Encoding, Input, InputError, Limits, Note, ReadOptions};
use crate::model::{ColumnUsage, InputFile, Text};

/// What is known so far, over all files.
pub(super) struct Reading<'a> {
    pub(super) options: &'a ReadOptions,
    mapped: Vec<(String, Column)>,
    map_used: Vec<bool>,
    pub(super) input: Input,
    pub(super) accounts: Accounts,
    pub(super) texts: Texts,
    pub(super) rows: u64,
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
        let mut decoded = Decoded::new(Hashed::new(source, limits.file));
        let outcome = self.whole(name, &mut decoded);
        let hashed = decoded.into_source();
        match outcome {
            Ok(mut file) => {
                let (read, sha256) = hashed.finish();
                file.sha256 = sha256.to_string();
                self.input.files.push(file);
                Ok(read)
            }
            Err(Unusable::Input(error)) => Err(error),
            Err(Unusable::Stop(Stop::EndlessLine { line })) => Err(InputError::EndlessLine {
                file: name.to_owned(),
                line,
            }),
            Err(Unusable::Stop(Stop::Unfit(why))) => Err(unfit(name, why, &limits)),
            Err(Unusable::Stop(Stop::Io(_))) if hashed.is_over() => Err(InputError::TooLarge {
                file: name.to_owned(),
                limit: limits.file,
            }),
            Err(Unusable::Stop(Stop::Io(error))) => Err(InputError::Unreadable {
                file: name.to_owned(),
                error,
            }),
        }
    }

    fn whole<R: Read>(
        &mut self,
        name: &str,
        source: &mut Decoded<R>,
    ) -> Result<InputFile, Unusable> {
        let head = source.head(header::reach(&self.options.limits))?;
        if head.starts_with(b"PK\x03\x04") {
            return self.workbook(name, source);
        }
        if head.starts_with(b"\xd0\xcf\x11\xe0") {
            let file = name.to_owned();
            return Err(InputError::OldWorkbook { file }.into());
        }
        self.text(name, source)
    }

    /// Reads the first sheet of a workbook that has a header row.
    fn workbook<R: Read>(
        &mut self,
        name: &str,
        source: &mut Decoded<R>,
    ) -> Result<InputFile, Unusable> {
        let limits = self.options.limits;
        let mut bytes = Vec::new();
        let limit = limits.workbook as u64;
        source.take(limit + 1).read_to_end(&mut bytes)?;
        if bytes.len() > limits.workbook {
            let (file, what) = (name.to_owned(), "of file");
            return Err(InputError::WorkbookTooLarge { file, what, limit }.into());
        }
        let mut workbook = Workbook::open(&bytes, &limits).map_err(Stop::Unfit)?;
        let sheet = match workbook.choose(&self.mapped)? {
            Ok(sheet) => sheet,
            Err(why) => return Err(self.no_header(name, why, Chosen::PLAIN).into()),
        };
        let columns = self.columns(name, &sheet.header)?;
        let file: Text = name.into();
        self.input.notes.push(Note::SheetRead {
            file: file.clone(),
            sheet: sheet.sheet.clone(),
            others: sheet.others,
        });
        self.remark(&file, &sheet.header, &columns);
        let mut rows = workbook.rows(&sheet)?;
        let encoding = Chosen::PLAIN.encoding;
        self.table(name, &sheet.header, &columns, encoding, &mut rows)
    }

    /// Reads a text of records.
    fn text<R: Read>(
        &mut self,
        name: &str,
        source: &mut Decoded<R>,
    ) -> Result<InputFile, Unusable> {
        let limits = self.options.limits;
        let reach = header::reach(&limits);
        let chosen = encoding::choose(source.head(reach)?, self.options.encoding, |head| {
            let found = header::find(head, &limits, &self.mapped).ok()?;
            Some(found.header.score)
        });
        source.begin(chosen.encoding, chosen.mark);
        let mut records = Records::new(source, limits);
        let found = match header::find(records.head(reach)?, &limits, &self.mapped) {
            Ok(found) => found,
            Err(why) => return Err(self.no_header(name, why, chosen).into()),
        };
        records.skip(found.length, found.lines, found.delimiter);
        let columns = self.columns(name, &found.header)?;
        let file: Text = name.into();
        self.input
            .notes
            .extend(remark(&file, chosen, self.options.encoding));
        self.remark(&file, &found.header, &columns);
        self.table(name, &found.header, &columns, chosen.encoding, &mut records)
    }

    fn no_header(&self, name: &str, why: NoHeader, chosen: Chosen) -> InputError {
        let file = name.to_owned();
        let encoding = chosen.encoding.name();
        match why {
            NoHeader::Empty => InputError::Empty { file },
            NoHeader::NoHost => {
                let is_guess = chosen.source == EncodingSource::Guessed;
                let guessed = is_guess.then_some(encoding);
                InputError::NoHostColumn { file, guessed }
            }
            NoHeader::Undecodable => InputError::Undecodable { file, encoding },
            NoHeader::TooLong => {
                let columns = self.options.limits.columns;
                InputError::HeaderTooLong { file, columns }
            }
        }
    }

    fn columns(&mut self, name: &str, header: &Header) -> Result<Columns, InputError> {
        let file = name.to_owned();
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
            return Err(InputError::NoPersonColumn { file, line });
        }
        Ok(columns)
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
        for reading in &columns.readings {
            let file = file.clone();
            let header = reading.header.clone();
            notes.extend(match reading.usage {
                ColumnUsage::Read | ColumnUsage::Dropped | ColumnUsage::Untitled => None,
                ColumnUsage::Secret => Some(Note::PasswordColumn { file, header }),
                _ if sounds_secret(&normal(&header)) => Some(Note::SoundsSecret { file, header }),
                ColumnUsage::Second => Some(Note::SecondColumn { file, header }),
                ColumnUsage::NoHost => Some(Note::ColumnWithoutHost { file, header }),
                ColumnUsage::Unknown => Some(Note::UnknownColumn { file, header }),
            });
        }
    }
}

/// What is to be said of the encoding; nothing of UTF-8 where nobody stated another one.
fn remark(file: &Text, chosen: Chosen, stated: Option<Encoding>) -> Option<Note> {
    let file = file.clone();
    let encoding = chosen.encoding;
    match chosen.source {
        EncodingSource::Plain => None,
        EncodingSource::Mark if encoding.is_utf8() && stated.is_none_or(Encoding::is_utf8) => None,
        EncodingSource::Mark => Some(Note::EncodingMarked { file, encoding }),
        EncodingSource::Stated => Some(Note::EncodingStated { file, encoding }),
        EncodingSource::Guessed => Some(Note::EncodingGuessed { file, encoding }),
    }
}

fn unfit(name: &str, unfit: Unfit, limits: &Limits) -> InputError {
    let file = name.to_owned();
    match unfit {
        Unfit::NotXlsx => InputError::NoWorkbook { file },
        Unfit::Broken => InputError::BrokenWorkbook { file },
        Unfit::Inflated => InputError::WorkbookTooLarge {
            file,
            what: "once inflated",
            limit: limits.inflated,
        },
        Unfit::Strings => InputError::WorkbookTooLarge {
            file,
            what: "of text",
            limit: limits.strings as u64,
        },
    }
}

/// Why a source gives no table.
pub(super) enum Unusable {
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

impl From<std::io::Error> for Unusable {
    fn from(error: std::io::Error) -> Self {
        Unusable::Stop(error.into())
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
