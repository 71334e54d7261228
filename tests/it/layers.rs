//! Who may import whom, which one crate cannot enforce by itself.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The map of the rooms, whose table says who may import whom.
const MAP: &str = include_str!("../../src/lib.rs");

/// A row of the table, for one of its rooms.
struct Room {
    name: String,
    layer: u8,
    may: May,
}

/// What a room may import.
#[derive(Clone, PartialEq)]
enum May {
    /// Rooms, or single modules of one.
    Named(Vec<String>),
    /// Every room down to this layer.
    DownTo(u8),
    /// Every room.
    All,
}

/// The rows below the table's head, which is `layer | room | may import`.
fn rooms() -> Vec<Room> {
    let rows = MAP
        .lines()
        .skip_while(|line| !line.starts_with("//! | layer | room | may import |"))
        .skip(2)
        .map_while(|line| line.strip_prefix("//! | "));
    let mut rooms = Vec::new();
    for row in rows {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let layer = cells[0].parse().expect("a layer is a number");
        let may = match cells[2] {
            "all" => May::All,
            "nothing of ours" => May::Named(Vec::new()),
            text => match text.strip_prefix("layers 0 to ") {
                Some(highest) => May::DownTo(highest.parse().expect("a layer is a number")),
                None => May::Named(in_backticks(text)),
            },
        };
        rooms.extend(in_backticks(cells[1]).into_iter().map(|name| Room {
            name,
            layer,
            may: may.clone(),
        }));
    }
    assert!(rooms.len() > 1, "the map has no table of rooms");
    rooms
}

fn in_backticks(cell: &str) -> Vec<String> {
    cell.split('`').skip(1).step_by(2).map(Into::into).collect()
}

/// The program itself, which is no room of the library.
const PROGRAM: &str = "main";

/// Crates of others that only some rooms know.
const OUTSIDE: [(&str, &[&str]); 21] = [
    ("csv", &["report"]),
    ("csv_core", &["input"]),
    ("toml", &["policy"]),
    ("annotate_snippets", &["policy"]),
    ("schemars", &["model", "policy", "report", "store"]),
    ("x509_parser", &["wire"]),
    ("webpki", &["trust"]),
    ("webpki_roots", &["trust"]),
    ("rustls_native_certs", &["trust"]),
    // In `cli` the runtime and the signals.
    ("tokio", &["probe", "demo", "audit", "cli"]),
    ("tokio_rustls", &["probe", "demo"]),
    // In `trust` only its types of certificates and roots: webpki takes those and does not name them.
    ("rustls", &["demo", "trust"]),
    ("futures", &["probe"]),
    ("hickory_resolver", &["probe"]),
    ("handlebars", &["report"]),
    ("fluent_bundle", &["words"]),
    ("unic_langid", &["words"]),
    ("serde_json", &["store", "report"]),
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
            if path.is_dir() && !path.ends_with("tests") {
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
fn mentions(source: &Source, rooms: &[Room]) -> BTreeSet<String> {
    let up = "super::".repeat(source.depth);
    let own = behind(&source.code, "crate::").chain(behind(&source.code, "mailfleet::"));
    let mut found: BTreeSet<String> = own.flat_map(steps).collect();
    found.extend(
        behind(&source.code, &up)
            .flat_map(steps)
            .filter(|path| room_named(rooms, first_step(path)).is_some()),
    );
    found
}

fn first_step(path: &str) -> &str {
    path.split("::").next().unwrap_or_default()
}

fn room_named<'r>(rooms: &'r [Room], name: &str) -> Option<&'r Room> {
    rooms.iter().find(|room| room.name == name)
}

/// Whether `room` may mention `path` (`room::item`).
fn may_mention(rooms: &[Room], room: &str, path: &str) -> bool {
    let target = first_step(path);
    if target == room || room == PROGRAM {
        return true;
    }
    match room_named(rooms, room).map(|room| &room.may) {
        Some(May::All) => true,
        Some(May::DownTo(highest)) => {
            room_named(rooms, target).is_some_and(|target| target.layer <= *highest)
        }
        Some(May::Named(allowed)) => allowed.iter().any(|one| one == target || one == path),
        None => false,
    }
}

#[test]
fn rooms_import_only_what_they_may() {
    let (rooms, sources) = (rooms(), sources());
    let (mut used, mut wrong) = (BTreeSet::new(), Vec::new());
    for source in sources.iter().filter(|source| source.room != "lib") {
        let place = source.path.display();
        if source.room != PROGRAM && room_named(&rooms, &source.room).is_none() {
            wrong.push(format!("{place}: {} is in no table of rooms", source.room));
        }
        for path in mentions(source, &rooms) {
            if !may_mention(&rooms, &source.room, &path) {
                wrong.push(format!("{place}: {} must not know {path}", source.room));
            }
            used.insert((source.room.clone(), first_step(&path).to_owned()));
            used.insert((source.room.clone(), path));
        }
    }
    for room in &rooms {
        if !sources.iter().any(|source| source.room == room.name) {
            wrong.push(format!("{} has no source", room.name));
        }
        let May::Named(allowed) = &room.may else {
            continue;
        };
        for one in allowed {
            if !used.contains(&(room.name.clone(), one.clone())) {
                wrong.push(format!("{} may import {one} and does not", room.name));
            }
            let below = room_named(&rooms, first_step(one));
            if below.is_none_or(|below| below.layer >= room.layer) {
                wrong.push(format!("{one} is not below {}", room.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn outside_crates_live_in_few_rooms() {
    let (mut used, mut wrong) = (BTreeSet::new(), Vec::new());
    for source in sources() {
        for (name, rooms) in OUTSIDE {
            let is_own_module = behind(&source.code, "mod ").any(|module| word(module) == name);
            let is_mentioned = behind(&source.code, &format!("{name}::")).next().is_some();
            if is_own_module || !is_mentioned {
                continue;
            }
            if !rooms.contains(&&*source.room) {
                wrong.push(format!(
                    "{}: {name} belongs to {rooms:?}",
                    source.path.display()
                ));
            }
            used.insert((name, source.room.clone()));
        }
    }
    for (name, rooms) in OUTSIDE {
        for room in rooms {
            if !used.contains(&(name, (*room).to_owned())) {
                wrong.push(format!("{room} may use {name} and does not"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// What opens sockets, or leads to what does.
const SOCKETS: [&str; 8] = [
    "TcpStream",
    "TcpListener",
    "TcpSocket",
    "UdpSocket",
    "UnixStream",
    "ToSocketAddrs",
    "tokio",
    "hickory_resolver",
];

/// The rooms that may: who visits, who is visited, who runs them. Within `cli` only what audits,
/// probes or shows the demo.
fn may_open_sockets(source: &Source) -> bool {
    let visits = ["ending", "probe", "progress", "work"];
    match source.room.as_str() {
        "probe" | "demo" | "audit" => true,
        "cli" => {
            let mut steps = source.path.iter().skip(1);
            let file = steps.next().map(|step| step.to_string_lossy().into_owned());
            file.is_some_and(|file| visits.contains(&file.as_str()))
        }
        _ => false,
    }
}

#[test]
fn whatever_judges_again_opens_no_socket() {
    let (sources, mut wrong) = (sources(), Vec::new());
    let judging: Vec<&Source> = sources
        .iter()
        .filter(|one| !may_open_sockets(one))
        .collect();
    for room in [
        "judge", "advise", "report", "rules", "policy", "trust", "store", "cli",
    ] {
        assert!(judging.iter().any(|source| source.room == room), "{room}");
    }
    for source in judging {
        for name in SOCKETS {
            let ends = |after: &str| !after.starts_with(is_word);
            if behind_any(&source.code, name).any(ends) {
                wrong.push(format!("{}: {name}", source.path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(
        sources
            .iter()
            .any(|source| source.code.contains("TcpStream"))
    );
}

/// What stands behind each occurrence of a name, also at the end of a path.
fn behind_any<'a>(code: &'a str, name: &'a str) -> impl Iterator<Item = &'a str> {
    code.match_indices(name)
        .filter(|(at, _)| !code[..*at].ends_with(is_word))
        .map(|(at, _)| &code[at + name.len()..])
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
    let rooms = rooms();
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
    let found: Vec<_> = mentions(&source, &rooms).into_iter().collect();
    assert_eq!(found, ["a", "b::c", "e", "f::g", "f::h", "j::"], "{code}");

    let code = "use super::super::rules::X; use super::super::own; use super::wire;".to_owned();
    let source = Source {
        room: "demo".into(),
        depth: 2,
        path: PathBuf::new(),
        code,
    };
    assert_eq!(
        mentions(&source, &rooms).into_iter().collect::<Vec<_>>(),
        ["rules::X"]
    );

    let may = |room, path| may_mention(&rooms, room, path);
    assert!(may("report", "store::json") && !may("report", "store::journal"));
    assert!(may("probe", "probe::dial") && !may("probe", "rules::RULES"));
    assert!(may("audit", "judge::judge") && !may("audit", "cli::run"));
    assert!(may("cli", "probe::dial") && !may("model", "cli::exit"));
}
