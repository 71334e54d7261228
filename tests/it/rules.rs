//! The registry keeps its promises, and every rule fires where it should and nowhere else.
#![allow(clippy::panic)] // A scene that is told wrongly is a mistake of the test.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use mailfleet::inventory::Inventory;
use mailfleet::judge::cases;
use mailfleet::model::{Citation, DnsAnswer, Evidence, Standard, Value, Verb, Verdict};
use mailfleet::policy::{self, Policy};
use mailfleet::rules::{AccountCase, Check, RULES, Rule, find};

use crate::scene::{Scene, known_rules, rfc8314};

const LANGUAGES: [&str; 2] = ["en", "zh-CN"];

fn home(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

#[derive(serde::Deserialize)]
struct File {
    case: Vec<Case>,
}

/// One situation, and what the rule answers.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    pub says: String,
    account: String,
    #[serde(default)]
    servers: BTreeMap<String, String>,
    #[serde(default)]
    dns: BTreeMap<String, String>,
    /// Lines of a policy that extends rfc8314.
    #[serde(default)]
    policy: String,
    expect: String,
}

impl Case {
    /// The account and its servers.
    pub fn scene(&self) -> Scene {
        let mut scene = Scene::new(&[&self.account]);
        for (place, words) in &self.servers {
            scene = scene.server(place, words);
        }
        for (host, answer) in &self.dns {
            scene = scene.resolved(host, dns(answer));
        }
        scene
    }

    pub fn answer(&self, rule: &Rule) -> Verdict {
        let scene = self.scene();
        let inventory = Inventory::of(&scene.accounts);
        let policy = extended(&self.policy);
        let matter = scene.matter(&inventory, &policy);
        let nobody = Inventory::default();
        let cases = cases::of(&matter, &nobody);
        let account = &scene.accounts[0];
        let named = account.endpoint().and_then(|e| cases.get(&e));
        match rule.check {
            Check::Endpoint(question) => question(named.expect("a port is named"), &policy),
            Check::Account(question) => {
                let case = AccountCase {
                    account,
                    endpoint: named,
                    cases: &cases,
                };
                question(&case, &policy)
            }
            Check::Fleet(_) => panic!("{}: fleet rules have tests of their own", rule.id),
        }
    }
}

/// The policy rfc8314 with these lines on top.
fn extended(lines: &str) -> Policy {
    if lines.is_empty() {
        return rfc8314();
    }
    let mut file = tempfile::NamedTempFile::new().expect("a file");
    let head = "name = \"own\"\nversion = \"1\"\nextends = \"rfc8314\"";
    writeln!(file, "{head}\n{lines}").expect("written");
    let path = file.path().to_str().expect("a plain name");
    policy::load(path, &known_rules()).unwrap_or_else(|mistakes| panic!("{mistakes}"))
}

fn dns(words: &str) -> DnsAnswer {
    match words {
        "no-such-name twice" => DnsAnswer::NoSuchName { twice: true },
        "no-such-name once" => DnsAnswer::NoSuchName { twice: false },
        "no-address twice" => DnsAnswer::NoAddress { twice: true },
        "failed" => DnsAnswer::Failed,
        "refused" => DnsAnswer::Refused,
        "timed-out" => DnsAnswer::TimedOut,
        "addresses and more" => DnsAnswer::Addresses {
            addresses: vec!["192.0.2.10".parse().expect("an address")],
            beyond: 3,
            not_visited: Vec::new(),
        },
        other => panic!("no answer is called {other}"),
    }
}

fn word(verdict: &Verdict) -> String {
    match verdict {
        Verdict::Compliant => "compliant".into(),
        Verdict::NotAsked => "not-asked".into(),
        Verdict::NotApplicable => "not-applicable".into(),
        Verdict::Undetermined(reason) => format!("undetermined {reason}"),
        Verdict::Violation(Evidence {
            variant: Some(variant),
            ..
        }) => format!("violation {variant}"),
        Verdict::Violation(_) => "violation".into(),
    }
}

/// Rules whose situations are told in `tests/cases/rules`; certificates and what takes a whole
/// fleet have tests of their own.
pub fn told() -> impl Iterator<Item = (&'static Rule, Vec<Case>)> {
    RULES
        .iter()
        .filter(|rule| {
            !rule.id.starts_with("cert-")
                && rule.id != "dane-mismatch"
                && !matches!(rule.check, Check::Fleet(_))
        })
        .map(|rule| {
            let path = home(&format!("tests/cases/rules/{}.toml", rule.id));
            let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path:?}: {e}"));
            let file: File = toml::from_str(&text).unwrap_or_else(|e| panic!("{path:?}: {e}"));
            (*rule, file.case)
        })
}

#[test]
fn every_rule_answers_as_its_cases_say() {
    let mut told_of = 0;
    let mut all_otherwise = Vec::new();
    for (rule, cases) in told() {
        let words: Vec<String> = cases.iter().map(|case| word(&case.answer(rule))).collect();
        let told = cases.iter().zip(&words);
        let otherwise = told.filter(|(case, word)| **word != case.expect);
        all_otherwise.extend(otherwise.map(|(case, word)| {
            let (expect, says) = (&case.expect, &case.says);
            format!("{}: {word}, not {expect}: {says}", rule.id)
        }));
        assert!(
            words.iter().any(|w| w.starts_with("violation")),
            "{} never fires",
            rule.id
        );
        assert!(
            words.iter().any(|w| !w.starts_with("violation")),
            "{} always fires",
            rule.id
        );
        told_of += 1;
    }
    assert!(all_otherwise.is_empty(), "{}", all_otherwise.join("\n"));
    assert!(told_of >= 25, "only {told_of} rules were looked at");
}

#[test]
fn a_catalogue_of_rules_and_the_registry_agree() {
    let text = std::fs::read_to_string(home("tests/cases/rules/catalogue.txt")).expect("a file");
    let catalogue: Vec<(&str, &str)> = text
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| line.split_once(' ').expect("ID SEVERITY"))
        .collect();
    let mut place = 0;
    for rule in RULES {
        let (index, (_, severity)) = catalogue
            .iter()
            .enumerate()
            .find(|(_, (id, _))| *id == rule.id)
            .unwrap_or_else(|| panic!("{} is in no catalogue", rule.id));
        assert_eq!(rule.severity.word(), *severity, "{}", rule.id);
        assert!(
            place <= index,
            "{} stands out of the catalogue's order",
            rule.id
        );
        place = index;
    }
}

#[test]
fn ids_are_unique_kebab_case_and_named_as_their_files() {
    let ids: BTreeSet<&str> = RULES.iter().map(|rule| rule.id).collect();
    assert_eq!(ids.len(), RULES.len());
    for id in &ids {
        assert!(
            id.chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'),
            "{id}"
        );
        assert!(find(id).is_some());
    }
    let files: BTreeSet<String> = std::fs::read_dir(home("src/rules"))
        .expect("the rules")
        .map(|entry| entry.expect("a file").path())
        .filter(|path| {
            std::fs::read_to_string(path).is_ok_and(|t| t.contains("pub const RULE: Rule"))
        })
        .map(|path| {
            path.file_stem()
                .expect("a name")
                .to_string_lossy()
                .replace('_', "-")
        })
        .collect();
    assert_eq!(files, ids.iter().map(ToString::to_string).collect());
}

#[test]
fn every_rule_cites_something_the_strongest_first() {
    let strength = [
        Verb::Must,
        Verb::Should,
        Verb::May,
        Verb::States,
        Verb::Interpretation,
    ];
    let rank = |citation: &Citation| strength.iter().position(|verb| *verb == citation.verb);
    for rule in RULES {
        assert!(!rule.citations.is_empty(), "{}", rule.id);
        assert!(rule.citations.is_sorted_by_key(rank), "{}", rule.id);
        for citation in rule.citations {
            let interpretation = citation.verb == Verb::Interpretation;
            let ours = citation.standard == Standard::Mailfleet;
            assert_eq!(
                interpretation, ours,
                "{}: only our own reading is one",
                rule.id
            );
            let clause = &citation.clause;
            assert!(clause.is_empty() || clause.starts_with('§'), "{}", rule.id);
        }
    }
}

fn bundle(language: &str) -> FluentBundle<FluentResource> {
    let mut bundle = FluentBundle::new(vec![language.parse().expect("a language")]);
    bundle.set_use_isolating(false);
    for entry in std::fs::read_dir(home(&format!("templates/locales/{language}"))).expect("words") {
        let path = entry.expect("a file").path();
        if path
            .file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with("rules-"))
        {
            let text = std::fs::read_to_string(&path).expect("text");
            let resource =
                FluentResource::try_new(text).unwrap_or_else(|(_, e)| panic!("{path:?}: {e:?}"));
            bundle
                .add_resource(resource)
                .unwrap_or_else(|e| panic!("{path:?}: {e:?}"));
        }
    }
    bundle
}

#[test]
fn every_rule_has_its_words_in_each_language() {
    for language in LANGUAGES {
        let bundle = bundle(language);
        for rule in RULES {
            let id = rule.id;
            let mut keys = vec![
                format!("{id}-title"),
                format!("{id}-why"),
                format!("{id}-looks-at"),
                format!("{id}-fix-server"),
            ];
            match rule.variants {
                [] => keys.push(format!("{id}-evidence")),
                variants if !bundle.has_message(&format!("{id}-evidence")) => {
                    keys.extend(
                        variants
                            .iter()
                            .map(|(name, _)| format!("{id}-evidence-{name}")),
                    );
                }
                _ => {}
            }
            for key in keys {
                assert!(bundle.has_message(&key), "{language}: {key} is missing");
            }
            let person = bundle.get_message(&format!("{id}-fix-person"));
            if let Some(pattern) = person.and_then(|message| message.value()) {
                let mut errors = Vec::new();
                bundle.format_pattern(pattern, None, &mut errors);
                assert!(
                    errors.is_empty(),
                    "{language}: {id}-fix-person holds a value"
                );
            }
        }
    }
}

#[test]
fn evidence_has_every_value_that_its_words_use() {
    for language in LANGUAGES {
        let bundle = bundle(language);
        for (rule, cases) in told() {
            for case in cases {
                let Verdict::Violation(evidence) = case.answer(rule) else {
                    continue;
                };
                if let Some(variant) = evidence.variant {
                    let known = rule.variants.iter().any(|(name, _)| *name == variant);
                    assert!(known, "{}: {variant} is not among its variants", rule.id);
                }
                let key = match evidence.variant {
                    Some(variant) => format!("{}-evidence-{variant}", rule.id),
                    None => format!("{}-evidence", rule.id),
                };
                let message = bundle.get_message(&key).unwrap_or_else(|| panic!("{key}"));
                let mut errors = Vec::new();
                let pattern = message.value().expect("words");
                bundle.format_pattern(pattern, Some(&arguments(&evidence)), &mut errors);
                assert!(errors.is_empty(), "{language}: {key}: {errors:?}");
            }
        }
    }
}

fn arguments(evidence: &Evidence) -> FluentArgs<'_> {
    evidence
        .values
        .iter()
        .map(|(name, value)| {
            let value = match value {
                Value::Foreign(text) | Value::Term(text) => FluentValue::from(text.as_str()),
                Value::Number(number) => FluentValue::from(*number),
                Value::Time(time) => FluentValue::from(time.to_string()),
                Value::Phrase(phrase) => FluentValue::from(phrase.message.as_str()),
                Value::List(list) | Value::Terms(list) => FluentValue::from(list.join(", ")),
                Value::Statements(said) => {
                    let keys: Vec<&str> = said.iter().map(|one| one.key.as_str()).collect();
                    FluentValue::from(keys.join(", "))
                }
            };
            (&**name, value)
        })
        .collect()
}
