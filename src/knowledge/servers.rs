//! Server software by what it says without being asked to log in.

use crate::model::{Raw, Software};

/// The most bytes of a line that are looked at.
const LOOKED_AT: usize = 4096;

/// How a pre-login capability list of Dovecot begins, in the orders in which it has been sent.
const DOVECOT_LISTS: &[&[u8]] = &[
    b"imap4rev1 sasl-ir login-referrals id enable idle literal+",
    b"imap4rev1 literal+ sasl-ir login-referrals id enable idle",
];

/// What nginx greets with, where nothing else is configured; the greeting of its SMTP is too common.
const NGINX_GREETINGS: &[&[u8]] = &[b"+ok pop3 ready", b"* ok imap4 ready"];

/// The software that a greeting and capability lines point to. Only as good as its word: any
/// server can say anything, so this chooses advice and never a verdict.
pub fn recognise(greeting: &Raw, capabilities: &[Raw]) -> Software {
    let greeting_lines = greeting.0.split(|byte| *byte == b'\n');
    let capability_lines = capabilities.iter().map(|line| line.0.as_slice());
    greeting_lines
        .map(|line| by_greeting(&lower(line)))
        .find(|software| *software != Software::Unknown)
        .or_else(|| {
            capability_lines
                .map(|line| by_capabilities(&lower(line)))
                .find(|software| *software != Software::Unknown)
        })
        .unwrap_or(Software::Unknown)
}

fn by_greeting(line: &[u8]) -> Software {
    let pop3_or_imap = line.starts_with(b"+ok ") || line.starts_with(b"* ok ");
    let smtp = line.starts_with(b"220 ") || line.starts_with(b"220-");
    if pop3_or_imap && says_dovecot_ready(line) {
        return Software::Dovecot;
    }
    if smtp && contains(line, b"esmtp postfix") {
        return Software::Postfix;
    }
    if smtp && contains(line, b" esmtp exim ") {
        return Software::Exim;
    }
    if NGINX_GREETINGS.contains(&line.trim_ascii_end()) {
        return Software::Nginx;
    }
    by_capabilities(line)
}

fn by_capabilities(line: &[u8]) -> Software {
    let is_dovecot = DOVECOT_LISTS.iter().any(|list| contains(line, list))
        || line.starts_with(b"implementation dovecot")
        || line.starts_with(b"\"implementation\" \"dovecot");
    match is_dovecot {
        true => Software::Dovecot,
        false => Software::Unknown,
    }
}

/// `dovecot ready`, also with the packager's name or the host in between.
fn says_dovecot_ready(line: &[u8]) -> bool {
    let Some(at) = find(line, b"dovecot") else {
        return false;
    };
    let mut words = line[at + b"dovecot".len()..]
        .split(u8::is_ascii_whitespace)
        .map(|word| word.strip_suffix(b".").unwrap_or(word));
    words.by_ref().take(5).any(|word| word == b"ready")
}

fn lower(line: &[u8]) -> Vec<u8> {
    line[..line.len().min(LOOKED_AT)].to_ascii_lowercase()
}

fn contains(line: &[u8], part: &[u8]) -> bool {
    find(line, part).is_some()
}

fn find(line: &[u8], part: &[u8]) -> Option<usize> {
    line.windows(part.len()).position(|window| window == part)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raw(text: &str) -> Raw {
        Raw::from(text.as_bytes())
    }

    #[test]
    fn software_is_known_by_its_greeting() {
        for (greeting, software) in [
            ("+OK Dovecot ready.\r\n", Software::Dovecot),
            ("+OK Dovecot (Debian) ready.\r\n", Software::Dovecot),
            (
                "+OK dovecot on mail.example.com ready\r\n",
                Software::Dovecot,
            ),
            (
                "* OK [CAPABILITY IMAP4rev1] Dovecot DA ready.",
                Software::Dovecot,
            ),
            (
                "220 mail.example.com ESMTP Postfix (Debian/GNU)\r\n",
                Software::Postfix,
            ),
            (
                "220-mail.example.com hello\r\n220 mail.example.com ESMTP Postfix\r\n",
                Software::Postfix,
            ),
            ("+OK Hello there.\r\n", Software::Unknown),
            ("* BYE Dovecot is not well\r\n", Software::Unknown),
            (
                "220 mail.example.com ESMTP Exim 4.97 Mon, 23 Nov 2026 12:00:00 +0000\r\n",
                Software::Exim,
            ),
            ("+OK POP3 ready\r\n", Software::Nginx),
            ("* OK IMAP4 ready\r\n", Software::Nginx),
            (
                "+OK POP3 ready <1.2@mail.example.com>\r\n",
                Software::Unknown,
            ),
            ("220 mail.example.com ESMTP ready\r\n", Software::Unknown),
            ("", Software::Unknown),
        ] {
            assert_eq!(recognise(&raw(greeting), &[]), software, "{greeting}");
        }
    }

    #[test]
    fn a_neutral_greeting_leaves_the_order_of_capabilities() {
        let list =
            raw("* CAPABILITY IMAP4rev1 SASL-IR LOGIN-REFERRALS ID ENABLE IDLE LITERAL+ STARTTLS");
        assert_eq!(recognise(&raw("* OK hello"), &[list]), Software::Dovecot);
        let other = raw("* CAPABILITY IMAP4rev1 IDLE");
        assert_eq!(recognise(&raw("* OK hello"), &[other]), Software::Unknown);
        let named = [raw("TOP"), raw("IMPLEMENTATION Dovecot")];
        assert_eq!(recognise(&raw("+OK hello"), &named), Software::Dovecot);
        let sieve = raw("\"IMPLEMENTATION\" \"Dovecot Pigeonhole\"\r\nOK");
        assert_eq!(recognise(&sieve, &[]), Software::Dovecot);
    }

    #[test]
    fn bytes_that_are_no_text_do_no_harm() {
        let greeting = Raw(b"+OK \xd3\xca\xbc\xfe MDaemon \xff\x00\r\n".to_vec());
        assert_eq!(recognise(&greeting, &[]), Software::Unknown);
    }
}
