//! The formats: adding one is a file and a line here.

use std::io::Write;

use handlebars::RenderErrorReason;

use crate::words::Words;

use super::Report;

/// Why a format could not be written. Nothing is left out silently: an error stops publication.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The output does not take it.
    #[error(
        "the report could not be written: {0}. Check free space and permissions of the output directory."
    )]
    Output(#[from] std::io::Error),
    /// A template is wrong: our fault, or that of whoever replaced it.
    #[error(
        "a template of the report is wrong: {0}. This is a fault of mailfleet; please report it."
    )]
    Template(String),
    /// The user's own template says what this report does not hold.
    #[error("the template of --template cannot be rendered on this report: {0}")]
    Own(super::TemplateMistake),
    /// A CSV cannot be written.
    #[error(
        "the report could not be written: {0}. Check free space and permissions of the output directory."
    )]
    Csv(#[from] ::csv::Error),
    /// A workbook cannot be written.
    #[error(
        "the workbook could not be written: {0}. Check free space of the output directory and of the directory for temporary files."
    )]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
}

impl From<handlebars::RenderError> for WriteError {
    fn from(error: handlebars::RenderError) -> Self {
        match error.reason() {
            RenderErrorReason::IOError(error) => {
                WriteError::Output(std::io::Error::new(error.kind(), error.to_string()))
            }
            _ => WriteError::Template(error.to_string()),
        }
    }
}

/// For whoever writes files: the system's own error stays itself.
impl From<WriteError> for std::io::Error {
    fn from(error: WriteError) -> Self {
        match error {
            WriteError::Output(error) => error,
            other => std::io::Error::other(other),
        }
    }
}

/// One format of the report.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// The word of `--format`.
    pub name: &'static str,
    /// The file's name in the output directory.
    pub file: &'static str,
    /// Whether it is written where nobody asks for a format.
    pub by_default: bool,
    /// Writes it.
    pub write: fn(&Report<'_>, &Words, &mut dyn Write) -> Result<(), WriteError>,
}

impl Format {
    /// Whether it is to be written where these names were asked for, or none at all.
    pub fn is_asked(&self, names: &[String]) -> bool {
        match names.is_empty() {
            true => self.by_default,
            false => names.iter().any(|name| name == self.name),
        }
    }
}

/// The words of `--format`, each once.
pub fn format_names() -> Vec<&'static str> {
    names_of(|_| true)
}

/// Those that are written where nobody asks for a format.
pub fn default_format_names() -> Vec<&'static str> {
    names_of(|format| format.by_default)
}

/// A format of several files has one name, and its files stand together.
fn names_of(is_meant: fn(&Format) -> bool) -> Vec<&'static str> {
    let meant = FORMATS.iter().filter(|format| is_meant(format));
    let mut names: Vec<&str> = meant.map(|format| format.name).collect();
    names.dedup();
    names
}

/// Every format, in the order in which files are listed.
pub const FORMATS: &[Format] = &[
    Format {
        name: "html",
        file: "report.html",
        by_default: true,
        write: super::html,
    },
    Format {
        name: "markdown",
        file: "report.md",
        by_default: true,
        write: super::markdown,
    },
    Format {
        name: "json",
        file: "report.json",
        by_default: true,
        write: super::json,
    },
    Format {
        name: "csv",
        file: "findings.csv",
        by_default: true,
        write: super::findings_csv,
    },
    Format {
        name: "csv",
        file: "account-verdicts.csv",
        by_default: true,
        write: super::account_verdicts_csv,
    },
    Format {
        name: "brief",
        file: "brief.md",
        by_default: false,
        write: super::brief,
    },
    Format {
        name: "sarif",
        file: "report.sarif",
        by_default: false,
        write: super::sarif,
    },
    Format {
        name: "junit",
        file: "report.junit.xml",
        by_default: false,
        write: super::junit,
    },
    Format {
        name: "prometheus",
        file: "report.prom",
        by_default: false,
        write: super::prometheus,
    },
    Format {
        name: "oscal",
        file: "report.oscal.json",
        by_default: false,
        write: super::oscal,
    },
    Format {
        name: "xlsx",
        file: "report.xlsx",
        by_default: false,
        write: super::xlsx,
    },
];
