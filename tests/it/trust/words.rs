//! The words of the rules about certificates, in both languages.

use std::collections::{BTreeMap, BTreeSet};

use fluent_bundle::FluentResource;
use mailfleet::rules::RULES;

/// Each message with the variables that it uses.
fn messages(language: &str) -> BTreeMap<String, BTreeSet<String>> {
    let path = format!(
        "{}/templates/locales/{language}/rules-certificate.ftl",
        env!("CARGO_MANIFEST_DIR")
    );
    let text = std::fs::read_to_string(path).expect("the words");
    FluentResource::try_new(text.clone()).expect("messages that parse");
    let mut messages = BTreeMap::new();
    let mut current = String::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        if line.starts_with(|c: char| c.is_ascii_lowercase())
            && let Some((key, _)) = line.split_once(" = ")
        {
            current = key.to_owned();
            messages.insert(current.clone(), BTreeSet::new());
        }
        for rest in line.split('$').skip(1) {
            let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-'));
            let name = rest[..end.unwrap_or(rest.len())].trim_end_matches('-');
            messages
                .get_mut(&current)
                .expect("a message")
                .insert(name.to_owned());
        }
    }
    messages
}

#[test]
fn both_languages_say_the_same_with_the_same_variables() {
    assert_eq!(messages("en"), messages("zh-CN"));
}

#[test]
fn every_rule_has_its_words_and_no_words_are_left_over() {
    let mut expected = BTreeSet::new();
    for rule in RULES.iter().filter(|rule| rule.id.starts_with("cert-")) {
        for part in ["title", "why", "looks-at", "evidence", "fix-server"] {
            expected.insert(format!("{}-{part}", rule.id));
        }
        for (variant, _) in rule.variants {
            expected.insert(format!("{}-evidence-{variant}", rule.id));
        }
    }
    assert_eq!(expected.len(), 12 * 5 + 7);
    let found: BTreeSet<_> = messages("en")
        .into_keys()
        .filter(|key| !key.ends_with("-fix-person"))
        .collect();
    assert_eq!(found, expected);
}
