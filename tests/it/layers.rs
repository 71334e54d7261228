//! Who may import whom, which one crate cannot enforce by itself.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The rooms, lowest layer first, and what each may import: rooms, or single modules of one.
const ROOMS: [(&str, &[&str]); 19] = [
    ("model", &[]),
    ("input", &["model"]),
    ("inventory", &["model"]),
    ("policy", &["model"]),
    ("store", &["model"]),
    ("wire", &["model"]),
    ("knowledge", &["model"]),
    ("words", &["model"]),
    ("trust", &["model", "wire"]),
    ("plan", &["model", "policy", "inventory", "knowledge"]),
    ("protocol", &["model", "wire"]),
    ("rules", &["model", "policy"]),
    ("probe", &["model", "wire", "protocol"]),
    (
        "judge",
        &[
            "model",
            "policy",
            "rules",
            "trust",
            "knowledge",
            "inventory",
        ],
    ),
    ("advise", &["model", "policy", "knowledge", "inventory"]),
    (
        "report",
        &[
            "model",
            "rules",
            "words",
            "policy",
            "knowledge",
            "store::json",
        ],
    ),
    ("history", &["model"]),
    ("demo", &["model", "wire", "protocol"]),
    (
        "audit",
        &[
            "model",
            "input",
            "inventory",
            "policy",
            "store",
            "wire",
            "knowledge",
            "words",
            "trust",
            "plan",
            "protocol",
            "rules",
            "probe",
            "judge",
            "advise",
            "report",
            "history",
            "demo",
        ],
    ),
];

/// The top of the house, which may import every room.
const TOP: [&str; 2] = ["cli", "main"];

/// Crates of others that only some rooms know.
const OUTSIDE: [(&str, &[&str]); 21] = [
    // Read in `input`, written in `report`.
    ("csv", &["input", "report"]),
    ("encoding_rs", &["input"]),
    ("toml", &["policy", "cli"]),
    ("x509_parser", &["wire"]),
    ("tls_parser", &["wire"]),
    ("webpki", &["trust"]),
    ("webpki_roots", &["trust"]),
    ("rustls_native_certs", &["trust"]),
    // In `cli` the runtime and the signals.
    ("tokio", &["probe", "demo", "audit", "cli"]),
    ("tokio_rustls", &["probe", "demo", "audit"]),
    // In `trust` only its types of certificates and roots: webpki takes those and does not name them.
    ("rustls", &["probe", "demo", "audit", "trust"]),
    ("futures", &["probe"]),
    ("hickory_resolver", &["probe"]),
    ("handlebars", &["report"]),
    ("fluent_bundle", &["words"]),
    ("unic_langid", &["words"]),
    ("rusqlite", &["history"]),
    ("serde_json", &["store", "report", "history"]),
    ("clap", &["cli"]),
    ("indicatif", &["cli"]),
    ("rcgen", &["demo"]),
];

/// A source file: its room, its place, and its text without comments, strings and unit tests.
struct Source {
    room: String,
    /// How many times `super` leads from it to the root of the crate.
    depth: usize,
    path: PathBuf,
    code: String,
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut sources = Vec::new();
    let mut waiting = vec![root.clone()];
    while let Some(directory) = waiting.pop() {
        for entry in fs::read_dir(&directory).expect("src can be read") {
            let path = entry.expect("a directory entry can be read").path();
            if path.is_dir() {
                waiting.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs")
                && !path.ends_with("tests.rs")
            {
                sources.push(source(path, &root));
            }
        }
    }
    sources
}

fn source(path: PathBuf, root: &Path) -> Source {
    let inside = path
        .strip_prefix(root)
        .expect("it was found there")
        .with_extension("");
    let mut steps: Vec<_> = inside
        .iter()
        .map(|step| step.to_string_lossy().into_owned())
        .collect();
    steps.pop_if(|last| last == "mod");
    let code = shipped(&code_of(
        &fs::read_to_string(&path).expect("source text is UTF-8"),
    ));
    Source {
        room: steps[0].clone(),
        depth: steps.len(),
        path: inside,
        code,
    }
}

/// The code without the module of unit tests at its end: those may set up what their room must not know.
fn shipped(code: &str) -> String {
    code.split("#[cfg(test)]\nmod tests {")
        .next()
        .unwrap_or_default()
        .to_owned()
}

/// The text with comments and the insides of strings left out.
fn code_of(text: &str) -> String {
    let mut code = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let skipped = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if let Some(hashes) = raw_string(rest).filter(|_| !code.ends_with(is_word)) {
            let end = format!("\"{}", "#".repeat(hashes));
            let opening = hashes + 2;
            rest[opening..]
                .find(&end)
                .map_or(rest.len(), |at| opening + at + end.len())
        } else if first == '"' {
            string_end(rest, '"')
        } else if first == '\'' && is_character(rest) {
            string_end(rest, '\'')
        } else {
            code.push(first);
            rest = &rest[first.len_utf8()..];
            continue;
        };
        code.push(' ');
        rest = &rest[skipped..];
    }
    code
}

/// The number of hashes, if a raw string begins here.
fn raw_string(rest: &str) -> Option<usize> {
    let after = rest.strip_prefix('r')?;
    let hashes = after.len() - after.trim_start_matches('#').len();
    after[hashes..].starts_with('"').then_some(hashes)
}

/// Whether the quote begins a character and not a lifetime.
fn is_character(rest: &str) -> bool {
    let mut inside = rest.chars().skip(1);
    inside.next() == Some('\\') || inside.next() == Some('\'')
}

fn string_end(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, character) in rest.char_indices().skip(1) {
        if !escaped && character == quote {
            return at + 1;
        }
        escaped = character == '\\' && !escaped;
    }
    rest.len()
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

/// What stands behind each `path` that begins there and not in the middle of another.
fn behind<'a>(code: &'a str, path: &'a str) -> impl Iterator<Item = &'a str> {
    code.match_indices(path)
        .filter(|(at, _)| !code[..*at].ends_with(|before| is_word(before) || before == ':'))
        .map(|(at, _)| &code[at + path.len()..])
}

fn word(text: &str) -> &str {
    let text = text.trim_start();
    &text[..text
        .find(|character| !is_word(character))
        .unwrap_or(text.len())]
}

/// The first two steps of each path in a `use` tree, or of the one path that stands there.
fn steps(tree: &str) -> Vec<String> {
    let tree = tree.trim_start();
    if !tree.starts_with('{') {
        let first = word(tree);
        let after = &tree[first.len()..];
        let Some(below) = after.strip_prefix("::") else {
            return vec![first.to_owned()];
        };
        let Some(group) = below.trim_start().strip_prefix('{') else {
            return vec![format!("{first}::{}", word(below))];
        };
        let below = branches(group);
        return below
            .iter()
            .map(|branch| format!("{first}::{}", word(branch)))
            .collect();
    }
    branches(&tree[1..])
        .iter()
        .flat_map(|branch| steps(branch))
        .collect()
}

/// The parts of a braced list, up to its closing brace.
fn branches(list: &str) -> Vec<&str> {
    let (mut depth, mut start, mut branches) = (0, 0, Vec::new());
    for (at, character) in list.char_indices() {
        match character {
            '{' => depth += 1,
            '}' if depth == 0 => {
                branches.push(&list[start..at]);
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                branches.push(&list[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    branches.retain(|branch| !branch.trim().is_empty());
    branches
}

/// The paths from the root of the crate that a file mentions, as `room::item`.
fn mentions(source: &Source) -> BTreeSet<String> {
    let up = "super::".repeat(source.depth);
    let own = behind(&source.code, "crate::").chain(behind(&source.code, "mailfleet::"));
    let mut found: BTreeSet<String> = own.flat_map(steps).collect();
    found.extend(
        behind(&source.code, &up)
            .flat_map(steps)
            .filter(|path| is_room(path.split("::").next().unwrap_or_default())),
    );
    found
}

fn is_room(name: &str) -> bool {
    TOP.contains(&name) || ROOMS.iter().any(|(room, _)| *room == name)
}

/// Whether `room` may mention `path` (`room::item`).
fn may_mention(room: &str, path: &str) -> bool {
    let target = path.split("::").next().unwrap_or_default();
    if target == room || TOP.contains(&room) {
        return true;
    }
    let allowed = ROOMS
        .iter()
        .find(|(name, _)| *name == room)
        .map_or(&[][..], |(_, all)| *all);
    allowed.contains(&target) || allowed.contains(&path)
}

#[test]
fn rooms_import_only_what_they_may() {
    let (mut seen, mut wrong) = (0, Vec::new());
    for source in sources().iter().filter(|source| source.room != "lib") {
        let place = source.path.display();
        if !is_room(&source.room) {
            wrong.push(format!("{place}: {} is in no table of rooms", source.room));
        }
        for path in mentions(source) {
            seen += 1;
            if !may_mention(&source.room, &path) {
                wrong.push(format!("{place}: {} must not know {path}", source.room));
            }
        }
    }
    assert!(
        seen > 0,
        "no mention was found: this test looks in the wrong place"
    );
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn outside_crates_live_in_few_rooms() {
    let (mut seen, mut wrong) = (0, Vec::new());
    for source in sources() {
        for (name, rooms) in OUTSIDE {
            let is_own_module = behind(&source.code, "mod ").any(|module| word(module) == name);
            let is_mentioned = behind(&source.code, &format!("{name}::")).next().is_some();
            if is_own_module || !is_mentioned {
                continue;
            }
            seen += 1;
            if !rooms.contains(&&*source.room) {
                wrong.push(format!(
                    "{}: {name} belongs to {rooms:?}",
                    source.path.display()
                ));
            }
        }
    }
    assert!(
        seen > 0,
        "no crate was found: this test looks in the wrong place"
    );
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn nothing_is_unsafe_or_unfinished() {
    let sources = sources();
    assert!(!sources.is_empty(), "src holds no source");
    for source in sources {
        for forbidden in ["unsafe", "todo", "unimplemented"] {
            let found = behind(&source.code, forbidden)
                .any(|after| after.starts_with(['!', ' ', '{', '\n']));
            assert!(!found, "{}: {forbidden}", source.path.display());
        }
    }
}

#[test]
fn this_test_reads_source_as_the_compiler_does() {
    let code = code_of(
        "use crate::a; // crate::no\n/* crate::no */ let x = \"crate::no \\\" \"; r#\"crate::no\"#; \
         '\"' crate::b::c::d 'a: &'a crate::{e, f::{g, h::i}, j::*}",
    );
    let source = Source {
        room: "demo".into(),
        depth: 1,
        path: PathBuf::new(),
        code: code.clone(),
    };
    let found: Vec<_> = mentions(&source).into_iter().collect();
    assert_eq!(found, ["a", "b::c", "e", "f::g", "f::h", "j::"], "{code}");

    let code = "use super::super::rules::X; use super::super::own; use super::wire;".to_owned();
    let source = Source {
        room: "demo".into(),
        depth: 2,
        path: PathBuf::new(),
        code,
    };
    assert_eq!(
        mentions(&source).into_iter().collect::<Vec<_>>(),
        ["rules::X"]
    );

    assert!(may_mention("report", "store::json") && !may_mention("report", "store::journal"));
    assert!(may_mention("probe", "probe::dial") && !may_mention("probe", "rules::RULES"));
    assert!(may_mention("cli", "probe::dial") && !may_mention("model", "cli::exit"));
}
