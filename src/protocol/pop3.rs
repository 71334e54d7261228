//! POP3: RFC 1939, with CAPA (RFC 2449) and STLS (RFC 2595).

use super::grammar::{add_mechanism, add_password_login, says_later, words};
use super::{Command, Standing, Step};
use crate::model::{Capabilities, Raw};

/// A reply is one line, but that of a granted CAPA goes on to a line with one dot (RFC 1939 §3).
/// Once a login was begun, `+` and a space is its challenge (RFC 5034 §4).
pub(super) fn step(command: Command, earlier: usize, line: &[u8]) -> Step {
    if earlier > 0 {
        return match line {
            b"." => Step::Done(Standing::Granted),
            _ => Step::More,
        };
    }
    if line.starts_with(b"+OK") {
        match command {
            Command::Capa => Step::More,
            _ => Step::Done(Standing::Granted),
        }
    } else if let (Command::Authenticate(_), b"+" | [b'+', b' ', ..]) = (command, line) {
        Step::Done(Standing::Challenged)
    } else if line.starts_with(b"-ERR") {
        Step::Done(if says_later(line) {
            Standing::TryLater
        } else {
            Standing::Refused
        })
    } else {
        Step::Odd
    }
}

/// The lines between `+OK` and the dot.
pub(super) fn capabilities(lines: &[Vec<u8>]) -> Capabilities {
    let mut found = Capabilities::default();
    for line in lines.iter().skip(1).filter(|line| *line != b".") {
        let line = line.strip_prefix(b".").unwrap_or(line);
        found.lines.push(Raw::from(line));
        let words = words(line);
        match words.first().map(String::as_str) {
            Some("STLS") => found.starttls = true,
            Some("USER") => add_password_login(&mut found, "USER"),
            Some("SASL") => words[1..]
                .iter()
                .for_each(|mechanism| add_mechanism(&mut found, mechanism)),
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::Mechanism;

    #[test]
    fn a_granted_capa_goes_on_to_the_dot() {
        assert_eq!(step(Command::Capa, 0, b"+OK"), Step::More);
        assert_eq!(
            step(Command::Capa, 1, b"-ERR is a capability here"),
            Step::More
        );
        assert_eq!(step(Command::Capa, 2, b".."), Step::More);
        assert_eq!(step(Command::Capa, 3, b"."), Step::Done(Standing::Granted));
        assert_eq!(
            step(Command::Stls, 0, b"+OK"),
            Step::Done(Standing::Granted)
        );
    }

    #[test]
    fn a_refusal_is_told_from_a_request_to_come_back() {
        assert_eq!(
            step(Command::Capa, 0, b"-ERR unknown"),
            Step::Done(Standing::Refused)
        );
        assert_eq!(
            step(Command::Stls, 0, b"-ERR [sys/temp] busy"),
            Step::Done(Standing::TryLater)
        );
        assert_eq!(
            step(
                Command::Stls,
                0,
                b"-ERR too many TLS sessions, try again later"
            ),
            Step::Done(Standing::TryLater)
        );
        assert_eq!(
            step(Command::Stls, 0, b"-ERR TLS 1.3 or later only"),
            Step::Done(Standing::Refused)
        );
        assert_eq!(step(Command::Capa, 0, b"* OK"), Step::Odd);
    }

    #[test]
    fn a_challenge_is_told_from_a_yes() {
        let begun = Command::Authenticate(Mechanism::Plain);
        for challenge in [&b"+"[..], b"+ ", b"+ VXNlcm5hbWU6"] {
            assert_eq!(step(begun, 0, challenge), Step::Done(Standing::Challenged));
            assert_eq!(step(Command::Capa, 0, challenge), Step::Odd);
        }
        assert_eq!(step(begun, 0, b"+OK in"), Step::Done(Standing::Granted));
        assert_eq!(step(begun, 0, b"+x"), Step::Odd);
    }

    #[test]
    fn capabilities_are_read() {
        let lines = [
            &b"+OK"[..],
            b"TOP",
            b"sasl plain CRAM-MD5",
            b"USER",
            b"STLS",
            b".",
        ]
        .map(<[u8]>::to_vec);
        let found = capabilities(&lines);
        assert!(found.starttls && !found.refused);
        assert_eq!(found.mechanisms, ["PLAIN", "CRAM-MD5"]);
        assert_eq!(found.password_logins, ["PLAIN", "USER"]);
        assert_eq!(found.lines.len(), 4);
    }
}
