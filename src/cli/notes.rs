//! What the input and the roots have to say beside the findings, as messages.

use crate::input;
use crate::model::{GroupUse, Observations, Text, Value};
use crate::report::Message;
use crate::trust;

/// What is said of the input.
pub fn of_input(note: &input::Note) -> Message {
    use input::Note;
    let key = format!("note-{}", note.word());
    match note {
        Note::PasswordColumn { file, header }
        | Note::SoundsSecret { file, header }
        | Note::SecondColumn { file, header }
        | Note::ColumnWithoutHost { file, header }
        | Note::UnknownColumn { file, header } => {
            about(key, file).with("header", Value::Foreign(header.clone()))
        }
        Note::HeaderFurtherDown { file, line, rows } => {
            about(key, file).with("line", *line).with("rows", *rows)
        }
        Note::OneAmongNumbers {
            file,
            header,
            rows,
            first_line,
        } => about(key, file)
            .with("header", Value::Foreign(header.clone()))
            .with("line", *first_line)
            .with("rows", *rows),
        Note::SheetRead {
            file,
            sheet,
            others,
        } => about(key, file)
            .with("sheet", Value::Foreign(sheet.clone()))
            .with("others", *others),
        Note::EncodingMarked { file, encoding }
        | Note::EncodingStated { file, encoding }
        | Note::EncodingGuessed { file, encoding } => {
            about(key, file).with("encoding", named(*encoding))
        }
        Note::EncodingRows {
            file,
            rows,
            first_line,
            encoding,
        } => about(key, file)
            .with("line", *first_line)
            .with("rows", *rows)
            .with("encoding", named(*encoding)),
        Note::OddCharacters {
            file,
            rows,
            first_line,
        }
        | Note::ContradictoryRows {
            file,
            rows,
            first_line,
        } => about(key, file)
            .with("line", *first_line)
            .with("rows", *rows),
        Note::ChangedWhileRead { file } => about(key, file),
    }
}

/// What is said of the roots.
pub fn of_roots(note: trust::Note) -> Message {
    match note {
        trust::Note::MozillaForSystem => Message::new("note-mozilla-for-system"),
    }
}

/// What is said of a network that became another while the run lasted (threat model H11).
pub fn of_vantage(observations: &Observations) -> Option<Message> {
    let changed = observations.vantage_changed() == Some(true);
    changed.then(|| Message::new("note-vantage-changed"))
}

/// What is said of groups in which no account is: their names may be misspelt.
pub fn of_groups(groups: &[GroupUse]) -> impl Iterator<Item = Message> {
    let empty = groups
        .iter()
        .filter(|group| group.accounts + group.elsewhere == 0);
    empty.map(|group| {
        Message::new("note-group-empty").with("group", Value::Foreign(group.name.clone()))
    })
}

fn named(encoding: input::Encoding) -> Value {
    Value::Term(encoding.name().to_owned())
}

fn about(key: String, file: &Text) -> Message {
    Message::new(key).with("file", Value::Foreign(file.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::{Language, Words};

    #[test]
    fn every_limit_in_force_has_a_name_in_every_language() {
        for limit in crate::probe::Options::default().shown().keys() {
            for language in Language::ALL {
                let key = format!("limit-{limit}");
                assert!(Words::of(language).has(&key), "{key} in {language}");
            }
        }
    }

    #[test]
    fn every_note_is_said_in_every_language_with_all_its_values() {
        let file = || Text::from("file.csv");
        let header = || "kopf".to_owned();
        let (rows, first_line) = (4_711, 815);
        let encoding: input::Encoding = "big5".parse().expect("an encoding");
        let notes = [
            input::Note::PasswordColumn {
                file: file(),
                header: header(),
            },
            input::Note::HeaderFurtherDown {
                file: file(),
                line: 815,
                rows: 4_711,
            },
            input::Note::SoundsSecret {
                file: file(),
                header: header(),
            },
            input::Note::ColumnWithoutHost {
                file: file(),
                header: header(),
            },
            input::Note::OneAmongNumbers {
                file: file(),
                header: header(),
                rows,
                first_line,
            },
            input::Note::SheetRead {
                file: file(),
                sheet: "blatt".to_owned(),
                others: 4_711,
            },
            input::Note::SecondColumn {
                file: file(),
                header: header(),
            },
            input::Note::UnknownColumn {
                file: file(),
                header: header(),
            },
            input::Note::EncodingMarked {
                file: file(),
                encoding,
            },
            input::Note::EncodingStated {
                file: file(),
                encoding,
            },
            input::Note::EncodingGuessed {
                file: file(),
                encoding,
            },
            input::Note::EncodingRows {
                file: file(),
                rows,
                first_line,
                encoding,
            },
            input::Note::OddCharacters {
                file: file(),
                rows,
                first_line,
            },
            input::Note::ContradictoryRows {
                file: file(),
                rows,
                first_line,
            },
            input::Note::ChangedWhileRead { file: file() },
        ];
        let empty = [GroupUse {
            name: "gruppe".to_owned(),
            accounts: 0,
            elsewhere: 0,
        }];
        let messages = notes
            .iter()
            .map(of_input)
            .chain([of_roots(trust::Note::MozillaForSystem)])
            .chain([Message::new("note-vantage-changed")])
            .chain(of_groups(&empty));
        for message in messages {
            for language in Language::ALL {
                let words = Words::of(language);
                assert!(words.has(&message.message), "{message:?} in {language}");
                let said = message.say(&words);
                for value in message.values.values() {
                    let value = words.say("a-value", &[("value", value.clone())]);
                    assert!(said.contains(&value), "{said} lacks {value}");
                }
            }
        }
    }
}
