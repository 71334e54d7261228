//! People by their names and addresses, wherever free text names them.
//!
//! Looked for is only what the texts at hand can hold: a fleet has a million names, and a policy a
//! few hundred sentences.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::Hash;

use super::key::{Kind, PseudonymKey};
use super::words::{Word, addresses, words};
use crate::model::{Account, Mailbox, Value, folded};

/// What stands for words that name no one person.
const HIDDEN: &str = "[…]";

/// Local parts of addresses that are a role's and nobody's name (RFC 2142), and those that are most
/// usual besides.
const ROLES: [&str; 20] = [
    "abuse",
    "admin",
    "contact",
    "helpdesk",
    "hostmaster",
    "info",
    "it",
    "mail",
    "marketing",
    "noc",
    "noreply",
    "office",
    "postmaster",
    "root",
    "sales",
    "security",
    "service",
    "support",
    "test",
    "webmaster",
];

/// Whoever the texts may name.
pub(super) struct People<'k> {
    key: &'k PseudonymKey,
    /// Addresses whose person is known by another spelling, as [`Mailbox`] writes them.
    spellings: HashMap<String, String>,
    /// The domains of all addresses.
    domains: HashSet<String>,
    /// Names and local parts of addresses by their words in alphabetical order, with the pseudonym of
    /// whoever bears them; `None` where several do.
    names: HashMap<Vec<String>, Option<String>>,
    /// The same of names whose words are written as one.
    joined: HashMap<String, Option<String>>,
    /// The most words of any of them.
    longest: usize,
    /// Single words of names.
    parts: HashSet<String>,
}

impl<'k> People<'k> {
    /// The people of a fleet as far as these texts can name them.
    pub fn of<'t>(
        accounts: &[Account],
        texts: impl IntoIterator<Item = &'t str>,
        key: &'k PseudonymKey,
    ) -> Self {
        let mut there: HashSet<String> = HashSet::new();
        for word in texts.into_iter().flat_map(words) {
            there.extend(stems(&word.folded).map(str::to_owned));
        }
        let mut people = People {
            key,
            spellings: HashMap::new(),
            domains: HashSet::new(),
            names: HashMap::new(),
            joined: HashMap::new(),
            longest: 0,
            parts: HashSet::new(),
        };
        for account in accounts {
            people.take(account, &there);
        }
        people
    }

    fn take(&mut self, account: &Account, there: &HashSet<String>) {
        let person = &account.person;
        let mailbox = person.email.as_deref().and_then(Mailbox::read);
        if let Some(mailbox) = &mailbox {
            if !self.domains.contains(&mailbox.domain) {
                self.domains.insert(mailbox.domain.clone());
            }
            let (written, known) = (mailbox.to_string(), person.key());
            if written != known {
                self.spellings.entry(written).or_insert(known);
            }
        }
        if there.is_empty() {
            return;
        }
        let local = mailbox.as_ref().map(|mailbox| mailbox.local.as_str());
        let local = local.filter(|local| !ROLES.contains(local));
        for name in person.employee.as_deref().into_iter().chain(local) {
            let name: Vec<String> = words(name).map(|word| word.folded).collect();
            for part in &name {
                let is_name = part.chars().count() > 1 && part.chars().any(char::is_alphabetic);
                if is_name && there.contains(part) && !self.parts.contains(part) {
                    self.parts.insert(part.clone());
                }
            }
            let pseudonym = || self.key.pseudonym(Kind::Person, &person.key());
            for joined in as_one_word(&name) {
                if there.contains(&joined) {
                    learn(&mut self.joined, joined, pseudonym());
                }
            }
            if !name.is_empty() && name.iter().all(|word| there.contains(word)) {
                self.longest = self.longest.max(name.len());
                let pseudonym = self.key.pseudonym(Kind::Person, &person.key());
                learn(&mut self.names, in_order(name), pseudonym);
            }
        }
    }

    /// What stands for an address, however it is spelled.
    fn address(&self, address: &str) -> String {
        let written = Mailbox::read(address).map_or_else(|| folded(address), |m| m.to_string());
        let known = self.spellings.get(&written).unwrap_or(&written);
        self.key.pseudonym(Kind::Person, known)
    }

    /// Who bears a name of these words, in whatever order; `None` within where several do.
    fn bearer(&self, name: Vec<String>) -> Option<&Option<String>> {
        match &*name {
            [word] if self.joined.contains_key(word) => self.joined.get(word),
            _ => self.names.get(&in_order(name)),
        }
    }

    /// What stands for whoever a field names that holds nothing but a person.
    pub fn named(&self, text: &str) -> String {
        let text = text.trim();
        if Mailbox::read(text).is_some() && !text.contains(char::is_whitespace) {
            return self.address(text);
        }
        let name: Vec<String> = words(text).map(|word| word.folded).collect();
        match self.bearer(name) {
            Some(Some(pseudonym)) => pseudonym.clone(),
            _ => self.key.pseudonym(Kind::Name, &folded(text)),
        }
    }

    /// A sentence without addresses, names, and parts of names.
    pub fn sentence(&self, text: &str) -> String {
        self.without_addresses(text, |_| true, |rest| self.without_names(rest, true))
    }

    /// What something is called, without addresses and whole names. A single word of a name stays: a
    /// group, a column or a company may well be called so.
    pub fn called(&self, text: &str) -> String {
        let name: Vec<String> = words(text).map(|word| word.folded).collect();
        match self.bearer(name) {
            Some(bearer) => bearer.clone().unwrap_or_else(|| HIDDEN.to_owned()),
            None => self.without_addresses(text, |_| true, |rest| self.without_names(rest, false)),
        }
    }

    /// What a server said or a rule saw, without addresses in the domains of the people: those of
    /// strangers, such as an authority's, are evidence.
    pub fn evidence(&self, text: &str) -> String {
        let ours = |address: &str| {
            Mailbox::read(address).is_none_or(|mailbox| self.domains.contains(&mailbox.domain))
        };
        self.without_addresses(text, ours, str::to_owned)
    }

    fn without_addresses(
        &self,
        text: &str,
        is_meant: impl Fn(&str) -> bool,
        rest: impl Fn(&str) -> String,
    ) -> String {
        let mut told = String::with_capacity(text.len());
        let mut from = 0;
        for place in addresses(text) {
            if is_meant(&text[place.clone()]) {
                told.push_str(&rest(&text[from..place.start]));
                told.push_str(&self.address(&text[place.clone()]));
                from = place.end;
            }
        }
        told.push_str(&rest(&text[from..]));
        told
    }

    fn without_names(&self, text: &str, with_parts: bool) -> String {
        let there: Vec<Word> = words(text).collect();
        let mut told = String::with_capacity(text.len());
        let (mut from, mut next) = (0, 0);
        while next < there.len() {
            let Some((count, stand_in)) = self.name_at(&there[next..], with_parts) else {
                next += 1;
                continue;
            };
            told.push_str(&text[from..there[next].place.start]);
            told.push_str(stand_in);
            next += count;
            from = there[next - 1].place.end;
        }
        told.push_str(&text[from..]);
        told
    }

    /// How many words a name takes that begins here, and what stands for it; the longest name first.
    fn name_at(&self, there: &[Word], with_parts: bool) -> Option<(usize, &str)> {
        let fewest = if with_parts { 1 } else { 2 };
        let lengths = (fewest..=self.longest.min(there.len())).rev();
        let mut names = lengths.filter_map(|count| {
            let name: Vec<String> = there[..count].iter().map(|w| w.folded.clone()).collect();
            Some((count, self.names.get(&in_order(name))?))
        });
        if let Some((count, bearer)) = names.next() {
            return Some((count, bearer.as_deref().unwrap_or(HIDDEN)));
        }
        if let Some(bearer) = self.joined.get(&there[0].folded) {
            return Some((1, bearer.as_deref().unwrap_or(HIDDEN)));
        }
        let mut stems = stems(&there[0].folded);
        let is_part = with_parts && stems.any(|stem| self.parts.contains(stem));
        is_part.then_some((1, HIDDEN))
    }

    /// The value of a message that says what was seen.
    pub fn seen(&self, value: &Value) -> Value {
        self.value(value, &|text| self.evidence(text))
    }

    /// The value of a message that says what something is called.
    pub fn called_value(&self, value: &Value) -> Value {
        self.value(value, &|text| self.called(text))
    }

    fn value(&self, value: &Value, told: &dyn Fn(&str) -> String) -> Value {
        match value {
            Value::Foreign(text) => Value::Foreign(told(text)),
            Value::List(texts) => Value::List(texts.iter().map(|text| told(text)).collect()),
            Value::Phrase(phrase) => {
                let mut phrase = phrase.clone();
                for value in phrase.values.values_mut() {
                    *value = self.value(value, told);
                }
                Value::Phrase(phrase)
            }
            // No words from outside.
            Value::Term(_)
            | Value::Terms(_)
            | Value::Number(_)
            | Value::Time(_)
            | Value::Statements(_) => value.clone(),
        }
    }
}

/// Letters that a name needs to be known with an ending.
const FEWEST_LETTERS: usize = 4;

/// A word, and what it may be with one or two letters behind it, as in `Quills`.
fn stems(word: &str) -> impl Iterator<Item = &str> {
    let cut = word.char_indices().rev().take(2);
    let cut = cut.map(|(end, _)| &word[..end]);
    let cut = cut.filter(|stem| stem.chars().count() >= FEWEST_LETTERS);
    std::iter::once(word).chain(cut)
}

/// The words of a name in the order in which names are looked up: people write either first.
fn in_order(mut name: Vec<String>) -> Vec<String> {
    name.sort_unstable();
    name
}

/// A name of several words written without anything between them, whichever of them is first.
fn as_one_word(name: &[String]) -> impl Iterator<Item = String> {
    let several = if name.len() > 1 { name.len() } else { 0 };
    (0..several).map(|first| [&name[first..], &name[..first]].concat().concat())
}

/// Keeps who bears a name, or that several do.
fn learn<N: Eq + Hash>(known: &mut HashMap<N, Option<String>>, name: N, pseudonym: String) {
    let bearer = known.entry(name).or_insert_with(|| Some(pseudonym.clone()));
    if bearer.as_ref() != Some(&pseudonym) {
        *bearer = None;
    }
}

/// Whether any text of a value may hold an address.
pub(super) fn may_name<K>(values: &BTreeMap<K, Value>) -> bool {
    fn holds(value: &Value) -> bool {
        let at = |text: &String| text.contains(['@', '＠']);
        match value {
            Value::Foreign(text) => at(text),
            Value::List(texts) => texts.iter().any(at),
            Value::Phrase(phrase) => phrase.values.values().any(holds),
            _ => false,
        }
    }
    values.values().any(holds)
}
