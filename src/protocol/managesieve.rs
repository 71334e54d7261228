//! ManageSieve: RFC 5804.

use super::grammar::{add_mechanism, literal, says_later, words};
use super::{Command, Standing, Step};
use crate::model::{Capabilities, Raw};

/// The names of capabilities (RFC 5804 §1.7); a greeting begins with any of them.
const CAPABILITIES: [&str; 9] = [
    "IMPLEMENTATION",
    "SASL",
    "SIEVE",
    "STARTTLS",
    "VERSION",
    "NOTIFY",
    "MAXREDIRECTS",
    "LANGUAGE",
    "OWNER",
];

/// The word that ends a reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Status {
    Ok,
    No,
    Bye,
}

/// Lines of strings, then one that begins with `OK`, `NO` or `BYE` (RFC 5804 §4). A string that
/// comes once a login was begun is its challenge (§2.1).
pub(super) fn step(command: Command, line: &[u8]) -> Step {
    let later = says_later(line);
    match (status(line), command) {
        (Some(Status::Ok), _) => Step::Done(Standing::Granted),
        (Some(Status::No | Status::Bye), _) if later => Step::Done(Standing::TryLater),
        (Some(Status::No), _) => Step::Done(Standing::Refused),
        (Some(Status::Bye), _) => Step::Done(Standing::Ended),
        (None, Command::Authenticate(_)) if is_string(line) => Step::Done(Standing::Challenged),
        (None, _) if is_string(line) => Step::More,
        (None, _) => Step::Odd,
    }
}

/// How a line ends a reply, if it does.
pub(super) fn status(line: &[u8]) -> Option<Status> {
    let end = line.iter().position(|byte| matches!(byte, b' ' | b'('));
    match line[..end.unwrap_or(line.len())]
        .to_ascii_uppercase()
        .as_slice()
    {
        b"OK" => Some(Status::Ok),
        b"NO" => Some(Status::No),
        b"BYE" => Some(Status::Bye),
        _ => None,
    }
}

/// Whether a line begins with a string, quoted or literal.
pub(super) fn is_string(line: &[u8]) -> bool {
    match line.first() {
        Some(b'"') => true,
        Some(b'{') => literal(line.split(|byte| *byte == b'\r').next().unwrap_or(line)).is_some(),
        _ => false,
    }
}

/// Whether a line can open a conversation in ManageSieve: with a capability, or with a refusal in
/// which a code or a string follows.
pub(super) fn opens(line: &[u8]) -> bool {
    if is_string(line) {
        let name = strings(line).into_iter().next();
        return name.is_some_and(|name| CAPABILITIES.contains(&name.to_uppercase().as_str()));
    }
    match status(line) {
        Some(Status::No | Status::Bye) => {
            let mut behind = line.iter().skip_while(|byte| byte.is_ascii_alphabetic());
            let next = behind.find(|byte| **byte != b' ');
            matches!(next, None | Some(b'(' | b'"' | b'{'))
        }
        Some(Status::Ok) | None => false,
    }
}

/// Whether a conversation that broke off here, in upper case, may have opened as [`opens`] has it.
pub(super) fn may_open(start: &[u8]) -> bool {
    match start.split_first() {
        Some((b'"', name)) => CAPABILITIES.iter().any(|known| {
            let common = known.len().min(name.len());
            known.as_bytes()[..common] == name[..common]
        }),
        Some((b'{', size)) => size.first().is_none_or(u8::is_ascii_digit),
        _ => may_refuse(start),
    }
}

/// Whether these may be the first words of a refusal in which a code or a string follows.
fn may_refuse(start: &[u8]) -> bool {
    let end = start.iter().position(|byte| !byte.is_ascii_alphabetic());
    let (word, behind) = start.split_at(end.unwrap_or(start.len()));
    match behind.trim_ascii_start() {
        [] if behind.is_empty() => [&b"BYE"[..], b"NO"].iter().any(|all| all.starts_with(word)),
        [] | [b'(' | b'"' | b'{', ..] => matches!(word, b"BYE" | b"NO"),
        _ => false,
    }
}

/// The capabilities that lines of strings list (RFC 5804 §1.7); `None` if there is no such line.
pub(super) fn capabilities(lines: &[Vec<u8>]) -> Option<Capabilities> {
    let mut found = Capabilities::default();
    for line in lines.iter().filter(|line| is_string(line)) {
        found.lines.push(Raw::from(&line[..]));
        let strings = strings(line);
        let Some((name, values)) = strings.split_first() else {
            continue;
        };
        match name.to_uppercase().as_str() {
            "STARTTLS" => found.starttls = true,
            "SASL" => values
                .iter()
                .flat_map(|value| words(value.as_bytes()))
                .for_each(|mechanism| add_mechanism(&mut found, &mechanism)),
            _ => {}
        }
    }
    (!found.lines.is_empty()).then_some(found)
}

/// The strings of a line, up to the first thing that is none; U+FFFD for what is no text.
fn strings(line: &[u8]) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = line.trim_ascii_start();
    while let Some((string, behind)) = quoted(rest).or_else(|| counted(rest)) {
        found.push(String::from_utf8_lossy(&string).into_owned());
        rest = behind.trim_ascii_start();
    }
    found
}

/// `"…"`, in which a backslash takes the next octet as it is, and what is behind.
fn quoted(text: &[u8]) -> Option<(Vec<u8>, &[u8])> {
    let mut inside = text.strip_prefix(b"\"")?;
    let mut string = Vec::new();
    loop {
        match inside {
            [b'"', behind @ ..] => return Some((string, behind)),
            [b'\\', byte, behind @ ..] | [byte, behind @ ..] => {
                string.push(*byte);
                inside = behind;
            }
            [] => return None,
        }
    }
}

/// `{3}` or `{3+}`, a line end and so many octets, and what is behind.
fn counted(text: &[u8]) -> Option<(Vec<u8>, &[u8])> {
    let end = text.iter().position(|byte| *byte == b'\r')?;
    let behind = text[end..].strip_prefix(b"\r\n")?;
    let count = usize::try_from(literal(&text[..end]).filter(|_| text[0] == b'{')?).ok()?;
    let (string, behind) = behind.split_at_checked(count)?;
    Some((string.to_vec(), behind))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::Mechanism;

    fn lines(text: &[&str]) -> Vec<Vec<u8>> {
        text.iter().map(|line| line.as_bytes().to_vec()).collect()
    }

    #[test]
    fn a_reply_goes_on_to_its_status() {
        let step = |line: &str| step(Command::Capability, line.as_bytes());
        assert_eq!(step("\"SIEVE\" \"fileinto\""), Step::More);
        assert_eq!(step("{5}\r\nSIEVE \"\""), Step::More);
        assert_eq!(step("oK"), Step::Done(Standing::Granted));
        assert_eq!(
            step("OK(TAG \"m1\") \"done\""),
            Step::Done(Standing::Granted)
        );
        assert_eq!(step("No \"what\""), Step::Done(Standing::Refused));
        assert_eq!(step("NO (TRYLATER) \"x\""), Step::Done(Standing::TryLater));
        assert_eq!(step("BYE \"idle\""), Step::Done(Standing::Ended));
        assert_eq!(
            step("BYE \"Too many connections\""),
            Step::Done(Standing::TryLater)
        );
        for odd in ["", "OKAY", "+OK", "* OK", "220 hi", "{x}"] {
            assert_eq!(step(odd), Step::Odd, "{odd:?}");
        }
    }

    #[test]
    fn a_string_is_a_challenge_once_a_login_was_begun() {
        let begun = Command::Authenticate(Mechanism::Plain);
        assert_eq!(step(begun, b"\"\""), Step::Done(Standing::Challenged));
        assert_eq!(step(begun, b"{0}\r\n"), Step::Done(Standing::Challenged));
        let refused = step(begun, b"NO (ENCRYPT-NEEDED) \"not here\"");
        assert_eq!(refused, Step::Done(Standing::Refused));
    }

    #[test]
    fn capabilities_are_read_quoted_and_counted() {
        let found = capabilities(&lines(&[
            "\"IMPLEMENTATION\" \"an \\\"odd\\\" one {4}\"",
            "\"sasl\" \"PLAIN login\"",
            "{8+}\r\nSTARTTLS",
            "\"NOTIFY\" {9}\r\nSASL \"XX\"",
            "OK",
        ]))
        .expect("listed");
        assert!(found.starttls);
        assert_eq!(found.mechanisms, ["PLAIN", "LOGIN"]);
        assert_eq!(found.password_logins, ["PLAIN", "LOGIN"]);
        assert_eq!(found.lines.len(), 4);
        assert_eq!(capabilities(&lines(&["OK"])), None);
    }

    #[test]
    fn a_conversation_opens_with_a_capability_or_a_refusal() {
        for line in [
            "\"IMPLEMENTATION\" \"x\"",
            "\"sieve\" \"\"",
            "{7}\r\nVERSION \"1.0\"",
            "BYE \"no\"",
            "NO (TRYLATER)",
            "BYE",
        ] {
            assert!(opens(line.as_bytes()), "{line:?}");
        }
        for line in [
            "\"hello\"",
            "OK",
            "No mail here",
            "Bye bye",
            "\"IMPLEMENTATION",
        ] {
            assert!(!opens(line.as_bytes()), "{line:?}");
        }
    }

    #[test]
    fn strings_end_where_they_break_off() {
        assert_eq!(strings(b"\"a\" \"b"), ["a"]);
        assert_eq!(strings(b"{9}\r\nshort"), Vec::<String>::new());
        assert_eq!(strings(b"\"a\" ACTIVE \"b\""), ["a"]);
    }
}
