//! Stand-ins for the places of the input: a file's name may be a person's, and the line of a row in an
//! alphabetical list is as good as the first letters of a name.

use std::collections::{HashMap, HashSet};

use super::Message;
use super::key::{Kind, PseudonymKey};
use super::people::People;
use crate::model::{Account, ColumnReading, InputFile, Place, Rejected, Text};

/// What stands for each file, and for each line that gave an account.
pub(super) struct Places {
    files: HashMap<Text, OfFile>,
}

#[derive(Default)]
struct OfFile {
    name: Text,
    /// Lines that gave no account: they keep their numbers, which say nothing of anybody.
    rejected: HashSet<u64>,
    lines: HashMap<u64, u64>,
    last: u64,
}

impl Places {
    /// Before any line is told.
    pub fn of(inputs: &[InputFile], rejected: &[Rejected]) -> Self {
        let mut files: HashMap<Text, OfFile> = HashMap::new();
        for input in inputs {
            let number = files.len() + 1;
            let file = files.entry(input.file.clone()).or_default();
            if file.name.is_empty() {
                file.name = format!("input-{number}.csv").into();
            }
        }
        let mut places = Places { files };
        for row in rejected {
            places.file(&row.file).rejected.insert(row.line);
        }
        places
    }

    fn file(&mut self, name: &Text) -> &mut OfFile {
        let number = self.files.len() + 1;
        self.files.entry(name.clone()).or_insert_with(|| OfFile {
            name: format!("input-{number}.csv").into(),
            ..OfFile::default()
        })
    }

    /// What stands for a file.
    pub fn name(&mut self, file: &Text) -> Text {
        self.file(file).name.clone()
    }

    /// Numbers the lines in the order of the accounts, which is no longer that of the input.
    pub fn tell(&mut self, accounts: &mut [Account]) {
        for place in accounts.iter_mut().flat_map(|account| &mut account.sources) {
            self.redact(place);
        }
    }

    fn redact(&mut self, place: &mut Place) {
        let Place { file, line } = place;
        let of_file = self.file(file);
        *file = of_file.name.clone();
        *line = match of_file.lines.get(line) {
            Some(line) => *line,
            None => {
                // The header's line is no row's.
                of_file.last = of_file.last.max(1) + 1;
                while of_file.rejected.contains(&of_file.last) {
                    of_file.last += 1;
                }
                of_file.lines.insert(*line, of_file.last);
                of_file.last
            }
        };
    }

    /// What stands for a line: itself, if it gave no account.
    pub fn line(&mut self, file: &Text, line: u64) -> u64 {
        let of_file = self.file(file);
        of_file.lines.get(&line).copied().unwrap_or(line)
    }

    /// A note of the input names a file, and may name a line and a header.
    pub fn redact_note(&mut self, note: &mut Message, people: &People<'_>) {
        use crate::model::Value;
        let Message { message: _, values } = note;
        let file = match values.get("file") {
            Some(Value::Foreign(file)) => Some(Text::from(file.as_str())),
            _ => None,
        };
        for (name, value) in values {
            *value = match (name.as_ref(), &file, &*value) {
                ("file", Some(file), _) => Value::Foreign(self.name(file).to_string()),
                ("line", Some(file), Value::Number(line)) => {
                    let line = u64::try_from(*line).unwrap_or(0);
                    Value::from(self.line(file, line))
                }
                (_, _, value) => people.called_value(value),
            };
        }
    }

    pub fn redact_rejected(&mut self, row: &mut Rejected) {
        let Rejected {
            file,
            line: _,
            reason: _,
        } = row;
        *file = self.name(file);
    }

    pub fn redact_input(&mut self, input: &mut InputFile, people: &People<'_>, key: &PseudonymKey) {
        let InputFile {
            file,
            sha256,
            rows: _,
            accepted: _,
            rejected: _,
            columns,
            changed_while_read: _,
        } = input;
        *file = self.name(file);
        *sha256 = key.hash(Kind::File, sha256);
        for ColumnReading {
            header,
            field: _,
            usage: _,
        } in columns
        {
            *header = people.called(header);
        }
    }
}
