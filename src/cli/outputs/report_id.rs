//! The hash that names a report.

use std::fmt;

use super::Parts;
use crate::model::Hashing;

/// The hash that names a report: of what was seen, of whom, and by which measure as it was settled,
/// waivers and options included.
pub(super) fn report_id(parts: &Parts<'_>) -> String {
    let mut named = Named::default();
    named.add(format_args!(
        "{} {} {} {:?}",
        parts.head,
        parts.measure.roots.store().sha256,
        parts.measure.at,
        parts.measure.policy
    ));
    for policy in parts.measure.others {
        named.add(format_args!(" compared {policy:?}"));
    }
    for policy in parts.measure.what_if {
        named.add(format_args!(" what-if {policy:?}"));
    }
    for file in &parts.input.files {
        named.add(format_args!(" {} {}", file.sha256, file.accepted));
    }
    for account in &parts.input.accounts {
        named.add(format_args!(" {} {}", account.id, account.security.word()));
    }
    named.0.finish().to_string()
}

/// What names a report, hashed as it is written: policies and fleets are large.
#[derive(Default)]
struct Named(Hashing);

impl Named {
    fn add(&mut self, words: fmt::Arguments<'_>) {
        // Nothing that is hashed can fail.
        let _ = fmt::Write::write_fmt(self, words);
    }
}

impl fmt::Write for Named {
    fn write_str(&mut self, words: &str) -> fmt::Result {
        self.0.update(words.as_bytes());
        Ok(())
    }
}
