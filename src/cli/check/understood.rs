//! How columns, words and rows were understood.

use std::collections::BTreeMap;

use super::super::screen;
use crate::input::{DecidedBy, Input, Meaning, Understood};
use crate::model::{Phrase, RowFault, Value, visible};
use crate::words::Words;

/// Rejected rows listed before the rest is only counted.
const REJECTED_SHOWN: usize = 20;

/// Columns of the terminal for a header or a word, and what of longer ones is shown.
const ROOM: usize = 28;

/// Each file with its control totals, and each column with what is done with it.
pub(super) fn files(input: &Input, words: &Words) -> String {
    let mut text = String::new();
    for file in &input.files {
        let totals = [
            ("file", Value::Foreign(file.file.to_string())),
            ("rows", file.rows.into()),
            ("accepted", file.accepted.into()),
            ("rejected", file.rejected.into()),
        ];
        text += &format!("{}\n", words.say("check-file", &totals));
        for column in &file.columns {
            let key = format!("check-column-{}", column.usage.word());
            let field = column.field.unwrap_or_default().to_owned();
            let usage = words.say(&key, &[("field", Value::Term(field))]);
            text += &format!("  {} {usage}\n", padded(&column.header));
        }
    }
    text
}

/// Each word of the protocol and security columns, with its meanings and how often it has them.
pub(super) fn words_of_cells(input: &Input, words: &Words) -> String {
    let mut text = String::new();
    for file in &input.files {
        let of_file = input.understood.iter().filter(|row| row.file == file.file);
        let lines: Vec<String> = of_file.map(|row| line(row, words)).collect();
        if lines.is_empty() {
            continue;
        }
        let name = [("file", Value::Foreign(file.file.to_string()))];
        text += &format!("{}\n{}", words.say("check-words", &name), lines.concat());
    }
    text
}

fn line(row: &Understood, words: &Words) -> String {
    let word = match &*row.word {
        "" => words.say("check-blank", &[]),
        word => word.to_owned(),
    };
    let (meaning, by) = match row.meaning {
        Meaning::Protocol(protocol, by) => {
            let name = protocol.map_or("", |protocol| protocol.name());
            (Value::Term(name.to_owned()), by)
        }
        Meaning::Security(security, by, any_certificate) => {
            let security = Phrase::new(format!("check-security-{}", security.word()));
            let meaning = match any_certificate {
                true => Phrase::new("check-any-certificate").with("meaning", security),
                false => security,
            };
            (meaning.into(), by)
        }
    };
    let values = [
        ("meaning", meaning),
        ("field", Value::Term(row.field.to_owned())),
    ];
    let meant = words.say(&format!("check-by-{}", by_word(row, by)), &values);
    let times = [("times", row.times.into()), ("line", row.first_line.into())];
    let times = words.say("check-times", &times);
    format!("  {:<16} {} {meant} {times}\n", row.field, padded(&word))
}

/// A word that leaves it open and a blank cell are different things to do something about.
fn by_word(row: &Understood, by: DecidedBy) -> &'static str {
    match by {
        DecidedBy::Nothing if !row.word.is_empty() => "nothing-known",
        by => by.word(),
    }
}

/// The rejected rows: the first of them one by one, all of them by reason.
pub(super) fn rejected(input: &Input, words: &Words) -> String {
    let mut text = String::new();
    let why = |reason: RowFault| words.say(&format!("row-{}", reason.word()), &[]);
    for row in input.rejected.iter().take(REJECTED_SHOWN) {
        let place = visible(&row.file, 200);
        text += &format!("{place}:{}: {}\n", row.line, why(row.reason));
    }
    if input.rejected.len() <= REJECTED_SHOWN {
        return text;
    }
    let rest = [("rows", (input.rejected.len() - REJECTED_SHOWN).into())];
    text += &format!("{}\n", words.say("check-more-rejected", &rest));
    text += &format!("{}\n", words.say("check-by-reason", &[]));
    let mut by_reason = BTreeMap::<RowFault, u64>::new();
    for row in &input.rejected {
        *by_reason.entry(row.reason).or_default() += 1;
    }
    for (reason, rows) in by_reason {
        text += &format!("  {rows:>7}  {}\n", why(reason));
    }
    text
}

/// A header or a word with spaces behind it, cut if it is long.
fn padded(text: &str) -> String {
    screen::column(&visible(text, ROOM), ROOM)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::{ReadOptions, read_bytes};
    use crate::model::{ColumnUsage, Security};
    use crate::words::Language;

    #[test]
    fn every_usage_meaning_and_decision_has_words_in_every_language() {
        for words in Language::ALL.map(Words::of) {
            for usage in ColumnUsage::ALL {
                assert!(words.has(&format!("check-column-{}", usage.word())));
            }
            use Security::{Auto, None, Starttls, Tls, Unknown};
            for security in [Auto, None, Starttls, Tls, Unknown] {
                assert!(words.has(&format!("check-security-{}", security.word())));
            }
            for by in ["word", "port", "name", "nothing", "nothing-known"] {
                assert!(words.has(&format!("check-by-{by}")), "{by}");
            }
        }
    }

    #[test]
    fn each_word_is_told_with_what_it_was_taken_for() {
        let text = "邮箱,类型,服务器,端口,SSL,密码,备注\n\
            a@a.test,POP3S,m.a.test,,,Canary7531,\n\
            b@a.test,POP3,m.a.test,995,是,,\n\
            c@a.test,POP3,m.a.test,110, 是 ,,\n\
            d@a.test,IMAP,m.a.test,2143,1,,\n\
            e@a.test,,imaps://m.a.test,993,SSL/TLS（接受所有证书）,,\n\
            f@a.test,,m.a.test,143,,,\n\
            g@a.test,POP3,m.a.test,110,Canary7531,,\n";
        let input = read_bytes("a.csv", text.as_bytes(), &ReadOptions::default());
        let input = input.expect("usable");
        let words = Words::of(Language::En);
        let said = files(&input, &words) + &words_of_cells(&input, &words);
        let said: Vec<String> = said
            .lines()
            .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
            .collect();
        for line in [
            "a.csv: 7 rows, 6 accepted, 1 rejected",
            "邮箱 email",
            "密码 not read: a secret by its name",
            "备注 note: known, and not kept",
            "type pop3 POP3 (2 times, first in line 3)",
            "type pop3s POP3 (once, in line 2)",
            "protocol (blank) IMAP, as the port decides (once, in line 7)",
            "protocol (blank) IMAP, as a name such as POP3S or imaps:// says (once, in line 6)",
            "security (blank) TLS from the first byte, as a name such as POP3S or imaps:// says (once, in line 2)",
            "security (blank) stays open: say it in the list, or the account cannot be verified (once, in line 7)",
            "security 1 stays open: “yes” says which only on a mail port of its own kind (once, in line 5)",
            "security 是 TLS from the first byte, as the port decides (once, in line 3)",
            "security 是 STARTTLS, as the port decides (once, in line 4)",
            "security ssl/tls(接受所有证书) TLS from the first byte, and any certificate is accepted (once, in line 6)",
        ] {
            assert!(said.iter().any(|said| said == line), "{line}: {said:#?}");
        }
        assert!(!said.concat().to_lowercase().contains("canary"));
    }
}
