//! IMAP: RFC 9051 and its predecessors.

use super::grammar::{add_mechanism, add_password_login, says_later, words};
use super::{Command, Standing, Step, Tag};
use crate::model::{Capabilities, Raw};

/// Untagged lines, then one with our tag (RFC 9051 §2.2.2); or, once a login was begun, its
/// challenge (§6.2.2).
pub(super) fn step(command: Command, tag: Tag, line: &[u8]) -> Step {
    let words = words(line);
    let mut words = words.iter().map(String::as_str);
    match (words.next(), words.next()) {
        (Some("*"), Some("BYE")) => Step::Done(if says_later(line) {
            Standing::TryLater
        } else {
            Standing::Ended
        }),
        (Some("+"), _) if matches!(command, Command::Authenticate(_)) => {
            Step::Done(Standing::Challenged)
        }
        (Some("*"), Some(_)) | (Some("+"), _) => Step::More,
        (Some(word), Some(state)) if word.eq_ignore_ascii_case(&tag.to_string()) => match state {
            "OK" => Step::Done(Standing::Granted),
            "NO" | "BAD" if says_later(line) => Step::Done(Standing::TryLater),
            "NO" | "BAD" => Step::Done(Standing::Refused),
            _ => Step::Odd,
        },
        _ => Step::Odd,
    }
}

/// Whether a line may hold a literal: an untagged one that is neither a status nor a capability list.
/// These two cannot by the grammar (RFC 9051 §9), so the size that stands in one of them is text.
pub(super) fn holds_literals(line: &[u8]) -> bool {
    let words = words(line);
    let mut words = words.iter().map(String::as_str);
    match (words.next(), words.next()) {
        (Some("*"), Some("OK" | "NO" | "BAD" | "BYE" | "PREAUTH" | "CAPABILITY")) => false,
        (first, _) => first == Some("*"),
    }
}

/// `* CAPABILITY …`, and `[CAPABILITY …]` in a status line (RFC 9051 §7.2.2, §7.1).
pub(super) fn capabilities(lines: &[Vec<u8>]) -> Option<Capabilities> {
    let mut found = Capabilities::default();
    let mut listed = false;
    for line in lines {
        found.lines.push(Raw::from(&line[..]));
        for keyword in keywords(line) {
            listed = true;
            match keyword.as_str() {
                "STARTTLS" => found.starttls = true,
                "LOGINDISABLED" => found.login_disabled = true,
                other => other
                    .strip_prefix("AUTH=")
                    .into_iter()
                    .for_each(|mechanism| add_mechanism(&mut found, mechanism)),
            }
        }
    }
    // The LOGIN command is open unless it is denied.
    if !found.login_disabled {
        add_password_login(&mut found, "LOGIN");
    }
    listed.then_some(found)
}

fn keywords(line: &[u8]) -> Vec<String> {
    let words = words(line);
    let is = |at: usize, word: &str| words.get(at).is_some_and(|found| found == word);
    let (at, in_brackets) = match () {
        () if is(0, "*") && is(1, "CAPABILITY") => (1, false),
        () if is(2, "[CAPABILITY") => (2, true),
        () => return Vec::new(),
    };
    let mut keywords = Vec::new();
    for word in &words[at + 1..] {
        match word.split_once(']') {
            Some((last, _)) if in_brackets => {
                keywords.push(last.to_owned());
                break;
            }
            _ => keywords.push(word.clone()),
        }
    }
    keywords
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::Mechanism;

    #[test]
    fn a_reply_goes_on_to_our_tag() {
        let step = |tag, line: &[u8]| step(Command::Capability, tag, line);
        assert_eq!(step(Tag(1), b"* CAPABILITY IMAP4rev2"), Step::More);
        assert_eq!(step(Tag(1), b"m1 OK done"), Step::Done(Standing::Granted));
        assert_eq!(step(Tag(1), b"m1 BAD what"), Step::Done(Standing::Refused));
        assert_eq!(
            step(Tag(1), b"m1 NO [LIMIT] not now"),
            Step::Done(Standing::TryLater)
        );
        assert_eq!(step(Tag(1), b"m10 OK another's"), Step::Odd);
        assert_eq!(step(Tag(1), b"+OK"), Step::Odd);
        assert_eq!(step(Tag(1), b"* BYE shutdown"), Step::Done(Standing::Ended));
        assert_eq!(
            step(Tag(1), b"* BYE [UNAVAILABLE] try again"),
            Step::Done(Standing::TryLater)
        );
    }

    #[test]
    fn a_challenge_is_one_only_where_a_login_was_begun() {
        let begun = Command::Authenticate(Mechanism::Login);
        assert_eq!(step(begun, Tag(1), b"* OK still here"), Step::More);
        for challenge in [&b"+"[..], b"+ ", b"+ VXNlcm5hbWU6"] {
            let challenged = Step::Done(Standing::Challenged);
            assert_eq!(step(begun, Tag(1), challenge), challenged);
            assert_eq!(step(Command::Noop, Tag(1), challenge), Step::More);
        }
    }

    #[test]
    fn only_what_may_hold_a_literal_has_one() {
        assert!(holds_literals(b"* ID (\"name\" {7}"));
        for line in [
            "* OK hello {4294967295}",
            "* CAPABILITY IMAP4rev1 {7}",
            "* BYE {7}",
            "m1 OK {7}",
            "+ {7}",
            "",
        ] {
            assert!(!holds_literals(line.as_bytes()), "{line}");
        }
    }

    #[test]
    fn login_is_open_unless_denied() {
        let read = |line: &str| capabilities(&[line.as_bytes().to_vec()]).expect("listed");
        let open = read("* CAPABILITY IMAP4rev1 STARTTLS AUTH=PLAIN AUTH=XOAUTH2");
        assert!(open.starttls && !open.login_disabled);
        assert_eq!(open.password_logins, ["PLAIN", "LOGIN"]);
        assert_eq!(open.mechanisms, ["PLAIN", "XOAUTH2"]);
        let denied = read("m1 OK [CAPABILITY IMAP4rev2 STARTTLS LOGINDISABLED] AUTH=PLAIN is text");
        assert!(denied.login_disabled && denied.password_logins.is_empty());
    }

    #[test]
    fn a_reply_that_lists_nothing_is_no_list() {
        for nothing in [
            "m1 OK done",
            "m1 OK CAPABILITY done",
            "* ID (\"CAPABILITY\" NIL)",
        ] {
            assert_eq!(capabilities(&[nothing.into()]), None, "{nothing}");
        }
    }
}
