//! The words of the rules about certificates, in both languages.

use std::collections::{BTreeMap, BTreeSet};

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource};
use mailfleet::rules::{Breach, RULES};

fn text(language: &str) -> String {
    let root = env!("CARGO_MANIFEST_DIR");
    let path = format!("{root}/templates/locales/{language}/rules-certificate.ftl");
    std::fs::read_to_string(path).expect("the words")
}

/// Each message with the variables that it uses.
fn messages(language: &str) -> BTreeMap<String, BTreeSet<String>> {
    let text = text(language);
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
fn every_message_can_be_formatted() {
    for language in ["en", "zh-CN"] {
        let resource = FluentResource::try_new(text(language)).expect("messages that parse");
        let tag = language.parse().expect("a language");
        let mut bundle: FluentBundle<FluentResource> = FluentBundle::new(vec![tag]);
        bundle.set_use_isolating(false);
        bundle.add_resource(resource).expect("no key twice");
        for (key, variables) in messages(language) {
            for number in [0, 1, 5] {
                let mut values = FluentArgs::new();
                for name in &variables {
                    match name.as_str() {
                        "days" | "more" | "number" | "least" | "most" => {
                            values.set(name.as_str(), number)
                        }
                        _ => values.set(name.as_str(), "VALUE"),
                    }
                }
                let message = bundle.get_message(&key).and_then(|message| message.value());
                let mut errors = vec![];
                let pattern = message.expect("a message");
                let said = bundle.format_pattern(pattern, Some(&values), &mut errors);
                assert!(errors.is_empty(), "{key}: {errors:?}");
                assert!(!said.contains(['{', '}', '\n']), "{key}: {said}");
                assert!(!said.contains("  "), "{key}: {said}");
            }
        }
    }
}

#[test]
fn every_rule_has_its_words_and_no_words_are_left_over() {
    let mut expected = BTreeSet::new();
    let about_certificates = |id: &str| {
        id.starts_with("cert-") || ["ocsp-staple-missing", "dane-mismatch"].contains(&id)
    };
    for rule in RULES.iter().filter(|rule| about_certificates(rule.id)) {
        for part in ["title", "why", "looks-at", "evidence", "fix-server"] {
            expected.insert(format!("{}-{part}", rule.id));
        }
        for (variant, _) in rule.variants {
            expected.insert(format!("{}-evidence-{variant}", rule.id));
        }
    }
    assert!(expected.len() > 18 * 5, "{}", expected.len());
    expected.extend(Breach::ALL.iter().map(|breach| breach.key().to_owned()));
    let found: BTreeSet<_> = messages("en")
        .into_keys()
        .filter(|key| !key.ends_with("-fix-person"))
        .collect();
    assert_eq!(found, expected);
}
