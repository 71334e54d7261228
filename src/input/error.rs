//! Why the input cannot be used at all.

use crate::model::visible;

/// A file, or what was said about files, that cannot be used: nothing is visited. Each message
/// says what to do. No message holds the text of a cell.
#[derive(Debug, thiserror::Error)]
pub enum InputError {
    /// No such file, or it may not be read.
    #[error(
        "{}: cannot be read ({}): check the path and who may read it",
        shown(file),
        kind(error)
    )]
    Unreadable {
        /// The file as given.
        file: String,
        /// What the system said.
        #[source]
        error: std::io::Error,
    },
    /// A directory, a FIFO, a device, a socket.
    #[error(
        "{}: is {what}, not a file: give a CSV file, or - for standard input",
        shown(file)
    )]
    NotAFile {
        /// The file as given.
        file: String,
        /// What it is, with its article.
        what: &'static str,
    },
    /// One file under two names, or one name twice.
    #[error("{}: is the same file as {}: give it once", shown(file), shown(other))]
    Twice {
        /// The second name.
        file: String,
        /// The first name.
        other: String,
    },
    /// Over [`Limits::file`](super::Limits::file).
    #[error(
        "{}: is larger than {limit} bytes: split it into several files",
        shown(file)
    )]
    TooLarge {
        /// The file as given.
        file: String,
        /// The most bytes of a file.
        limit: u64,
    },
    /// Over [`Limits::rows`](super::Limits::rows), all files together.
    #[error(
        "{}: more than {limit} rows in all: audit the files in several runs",
        shown(file)
    )]
    TooManyRows {
        /// The file in which the limit was met.
        file: String,
        /// The most rows.
        limit: u64,
    },
    /// Binary data, or text without line ends.
    #[error(
        "{}: line {line} has no end: this is no CSV file; save the sheet as \"CSV UTF-8\"",
        shown(file)
    )]
    EndlessLine {
        /// The file as given.
        file: String,
        /// The line, from 1.
        line: u64,
    },
    /// No bytes, or blank rows only.
    #[error(
        "{}: is empty: give a header row (email,protocol,host,port,security) and a row per service",
        shown(file)
    )]
    Empty {
        /// The file as given.
        file: String,
    },
    /// A header and nothing below it.
    #[error(
        "{}: has a header and no rows below it: add a row per service of each person",
        shown(file)
    )]
    NoRows {
        /// The file as given.
        file: String,
    },
    /// None of the first ten rows names a host column.
    #[error(
        "{}: no column for the server was found in the first ten rows{}: separate the cells with commas, semicolons or tabs and name one column \"host\" (or 服务器), or say which it is with --map COLUMN=host",
        shown(file),
        read_as(*guessed)
    )]
    NoHostColumn {
        /// The file as given.
        file: String,
        /// The encoding, if it was guessed.
        guessed: Option<&'static str>,
    },
    /// The header names neither e-mail address nor employee.
    #[error(
        "{}: the header in line {line} names no person: name a column \"email\" or \"employee\" (邮箱, 姓名), or use --map COLUMN=email",
        shown(file)
    )]
    NoPersonColumn {
        /// The file as given.
        file: String,
        /// The header's line, from 1.
        line: u64,
    },
    /// The header row is over the limit of a record, a field or the number of columns.
    #[error(
        "{}: one of the first rows is too long or has more than {columns} columns: keep the columns that are needed",
        shown(file)
    )]
    HeaderTooLong {
        /// The file as given.
        file: String,
        /// The most columns.
        columns: usize,
    },
    /// Two columns fill one field on which verdicts depend.
    #[error("{}: columns {} and {} ({}, {}) both look like {field}: say what one of them is, such as --map COLUMN=note", shown(file), first + 1, second + 1, shown(headers.0.as_str()), shown(headers.1.as_str()))]
    ColumnTwice {
        /// The file as given.
        file: String,
        /// The field.
        field: &'static str,
        /// Index of the first column, from 0.
        first: usize,
        /// Index of the second column, from 0.
        second: usize,
        /// Both headers as they stand.
        headers: (String, String),
    },
    /// A port or security column next to several host columns.
    #[error("{}: column {} ({}) could belong to several of the servers: say to which, such as --map COLUMN=pop3_port", shown(file), column + 1, shown(header))]
    WhichService {
        /// The file as given.
        file: String,
        /// Index of the column, from 0.
        column: usize,
        /// The header as it stands.
        header: String,
    },
    /// The first rows are not valid in the encoding that was stated, marked or guessed.
    #[error(
        "{}: its first rows are not valid {encoding}: say another encoding with --encoding, or in the spreadsheet choose \"Save as\", then \"CSV UTF-8\"",
        shown(file)
    )]
    Undecodable {
        /// The file as given.
        file: String,
        /// The encoding.
        encoding: &'static str,
    },
    /// A workbook of the old kind (`.xls`), or one that is encrypted: both begin alike.
    #[error(
        "{}: is a workbook that is encrypted or of the old kind (.xls): save it without a password as .xlsx, or the sheet as \"CSV UTF-8\"",
        shown(file)
    )]
    OldWorkbook {
        /// The file as given.
        file: String,
    },
    /// An archive that is no `.xlsx` workbook, such as an `.ods` one.
    #[error(
        "{}: is an archive, and no .xlsx workbook: in the spreadsheet choose \"Save as\", then .xlsx or \"CSV UTF-8\"",
        shown(file)
    )]
    NoWorkbook {
        /// The file as given.
        file: String,
    },
    /// A workbook that is damaged.
    #[error(
        "{}: the workbook is damaged: open it in the spreadsheet and save the sheet as \"CSV UTF-8\"",
        shown(file)
    )]
    BrokenWorkbook {
        /// The file as given.
        file: String,
    },
    /// Over [`Limits::workbook`](super::Limits::workbook) or another limit of workbooks.
    #[error(
        "{}: the workbook holds more than {limit} bytes {what}: save the sheet as \"CSV UTF-8\", which may be larger",
        shown(file)
    )]
    WorkbookTooLarge {
        /// The file as given.
        file: String,
        /// Of what it holds too much.
        what: &'static str,
        /// The limit.
        limit: u64,
    },
    /// `--map` names a field that there is not.
    #[error(
        "--map {}={}: there is no such field; the fields are {known}",
        shown(header),
        shown(field)
    )]
    MapField {
        /// The header as given.
        header: String,
        /// The field as given.
        field: String,
        /// The names of all fields.
        known: String,
    },
    /// `--map` names a header that no file has.
    #[error(
        "--map {}=…: no file has such a column: check how the header is written",
        shown(header)
    )]
    MapHeader {
        /// The header as given.
        header: String,
    },
    /// `--map` names a column of secrets.
    #[error(
        "--map {}=…: a column of that name holds secrets and is never read: rename it if it does not",
        shown(header)
    )]
    MapSecret {
        /// The header as given.
        header: String,
    },
}

fn shown(text: &str) -> String {
    visible(text, 200)
}

fn kind(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file".to_owned(),
        other => other.to_string(),
    }
}

fn read_as(guessed: Option<&str>) -> String {
    guessed.map_or_else(String::new, |name| {
        format!(" (it is not UTF-8 and was taken for {name}; --encoding says what it is)")
    })
}
