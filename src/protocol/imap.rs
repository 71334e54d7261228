//! IMAP: RFC 9051 and its predecessors.

use super::grammar::{add_mechanism, add_password_login, says_later, words};
use super::{Standing, Step, Tag};
use crate::model::{Capabilities, Raw};

/// Untagged lines, then one with our tag (RFC 9051 §2.2.2).
///
/// Neither a greeting nor a capability reply can hold a literal by the grammar, so the size that
/// `{4294967295}` announces is text and nothing is ever allocated for it.
pub(super) fn step(tag: Tag, line: &[u8]) -> Step {
    let words = words(line);
    let mut words = words.iter().map(String::as_str);
    match (words.next(), words.next()) {
        (Some("*"), Some("BYE")) => Step::Done(if says_later(line) {
            Standing::TryLater
        } else {
            Standing::Ended
        }),
        (Some("*"), Some(_)) | (Some("+"), _) => Step::More,
        (Some(word), Some(state)) if word.eq_ignore_ascii_case(&tag.to_string()) => match state {
            "OK" => Step::Done(Standing::Granted),
            "NO" | "BAD" => Step::Done(Standing::Refused),
            _ => Step::Odd,
        },
        _ => Step::Odd,
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
    let Some(at) = words
        .iter()
        .position(|word| word.trim_start_matches('[') == "CAPABILITY")
    else {
        return Vec::new();
    };
    let in_brackets = words[at].starts_with('[');
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

    #[test]
    fn a_reply_goes_on_to_our_tag() {
        assert_eq!(step(Tag(1), b"* CAPABILITY IMAP4rev2"), Step::More);
        assert_eq!(step(Tag(1), b"m1 OK done"), Step::Done(Standing::Granted));
        assert_eq!(step(Tag(1), b"m1 BAD what"), Step::Done(Standing::Refused));
        assert_eq!(step(Tag(1), b"m10 OK another's"), Step::Odd);
        assert_eq!(step(Tag(1), b"+OK"), Step::Odd);
        assert_eq!(step(Tag(1), b"* BYE shutdown"), Step::Done(Standing::Ended));
        assert_eq!(
            step(Tag(1), b"* BYE [UNAVAILABLE] try again"),
            Step::Done(Standing::TryLater)
        );
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
        assert_eq!(capabilities(&[b"m1 OK done".to_vec()]), None);
    }
}
