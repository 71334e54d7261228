//! What shows that a box on the way wrote over a server's words (threat model H7).

use super::AddressCase;
use crate::model::{Capabilities, Opening, Protocol, Raw};

impl AddressCase<'_> {
    /// Whether what came in the clear bears the marks of a box on the way that masks words.
    pub fn masked_on_the_way(&self) -> bool {
        self.masked_words().is_some()
    }

    /// The first line that was masked: one of the capabilities with a keyword of X's, a greeting of
    /// asterisks and nothing to read, or a refusal that quotes X's in place of our own command.
    pub fn masked_words(&self) -> Option<&Raw> {
        if self.visit.opening.seen() != Some(&Opening::ClearText) {
            return None;
        }
        let greeting = self.visit.greeting.seen()?;
        let listed = self.visit.capabilities.seen();
        listed
            .zip(greeting.spoken.protocol())
            .and_then(|(listed, protocol)| masked_line(listed, protocol))
            .or_else(|| is_masked_greeting(&greeting.raw.lossy()).then_some(&greeting.raw))
            .or_else(|| self.quoted_mask())
    }

    /// A refusal of a command that we did not send: a box wrote over ours.
    fn quoted_mask(&self) -> Option<&Raw> {
        let listed = self
            .visit
            .capabilities
            .seen()
            .filter(|listed| listed.refused);
        let asked = self.visit.starttls.seen().filter(|answer| !answer.accepted);
        let refusals = listed.into_iter().flat_map(|listed| &listed.lines);
        let mut refusals = refusals.chain(asked.map(|answer| &answer.reply));
        refusals.find(|line| quotes_mask(&line.lossy()))
    }
}

fn masked_line(listed: &Capabilities, protocol: Protocol) -> Option<&Raw> {
    let names_itself = protocol == Protocol::Smtp;
    listed
        .lines
        .iter()
        .filter(|_| !listed.refused)
        .skip(usize::from(names_itself))
        .find(|line| {
            let line = line.lossy().to_ascii_uppercase();
            keywords(&line, protocol).into_iter().any(is_masked_keyword)
        })
}

/// The names of what a line of capabilities, in upper case, offers, without their parameters.
fn keywords(line: &str, protocol: Protocol) -> Vec<&str> {
    let offers = match protocol {
        Protocol::Pop3 => line.split_whitespace().next(),
        Protocol::Smtp => line.get(4..).and_then(|l| l.split_whitespace().next()),
        Protocol::Managesieve => line.strip_prefix('"').and_then(|l| l.split('"').next()),
        // A list in a status line ends at its bracket.
        Protocol::Imap => line
            .split_once("CAPABILITY ")
            .and_then(|(_, list)| list.split(']').next()),
    };
    offers.unwrap_or_default().split_whitespace().collect()
}

/// Whether a keyword is one that a filter wrote over: `XXXXXXXX`, `XXXXXXXA`, or asterisks, of which
/// no keyword is made (RFC 5321 §4.1.1.1).
fn is_masked_keyword(keyword: &str) -> bool {
    if keyword.len() >= 4 && keyword.bytes().all(|byte| byte == b'*') {
        return true;
    }
    match keyword.as_bytes().split_last() {
        Some((last, rest)) => {
            rest.len() >= 7 && last.is_ascii_alphabetic() && rest.iter().all(|byte| *byte == b'X')
        }
        None => false,
    }
}

/// Whether a reply holds a word of X's alone, as the command that it refuses: `EHLO` comes through
/// some boxes as `XXXX`, and `STARTTLS` as `XXXXXXXX`.
fn quotes_mask(reply: &str) -> bool {
    let words = reply.split(|c: char| !c.is_alphanumeric());
    let mut words = words.filter(|word| word.len() >= 4);
    words.any(|word| word.bytes().all(|byte| byte == b'X'))
}

/// Whether a greeting is asterisks behind its status word, with nothing to read among them but
/// the digits that such boxes let through.
fn is_masked_greeting(greeting: &str) -> bool {
    let line = greeting.lines().next().unwrap_or_default();
    ["220", "+OK", "* OK", ""]
        .iter()
        .find_map(|status| line.strip_prefix(status))
        .is_some_and(|rest| {
            rest.matches('*').count() >= 4
                && rest
                    .chars()
                    .all(|c| matches!(c, '*' | ' ' | '-') || c.is_ascii_digit())
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masked_keywords_are_told_from_private_ones() {
        for keyword in ["XXXXXXXX", "XXXXXXXA", "XXXXXXXXXXXXB", "********"] {
            assert!(is_masked_keyword(keyword), "{keyword}");
        }
        for keyword in [
            "XCLIENT",
            "XFORWARD",
            "XXXXXXX",
            "X-GM-EXT-1",
            "STARTTLS",
            "ÄXXXXXXX",
            "XXXXXXÄX",
            "",
        ] {
            assert!(!is_masked_keyword(keyword), "{keyword}");
        }
    }

    #[test]
    fn a_command_that_was_written_over_is_known_by_its_refusal() {
        for reply in [
            "500 5.5.1 Command unrecognized: \"XXXX mail.example.com\"",
            "502 XXXXXXXX?",
        ] {
            assert!(quotes_mask(reply), "{reply}");
        }
        for reply in [
            "500 5.5.1 Command unrecognized: \"EHLO\"",
            "502 see RFC XXX",
            "500 xxxx",
            "500 XXXXA",
        ] {
            assert!(!quotes_mask(reply), "{reply}");
        }
    }

    #[test]
    fn keywords_are_read_where_each_protocol_has_them() {
        let read = |protocol, line: &'static str| keywords(line, protocol);
        assert_eq!(read(Protocol::Pop3, "SASL XXXXXXXX"), ["SASL"]);
        assert_eq!(read(Protocol::Smtp, "250-XXXXXXXA b"), ["XXXXXXXA"]);
        assert!(read(Protocol::Smtp, "250").is_empty());
        assert_eq!(read(Protocol::Managesieve, "\"XXXXXXXA\""), ["XXXXXXXA"]);
        assert!(read(Protocol::Managesieve, "OK \"XXXXXXXX\"").is_empty());
        let list = "* CAPABILITY IMAP4REV1 XXXXXXXA";
        assert_eq!(read(Protocol::Imap, list), ["IMAP4REV1", "XXXXXXXA"]);
        let status = "m1 OK [CAPABILITY IMAP4REV1] XXXXXXXX";
        assert_eq!(read(Protocol::Imap, status), ["IMAP4REV1"]);
        assert!(read(Protocol::Imap, "m1 OK XXXXXXXX").is_empty());
    }

    #[test]
    fn a_greeting_of_asterisks_is_masked_and_a_decorated_one_is_not() {
        for masked in [
            "220 ****\r\n",
            "+OK ******",
            "* OK *******",
            "220 *****0*2****0**",
        ] {
            assert!(is_masked_greeting(masked), "{masked}");
        }
        for plain in [
            "220 *** welcome ***",
            "* OK ready",
            "+OK",
            "220 mx1 ESMTP",
            "",
        ] {
            assert!(!is_masked_greeting(plain), "{plain}");
        }
    }
}
