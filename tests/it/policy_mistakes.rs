//! A file with many mistakes: a message for each, with its place drawn and its cure.

use mailfleet::policy::{Mistakes, read};

use crate::scene::known_rules;

const TWELVE: &str = include_str!("../cases/policy/twelve-mistakes.toml");

fn refused(text: &str) -> Mistakes {
    read("policy.toml", text, &known_rules()).expect_err("mistakes")
}

#[test]
fn twelve_mistakes_are_twelve_messages_with_place_and_cure() {
    let mistakes = refused(TWELVE);
    let told: Vec<String> = mistakes.to_string().lines().map(Into::into).collect();
    assert_eq!(
        told,
        [
            "policy.toml:3:11: this value does not fit; write a text in quotes",
            "policy.toml:4:11: there is no policy `rfc8341` to extend; did you mean `rfc8314`?",
            "policy.toml:5:1: there is no key `breach_form` here; did you mean `breach_from`?",
            "policy.toml:6:31: this value does not fit; write a domain such as example.com",
            "policy.toml:7:16: this value does not fit; write a whole number from 1 to 65535",
            "policy.toml:9:1: `expiry_urgent_days` is greater than `expiry_days`; make the urgent window the shorter one",
            "policy.toml:10:15: this value does not fit; write \"1.2\" or \"1.3\"",
            "policy.toml:15:21: there is no suite and no class of suites `echde`; did you mean `ecdhe`?",
            "policy.toml:17:8: there is no rule `no-encrytion`; did you mean `no-encryption`?",
            "policy.toml:21:12: this value does not fit; write critical, high, medium, low or info",
            "policy.toml:22:25: there is no standard `rfc83140`; did you mean `rfc8314`?",
            "policy.toml:24:1: this waiver has no `until`; write its last day: nothing is waived for ever",
        ]
    );
}

#[test]
fn each_place_is_drawn_with_its_line_and_a_mark() {
    let mistakes = refused(TWELVE);
    let drawn = format!("{mistakes:#}");
    for mistake in &mistakes.mistakes {
        let excerpt = mistake.excerpt.as_ref().expect("a line");
        let line = TWELVE.lines().nth(mistake.line - 1).expect("that line");
        assert_eq!(excerpt.text, line);
        let meant = line.chars().skip(mistake.column - 1).collect::<String>();
        assert!(
            meant.starts_with(&excerpt.text[excerpt.from..excerpt.to]),
            "{excerpt:?}"
        );
        let numbered = format!("{} | {line}\n", mistake.line);
        let (_, below) = drawn
            .split_once(&numbered)
            .unwrap_or_else(|| panic!("no {numbered} in {drawn}"));
        let mark = below.lines().next().expect("a line below");
        let column = mark
            .find('^')
            .unwrap_or_else(|| panic!("no mark in {mark}"));
        let gutter = numbered.find(line).expect("the line");
        assert_eq!(column - gutter, mistake.column - 1, "{drawn}");
    }
    assert!(!drawn.contains('\u{1b}'), "no colour");
}

#[test]
fn what_stands_in_a_file_is_harmless_when_its_place_is_drawn() {
    let long = "x".repeat(5000);
    let hostile =
        format!("\"\\u001b[2J\" = 1\n\"a\u{202e}b\" = 2\nz = \"\u{202e}{long}\"\n\t{long} = 3\n");
    let drawn = format!("{:#}", refused(&hostile));
    let plain = |c: char| c == '\n' || mailfleet::model::is_plain(c);
    assert!(drawn.chars().all(plain), "{drawn}");
    assert!(
        drawn.lines().all(|line| line.chars().count() < 400),
        "{drawn}"
    );
}
