//! Who speaks, by the first words.

use super::{grammar, managesieve, smtp, strangers};
use crate::model::{GreetingKind, Spoken};

/// What the lines so far make of a greeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hearing {
    /// It goes on: `220-`, or a capability of ManageSieve.
    More,
    /// It is complete.
    Done(Recognised),
}

/// A greeting whose speaker is known, as far as words can tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recognised {
    /// Whose words these are.
    pub spoken: Spoken,
    /// What they are by that protocol's grammar.
    pub kind: GreetingKind,
    /// `false` for a `220` that names no protocol, or FTP: the answer to EHLO tells which it is.
    pub certain: bool,
    /// The server asks to come back later.
    pub later: bool,
}

impl Recognised {
    /// Whether these words in place of a ServerHello say "not now" rather than "no TLS".
    pub fn turns_tls_away(self) -> bool {
        self.later || (self.spoken == Spoken::Imap && self.kind == GreetingKind::Refusal)
    }
}

/// Reads the lines of a greeting, first one first; there is at least one.
pub fn hear(lines: &[Vec<u8>]) -> Hearing {
    let (Some(first), Some(last)) = (lines.first(), lines.last()) else {
        return Hearing::More;
    };
    if smtp::code(first).is_some() && last.get(3) == Some(&b'-') && smtp::code(last).is_some() {
        return Hearing::More;
    }
    if managesieve::opens(first) && managesieve::is_string(last) {
        return Hearing::More;
    }
    Hearing::Done(match managesieve::opens(first) {
        true => by_status(last),
        false => recognise(first, &lines.concat()),
    })
}

/// Whether a line of a greeting may hold strings whose size is announced: those of ManageSieve.
pub fn holds_literals(line: &[u8]) -> bool {
    managesieve::is_string(line) || managesieve::status(line).is_some()
}

/// The last line of a greeting of ManageSieve: its status (RFC 5804 §1.7).
fn by_status(last: &[u8]) -> Recognised {
    let (spoken, kind) = match managesieve::status(last) {
        Some(managesieve::Status::Ok) => (Spoken::Managesieve, GreetingKind::Ready),
        Some(_) => (Spoken::Managesieve, GreetingKind::Refusal),
        None => (Spoken::Unrecognised, GreetingKind::Other),
    };
    Recognised {
        spoken,
        kind,
        certain: true,
        later: kind == GreetingKind::Refusal && grammar::says_later(last),
    }
}

fn recognise(first: &[u8], whole: &[u8]) -> Recognised {
    let sure = |spoken, kind| Recognised {
        spoken,
        kind,
        certain: true,
        later: false,
    };
    let words = grammar::words(first);
    let mut words = words.iter().map(String::as_str);
    let (word, next) = (words.next().unwrap_or_default(), words.next());
    match (word, next) {
        ("+OK", _) => sure(Spoken::Pop3, GreetingKind::Ready),
        ("-NOAUTH" | "-DENIED" | "$-1", _) => sure(Spoken::Redis, GreetingKind::Other),
        ("-ERR", _) if is_redis_error(first) => sure(Spoken::Redis, GreetingKind::Other),
        ("-ERR", _) => Recognised {
            later: grammar::says_later(first),
            ..sure(Spoken::Pop3, GreetingKind::Refusal)
        },
        ("*", Some("OK")) => sure(Spoken::Imap, GreetingKind::Ready),
        ("*", Some("PREAUTH")) => sure(Spoken::Imap, GreetingKind::Preauth),
        ("*", Some("BYE")) => Recognised {
            later: grammar::says_later(first),
            ..sure(Spoken::Imap, GreetingKind::Refusal)
        },
        _ => match (stranger(first), smtp::code(first)) {
            (Some(stranger), _) => stranger,
            (None, Some(code @ 200..600)) => by_code(code, whole),
            (None, _) => sure(Spoken::Unrecognised, GreetingKind::Other),
        },
    }
}

/// A service that is no mail, if the first bytes tell; a line is enough.
pub fn stranger(start: &[u8]) -> Option<Recognised> {
    strangers::recognise(start).map(|spoken| Recognised {
        spoken,
        kind: GreetingKind::Other,
        certain: true,
        later: false,
    })
}

/// The errors of Redis that open as those of POP3 do, word for word.
fn is_redis_error(line: &[u8]) -> bool {
    let line = line.to_ascii_lowercase();
    [
        &b"-err unknown command"[..],
        b"-err wrong number of arguments",
    ]
    .iter()
    .any(|form| {
        line.strip_prefix(*form)
            .is_some_and(|rest| !rest.first().is_some_and(u8::is_ascii_alphanumeric))
    })
}

/// Three digits open SMTP, LMTP, FTP and NNTP alike; the words behind them tell, but not the first one,
/// which is the name of the machine.
fn by_code(code: u16, whole: &[u8]) -> Recognised {
    let words = grammar::words(whole);
    let says = |name: &[&str]| {
        words
            .iter()
            .skip(1)
            .filter(|word| !word.contains('.'))
            .flat_map(|word| word.split(|c: char| !c.is_ascii_alphanumeric()))
            .any(|word| name.contains(&word))
    };
    let (spoken, certain) = if says(&["LMTP"]) {
        (Spoken::Lmtp, true)
    } else if says(&["SMTP", "ESMTP", "ESMTPS", "ESMTPA", "ESMTPSA"]) {
        (Spoken::Smtp, true)
    } else if says(&[
        "FTP", "FTPD", "VSFTPD", "PROFTPD", "TNFTPD", "SFTPD", "FTPS",
    ]) {
        // A name may hold the word: a working EHLO tells otherwise.
        (Spoken::Ftp, !(200..300).contains(&code))
    } else if is_news(code, says) {
        (Spoken::Nntp, true)
    } else {
        (Spoken::Smtp, false)
    };
    let kind = match (spoken, code) {
        (Spoken::Ftp | Spoken::Nntp, _) => GreetingKind::Other,
        (_, 200..300) => GreetingKind::Ready,
        (_, 400..600) => GreetingKind::Refusal,
        _ => GreetingKind::Other,
    };
    Recognised {
        spoken,
        kind,
        certain,
        later: kind == GreetingKind::Refusal
            && ((400..500).contains(&code) || grammar::says_later(whole)),
    }
}

/// The greetings of NNTP (RFC 3977 §5.1.1), none of which is SMTP's.
fn is_news(code: u16, says: impl Fn(&[&str]) -> bool) -> bool {
    let names_itself = says(&["NNTP", "NNTPD", "NNRP", "NNRPD", "INTERNETNEWS", "LEAFNODE"]);
    match code {
        200 | 201 => names_itself || says(&["POSTING"]),
        400 | 502 => names_itself,
        _ => false,
    }
}

/// Whether words that broke off may yet have become a greeting known here.
///
/// Incomplete is not malformed: `220 mai` says nothing about what would have come.
pub fn may_become(start: &[u8]) -> bool {
    const STARTS: [&str; 7] = [
        "+OK",
        "-ERR",
        "-NOAUTH",
        "-DENIED",
        "* OK",
        "* PREAUTH",
        "* BYE",
    ];
    let upper = start.to_ascii_uppercase();
    let words = grammar::words(start).join(" ");
    let digits = start.iter().take(3).all(u8::is_ascii_digit);
    let behind = matches!(start.get(3), None | Some(b' ' | b'-'));
    (digits && behind)
        || managesieve::may_open(&upper)
        || strangers::may_become(&upper)
        || STARTS
            .iter()
            .any(|known| known.starts_with(&words) || words.starts_with(known))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(text: &str) -> Recognised {
        let lines: Vec<Vec<u8>> = text.split("\r\n").map(|line| line.into()).collect();
        let Hearing::Done(recognised) = hear(&lines) else {
            unreachable!("{text:?} is complete")
        };
        recognised
    }

    #[test]
    fn speakers_are_told_by_their_words() {
        use GreetingKind::{Other, Preauth, Ready, Refusal};
        for (text, spoken, kind) in [
            ("+OK POP3 ready", Spoken::Pop3, Ready),
            ("-ERR not today", Spoken::Pop3, Refusal),
            ("* OK [CAPABILITY IMAP4rev1] hi", Spoken::Imap, Ready),
            ("* PREAUTH in", Spoken::Imap, Preauth),
            ("* BYE no", Spoken::Imap, Refusal),
            ("220 mail.test ESMTP", Spoken::Smtp, Ready),
            ("220-mail.test ESMTP\r\n220 hi", Spoken::Smtp, Ready),
            ("220 ftp.example.com ESMTP Postfix", Spoken::Smtp, Ready),
            ("220 smtp.example.com FTP server ready", Spoken::Ftp, Other),
            ("220 (vsFTPd 3.0.5)", Spoken::Ftp, Other),
            ("554 mail.test SMTP no service", Spoken::Smtp, Refusal),
            ("220 mail.test LMTP Dovecot", Spoken::Lmtp, Ready),
            (
                "\"IMPLEMENTATION\" \"Pigeonhole\"\r\n\"SIEVE\" \"\"\r\nOK \"hi\"",
                Spoken::Managesieve,
                Ready,
            ),
            ("BYE \"not for you\"", Spoken::Managesieve, Refusal),
            (
                "\"IMPLEMENTATION\" \"x\"\r\nwhat",
                Spoken::Unrecognised,
                Other,
            ),
            ("OK", Spoken::Unrecognised, Other),
            ("HTTP/1.1 400 Bad Request", Spoken::Http, Other),
            ("SSH-2.0-OpenSSH_9.9", Spoken::Ssh, Other),
            ("RFB 003.008", Spoken::Vnc, Other),
            ("200 news.test InterNetNews ready", Spoken::Nntp, Other),
            ("201 news.test (no posting)", Spoken::Nntp, Other),
            ("502 no permission for NNTP", Spoken::Nntp, Other),
            ("220 Holiday Inn posting ready", Spoken::Smtp, Ready),
            ("-DENIED Redis is in protected mode", Spoken::Redis, Other),
            ("-ERR unknown command", Spoken::Redis, Other),
            ("-ERR unknown problem, try later", Spoken::Pop3, Refusal),
            ("-ERR wrong password", Spoken::Pop3, Refusal),
            ("220 mail.corp Swiftpost ready", Spoken::Smtp, Ready),
            ("220 mail.corp Calmtpost ready", Spoken::Smtp, Ready),
            ("220 ProFTPD Server (Debian)", Spoken::Ftp, Other),
            ("welcome", Spoken::Unrecognised, Other),
            ("", Spoken::Unrecognised, Other),
            ("999 what", Spoken::Unrecognised, Other),
        ] {
            let found = heard(text);
            assert_eq!((found.spoken, found.kind), (spoken, kind), "{text:?}");
        }
    }

    #[test]
    fn a_code_without_a_name_is_not_certain() {
        assert!(!heard("220 mail.test ready").certain);
        assert!(heard("220 mail.test ESMTP").certain);
    }

    #[test]
    fn later_is_told_from_no() {
        for text in [
            "421 too many connections",
            "450 4.7.1 greylisted",
            "-ERR [SYS/TEMP] busy",
            "* BYE Too many connections",
            "-ERR too many TLS sessions, try again later",
            "NO (TRYLATER) \"busy\"",
            "BYE \"Too many connections\"",
        ] {
            assert!(heard(text).later, "{text:?}");
        }
        for text in [
            "554 no",
            "-ERR go away",
            "* BYE not for you",
            "220 x ESMTP",
            "BYE \"not for you\"",
        ] {
            assert!(!heard(text).later, "{text:?}");
        }
    }

    #[test]
    fn a_greeting_goes_on_while_there_is_a_hyphen() {
        assert_eq!(hear(&[b"220-one".to_vec()]), Hearing::More);
        let sieve = [b"\"SIEVE\" \"x\"".to_vec(), b"{5}\r\nOWNER".to_vec()];
        assert_eq!(hear(&sieve), Hearing::More);
    }

    #[test]
    fn broken_off_is_not_malformed() {
        for start in [
            "",
            "+",
            "+OK hel",
            "2",
            "220 mai",
            "* ",
            "ssh-2",
            "\"imp",
            "\"SASL\" \"PL",
            "{14",
            "bye \"",
            "BYE  (",
            "no{1",
            " +O",
            "*  by",
        ] {
            assert!(may_become(start.as_bytes()), "{start:?}");
        }
        for start in [
            "hello", "AAAA", "2x", "+OX", "\u{16}", "\"what", "{x", "NO way",
        ] {
            assert!(!may_become(start.as_bytes()), "{start:?}");
        }
    }
}
