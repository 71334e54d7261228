//! What people read: messages and values into text, in each language.
//!
//! The rules and the judgement hand over facts; every sentence stands in
//! `templates/locales/<language>/*.ftl` and nowhere else. The files are compiled in.

mod known;
mod language;
mod segment;

pub use known::{begins, known, nearest};
pub use language::Language;
pub use segment::Segment;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::model::{Phrase, Value, visible};

/// Characters of one piece of foreign text that are shown before it is cut.
pub const SHOWN: usize = 200;

/// Pieces of a list that are shown before the rest is counted.
const LISTED: usize = 10;

/// The messages of one language.
pub struct Words {
    language: Language,
    bundle: FluentBundle<FluentResource>,
}

impl std::fmt::Debug for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Words({:?})", self.language)
    }
}

impl Words {
    /// The messages of `language`. A file with a mistake in it is our fault; what of it can be
    /// read is used, and a test finds the rest.
    pub fn of(language: Language) -> Words {
        let mut bundle = FluentBundle::new_concurrent(vec![language.identifier()]);
        bundle.set_use_isolating(false);
        for (_, text) in language.files() {
            let resource = match FluentResource::try_new((*text).to_owned()) {
                Ok(resource) | Err((resource, _)) => resource,
            };
            bundle.add_resource_overriding(resource);
        }
        Words { language, bundle }
    }

    /// The language.
    pub fn language(&self) -> Language {
        self.language
    }

    /// Whether there is a message of that key.
    pub fn has(&self, key: &str) -> bool {
        self.bundle
            .get_message(key)
            .is_some_and(|message| message.value().is_some())
    }

    /// The message as plain text without control characters. A key that is missing is said as it is.
    pub fn say(&self, key: &str, values: &[(&str, Value)]) -> String {
        let values = values.iter().map(|(name, value)| (*name, value));
        segment::plain(self.segments(key, values))
    }

    /// The message in pieces, so that a writer can mark foreign text and escape each piece by its kind.
    pub fn segments<'v>(
        &self,
        key: &str,
        values: impl IntoIterator<Item = (&'v str, &'v Value)>,
    ) -> Vec<Segment> {
        match self.marked(key, values) {
            Some(text) => segment::split(&text),
            None => vec![Segment::Ours(key.to_owned())],
        }
    }

    /// The message with its foreign text between marks; `None` if there is no such message.
    fn marked<'v>(
        &self,
        key: &str,
        values: impl IntoIterator<Item = (&'v str, &'v Value)>,
    ) -> Option<String> {
        let message = self.bundle.get_message(key)?;
        let mut arguments = FluentArgs::new();
        for (name, value) in values {
            arguments.set(name.to_owned(), self.argument(value));
        }
        let mut faults = Vec::new();
        let text = self
            .bundle
            .format_pattern(message.value()?, Some(&arguments), &mut faults);
        Some(text.into_owned())
    }

    /// A phrase within a message. Stored observations may name one that is not known here: then
    /// they are quoted.
    fn phrase(&self, phrase: &Phrase) -> String {
        let values: Vec<(&str, &Value)> = phrase
            .values
            .iter()
            .map(|(name, value)| (name.as_str(), value))
            .collect();
        self.marked(&phrase.message, values)
            .unwrap_or_else(|| segment::mark(&line(&phrase.message)))
    }

    /// A moment as reports print it, to the minute, in UTC: `2026-11-23 18:00 UTC`.
    pub fn time(&self, time: Timestamp) -> String {
        time.to_zoned(TimeZone::UTC)
            .strftime("%Y-%m-%d %H:%M UTC")
            .to_string()
    }

    fn argument(&self, value: &Value) -> FluentValue<'static> {
        match value {
            Value::Number(number) => FluentValue::from(*number),
            Value::Term(term) => FluentValue::from(visible(term, SHOWN)),
            Value::Phrase(phrase) => FluentValue::from(self.phrase(phrase)),
            Value::Time(time) => FluentValue::from(self.time(*time)),
            Value::Foreign(text) => FluentValue::from(segment::mark(&line(text))),
            Value::List(pieces) => self.listed(pieces, |piece| segment::mark(&line(piece))),
            Value::Terms(names) => self.listed(names, |name| visible(name, SHOWN)),
            Value::Statements(statements) => {
                let said: Vec<String> = statements
                    .iter()
                    .map(|said| {
                        let clause = Value::Term(said.clause.clone());
                        self.say(&said.key, &[("clause", clause)])
                    })
                    .collect();
                FluentValue::from(said.join(self.language.semicolon()))
            }
        }
    }

    /// The first pieces of a list, and how many more there are.
    fn listed(&self, pieces: &[String], shown: impl Fn(&str) -> String) -> FluentValue<'static> {
        let first = pieces.iter().take(LISTED);
        let mut said: Vec<String> = first.map(|piece| shown(piece)).collect();
        if pieces.len() > LISTED {
            said.push(format!("…(+{})", pieces.len() - LISTED));
        }
        FluentValue::from(said.join(self.language.comma()))
    }
}

/// Foreign text as it is shown; the end of its line is no part of what it says.
fn line(text: &str) -> String {
    visible(text.trim_end_matches(['\r', '\n']), SHOWN)
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    /// Every message of a language with the variables that it uses.
    fn messages(language: Language) -> BTreeMap<String, BTreeSet<String>> {
        let mut messages: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (file, text) in language.files() {
            assert!(
                FluentResource::try_new((*text).to_owned()).is_ok(),
                "{file} has a mistake"
            );
            let mut current = None;
            for line in text.lines().filter(|line| !line.starts_with('#')) {
                if let Some((key, _)) = line.split_once('=')
                    && line.starts_with(|c: char| c.is_ascii_lowercase())
                {
                    let key = key.trim().to_owned();
                    assert!(
                        messages.insert(key.clone(), BTreeSet::new()).is_none(),
                        "{key} stands twice, the second time in {file}"
                    );
                    current = Some(key);
                }
                let Some(variables) = current.as_ref().and_then(|key| messages.get_mut(key)) else {
                    continue;
                };
                for rest in line.split('$').skip(1) {
                    let end = rest
                        .find(|c: char| !c.is_ascii_alphanumeric() && !"-_".contains(c))
                        .unwrap_or(rest.len());
                    variables.insert(rest[..end].to_owned());
                }
            }
        }
        messages
    }

    #[test]
    fn the_languages_say_the_same_with_the_same_values() {
        let english = messages(Language::En);
        assert!(english.len() > 100, "the English messages were not found");
        for language in Language::ALL {
            let theirs = messages(language);
            let missing: Vec<_> = english
                .keys()
                .filter(|key| !theirs.contains_key(*key))
                .collect();
            let extra: Vec<_> = theirs
                .keys()
                .filter(|key| !english.contains_key(*key))
                .collect();
            assert!(
                missing.is_empty() && extra.is_empty(),
                "{language:?} lacks {missing:?} and has besides {extra:?}"
            );
            for (key, variables) in &english {
                assert_eq!(
                    &theirs[key], variables,
                    "variables of {key} in {language:?}"
                );
            }
        }
    }

    #[test]
    fn foreign_text_stays_apart_and_cannot_forge_the_mark() {
        let words = Words::of(Language::En);
        let forged = Value::Foreign("a\u{e001}COMPLIANT\u{e000}\u{1b}[2J".to_owned());
        let segments = words.segments("a-value", [("value", &forged)]);
        assert_eq!(
            segments,
            [Segment::Foreign(
                "a\\u{e001}COMPLIANT\\u{e000}\\x1b[2J".to_owned()
            )]
        );
    }

    #[test]
    fn a_phrase_is_said_in_the_language_and_keeps_what_is_foreign_apart() {
        let words = Words::of(Language::ZhCn);
        let phrase = Phrase::new("path-other").with("words", Value::Foreign("<b>".to_owned()));
        let segments = words.segments("a-value", [("value", &Value::Phrase(phrase))]);
        assert!(matches!(&segments[0], Segment::Ours(_)), "{segments:?}");
        assert_eq!(segments[1], Segment::Foreign("<b>".to_owned()));
        let unknown = Value::Phrase(Phrase::new("no-such\u{1b}key"));
        let segments = words.segments("a-value", [("value", &unknown)]);
        assert_eq!(segments, [Segment::Foreign("no-such\\x1bkey".to_owned())]);
    }

    #[test]
    fn times_are_in_utc_and_lists_are_bounded() {
        let words = Words::of(Language::ZhCn);
        let time: Timestamp = "2026-11-23T18:00:59Z".parse().expect("a time");
        assert_eq!(
            words.say("a-value", &[("value", time.into())]),
            "2026-11-23 18:00 UTC"
        );
        let names: Vec<String> = (0..12).map(|n| format!("n{n}")).collect();
        let said = words.say("a-value", &[("value", Value::List(names))]);
        assert!(
            said.starts_with("n0、n1、") && said.ends_with("n9、…(+2)"),
            "{said}"
        );
        let terms = Value::terms(["TLS 1.0", "TLS 1.1"]);
        let segments = words.segments("a-value", [("value", &terms)]);
        assert_eq!(segments, [Segment::Ours("TLS 1.0、TLS 1.1".to_owned())]);
    }

    #[test]
    fn a_missing_key_is_said_as_it_is() {
        let words = Words::of(Language::En);
        assert!(!words.has("no-such-key"));
        assert_eq!(words.say("no-such-key", &[]), "no-such-key");
    }
}
