//! SMTP and message submission: RFC 5321, RFC 6409, with STARTTLS (RFC 3207) and AUTH (RFC 4954).

use super::grammar::{add_mechanism, says_later, words};
use super::{Command, Standing, Step};
use crate::model::{Capabilities, Raw};

/// `250-` goes on, `250 ` and a bare `250` end (RFC 5321 §4.2.1).
pub(super) fn step(command: Command, line: &[u8]) -> Step {
    match code(line) {
        None => Step::Odd,
        Some(_) if line.get(3) == Some(&b'-') => Step::More,
        Some(code) => match standing(command, code, line) {
            Some(standing) => Step::Done(standing),
            None => Step::Odd,
        },
    }
}

/// The three digits in front, followed by a space, a hyphen or nothing.
pub(super) fn code(line: &[u8]) -> Option<u16> {
    let digits = line.get(..3)?;
    let ends = matches!(line.get(3), None | Some(b' ' | b'-'));
    if !ends || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    std::str::from_utf8(digits).ok()?.parse().ok()
}

fn standing(command: Command, code: u16, line: &[u8]) -> Option<Standing> {
    Some(match code {
        // What Postfix says to whoever shows no certificate: to come back later would not help.
        421 if wants_certificate(line) => Standing::Ended,
        421 => Standing::TryLater,
        200..300 => Standing::Granted,
        334 if matches!(command, Command::Authenticate(_)) => Standing::Challenged,
        400..600 if says_later(line) => Standing::TryLater,
        // A server whose TLS is broken says 454 for good (RFC 3207 §4).
        454 if command == Command::Starttls => Standing::Refused,
        400..500 => Standing::TryLater,
        500..600 => Standing::Refused,
        _ => return None,
    })
}

fn wants_certificate(line: &[u8]) -> bool {
    let line = line.to_ascii_lowercase();
    let words = b"client certificate";
    line.windows(words.len()).any(|window| window == words)
}

/// The extensions behind the first line, which is the server's name (RFC 5321 §4.1.1.1).
pub(super) fn capabilities(lines: &[Vec<u8>]) -> Capabilities {
    let mut found = Capabilities::default();
    for line in lines {
        found.lines.push(Raw::from(&line[..]));
    }
    for line in lines.iter().skip(1) {
        let words = words(line.get(4..).unwrap_or_default());
        let Some((keyword, parameters)) = words.split_first() else {
            continue;
        };
        match keyword.as_str() {
            "STARTTLS" => found.starttls = true,
            "AUTH" => parameters
                .iter()
                .for_each(|mechanism| add_mechanism(&mut found, mechanism)),
            other => {
                // The form before RFC 2554, which some servers still send beside the new one.
                let Some(first) = other.strip_prefix("AUTH=") else {
                    continue;
                };
                std::iter::once(first)
                    .filter(|first| !first.is_empty())
                    .chain(parameters.iter().map(String::as_str))
                    .for_each(|mechanism| add_mechanism(&mut found, mechanism));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use std::net::{IpAddr, Ipv4Addr};

    use super::*;
    use crate::protocol::Mechanism;

    const EHLO: Command = Command::Ehlo(IpAddr::V4(Ipv4Addr::LOCALHOST));

    #[test]
    fn a_reply_goes_on_while_there_is_a_hyphen() {
        assert_eq!(step(EHLO, b"250-mail"), Step::More);
        assert_eq!(step(EHLO, b"250 STARTTLS"), Step::Done(Standing::Granted));
        assert_eq!(step(EHLO, b"250"), Step::Done(Standing::Granted));
        for odd in [&b"25"[..], b"2500 x", b"hello", b"354 go ahead", b""] {
            assert_eq!(step(EHLO, odd), Step::Odd);
        }
    }

    #[test]
    fn later_is_told_from_never() {
        assert_eq!(step(EHLO, b"421 too many"), Step::Done(Standing::TryLater));
        assert_eq!(step(EHLO, b"451 4.3.0 x"), Step::Done(Standing::TryLater));
        assert_eq!(step(EHLO, b"502 what"), Step::Done(Standing::Refused));
        let starttls = |line: &[u8]| step(Command::Starttls, line);
        assert_eq!(
            starttls(b"454 4.7.0 TLS not available"),
            Step::Done(Standing::Refused)
        );
        for later in [
            &b"421 4.7.0 bye"[..],
            b"450 busy",
            b"454 4.7.0 too many TLS sessions",
        ] {
            assert_eq!(starttls(later), Step::Done(Standing::TryLater));
        }
    }

    #[test]
    fn a_challenge_comes_only_where_a_login_was_begun() {
        let begun = Command::Authenticate(Mechanism::Login);
        let challenge = b"334 VXNlcm5hbWU6";
        assert_eq!(step(begun, challenge), Step::Done(Standing::Challenged));
        assert_eq!(step(EHLO, challenge), Step::Odd);
        for (line, standing) in [
            (
                &b"530 5.7.0 Must issue a STARTTLS command first"[..],
                Standing::Refused,
            ),
            (b"538 5.7.11 Encryption required", Standing::Refused),
            (
                b"454 4.7.0 Temporary authentication failure",
                Standing::TryLater,
            ),
        ] {
            assert_eq!(step(begun, line), Step::Done(standing));
        }
    }

    #[test]
    fn extensions_are_read() {
        let lines = [
            &b"250-STARTTLS.example greets"[..],
            b"250-AUTH PLAIN login",
            b"250-AUTH=CRAM-MD5 PLAIN",
            b"250",
        ]
        .map(<[u8]>::to_vec);
        let found = capabilities(&lines);
        assert!(!found.starttls, "the first line is a name");
        assert_eq!(found.mechanisms, ["PLAIN", "LOGIN", "CRAM-MD5"]);
        assert_eq!(found.password_logins, ["PLAIN", "LOGIN"]);
    }
}
