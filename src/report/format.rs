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
    /// A CSV cannot be written.
    #[error(
        "the report could not be written: {0}. Check free space and permissions of the output directory."
    )]
    Csv(#[from] ::csv::Error),
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
    /// Writes it.
    pub write: fn(&Report<'_>, &Words, &mut dyn Write) -> Result<(), WriteError>,
}

/// Every format, in the order in which files are listed.
pub const FORMATS: &[Format] = &[
    Format {
        name: "html",
        file: "report.html",
        write: super::html,
    },
    Format {
        name: "markdown",
        file: "report.md",
        write: super::markdown,
    },
    Format {
        name: "json",
        file: "report.json",
        write: super::json,
    },
    Format {
        name: "csv",
        file: "findings.csv",
        write: super::findings_csv,
    },
    Format {
        name: "csv",
        file: "account-verdicts.csv",
        write: super::account_verdicts_csv,
    },
];
