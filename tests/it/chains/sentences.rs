//! What a report says of twelve of the chains, in each language, for people to read.

use mailfleet::model::Value;
use mailfleet::words::{Language, Words};

use super::rows;

/// Rows whose findings are told.
const TOLD: [&str; 12] = [
    "expired",
    "ends in five days",
    "another name",
    "the name in the common name only",
    "its own issuer",
    "the intermediate is missing, and where it is is known",
    "a stranger's root",
    "the intermediate has ended",
    "leaf with RSA 1024",
    "signed with SHA-1",
    "a name that the issuer may not certify",
    "for clients only",
];

#[test]
fn twelve_chains_are_told_in_each_language() {
    for language in Language::ALL {
        let words = Words::of(language);
        println!("== {language}");
        for name in TOLD {
            let row = rows::all().find(|row| row.name == name).expect("a row");
            let judged = (row.make)().judge();
            println!("-- {name}");
            let mut told = 0;
            for finding in judged.findings() {
                let rule = finding.rule;
                let of_variant = finding
                    .evidence
                    .variant
                    .map(|variant| format!("{rule}-evidence-{variant}"))
                    .filter(|key| words.has(key));
                let key = of_variant.unwrap_or_else(|| format!("{rule}-evidence"));
                let values: Vec<(&str, Value)> = finding
                    .evidence
                    .values
                    .iter()
                    .map(|(name, value)| (&**name, value.clone()))
                    .collect();
                let sentences = [
                    words.say(&format!("{rule}-title"), &[]),
                    words.say(&key, &values),
                    words.say(&format!("{rule}-fix-server"), &[]),
                ];
                for sentence in &sentences {
                    assert!(
                        !sentence.contains(['{', '}']) && !sentence.starts_with(rule),
                        "{language}: {name}: {sentence}"
                    );
                }
                println!("{rule}: {}", sentences.join(" | "));
                told += 1;
            }
            assert!(told > 0, "nothing is said of {name}");
        }
    }
}
