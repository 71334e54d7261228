//! Whether a server answers inside TLS what it was told in the clear.

use super::{Tag, managesieve, smtp};
use crate::model::Protocol;

/// What a server said inside TLS while one command, [`Question::harmless`](super::Question::harmless),
/// may be answered there that was sent in the clear.
#[derive(Clone, Copy, Debug)]
pub struct Overheard<'a> {
    /// The number of that command on its connection.
    pub nth: u8,
    /// Before anything was asked inside.
    pub unasked: &'a [u8],
    /// In all, once the one question after what is offered was answered.
    pub all: &'a [u8],
}

impl Overheard<'_> {
    /// Whether an answer to that command is among it. A greeting that is only said again is none,
    /// nor is a refusal behind which the conversation ends.
    pub fn answers(self, protocol: Protocol) -> bool {
        match protocol {
            Protocol::Imap => lines(self.all).any(|line| first_word(line) == tag(self.nth)),
            Protocol::Managesieve => {
                let named = format!("(TAG \"{}\")", Tag(self.nth)).to_ascii_uppercase();
                let named = named.as_bytes();
                let says = self.all.to_ascii_uppercase();
                // Whoever does not know the command refuses it, and goes on.
                says.windows(named.len()).any(|window| window == named)
                    || bare_statuses(self.unasked) > 0 && self.goes_on()
            }
            Protocol::Pop3 => {
                let (before, all) = (Pop3::of(self.unasked), Pop3::of(self.all));
                before.lists > 0 || all.lists > 1 || before.errors > 0 && all.lists + all.errors > 1
            }
            Protocol::Smtp => {
                let (before, all) = (codes(self.unasked), codes(self.all));
                let extensions = |codes: &[u16]| codes.iter().filter(|code| **code == 250).count();
                extensions(&before) > 0
                    || extensions(&all) > 1
                    || before.iter().any(|code| *code >= 500) && all.len() > before.len()
            }
        }
    }

    fn goes_on(self) -> bool {
        self.all.len() > self.unasked.len()
    }
}

fn lines(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    text.split(|byte| *byte == b'\n')
        .map(|line| line.strip_suffix(b"\r").unwrap_or(line))
}

fn first_word(line: &[u8]) -> String {
    let word = line.split(|byte| *byte == b' ').next().unwrap_or(line);
    String::from_utf8_lossy(word).to_ascii_lowercase()
}

fn tag(nth: u8) -> String {
    Tag(nth).to_string()
}

/// Statuses of ManageSieve that end no list.
fn bare_statuses(text: &[u8]) -> usize {
    let mut in_list = false;
    let mut bare = 0;
    for line in lines(text) {
        if managesieve::status(line).is_some() {
            bare += usize::from(!in_list);
            in_list = false;
        } else if managesieve::is_string(line) {
            in_list = true;
        }
    }
    bare
}

/// Replies of POP3 that can be told from a greeting.
#[derive(Default)]
struct Pop3 {
    lists: usize,
    errors: usize,
}

impl Pop3 {
    fn of(text: &[u8]) -> Self {
        let mut found = Pop3::default();
        for line in lines(text) {
            found.lists += usize::from(line == b".");
            found.errors += usize::from(line.starts_with(b"-ERR"));
        }
        found
    }
}

/// The code of each whole reply of SMTP, but for greetings.
fn codes(text: &[u8]) -> Vec<u16> {
    lines(text)
        .filter(|line| line.get(3) != Some(&b'-'))
        .filter_map(smtp::code)
        .filter(|code| *code != 220)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(protocol: Protocol, unasked: &str, then: &str) -> bool {
        let all = format!("{unasked}{then}");
        Overheard {
            nth: 2,
            unasked: unasked.as_bytes(),
            all: all.as_bytes(),
        }
        .answers(protocol)
    }

    #[test]
    fn imap_is_told_by_the_tag() {
        let list = "* CAPABILITY IMAP4rev1\r\nm3 OK done\r\n";
        for (unasked, then, is_answer) in [
            ("", list, false),
            ("m2 OK done\r\n", list, true),
            ("M2 BAD what\r\n", "", true),
            (
                "",
                "m2 OK late\r\n* CAPABILITY IMAP4rev1\r\nm3 OK\r\n",
                true,
            ),
            ("* OK m2 is what I heard\r\n", list, false),
            ("* OK hello again\r\n", list, false),
            ("m22 OK\r\n", list, false),
        ] {
            let found = answers(Protocol::Imap, unasked, then);
            assert_eq!(found, is_answer, "{unasked:?} {then:?}");
        }
    }

    #[test]
    fn pop3_is_told_by_one_list_too_many() {
        let list = "+OK\r\nTOP\r\n.\r\n";
        for (unasked, then, is_answer) in [
            ("", list, false),
            (list, list, true),
            (list, "", true),
            ("", "+OK\r\nTOP\r\n.\r\n+OK\r\nTOP\r\n.\r\n", true),
            ("-ERR what\r\n", "-ERR what\r\n", true),
            ("-ERR what\r\n", list, true),
            ("-ERR no pipelining\r\n", "", false),
            ("+OK ready again\r\n", list, false),
            ("", "-ERR what\r\n", false),
        ] {
            let found = answers(Protocol::Pop3, unasked, then);
            assert_eq!(found, is_answer, "{unasked:?} {then:?}");
        }
    }

    #[test]
    fn smtp_is_told_by_one_reply_too_many() {
        let list = "250-mail.test\r\n250 AUTH PLAIN\r\n";
        for (unasked, then, is_answer) in [
            ("", list, false),
            (list, list, true),
            (list, "", true),
            ("", "250 mail.test\r\n250-mail.test\r\n250 SIZE\r\n", true),
            ("503 bad sequence\r\n", list, true),
            ("554 no pipelining\r\n", "", false),
            ("220 mail.test ESMTP\r\n", list, false),
            ("421 bye\r\n", "", false),
            ("", "502 what\r\n", false),
        ] {
            let found = answers(Protocol::Smtp, unasked, then);
            assert_eq!(found, is_answer, "{unasked:?} {then:?}");
        }
    }

    #[test]
    fn managesieve_is_told_by_the_tag_or_a_refusal_that_nothing_asked_for() {
        let list = "\"SASL\" \"PLAIN\"\r\nOK \"done\"\r\n";
        for (unasked, then, is_answer) in [
            ("", list, false),
            (list, list, false),
            (
                "\"SASL\" \"\"\r\nOK\r\nOK (TAG \"m2\") \"done\"\r\n",
                list,
                true,
            ),
            ("", "OK (tag \"M2\")\r\n\"SASL\" \"\"\r\nOK\r\n", true),
            ("\"SASL\" \"\"\r\nOK\r\nNO \"what\"\r\n", list, true),
            ("NO \"no pipelining\"\r\n", "", false),
            ("BYE\r\n", "", false),
        ] {
            let found = answers(Protocol::Managesieve, unasked, then);
            assert_eq!(found, is_answer, "{unasked:?} {then:?}");
        }
    }
}
