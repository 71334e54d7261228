//! Whether a stored run is judged by other roots than the run was: that alone can turn every verdict.

use std::path::Path;

use super::demo;
use super::screen;
use crate::model::{TrustStore, Value, visible};
use crate::store::{self, StoredRun};
use crate::words::{Language, Words};

/// Longest path or name within an option that is shown, in characters.
const LONGEST_NAME: usize = 300;

/// Says on standard error that the roots are others than those of the run beside the observations,
/// and how to judge by the same. Nothing is said where that run's are not known.
pub fn tell_if_others(journal: &Path, stored: &StoredRun, now: &TrustStore, lang: Language) {
    let Some((before, sha256)) = store::trust_beside(journal, &stored.head) else {
        return;
    };
    if sha256 == now.sha256 {
        return;
    }
    let count = i64::try_from(now.certificates).unwrap_or(i64::MAX);
    let values = [
        ("before", Value::Foreign(before.clone())),
        ("now", Value::Foreign(now.name.clone())),
        ("count", Value::Number(count)),
        ("options", Value::Foreign(options(&before, journal))),
    ];
    let key = match before == now.name {
        true => "judge-roots-changed",
        false => "judge-other-roots",
    };
    let words = Words::of(lang);
    screen::tell(&format!("mailfleet: {}", words.say(key, &values)));
}

/// The options that name these roots again, as far as their names tell.
fn options(names: &str, journal: &Path) -> String {
    let option = |name: &str| {
        let file = match name {
            "system" | "mozilla" => return format!("--trust {name}"),
            demo::ROOTS => demo::ROOT,
            file => file,
        };
        let beside = journal.with_file_name(file);
        let given = match beside.is_file() {
            true => beside.display().to_string(),
            false => file.to_owned(),
        };
        format!("--trust {}", visible(&given, LONGEST_NAME))
    };
    let options: Vec<String> = names.split(" + ").map(option).collect();
    options.join(" ")
}
