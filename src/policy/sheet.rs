//! A TOML file in which every mistake is kept with its place, and reading goes on.

use std::io::Read as _;
use std::ops::Range;
use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::mistake::{Excerpt, Mistake, Mistakes, nearest, shown};

/// The largest file that is read, in bytes (threat model D11).
const LARGEST: u64 = 1 << 20;

/// The most mistakes that are told; finding the place of each costs time.
const MOST: usize = 50;

/// The most names in one list.
const MOST_NAMES: usize = 5000;

/// The longest name, in characters: reports repeat it at every place that they tell of.
const LONGEST_NAME: usize = 200;

/// The longest sentence, in characters.
const LONGEST_SENTENCE: usize = 2000;

/// The text of a policy or waiver file.
///
/// # Errors
/// It cannot be read, is no regular file, is larger than 1 MiB, or is not UTF-8.
pub fn read(path: &Path) -> Result<String, Mistakes> {
    let name = path.display().to_string();
    if path.metadata().is_ok_and(|about| !about.is_file()) {
        return Err(Mistakes::whole(
            &name,
            "it is no regular file",
            "name a file, not a directory or a pipe",
        ));
    }
    let mut bytes = Vec::new();
    std::fs::File::open(path)
        .and_then(|file| file.take(LARGEST + 1).read_to_end(&mut bytes))
        .map_err(|error| {
            Mistakes::whole(
                &name,
                format!("it cannot be read: {error}"),
                "check the name and the permissions",
            )
        })?;
    if bytes.len() as u64 > LARGEST {
        return Err(Mistakes::whole(
            &name,
            "it is larger than 1 MiB",
            "split it, or check that it is the right file",
        ));
    }
    String::from_utf8(bytes)
        .map_err(|_| Mistakes::whole(&name, "it is not UTF-8", "save it as UTF-8"))
}

/// A file while it is read.
pub(super) struct Sheet<'t> {
    text: &'t str,
    mistakes: Vec<Mistake>,
}

/// A key's value with its place.
pub(super) type Cell<'a, 't> = &'a Spanned<DeValue<'t>>;

impl<'t> Sheet<'t> {
    /// Parses a file; what is no TOML is among the mistakes.
    pub fn open(text: &'t str) -> (Self, Spanned<DeTable<'t>>) {
        let (table, errors) = DeTable::parse_recoverable(text);
        let mut sheet = Sheet {
            text,
            mistakes: Vec::new(),
        };
        for error in errors.into_iter().take(MOST) {
            let at = error.span().unwrap_or(0..0);
            sheet.note(at, shown(error.message()), "mend the TOML here");
        }
        (sheet, table)
    }

    /// The mistakes so far, or what was read if there is none.
    pub fn close<T>(self, file: &str, value: Option<T>) -> Result<T, Mistakes> {
        match value {
            Some(value) if self.mistakes.is_empty() => Ok(value),
            _ => Err(Mistakes::of(file, self.mistakes, MOST)),
        }
    }

    /// Whether so many mistakes were found that the rest of the file is not worth reading.
    pub fn enough(&self) -> bool {
        self.mistakes.len() >= MOST
    }

    /// Keeps a mistake at a place of the text, once however often it is met.
    pub fn note(&mut self, at: Range<usize>, what: impl Into<String>, cure: impl Into<String>) {
        if self.enough() {
            return;
        }
        let before = self.text.get(..at.start).unwrap_or(self.text);
        let line_start = before.rfind('\n').map_or(0, |end| end + 1);
        let mistake = Mistake {
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
            what: what.into(),
            cure: cure.into(),
            excerpt: Excerpt::of(self.text, line_start, &at),
        };
        if !self.mistakes.contains(&mistake) {
            self.mistakes.push(mistake);
        }
    }

    /// The members of a list of names, which a policy holds once for each of its days and groups.
    pub fn names<'a>(&mut self, cell: Cell<'a, 't>) -> &'a [Spanned<DeValue<'t>>] {
        let list = self.list(cell);
        self.most(cell, list.len(), MOST_NAMES);
        &list[..list.len().min(MOST_NAMES)]
    }

    /// Notes that a list is longer than is read.
    pub fn most(&mut self, cell: Cell<'_, 't>, count: usize, most: usize) {
        if count > most {
            let what = format!("this list has {count} members");
            self.note(
                cell.span(),
                what,
                format!("{most} are read at most: join some"),
            );
        }
    }

    /// Notes every key of a table that is none of those known.
    pub fn keys(&mut self, table: &DeTable<'t>, known: &[&str]) {
        for key in table.keys() {
            if self.enough() {
                break;
            }
            let word = key.get_ref().as_ref();
            if !known.contains(&word) {
                let what = format!("there is no key `{}` here", shown(word));
                let cure = match nearest(word, known.iter().copied()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("there are {}", known.join(", ")),
                };
                self.note(key.span(), what, cure);
            }
        }
    }

    /// The value of a key that must be there.
    pub fn required<'a>(
        &mut self,
        table: &'a Spanned<DeTable<'t>>,
        key: &str,
        cure: &str,
    ) -> Option<Cell<'a, 't>> {
        let cell = table.get_ref().get(key);
        if cell.is_none() {
            self.note(table.span(), format!("`{key}` is missing"), cure);
        }
        cell
    }

    /// A text that is not blank.
    pub fn words<'a>(&mut self, cell: Cell<'a, 't>) -> Option<&'a str> {
        let text = cell.get_ref().as_str();
        match text.map(str::trim) {
            Some("") => self.wrong(cell, "a text that is not empty"),
            Some(text) => return Some(text),
            None => self.wrong(cell, "a text in quotes"),
        }
        None
    }

    /// A name or a few words that reports repeat: some of it can be read, and it is short.
    pub fn name<'a>(&mut self, cell: Cell<'a, 't>) -> Option<&'a str> {
        self.readable(cell, LONGEST_NAME)
    }

    /// The same of a sentence or two.
    pub fn sentence<'a>(&mut self, cell: Cell<'a, 't>) -> Option<&'a str> {
        self.readable(cell, LONGEST_SENTENCE)
    }

    fn readable<'a>(&mut self, cell: Cell<'a, 't>, longest: usize) -> Option<&'a str> {
        let text = self.words(cell)?;
        if !text.chars().any(char::is_alphanumeric) {
            self.wrong(cell, "a text with a letter or a digit");
            return None;
        }
        if text.chars().nth(longest).is_some() {
            let what = format!("this text has {} characters", text.chars().count());
            self.note(cell.span(), what, format!("write {longest} at most"));
            return None;
        }
        Some(text)
    }

    /// Yes or no.
    pub fn flag(&mut self, cell: Cell<'_, 't>) -> Option<bool> {
        let flag = cell.get_ref().as_bool();
        if flag.is_none() {
            self.wrong(cell, "true or false");
        }
        flag
    }

    /// A whole number within a range.
    pub fn number(
        &mut self,
        cell: Cell<'_, 't>,
        range: std::ops::RangeInclusive<u32>,
    ) -> Option<u32> {
        let number = cell
            .get_ref()
            .as_integer()
            .and_then(|digits| u32::from_str_radix(digits.as_str(), digits.radix()).ok())
            .filter(|number| range.contains(number));
        if number.is_none() {
            let wanted = format!("a whole number from {} to {}", range.start(), range.end());
            self.wrong(cell, &wanted);
        }
        number
    }

    /// The members of a list.
    pub fn list<'a>(&mut self, cell: Cell<'a, 't>) -> &'a [Spanned<DeValue<'t>>] {
        match cell.get_ref().as_array() {
            Some(list) => list,
            None => {
                self.wrong(cell, "a list in brackets");
                &[]
            }
        }
    }

    /// A table.
    pub fn table<'a>(&mut self, cell: Cell<'a, 't>) -> Option<&'a DeTable<'t>> {
        let table = cell.get_ref().as_table();
        if table.is_none() {
            self.wrong(cell, "a table");
        }
        table
    }

    /// Notes a value of another kind than is wanted.
    pub fn wrong(&mut self, cell: Cell<'_, 't>, wanted: &str) {
        self.note(
            cell.span(),
            "this value does not fit",
            format!("write {wanted}"),
        );
    }
}
