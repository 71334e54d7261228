//! One strict reading of host, port and address cells.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization as _;

use crate::model::{Host, HostError, Protocol, RowFault};

/// Whether a character takes no room and is put into cells by copying from web pages.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}'
    )
}

/// A cell with full-width forms made plain (NFKC) and invisible characters left out.
pub(super) struct Folded<'a> {
    pub(super) text: Cow<'a, str>,
    /// Whether it reads otherwise than what the cell holds: people may have typed the same
    /// into the client.
    pub(super) changed: bool,
}

/// Folds a cell; `-`, `/`, `N/A` and the like are blank.
pub(super) fn fold(cell: &str) -> Folded<'_> {
    let cell = cell.trim();
    // NFKC leaves ASCII as it is.
    let text = if cell.is_ascii() {
        Cow::Borrowed(cell)
    } else {
        let plain: String = cell.nfkc().filter(|c| !is_invisible(*c)).collect();
        Cow::Owned(plain.trim().to_owned())
    };
    if is_blank_word(&text) {
        return Folded {
            text: Cow::Borrowed(""),
            changed: false,
        };
    }
    let changed = text != cell;
    Folded { text, changed }
}

/// Whether a word says that nothing is said.
pub(super) fn is_blank_word(text: &str) -> bool {
    const WORDS: [&str; 14] = [
        "",
        "-",
        "--",
        "—",
        "/",
        "n/a",
        "na",
        "?",
        "不清楚",
        "不知道",
        "默认",
        "default",
        "unknown",
        "未知",
    ];
    let lower = text.to_lowercase();
    WORDS.contains(&lower.as_str())
}

/// What people put between several hosts in one cell; no host name holds any of them.
const LIST_SEPARATORS: [char; 5] = ['/', '、', ';', ',', '|'];

/// What a host cell says.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct HostCell {
    pub(super) host: Host,
    pub(super) port: Option<u16>,
    pub(super) protocol: Option<Protocol>,
    /// A scheme such as `imaps://` means TLS from the first byte.
    pub(super) implicit_tls: bool,
}

/// Reads `host`, `host:port`, `[address]:port` and `imaps://host:port/`, folded before.
pub(super) fn read_host(text: &str) -> Result<HostCell, RowFault> {
    if text.contains('@') {
        return Err(RowFault::HostWithUserInfo);
    }
    let lower = text.to_lowercase();
    let (protocol, implicit_tls, rest) = match lower.split_once("://") {
        None => (None, false, lower.as_str()),
        Some((scheme, rest)) => {
            let (protocol, implicit_tls) = read_scheme(scheme)?;
            (protocol, implicit_tls, rest.trim_end_matches('/'))
        }
    };
    if rest.contains(LIST_SEPARATORS) {
        return Err(host_fault(&lower));
    }
    let (name, port) = split_port(rest);
    let port = match port.map(read_port) {
        None => None,
        Some(Ok(Some(port))) => Some(port),
        Some(_) => return Err(host_fault(&lower)),
    };
    match name.parse::<Host>() {
        Ok(host) => Ok(HostCell {
            host,
            port,
            protocol,
            implicit_tls,
        }),
        Err(HostError::Empty) => Err(RowFault::HostInvalid),
        Err(HostError::UserInfo) => Err(RowFault::HostWithUserInfo),
        Err(_) => Err(host_fault(&lower)),
    }
}

fn read_scheme(scheme: &str) -> Result<(Option<Protocol>, bool), RowFault> {
    match scheme {
        "pop" | "pop3" => Ok((Some(Protocol::Pop3), false)),
        "pops" | "pop3s" => Ok((Some(Protocol::Pop3), true)),
        "imap" => Ok((Some(Protocol::Imap), false)),
        "imaps" => Ok((Some(Protocol::Imap), true)),
        "smtp" | "submission" => Ok((Some(Protocol::Smtp), false)),
        "smtps" | "submissions" => Ok((Some(Protocol::Smtp), true)),
        "sieve" => Ok((Some(Protocol::Managesieve), false)),
        "ssl" | "tls" => Ok((None, true)),
        "http" | "https" => Err(RowFault::HostWebAddress),
        _ => Err(RowFault::HostInvalid),
    }
}

/// Splits `:port` off; an IPv6 address without brackets has none.
fn split_port(text: &str) -> (&str, Option<&str>) {
    if let Some((address, rest)) = text.split_once(']') {
        if rest.is_empty() {
            return (text, None);
        }
        if let (Some(address), Some(port)) = (address.strip_prefix('['), rest.strip_prefix(':')) {
            return (address, Some(port));
        }
        return (text, None);
    }
    match text.split_once(':') {
        Some((name, port)) if !port.contains(':') => (name, Some(port)),
        _ => (text, None),
    }
}

/// Tells cells that a hint can mend, or with control characters, from one with no host at all.
fn host_fault(text: &str) -> RowFault {
    let is_separator = |c: char| c.is_whitespace() || LIST_SEPARATORS.contains(&c);
    let parts: Vec<&str> = text
        .split(is_separator)
        .filter(|part| !part.is_empty())
        .collect();
    let is_host = |part: &&str| part.contains('.') && split_port(part).0.parse::<Host>().is_ok();
    if parts.len() > 1 && parts.iter().all(is_host) {
        RowFault::HostSeveral
    } else if text.ends_with(LIST_SEPARATORS) && parts.len() == 1 && parts.iter().all(is_host) {
        RowFault::HostPunctuation
    } else if has_leading_zeros(text) {
        RowFault::HostLeadingZeros
    } else if text.chars().any(char::is_control) {
        RowFault::ControlCharacter
    } else {
        RowFault::HostInvalid
    }
}

/// Whether it is an IPv4 address but for zeros in front of its numbers, which some programs take
/// for octal ones.
fn has_leading_zeros(text: &str) -> bool {
    let is_number = |part: &&str| part.len() <= 3 && part.bytes().all(|b| b.is_ascii_digit());
    let numbers = text.split('.').filter(is_number);
    let plain: Vec<u16> = numbers.filter_map(|number| number.parse().ok()).collect();
    let parts = text.split('.').count();
    parts == 4 && plain.len() == 4 && plain.iter().all(|number| *number < 256)
}

/// Reads a port, folded before: `995`, `995.0`, `'995`, `995端口`, `TCP/995`. Blank is `None`.
pub(super) fn read_port(text: &str) -> Result<Option<u16>, RowFault> {
    let lower = text.to_lowercase();
    let mut rest = lower.trim().trim_start_matches('\'');
    for prefix in ["tcp/", "port", "端口"] {
        rest = rest.strip_prefix(prefix).unwrap_or(rest).trim_start();
    }
    for suffix in ["/tcp", "端口", ".0"] {
        rest = rest.strip_suffix(suffix).unwrap_or(rest).trim_end();
    }
    if lower.trim().is_empty() {
        return Ok(None);
    }
    let is_short = !rest.is_empty() && rest.len() <= 5;
    if !is_short || !rest.bytes().all(|b| b.is_ascii_digit()) {
        return Err(RowFault::PortInvalid);
    }
    match rest.parse::<u16>() {
        Ok(0) | Err(_) => Err(RowFault::PortInvalid),
        Ok(port) => Ok(Some(port)),
    }
}

/// Checks an e-mail address, folded before; `mailto:` is left out. RFC 5321 §4.5.3.1 has the
/// lengths. Quoted local parts and address literals are not taken.
pub(super) fn read_email(text: &str) -> Result<&str, RowFault> {
    let address = match text.get(..7) {
        Some(scheme) if scheme.eq_ignore_ascii_case("mailto:") => &text[7..],
        _ => text,
    };
    let Some((local, domain)) = address.split_once('@') else {
        return Err(RowFault::EmailInvalid);
    };
    let is_odd = |c: char| c.is_whitespace() || c.is_control() || "\"<>(),;:\\[]".contains(c);
    let is_local = (1..=64).contains(&local.len()) && !local.contains(is_odd);
    let is_domain = !domain.contains(is_odd) && matches!(domain.parse(), Ok(Host::Name(_)));
    if is_local && is_domain && address.len() <= 254 {
        Ok(address)
    } else {
        Err(RowFault::EmailInvalid)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_host_cell() {
        let host = |name: &str, port, protocol, implicit_tls| HostCell {
            host: name.parse().expect("a host"),
            port,
            protocol,
            implicit_tls,
        };
        let (pop3, imap) = (Some(Protocol::Pop3), Some(Protocol::Imap));
        for (cell, says) in [
            ("mail.a.test", host("mail.a.test", None, None, false)),
            ("Mail.A.test.", host("mail.a.test", None, None, false)),
            (
                "mail.a.test:995",
                host("mail.a.test", Some(995), None, false),
            ),
            (
                "ｍail．a．test：９９５",
                host("mail.a.test", Some(995), None, false),
            ),
            ("imaps://mail.a.test", host("mail.a.test", None, imap, true)),
            (
                "IMAP://mail.a.test:143/",
                host("mail.a.test", Some(143), imap, false),
            ),
            ("pop3s://mail.a.test", host("mail.a.test", None, pop3, true)),
            (
                "ssl://mail.a.test:2993",
                host("mail.a.test", Some(2993), None, true),
            ),
            (
                "[2001:db8::1]:993",
                host("2001:db8::1", Some(993), None, false),
            ),
            ("2001:db8::1", host("2001:db8::1", None, None, false)),
            ("[2001:db8::1]", host("2001:db8::1", None, None, false)),
            ("192.0.2.1:110", host("192.0.2.1", Some(110), None, false)),
            ("::ffff:127.0.0.1", host("127.0.0.1", None, None, false)),
            (
                "ma\u{200b}il.a.test",
                host("mail.a.test", None, None, false),
            ),
        ] {
            assert_eq!(read_host(&fold(cell).text), Ok(says), "{cell:?}");
        }
    }

    #[test]
    fn what_is_no_host_is_rejected() {
        use RowFault::*;
        let long = "a".repeat(300);
        for (cell, fault) in [
            ("u:p@mail.a.test", HostWithUserInfo),
            ("imap://u:p@mail.a.test", HostWithUserInfo),
            ("ｕ＠mail.a.test", HostWithUserInfo),
            ("mail.a.test:secret", HostInvalid),
            ("mail.a.test:", HostInvalid),
            ("mail.a.test:0", HostInvalid),
            ("mail.a.test:65536", HostInvalid),
            (":995", HostInvalid),
            ("imaps://", HostInvalid),
            ("https://mail.a.test/", HostWebAddress),
            ("mail.a.test，", HostPunctuation),
            ("mail.a.test;", HostPunctuation),
            ("192.168.001.5", HostLeadingZeros),
            ("192.168.001.500", HostInvalid),
            ("ftp://mail.a.test", HostInvalid),
            ("mail.a.test/inbox", HostInvalid),
            ("mail a", HostInvalid),
            ("a.test\r\nEHLO x", ControlCharacter),
            ("a.test\u{0}", ControlCharacter),
            ("a.test\tx", ControlCharacter),
            ("pop.a.test/smtp.a.test", HostSeveral),
            ("pop.a.test、smtp.a.test", HostSeveral),
            ("pop.a.test; smtp.a.test:25", HostSeveral),
            ("pop.a.test\nsmtp.a.test", HostSeveral),
            ("pop.a.test 192.0.2.1", HostSeveral),
            ("*.a.test", HostInvalid),
            ("127.1", HostInvalid),
            ("0x7f000001", HostInvalid),
            ("2130706433", HostInvalid),
            ("017700000001", HostInvalid),
            ("1.2.3.4.5", HostInvalid),
            ("256.1.1.1", HostInvalid),
            ("fe80::1%eth0", HostInvalid),
            ("[fe80::1%eth0]:25", HostInvalid),
            ("[2001:db8::1]x", HostInvalid),
            ("[2001:db8::1", HostInvalid),
            ("a..b", HostInvalid),
            (".a.test", HostInvalid),
            ("-a.test", HostInvalid),
            ("a_b.test", HostInvalid),
            (&long, HostInvalid),
        ] {
            assert_eq!(read_host(&fold(cell).text), Err(fault), "{cell:?}");
        }
    }

    #[test]
    fn forms_of_a_port_cell() {
        for cell in [
            "995",
            " 995 ",
            "995.0",
            "'995",
            "９９５",
            "995端口",
            "端口995",
            "TCP/995",
            "995/tcp",
            "0995",
            "Port 995",
            "99\u{200b}5",
        ] {
            assert_eq!(read_port(&fold(cell).text), Ok(Some(995)), "{cell:?}");
        }
        for cell in ["", " ", "-", "N/A", "默认", "\u{3000}"] {
            assert_eq!(read_port(&fold(cell).text), Ok(None), "{cell:?}");
        }
        for cell in [
            "0",
            "65536",
            "99999999999",
            "-995",
            "+995",
            "995.5",
            "1e3",
            "0x3e3",
            "110/995",
            "9 95",
            "995,993",
            "secret",
            "端口",
            "995.0.0",
            "'",
        ] {
            assert_eq!(
                read_port(&fold(cell).text),
                Err(RowFault::PortInvalid),
                "{cell:?}"
            );
        }
        assert_eq!(read_port("1"), Ok(Some(1)));
        assert_eq!(read_port("65535"), Ok(Some(65535)));
    }

    #[test]
    fn forms_of_an_address_cell() {
        for (cell, address) in [
            ("Li@a.test", "Li@a.test"),
            ("mailto:li@a.test", "li@a.test"),
            ("li＠a．test", "li@a.test"),
            ("李@a.test", "李@a.test"),
        ] {
            assert_eq!(read_email(&fold(cell).text), Ok(address), "{cell:?}");
        }
        for cell in [
            "li",
            "@a.test",
            "li@",
            "li@a.test:secret",
            "l i@a.test",
            "a@b@c",
            "li@[192.0.2.1]",
            "Li <li@a.test>",
        ] {
            assert_eq!(
                read_email(&fold(cell).text),
                Err(RowFault::EmailInvalid),
                "{cell:?}"
            );
        }
    }
}
