//! Every language says everything: the same messages, with the same variables.

#![allow(clippy::panic, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

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

/// Words of Chinese that say what another word says everywhere else, and that other word.
const VARIANTS: [(&str, &str); 17] = [
    ("账号", "账户"),
    ("帐号", "账户"),
    ("帐户", "账户"),
    ("账户群", "全部账户"),
    ("评判", "判定"),
    ("邮件程序", "邮件客户端"),
    ("使用者", "员工"),
    ("人员", "员工"),
    ("未核实", "未能核实"),
    ("未声明", "未通告"),
    ("开场应答", "问候语"),
    ("欢迎语", "问候语"),
    ("审计位置", "观测位置"),
    ("观测点", "观测位置"),
    ("DNS 服务器", "DNS 解析器"),
    ("个证书", "份证书"),
    ("} %", "}%"),
];

/// The text without what stands in Chinese quotation marks: labels of other programs' dialogs.
fn unquoted(text: &str) -> String {
    let mut pieces = text.split('“');
    let before = pieces.next().unwrap_or_default().to_owned();
    let after = pieces.map(|piece| piece.split_once('”').map_or(piece, |(_, after)| after));
    before + &after.collect::<Vec<_>>().join("“”")
}

fn variants_in(text: &str) -> Vec<String> {
    let text = text.lines().map(unquoted).collect::<Vec<_>>().join("\n");
    let found = VARIANTS
        .iter()
        .filter(|(variant, _)| text.contains(variant));
    found
        .map(|(variant, word)| format!("{variant} instead of {word}"))
        .collect()
}

/// Every locale file of every language: its path and its text.
fn locale_files() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/locales");
    let mut files = Vec::new();
    for language in OTHERS.iter().chain([&REFERENCE]) {
        for entry in fs::read_dir(root.join(language)).expect("a directory of a language") {
            let path = entry.expect("a directory entry can be read").path();
            let text = fs::read_to_string(&path).expect("a locale file is UTF-8");
            files.push((path.display().to_string(), text));
        }
    }
    files
}

#[test]
fn one_thing_has_one_name_in_chinese() {
    for (path, text) in locale_files() {
        if path.contains("zh-CN") {
            assert_eq!(variants_in(&text), Vec::<String>::new(), "{path}");
        }
    }
}

#[test]
fn variants_are_seen_but_for_quoted_labels() {
    assert!(variants_in("a = 打开“帐户设置”，点击“账号”").is_empty());
    assert_eq!(variants_in("a = 打开账号的设置").len(), 1);
    assert_eq!(variants_in("a = “x”的帐户“y”").len(), 1);
    assert_eq!(variants_in("a = { $percent } %").len(), 1);
}

/// Every `--option` in a text; what cargo is told before ` -- ` is not ours.
fn options_in(text: &str) -> BTreeSet<String> {
    let mut options = BTreeSet::new();
    for line in text.lines() {
        let ours = match line.split_once(" -- ") {
            Some((cargo, ours)) if cargo.contains("cargo ") => ours,
            _ => line,
        };
        let mut before = ' ';
        for (at, piece) in ours.match_indices("--") {
            if let Some(last) = ours[..at].chars().next_back() {
                before = last;
            }
            let name = &ours[at + piece.len()..];
            let end = name.find(|c: char| !c.is_ascii_lowercase() && c != '-');
            let name = name[..end.unwrap_or(name.len())].trim_end_matches('-');
            if !name.is_empty() && !before.is_ascii_alphanumeric() && before != '-' {
                options.insert(format!("--{name}"));
            }
        }
    }
    options
}

fn help(command: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_mailfleet"))
        .args(command)
        .arg("--help")
        .output()
        .expect("the program starts");
    assert!(output.status.success(), "{command:?} --help");
    String::from_utf8(output.stdout).expect("help is UTF-8")
}

/// The commands that a help text lists.
fn commands_in(help: &str) -> Vec<String> {
    let list = help.split("Commands:\n").nth(1).unwrap_or_default();
    list.lines()
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.split_whitespace().next())
        .filter(|command| *command != "help")
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_option_that_is_named_exists() {
    let mut texts = vec![help(&[])];
    for command in commands_in(&texts[0]) {
        let text = help(&[&command]);
        let below = commands_in(&text);
        texts.push(text);
        texts.extend(below.iter().map(|inner| help(&[&command, inner])));
    }
    assert!(texts.len() > 6, "the commands were not found");
    let known: BTreeSet<String> = texts.iter().flat_map(|text| options_in(text)).collect();
    assert!(known.contains("--fail-on"), "{known:?}");

    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = fs::read_to_string(readme).expect("README.md is there");
    let mut places = locale_files();
    places.push(("README.md".to_owned(), readme));
    for (path, text) in places {
        let unknown: Vec<_> = options_in(&text).difference(&known).cloned().collect();
        assert_eq!(
            unknown,
            Vec::<String>::new(),
            "{path} names what is no option"
        );
    }
}

#[test]
fn options_are_seen_in_a_text() {
    let found = options_in(
        "（--resume）和 `--min-verified`, a--b\n cargo run --release -- demo --quiet\n|---|",
    );
    let expected = ["--min-verified", "--quiet", "--resume"].map(str::to_owned);
    assert_eq!(found, BTreeSet::from(expected));
}

/// Keys of phrases that stand in the code as they are, by a scan of the source.
#[test]
fn every_phrase_of_the_code_has_a_message() {
    let messages = messages_of(REFERENCE);
    let keys: BTreeSet<&str> = messages
        .keys()
        .filter_map(|key| key.split_once(": ").map(|(_, key)| key))
        .collect();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = 0;
    for file in ["trust/path.rs", "wire/cert.rs", "wire/cert/locate.rs"] {
        let text = fs::read_to_string(root.join(file)).expect("a source file");
        let text = text.split("#[cfg(test)]").next().unwrap_or_default();
        for word in text.split('"').skip(1).step_by(2) {
            let prefixes = ["path-", "malformed-", "certificate-field-"];
            if prefixes.iter().any(|prefix| word.starts_with(prefix)) {
                assert!(keys.contains(word), "{file}: {word} has no message");
                found += 1;
            }
        }
    }
    assert!(found > 30, "only {found} phrases were found");
}
