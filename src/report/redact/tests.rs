//! What becomes of text that names somebody.

use super::key::{Kind, PseudonymKey};
use super::people::People;
use crate::model::{Account, AccountId, Person, Security, Text};

fn account(employee: &str, email: &str) -> Account {
    let cell = |text: &str| (!text.is_empty()).then(|| Text::from(text));
    Account {
        id: AccountId([0; 32]),
        sources: Vec::new(),
        person: Person {
            employee: cell(employee),
            email: cell(email),
            department: None,
        },
        other_departments: Vec::new(),
        client: None,
        language: None,
        protocol: None,
        host: "mail.corp.test".parse().expect("a host"),
        port: None,
        security: Security::Unknown,
        accepts_any_certificate: false,
        inferred: Vec::new(),
    }
}

fn with_people(look: impl Fn(&People<'_>, &PseudonymKey), texts: &[&str]) {
    let key = PseudonymKey::of(&[3; 32]).expect("a key");
    let accounts = [
        account("Anna Meier", "anna.meier@corp.test"),
        account("Bo Li", "LI@Corp.Test"),
        account("Anna Meier", "other.anna@corp.test"),
        account("魏鑫", ""),
        account("The Help", "info@corp.test"),
    ];
    look(&People::of(&accounts, texts.iter().copied(), &key), &key);
}

#[test]
fn whoever_is_meant_has_one_pseudonym_however_they_are_named() {
    let ways = [
        "li@corp.test",
        " <ＬＩ＠corp.test.>",
        "Bo Li",
        "bo  LI",
        "li",
    ];
    with_people(
        |people, key| {
            let li = key.pseudonym(Kind::Person, "li@corp.test");
            assert_eq!(people.named("li@corp.test"), li);
            assert_eq!(people.named("Bo Li"), li);
            assert_eq!(
                people.sentence("ask bo  LI (li@corp.test)!"),
                format!("ask {li} ({li})!")
            );
            assert_eq!(people.sentence("<ＬＩ＠corp.test.>"), format!("<{li}.>"));
            assert_eq!(people.called("Bo Li"), li);
            let wei = key.pseudonym(Kind::Person, "魏鑫");
            assert_eq!(people.sentence("请魏鑫处理"), format!("请{wei}处理"));
        },
        &[&ways[..], &["ask", "请魏鑫处理"]].concat(),
    );
}

#[test]
fn a_name_of_several_and_a_part_of_a_name_are_hidden() {
    let texts = [
        "Anna Meier and Frau Meier of mail.corp.test, 2026, the info desk",
        "the Meiers, Meiern, and Meiereien",
    ];
    with_people(
        |people, _| {
            assert_eq!(
                people.sentence(texts[0]),
                "[…] and Frau […] of mail.corp.test, 2026, […] info desk"
            );
            assert_eq!(people.sentence(texts[1]), "[…] […], […], and Meiereien");
            // What things are called keeps single words.
            assert_eq!(people.called("Meier GmbH, Anna Meier"), "Meier GmbH, […]");
        },
        &texts,
    );
}

#[test]
fn a_name_is_known_in_any_order_and_without_blanks() {
    let texts = ["Team Li Bo, boli's desk, LIBO-1, bo_li, 鑫魏的手机"];
    with_people(
        |people, key| {
            let li = key.pseudonym(Kind::Person, "li@corp.test");
            let wei = key.pseudonym(Kind::Person, "魏鑫");
            assert_eq!(
                people.called(texts[0]),
                format!("Team {li}, {li}'s desk, {li}-1, {li}, {wei}的手机")
            );
            assert_eq!(people.named("Li, Bo"), li);
            assert_eq!(people.called("boli"), li);
        },
        &texts,
    );
}

#[test]
fn evidence_keeps_the_addresses_of_strangers() {
    with_people(
        |people, key| {
            let unknown = key.pseudonym(Kind::Person, "new@corp.test");
            assert_eq!(
                people.evidence("E=new@corp.test, E=ca@authority.example, Anna Meier"),
                format!("E={unknown}, E=ca@authority.example, Anna Meier")
            );
        },
        &[],
    );
}
