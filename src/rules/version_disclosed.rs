//! The server tells everybody which software it runs, to the version.

use crate::model::{Citation, Evidence, Raw, Severity, Standard, Value, Verb, Verdict, Visited};
use crate::policy::Policy;

use super::example::{SERVER, foreign, term};
use super::{Check, EndpointCase, Rule, need};

/// `version-disclosed`: the greeting, or the capability IMPLEMENTATION of POP3 and ManageSieve, names
/// software with a version.
pub const RULE: Rule = Rule {
    id: "version-disclosed",
    severity: Severity::Info,
    variants: &[],
    citations: &[Citation::new(Standard::Mailfleet, "", Verb::Interpretation)],
    check: Check::Endpoint(judge),
    example: || {
        Evidence::new()
            .with("server", term(SERVER))
            .with("words", foreign("* OK Example IMAP server 2.3.1 ready"))
    },
};

fn judge(case: &EndpointCase<'_>, _: &Policy) -> Verdict {
    case.each_address(|address| {
        if need(&address.visit.greeting)?.spoken.protocol().is_none() {
            return Ok(Verdict::NotApplicable);
        }
        let told = words(address.visit).find(|words| names_a_version(words));
        Ok(match told {
            Some(words) => Verdict::Violation(
                Evidence::new()
                    .with("server", Value::Term(case.endpoint.to_string()))
                    .with("words", Value::Foreign(words)),
            ),
            None => Verdict::Compliant,
        })
    })
}

/// The lines in which a server may tell of itself.
fn words(visit: &Visited) -> impl Iterator<Item = String> {
    let greeting = visit.greeting.seen().map(|greeting| greeting.raw.lossy());
    let greeting: Vec<String> = greeting
        .iter()
        .flat_map(|text| text.lines().map(str::to_owned))
        .collect();
    let listed = [&visit.capabilities, &visit.capabilities_in_tls];
    let implementations = listed
        .into_iter()
        .filter_map(|listed| listed.seen())
        .flat_map(|listed| &listed.lines)
        .map(Raw::lossy)
        .filter(|line| {
            let name = line.trim_start_matches('"').get(..14);
            name.is_some_and(|name| name.eq_ignore_ascii_case("IMPLEMENTATION"))
        });
    greeting.into_iter().chain(implementations)
}

/// Words in greetings that are no software's name.
const NO_NAMES: [&str; 13] = [
    "ESMTP",
    "SMTP",
    "ESMTPSA",
    "LMTP",
    "POP3",
    "IMAP",
    "IMAP4",
    "IMAP4REV1",
    "SERVER",
    "READY",
    "SERVICE",
    "VERSION",
    "IMPLEMENTATION",
];

/// Whether a word that is a version stands behind a word that is a name, or in one with it:
/// `Exim 4.97`, `Postfix/3.7.11`, `MAIL Service, Version: 10.0.1`.
fn names_a_version(line: &str) -> bool {
    // The first word is a status or, in a capability, its name.
    let mut words = line
        .split(|c: char| c.is_whitespace() || matches!(c, '"' | ',' | ';' | '(' | ')'))
        .filter(|word| !word.is_empty())
        .skip(1);
    let mut named = false;
    words.any(|word| {
        let word = word.trim_end_matches(['.', ':']);
        let (name, version) = word.rsplit_once('/').unwrap_or(("", word));
        let told = (named || is_name(name)) && is_version(version);
        named |= is_name(word);
        told
    })
}

fn is_name(word: &str) -> bool {
    word.len() > 2
        && word.starts_with(|c: char| c.is_ascii_alphabetic())
        && word
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
        && !NO_NAMES.contains(&word.to_ascii_uppercase().as_str())
}

/// Two numbers or more with dots between, and letters behind at most; no date and no address in
/// brackets.
fn is_version(word: &str) -> bool {
    let word = word.strip_prefix(['v', 'V']).unwrap_or(word);
    let parts: Vec<&str> = word.split('.').collect();
    let (Some(last), Some(first)) = (parts.last(), parts.first()) else {
        return false;
    };
    let digits = |part: &str| part.bytes().take_while(u8::is_ascii_digit).count();
    let is_date = parts.len() == 3 && digits(last) == 4 && digits(first) <= 2;
    let wholes = &parts[..parts.len() - 1];
    parts.len() > 1
        && !is_date
        && wholes
            .iter()
            .all(|part| digits(part) == part.len() && (1..=5).contains(&part.len()))
        && (1..=5).contains(&digits(last))
        && last
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'+' | b'~'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn software_with_its_version_is_told_from_everything_else_in_greetings() {
        for line in [
            "220 mail.test ESMTP Exim 4.97 Tue, 24 Nov 2026 10:00:00 +0000",
            "220 mail.test ESMTP Postfix/3.7.11",
            "220 mail.test ESMTP Sendmail 8.17.1/8.17.1; Tue, 24 Nov 2026",
            "220 mail.test Microsoft ESMTP MAIL Service, Version: 10.0.14393.4169 ready",
            "+OK Cyrus POP3 v2.4.17-Invoca-RPM server ready <1.2@mail.test>",
            "* OK IMAP4rev1 Kerio Connect 9.4.1 ready",
            "IMPLEMENTATION Dovecot 2.3.19.1",
            "\"IMPLEMENTATION\" \"Cyrus timsieved v2.4.17\"",
        ] {
            assert!(names_a_version(line), "{line}");
        }
        for line in [
            "220 mail.test ESMTP Postfix (Debian/GNU)",
            "220 mail.test ESMTP",
            "220 mx.google.test ESMTP 4321.33 - gsmtp",
            "220 mail.test ready at 24.11.2026 10:00",
            "220 mail.test hello [192.0.2.1]",
            "+OK Dovecot ready. <1896.697170952@mail.test>",
            "* OK [CAPABILITY IMAP4rev1 LITERAL+] Dovecot ready.",
            "\"IMPLEMENTATION\" \"Dovecot Pigeonhole\"",
            "+OK POP3 1.0",
            "",
        ] {
            assert!(!names_a_version(line), "{line}");
        }
    }
}
