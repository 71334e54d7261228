//! The key of `--redact`: from a file, or drawn for this run and never kept.

use std::path::Path;

use aws_lc_rs::rand;

use super::file::read_bounded;
use super::options::OutputOptions;
use super::settings;
use crate::model::Value;
use crate::report::{Message, PseudonymKey};
use crate::words::Language;

/// The largest file that is read, in bytes: a key has no use for more.
const LARGEST: u64 = 64 << 10;

/// How a key is made.
const MAKE: &str = "make one with `(umask 077; head -c 32 /dev/urandom > FILE)`";

/// The key under which people stand; `None` where they stand under their names.
pub fn key(options: &OutputOptions) -> Result<Option<PseudonymKey>, String> {
    match &options.pseudonym_key {
        _ if !options.redact => Ok(None),
        Some(file) => of_file(file, options.lang).map(Some),
        None => of_this_run().map(Some),
    }
}

fn of_this_run() -> Result<PseudonymKey, String> {
    let mut bytes = [0; PseudonymKey::LEAST_BYTES];
    let drawn = rand::fill(&mut bytes).ok();
    drawn
        .and_then(|()| PseudonymKey::of(&bytes))
        .ok_or_else(|| "this machine gives no random numbers: try again".to_owned())
}

fn of_file(path: &Path, lang: Language) -> Result<PseudonymKey, String> {
    let wrong =
        |what: &str, cure: &str| format!("--pseudonym-key {}: {what}; {cure}", path.display());
    let unreadable = |error: std::io::Error| {
        wrong(
            &format!("it cannot be read: {error}"),
            "check the name and the permissions",
        )
    };
    let bytes = read_bounded(path, LARGEST).map_err(unreadable)?;
    tell_if_others_may_read(path, lang);
    if bytes.len() as u64 > LARGEST {
        return Err(wrong(
            "it is larger than 64 KiB",
            "check that it is the right file",
        ));
    }
    let too_short = || {
        let what = format!(
            "a key has at least {} bytes, and it has {}",
            PseudonymKey::LEAST_BYTES,
            bytes.len()
        );
        wrong(&what, MAKE)
    };
    PseudonymKey::of(&bytes).ok_or_else(too_short)
}

#[cfg(unix)]
fn tell_if_others_may_read(path: &Path, lang: Language) {
    use std::os::unix::fs::PermissionsExt as _;
    let others = 0o077;
    if path
        .metadata()
        .is_ok_and(|about| about.permissions().mode() & others != 0)
    {
        let path = Value::Foreign(path.display().to_string());
        settings::tell(&Message::new("notice-key-open").with("file", path), lang);
    }
}

#[cfg(not(unix))]
fn tell_if_others_may_read(_: &Path, _: Language) {}
