//! What a person does in a mail client to change its settings, step by step.

use std::collections::HashMap;

use crate::model::{Account, ClientKind, Settings};
use crate::words::{Language, Words};

use super::fixes::settings_message;
use super::{Message, Report};

/// The language that the input names for a person, if it is one of ours.
pub(super) fn language_of(account: &Account) -> Option<Language> {
    account.language.as_deref()?.parse().ok()
}

/// The message with the steps in a client: the one for this security where there is one of its own.
pub(super) fn steps_message(client: ClientKind, to: &Settings, words: &Words) -> Message {
    let any = format!("fix-client-{}-{}", client.word(), to.protocol.word());
    let own = format!("{any}-{}", to.security.word());
    settings_message(if words.has(&own) { &own } else { &any }, to)
}

/// Steps in words, each kept once for the many who take them.
pub(super) struct Told<'w> {
    report: &'w Words,
    every: [Words; 2],
    known: HashMap<(ClientKind, Language, Settings), String>,
}

impl<'w> Told<'w> {
    pub(super) fn new(words: &'w Words) -> Self {
        Told {
            report: words,
            every: Language::ALL.map(Words::of),
            known: HashMap::new(),
        }
    }

    /// The steps of an account in its person's client and language, numbered, on one line.
    pub(super) fn steps(
        &mut self,
        report: &Report<'_>,
        index: usize,
        to: Option<&Settings>,
    ) -> &str {
        let Some(to) = to else { return "" };
        let account = &report.source.accounts[index];
        let client = (report.source.recognise)(account.client.as_deref().unwrap_or(""));
        let client = client.with_dialog_for(to.protocol);
        let language = language_of(account).unwrap_or(self.report.language());
        let words = self.every.iter().find(|words| words.language() == language);
        self.known
            .entry((client, language, to.clone()))
            .or_insert_with(|| {
                let words = words.unwrap_or(self.report);
                let text = steps_message(client, to, words).say(words);
                let numbered = (1..).zip(text.lines());
                let numbered = numbered.map(|(number, line)| format!("{number}. {line}"));
                numbered.collect::<Vec<_>>().join(" ")
            })
    }
}
