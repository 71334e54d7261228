//! The words for protocols and for how a connection is secured, in English and Chinese.

use super::cells::{fold, is_blank_word};
use crate::model::{Protocol, RowFault, Security};

/// What a protocol cell says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ProtocolCell {
    pub(super) protocol: Protocol,
    /// `POP3S` and the like mean TLS from the first byte.
    pub(super) implicit_tls: bool,
}

/// Reads a protocol cell, in the form that [`compact`] gives it; blank is `None`.
pub(super) fn read_protocol(word: &str) -> Result<Option<ProtocolCell>, RowFault> {
    if word.is_empty() {
        return Ok(None);
    }
    let (protocol, implicit_tls) = match word {
        "pop3" | "pop" | "emailtypepop" | "邮局协议" | "pop3协议" | "pop协议" | "110" | "995" => {
            (Protocol::Pop3, false)
        }
        "pop3s" | "pops" | "pop3/ssl" | "pop3(ssl)" | "pop3ssl" | "pop3/tls" => {
            (Protocol::Pop3, true)
        }
        "imap" | "imap4" | "imap4rev1" | "emailtypeimap" | "imap协议" | "143" | "993" => {
            (Protocol::Imap, false)
        }
        "imaps" | "imap4s" | "imap/ssl" | "imap(ssl)" | "imapssl" | "imap/tls" => {
            (Protocol::Imap, true)
        }
        "smtp" | "submission" | "smtp协议" | "发件" => (Protocol::Smtp, false),
        "smtps" | "submissions" | "smtp/ssl" | "smtp(ssl)" | "smtpssl" | "smtp/tls" => {
            (Protocol::Smtp, true)
        }
        "managesieve" | "sieve" | "sieve协议" | "4190" => (Protocol::Managesieve, false),
        "exchange" | "eas" | "activesync" | "exchangeactivesync" | "ews" | "mapi" | "owa"
        | "企业微信" | "webmail" | "web" | "网页" => {
            return Err(RowFault::ProtocolNotVisited);
        }
        _ => return Err(RowFault::ProtocolUnknown),
    };
    Ok(Some(ProtocolCell {
        protocol,
        implicit_tls,
    }))
}

/// What a security cell says, before the port is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct SecurityCell {
    said: Said,
    /// "Accept all certificates".
    pub(super) accepts_any_certificate: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Said {
    Nothing,
    Is(Security),
    /// `tls`, which older clients write where they mean STARTTLS.
    Tls,
    /// "Yes", "ticked".
    Yes,
}

/// Reads a security cell, in the form that [`compact`] gives it. `1` means yes, except where the
/// numbers are Thunderbird's.
pub(super) fn read_security(word: &str, thunderbird: bool) -> Result<SecurityCell, RowFault> {
    const ANY_CERTIFICATE: [&str; 5] = [
        "(接受所有证书)",
        "(acceptallcertificates)",
        "acceptallcertificates",
        "trustall",
        "忽略证书",
    ];
    let mut word = word;
    let mut accepts_any_certificate = false;
    for phrase in ANY_CERTIFICATE {
        if let Some(rest) = word.strip_suffix(phrase) {
            word = rest;
            accepts_any_certificate = true;
        }
    }
    let said = match word {
        blank if is_blank_word(blank) => Said::Nothing,
        "1" if thunderbird => Said::Is(Security::Auto),
        "none" | "no" | "n" | "false" | "off" | "0" | "plain" | "plaintext" | "clear"
        | "cleartext" | "unencrypted" | "unsecured" | "无" | "否" | "不" | "未加密" | "不加密"
        | "明文" | "普通" | "不使用" | "未启用" | "未勾选" => Said::Is(Security::None),
        "ssl" | "ssl/tls" | "ssltls" | "tls/ssl" | "tlsssl" | "smtps" | "pop3s" | "imaps"
        | "implicit" | "implicittls" | "3" | "ssl加密" | "加密(ssl)" | "ssl/tls加密" => {
            Said::Is(Security::Tls)
        }
        "starttls" | "stls" | "explicit" | "explicittls" | "2" | "starttls加密" => {
            Said::Is(Security::Starttls)
        }
        "tls" => Said::Tls,
        "yes" | "y" | "true" | "on" | "1" | "enabled" | "是" | "有" | "加密" | "已加密"
        | "启用" | "已启用" | "开启" | "勾选" | "已勾选" | "√" | "✓" | "✔" => {
            Said::Yes
        }
        "auto"
        | "automatic"
        | "自动"
        | "ifavailable"
        | "tlsifavailable"
        | "starttlsifavailable"
        | "opportunistic"
        | "如果服务器支持,就使用starttls加密传输" => Said::Is(Security::Auto),
        _ => return Err(RowFault::SecurityUnknown),
    };
    Ok(SecurityCell {
        said,
        accepts_any_certificate,
    })
}

impl SecurityCell {
    pub(super) fn is_blank(self) -> bool {
        self.said == Said::Nothing && !self.accepts_any_certificate
    }

    /// The security, and whether it was inferred: from a name such as `POP3S`, or from a port
    /// that leaves one possibility. A blank cell on any other port stays unknown.
    pub(super) fn settle(self, port: Option<u16>, implicit_tls: bool) -> (Security, bool) {
        let implicit_port = matches!(port, Some(995 | 993 | 465));
        let upgrade_port = matches!(port, Some(110 | 143 | 587 | 25 | 4190));
        match self.said {
            Said::Is(security) => (security, false),
            Said::Tls if upgrade_port => (Security::Starttls, true),
            Said::Tls => (Security::Tls, false),
            _ if implicit_tls || implicit_port => (Security::Tls, true),
            Said::Yes if upgrade_port => (Security::Starttls, true),
            Said::Yes | Said::Nothing => (Security::Unknown, false),
        }
    }
}

/// A cell in lower case, folded, without space, `_` and `-`; empty where a word says that nothing
/// is said.
pub(super) fn compact(cell: &str) -> String {
    let folded = fold(cell).text.to_lowercase();
    let is_kept = |c: &char| !c.is_whitespace() && !matches!(c, '_' | '-');
    let word: String = folded.chars().filter(is_kept).collect();
    if is_blank_word(&word) {
        return String::new();
    }
    word
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn protocol_words() {
        for (cell, protocol, implicit_tls) in [
            ("POP3", Protocol::Pop3, false),
            ("ＰＯＰ３协议", Protocol::Pop3, false),
            ("POP3S", Protocol::Pop3, true),
            ("pop3/ssl", Protocol::Pop3, true),
            ("IMAP4", Protocol::Imap, false),
            ("imaps", Protocol::Imap, true),
            ("EmailTypeIMAP", Protocol::Imap, false),
            ("发件", Protocol::Smtp, false),
            ("submissions", Protocol::Smtp, true),
            ("Manage-Sieve", Protocol::Managesieve, false),
            ("sieve", Protocol::Managesieve, false),
        ] {
            let says = ProtocolCell {
                protocol,
                implicit_tls,
            };
            assert_eq!(read_protocol(&compact(cell)), Ok(Some(says)), "{cell}");
        }
        for blank in ["", "-", "?", "默认"] {
            assert_eq!(read_protocol(&compact(blank)), Ok(None));
        }
        for cell in ["Exchange", "企业微信", "web-mail"] {
            assert_eq!(
                read_protocol(&compact(cell)),
                Err(RowFault::ProtocolNotVisited)
            );
        }
        assert_eq!(read_protocol("gopher"), Err(RowFault::ProtocolUnknown));
    }

    #[test]
    fn security_words_by_port() {
        use Security::{Auto, None as Clear, Starttls, Tls, Unknown};
        for (cell, port, security, inferred) in [
            ("SSL", Some(110), Tls, false),
            ("ssl/tls", None, Tls, false),
            ("tls", Some(995), Tls, false),
            ("TLS", Some(587), Starttls, true),
            ("TLS", Some(4190), Starttls, true),
            ("tls", Some(2993), Tls, false),
            ("StartTLS", Some(993), Starttls, false),
            ("start tls", None, Starttls, false),
            ("是", Some(995), Tls, true),
            ("yes", Some(110), Starttls, true),
            ("1", Some(143), Starttls, true),
            ("√", Some(2525), Unknown, false),
            ("yes", None, Unknown, false),
            ("0", Some(995), Clear, false),
            ("不加密", Some(110), Clear, false),
            ("自动", Some(143), Auto, false),
            (
                "如果服务器支持，就使用STARTTLS加密传输",
                Some(110),
                Auto,
                false,
            ),
            ("", Some(993), Tls, true),
            ("默认", Some(465), Tls, true),
            ("", Some(110), Unknown, false),
            ("N/A", None, Unknown, false),
            ("3", Some(995), Tls, false),
        ] {
            let said = read_security(&compact(cell), false).expect(cell);
            assert_eq!(
                said.settle(port, false),
                (security, inferred),
                "{cell} {port:?}"
            );
        }
        assert_eq!(
            read_security("perhaps", false),
            Err(RowFault::SecurityUnknown)
        );
    }

    #[test]
    fn a_one_is_thunderbirds_if_available_only_there() {
        let said = read_security("1", true).expect("known");
        assert_eq!(said.settle(Some(143), false), (Security::Auto, false));
    }

    #[test]
    fn a_name_that_implies_tls_says_it_where_the_cell_is_blank() {
        let blank = read_security("", false).expect("known");
        assert_eq!(blank.settle(None, true), (Security::Tls, true));
        let none = read_security("none", false).expect("known");
        assert_eq!(none.settle(None, true), (Security::None, false));
    }

    #[test]
    fn any_certificate_is_a_remark_of_its_own() {
        for (cell, security) in [
            ("SSL/TLS（接受所有证书）", Security::Tls),
            ("STARTTLS (accept all certificates)", Security::Starttls),
            ("忽略证书", Security::Tls),
        ] {
            let said = read_security(&compact(cell), false).expect(cell);
            assert!(said.accepts_any_certificate);
            assert_eq!(said.settle(Some(995), false).0, security);
        }
    }
}
