//! A waiver as it is written into a file.

use std::fmt::Write as _;

use jiff::civil::Date;

use super::mistake::Mistakes;
use super::waiver::waivers_of_text;
use super::{Waiver, WaiverTerms};

/// The text of a waiver file with one waiver more, read back and found to hold it.
///
/// # Errors
/// Every mistake of the file as it stands, and what the policy's terms want of the new one.
pub fn with_waiver(
    name: &str,
    text: &str,
    waiver: &Waiver,
    known_rules: &[&'static str],
    terms: &WaiverTerms,
) -> Result<String, Mistakes> {
    let before = waivers_of_text(name, text, known_rules, terms)?;
    let mut longer = text.to_owned();
    if !longer.is_empty() && !longer.ends_with('\n') {
        longer.push('\n');
    }
    if !longer.is_empty() {
        longer.push('\n');
    }
    longer += &written(waiver);
    let after = waivers_of_text(name, &longer, known_rules, terms)?;
    match after.split_last() {
        Some((last, rest)) if last == waiver && rest == before => Ok(longer),
        _ => Err(Mistakes::whole(
            name,
            "the new waiver would not be read back as it was given",
            "keep reason, names and ticket to one line each, without blanks at their ends",
        )),
    }
}

/// Whether a waiver file leaves room for one: no other in it accepts the same of the same subject
/// on that day.
///
/// # Errors
/// The other one, and what to do instead. Other mistakes of the file are none of its business.
pub fn not_yet_accepted(
    name: &str,
    text: &str,
    waiver: &Waiver,
    known_rules: &[&'static str],
    today: Date,
) -> Result<(), Mistakes> {
    let there = waivers_of_text(name, text, known_rules, &WaiverTerms::default());
    let there = there.unwrap_or_default();
    let same = |one: &&Waiver| {
        (one.rule, &one.subject) == (waiver.rule, &waiver.subject) && one.until >= today
    };
    match there.iter().find(same) {
        None => Ok(()),
        Some(other) => Err(Mistakes::whole(
            name,
            format!("it accepts this finding already, until {}", other.until),
            "to move its end, change `until` there",
        )),
    }
}

fn written(waiver: &Waiver) -> String {
    let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
    let mut text = format!(
        "[[waiver]]\nrule = {}\nsubject = {}\nreason = {}\napproved_by = {}\nuntil = {}\n",
        quoted(waiver.rule),
        quoted(&waiver.subject.to_string()),
        quoted(&waiver.reason),
        quoted(&waiver.approved_by),
        waiver.until,
    );
    for (key, value) in [("owner", &waiver.owner), ("ticket", &waiver.ticket)] {
        if let Some(value) = value {
            let _ = writeln!(text, "{key} = {}", quoted(value));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::WaiverSubject;

    const RULES: [&str; 1] = ["no-encryption"];

    fn waiver(reason: &str) -> Waiver {
        Waiver {
            rule: RULES[0],
            subject: WaiverSubject::read("mail.example.com:110").expect("a subject"),
            reason: reason.to_owned(),
            approved_by: "who \"quoted\" 王".to_owned(),
            until: "2027-01-31".parse().expect("a day"),
            owner: Some("o".to_owned()),
            ticket: None,
        }
    }

    #[test]
    fn whatever_is_written_is_read_back_or_refused() {
        let none = WaiverTerms::default();
        let mut text = String::new();
        for (count, reason) in [
            "why",
            "a\nb",
            "a]] = [[\u{1b}\u{202e}",
            "a'''\"\"\"\\",
            "# 1",
        ]
        .iter()
        .enumerate()
        {
            text =
                with_waiver("w.toml", &text, &waiver(reason), &RULES, &none).expect("it is read");
            let read = waivers_of_text("w.toml", &text, &RULES, &none).expect("it loads");
            assert_eq!((read.len(), &*read[count].reason), (count + 1, *reason));
        }
        let day = |day: &str| day.parse().expect("a day");
        let told = not_yet_accepted("w.toml", &text, &waiver("x"), &RULES, day("2027-01-31"));
        let told = told.expect_err("refused").to_string();
        assert!(told.contains("already, until 2027-01-31"), "{told}");
        not_yet_accepted("w.toml", &text, &waiver("x"), &RULES, day("2027-02-01")).expect("over");
        for refused in [" blank ", "  ", "-", "\u{200b}"] {
            with_waiver("w.toml", &text, &waiver(refused), &RULES, &none).expect_err("refused");
        }
        let terms = WaiverTerms {
            ticket: true,
            ..none
        };
        let told = with_waiver("w.toml", "", &waiver("why"), &RULES, &terms).expect_err("refused");
        assert!(told.to_string().contains("no `ticket`"), "{told}");
        let told = with_waiver("w.toml", "[[waiver]]\n", &waiver("why"), &RULES, &none);
        assert!(
            told.expect_err("refused")
                .to_string()
                .starts_with("w.toml:1:1: ")
        );
    }
}
