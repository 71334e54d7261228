//! The rows of the table, by topic.

mod dates;
mod good;
mod keys;
mod names;
mod paths;
mod profile;
mod public;

use super::made::Row;

/// Every row.
pub fn all() -> impl Iterator<Item = &'static Row> {
    [
        good::ROWS,
        dates::ROWS,
        names::ROWS,
        paths::ROWS,
        keys::ROWS,
        profile::ROWS,
        public::ROWS,
    ]
    .into_iter()
    .flatten()
}
