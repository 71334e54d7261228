//! The words of fixes: there for every client, protocol and reason, and alike in both languages.

use std::collections::BTreeSet;

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource};
use mailfleet::knowledge::clients;
use mailfleet::model::{ClientKind, Idea, Protocol, Unproven};

const LANGUAGES: [(&str, &str); 2] = [
    ("en", include_str!("../../templates/locales/en/fixes.ftl")),
    (
        "zh-CN",
        include_str!("../../templates/locales/zh-CN/fixes.ftl"),
    ),
];

const VALUES: [(&str, &str); 6] = [
    ("protocol", "<POP3>"),
    ("host", "<mail.example>"),
    ("port", "<995>"),
    ("security", "<SSL/TLS>"),
    ("endpoint", "<mail.example:995>"),
    ("time", "<noon>"),
];

fn keys(ftl: &str) -> BTreeSet<&str> {
    ftl.lines()
        .filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()))
        .filter_map(|line| line.split_once(" =").map(|(key, _)| key))
        .collect()
}

/// The message with every value filled in; which of them stand in it.
fn say(language: &str, ftl: &str, key: &str) -> (String, BTreeSet<&'static str>) {
    let resource = FluentResource::try_new(ftl.to_owned()).expect("the file is valid");
    let mut bundle = FluentBundle::new(vec![language.parse().expect("a language tag")]);
    bundle.set_use_isolating(false);
    bundle.add_resource(resource).expect("no key stands twice");
    let message = bundle
        .get_message(key)
        .unwrap_or_else(|| unreachable!("{language}: no {key}"));
    let args: FluentArgs<'_> = VALUES.into_iter().collect();
    let mut errors = Vec::new();
    let pattern = message.value().expect("a message has a value");
    let text = bundle
        .format_pattern(pattern, Some(&args), &mut errors)
        .into_owned();
    assert!(errors.is_empty(), "{language} {key}: {errors:?}");
    let used = VALUES.into_iter().filter(|(_, value)| text.contains(value));
    (text.clone(), used.map(|(name, _)| name).collect())
}

#[test]
fn both_languages_have_equal_keys_and_variables() {
    let [(_, english), (_, chinese)] = LANGUAGES;
    assert_eq!(keys(english), keys(chinese));
    for key in keys(english) {
        let (text, used) = say("en", english, key);
        let (translated, used_there) = say("zh-CN", chinese, key);
        assert_eq!(used, used_there, "{key}");
        assert_eq!(text.lines().count(), translated.lines().count(), "{key}");
    }
}

#[test]
fn every_client_is_told_host_port_and_security_for_every_protocol() {
    let mut kinds: BTreeSet<ClientKind> = clients::usual().into();
    kinds.extend([ClientKind::IosMail, ClientKind::Other]);
    for kind in kinds {
        for protocol in Protocol::ALL {
            let kind = kind.with_dialog_for(protocol);
            let key = format!("fix-client-{}-{}", kind.word(), protocol.word());
            for (language, ftl) in LANGUAGES {
                let (_, used) = say(language, ftl, &key);
                assert_eq!(
                    used,
                    ["host", "port", "security"].into(),
                    "{language} {key}"
                );
            }
        }
    }
}

#[test]
fn every_idea_and_every_reason_has_its_words() {
    let ideas = [
        Idea::SameHost,
        Idea::UsedByColleagues,
        Idea::ConventionalName,
    ];
    let reasons = [
        Unproven::NothingCompliant,
        Unproven::NoCandidate,
        Unproven::NotInObservations,
        Unproven::SettingsNotStated,
    ];
    let keys = ideas
        .map(|idea| format!("fix-idea-{}", idea.word()))
        .into_iter();
    for key in keys.chain(reasons.map(|why| format!("fix-not-proven-{}", why.word()))) {
        for (language, ftl) in LANGUAGES {
            assert!(say(language, ftl, &key).1.is_empty(), "{language} {key}");
        }
    }
}

#[test]
fn proof_names_what_answered_and_when_and_does_not_claim_the_mailbox() {
    for (language, ftl) in LANGUAGES {
        let (_, used) = say(language, ftl, "fix-proven");
        assert_eq!(used, ["endpoint", "protocol", "time"].into(), "{language}");
    }
    let (text, _) = say("en", LANGUAGES[0].1, "fix-proven");
    assert!(text.contains("cannot be proven without logging in"));
}

#[test]
fn configuration_blocks_come_out_with_their_braces_balanced() {
    for (language, ftl) in LANGUAGES {
        let (text, _) = say(language, ftl, "recipe-dovecot-close-clear-text");
        assert!(
            text.contains("service pop3-login {\n  inet_listener pop3 {\n    port = 0\n  }\n}\n"),
            "{text}"
        );
        assert_eq!(text.matches('{').count(), text.matches('}').count());
    }
}
