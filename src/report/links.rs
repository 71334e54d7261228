//! Every outside address that a report may link to. Nothing else becomes an `href` (threat model C3).

use crate::model::Standard;

/// Where a document can be read; `None` for what is our own.
pub fn of(standard: Standard) -> Option<String> {
    let number = standard.key().strip_prefix("rfc")?;
    Some(format!("https://www.rfc-editor.org/rfc/rfc{number}.html"))
}
