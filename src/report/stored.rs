//! A finding of a report.json that was written before.

use std::fs::File;
use std::io::{self, BufReader};
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::json::SCHEMA;

/// What a report says of one finding.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct StoredFinding {
    /// Its fingerprint, as the report writes it.
    pub fingerprint: String,
    /// The rule's id.
    pub rule: String,
    /// Whom it is about.
    pub subject: StoredSubject,
}

/// Whom a finding is about.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct StoredSubject {
    /// `endpoint`, `account`, `person`, `domain` or `fleet`.
    pub kind: String,
    /// Which of them.
    pub id: String,
}

/// Why a report gives no finding.
#[derive(Debug, thiserror::Error)]
pub enum StoredError {
    /// The file cannot be read.
    #[error("{path}: it cannot be read: {source}; check the name and the permissions", path = path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// It is no report of this form.
    #[error("{path}: it is no report of mailfleet ({why}); give the report.json of a run", path = path.display())]
    NoReport {
        /// The file.
        path: PathBuf,
        /// What was found instead.
        why: String,
    },
    /// People stand in it under pseudonyms.
    #[error("{path}: people stand in this report under pseudonyms, which no waiver would match; give the report of the same run that names them, or judge its observations again without --redact", path = path.display())]
    Redacted {
        /// The file.
        path: PathBuf,
    },
    /// It has no such finding.
    #[error("{path}: there is no finding `{fingerprint}` in this report; {cure}", path = path.display())]
    NoFinding {
        /// The file.
        path: PathBuf,
        /// What was asked for, safe to show.
        fingerprint: String,
        /// What to do.
        cure: String,
    },
}

/// What is read of a report; the rest is passed over.
#[derive(Deserialize)]
struct Stored {
    schema: String,
    run: StoredRun,
    findings: Vec<StoredFinding>,
}

#[derive(Deserialize)]
struct StoredRun {
    redacted: bool,
}

/// The finding of that fingerprint.
///
/// # Errors
/// See [`StoredError`].
pub fn finding(path: &Path, fingerprint: &str) -> Result<StoredFinding, StoredError> {
    let file = File::open(path).map_err(|source| StoredError::Unreadable {
        path: path.to_owned(),
        source,
    })?;
    let no_report = |why: String| StoredError::NoReport {
        path: path.to_owned(),
        why,
    };
    let stored: Stored = serde_json::from_reader(BufReader::new(file))
        .map_err(|error| no_report(crate::model::visible(&error.to_string(), 200)))?;
    if stored.schema != SCHEMA {
        let schema = crate::model::visible(&stored.schema, 60);
        return Err(no_report(format!("its schema is `{schema}`")));
    }
    if stored.run.redacted {
        return Err(StoredError::Redacted {
            path: path.to_owned(),
        });
    }
    let wanted = fingerprint.trim().to_lowercase();
    let near = stored
        .findings
        .iter()
        .map(|finding| (strsim::levenshtein(&finding.fingerprint, &wanted), finding))
        .min_by_key(|(steps, finding)| (*steps, &finding.fingerprint));
    match near {
        Some((0, finding)) => Ok(finding.clone()),
        near => Err(StoredError::NoFinding {
            path: path.to_owned(),
            fingerprint: crate::model::visible(fingerprint, 60),
            cure: match near {
                Some((1 | 2, finding)) => format!("did you mean `{}`?", finding.fingerprint),
                _ => "its fingerprints stand in the first column of findings.csv".to_owned(),
            },
        }),
    }
}
