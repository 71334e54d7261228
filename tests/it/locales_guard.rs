//! Every language says everything: the same messages, with the same variables.

#![allow(clippy::panic, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use fluent_bundle::FluentResource;

const REFERENCE: &str = "en";
const OTHERS: [&str; 1] = ["zh-CN"];

/// The variables of each message of a language, by `file: key`.
type Messages = BTreeMap<String, BTreeSet<String>>;

fn messages_of(language: &str) -> Messages {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("templates/locales")
        .join(language);
    let entries = fs::read_dir(&directory)
        .unwrap_or_else(|error| panic!("cannot read {}: {error}", directory.display()));
    let mut messages = Messages::new();
    for entry in entries {
        let path = entry.expect("a directory entry can be read").path();
        let name = path
            .file_name()
            .expect("a file has a name")
            .to_string_lossy()
            .into_owned();
        assert!(
            name.ends_with(".ftl"),
            "{} is no locale file",
            path.display()
        );
        let text = fs::read_to_string(&path).expect("a locale file is UTF-8");
        if let Err((_, errors)) = FluentResource::try_new(text.clone()) {
            panic!("{}: {errors:?}", path.display());
        }
        for (key, variables) in read(&text) {
            let twice = messages
                .insert(format!("{name}: {key}"), variables)
                .is_some();
            assert!(!twice, "{language}/{name} has {key} twice");
        }
    }
    assert!(
        !messages.is_empty(),
        "{} holds no message",
        directory.display()
    );
    messages
}

/// Keys and variables of a locale file that is known to be well-formed. `.attribute`s belong to
/// their message.
fn read(text: &str) -> Vec<(String, BTreeSet<String>)> {
    let mut messages: Vec<(String, BTreeSet<String>)> = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let starts = line.starts_with(|first: char| first.is_ascii_alphabetic() || first == '-');
        if let (true, Some((key, _))) = (starts, line.split_once('=')) {
            messages.push((key.trim().to_owned(), BTreeSet::new()));
        }
        if let Some((_, variables)) = messages.last_mut() {
            variables.extend(line.split('$').skip(1).map(|after| {
                let end = after.find(|c: char| !c.is_ascii_alphanumeric() && !"-_".contains(c));
                after[..end.unwrap_or(after.len())].to_owned()
            }));
        }
    }
    messages
}

/// What `other` lacks, has too many, or says with other variables.
fn differences(reference: &Messages, other: &Messages) -> Vec<String> {
    let keys: BTreeSet<_> = reference.keys().chain(other.keys()).collect();
    keys.into_iter()
        .filter_map(|key| match (reference.get(key), other.get(key)) {
            (Some(_), None) => Some(format!("{key} is missing")),
            (None, Some(_)) => Some(format!("{key} is in no other language")),
            (Some(ours), Some(theirs)) if ours != theirs => {
                Some(format!("{key} uses {theirs:?} instead of {ours:?}"))
            }
            _ => None,
        })
        .collect()
}

#[test]
fn every_language_has_every_message() {
    let reference = messages_of(REFERENCE);
    for language in OTHERS {
        let differences = differences(&reference, &messages_of(language));
        assert!(differences.is_empty(), "{language}: {differences:#?}");
    }
}

#[test]
fn differences_are_seen() {
    let messages = |text: &str| -> Messages { read(text).into_iter().collect() };
    let reference = messages("# c\na = x { $n ->\n  [one] { $host }\n *[other] y\n}\nb = z\n");
    assert_eq!(
        reference["a"],
        BTreeSet::from(["n".to_owned(), "host".to_owned()])
    );
    assert_eq!(differences(&reference, &reference), Vec::<String>::new());
    let other = messages("a = x { $n } { $port }\nc =\n    z\n");
    let found = differences(&reference, &other);
    assert_eq!(found.len(), 3, "{found:?}");
    assert!(
        found[0].starts_with("a uses") && found[1] == "b is missing",
        "{found:?}"
    );
}
