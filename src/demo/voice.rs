//! What a mail server says: greeting, capabilities, and the answer to each command.

use crate::model::Protocol;

/// How one mail server talks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Voice {
    /// Its protocol.
    pub protocol: Protocol,
    /// Its name.
    pub host: &'static str,
    /// Whether it offers STARTTLS (STLS) in the clear.
    pub offers_starttls: bool,
    /// Whether it takes a login in the clear.
    pub takes_clear_login: bool,
}

/// What follows a command.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// These words, and the next command.
    Say(String),
    /// These words, and TLS.
    Upgrade(String),
    /// These words, and the end.
    Leave(String),
    /// The command would log in: it is refused with these words, and counted.
    RefuseLogin(String),
}

impl Voice {
    /// The first words.
    pub fn greeting(&self, in_tls: bool) -> String {
        match self.protocol {
            Protocol::Pop3 => "+OK Dovecot ready.\r\n".to_owned(),
            Protocol::Imap => {
                format!(
                    "* OK [CAPABILITY {}] Dovecot ready.\r\n",
                    self.imap_capabilities(in_tls)
                )
            }
            Protocol::Smtp => format!("220 {} ESMTP Postfix\r\n", self.host),
            Protocol::Managesieve => self.sieve_capabilities(in_tls),
        }
    }

    /// The answer to one command line, its end already taken off.
    pub fn answer(&self, line: &str, in_tls: bool) -> Answer {
        match self.protocol {
            Protocol::Pop3 => self.answer_pop3(line, in_tls),
            Protocol::Imap => self.answer_imap(line, in_tls),
            Protocol::Smtp => self.answer_smtp(line, in_tls),
            Protocol::Managesieve => self.answer_managesieve(line, in_tls),
        }
    }

    fn answer_pop3(&self, line: &str, in_tls: bool) -> Answer {
        match word(line, 0).as_str() {
            "CAPA" => {
                let mut list = String::from("+OK\r\nTOP\r\nUIDL\r\nRESP-CODES\r\nPIPELINING\r\n");
                if self.can_upgrade(in_tls) {
                    list.push_str("STLS\r\n");
                }
                if self.can_login(in_tls) {
                    list.push_str("USER\r\nSASL PLAIN LOGIN\r\n");
                }
                Answer::Say(list + ".\r\n")
            }
            "STLS" if self.can_upgrade(in_tls) => {
                Answer::Upgrade("+OK Begin TLS negotiation now.\r\n".to_owned())
            }
            "QUIT" => Answer::Leave("+OK Bye\r\n".to_owned()),
            "USER" | "PASS" | "APOP" | "AUTH" => {
                Answer::RefuseLogin("-ERR [AUTH] Nobody can log in here.\r\n".to_owned())
            }
            _ => Answer::Say("-ERR Unknown command.\r\n".to_owned()),
        }
    }

    fn answer_imap(&self, line: &str, in_tls: bool) -> Answer {
        let tag = line.split_ascii_whitespace().next().unwrap_or("*");
        match word(line, 1).as_str() {
            "CAPABILITY" => Answer::Say(format!(
                "* CAPABILITY {}\r\n{tag} OK Done.\r\n",
                self.imap_capabilities(in_tls)
            )),
            "NOOP" => Answer::Say(format!("{tag} OK Done.\r\n")),
            "STARTTLS" if self.can_upgrade(in_tls) => {
                Answer::Upgrade(format!("{tag} OK Begin TLS negotiation now.\r\n"))
            }
            "LOGOUT" => Answer::Leave(format!("* BYE Logging out\r\n{tag} OK Done.\r\n")),
            "LOGIN" | "AUTHENTICATE" => Answer::RefuseLogin(format!(
                "{tag} NO [AUTHENTICATIONFAILED] Nobody can log in here.\r\n"
            )),
            _ => Answer::Say(format!("{tag} BAD Unknown command.\r\n")),
        }
    }

    fn answer_smtp(&self, line: &str, in_tls: bool) -> Answer {
        match word(line, 0).as_str() {
            "EHLO" => {
                let mut list = format!("250-{}\r\n250-PIPELINING\r\n", self.host);
                if self.can_upgrade(in_tls) {
                    list.push_str("250-STARTTLS\r\n");
                }
                if self.can_login(in_tls) {
                    list.push_str("250-AUTH PLAIN LOGIN\r\n");
                }
                Answer::Say(list + "250 8BITMIME\r\n")
            }
            "HELO" => Answer::Say(format!("250 {}\r\n", self.host)),
            "NOOP" | "RSET" => Answer::Say("250 2.0.0 Ok\r\n".to_owned()),
            "STARTTLS" if self.can_upgrade(in_tls) => {
                Answer::Upgrade("220 2.0.0 Ready to start TLS\r\n".to_owned())
            }
            "QUIT" => Answer::Leave("221 2.0.0 Bye\r\n".to_owned()),
            "AUTH" => Answer::RefuseLogin("535 5.7.8 Nobody can log in here\r\n".to_owned()),
            "MAIL" | "RCPT" | "DATA" => {
                Answer::Say("530 5.7.0 Authentication required\r\n".to_owned())
            }
            _ => Answer::Say("502 5.5.2 Unknown command\r\n".to_owned()),
        }
    }

    fn answer_managesieve(&self, line: &str, in_tls: bool) -> Answer {
        match word(line, 0).as_str() {
            "CAPABILITY" => Answer::Say(self.sieve_capabilities(in_tls)),
            "NOOP" => Answer::Say("OK \"Done.\"\r\n".to_owned()),
            "STARTTLS" if self.can_upgrade(in_tls) => {
                Answer::Upgrade("OK \"Begin TLS negotiation now.\"\r\n".to_owned())
            }
            "LOGOUT" => Answer::Leave("OK \"Bye\"\r\n".to_owned()),
            "AUTHENTICATE" => Answer::RefuseLogin("NO \"Nobody can log in here.\"\r\n".to_owned()),
            _ => Answer::Say("NO \"Unknown command.\"\r\n".to_owned()),
        }
    }

    fn sieve_capabilities(&self, in_tls: bool) -> String {
        let mechanisms = match self.can_login(in_tls) {
            true => "PLAIN LOGIN",
            false => "",
        };
        let starttls = match self.can_upgrade(in_tls) {
            true => "\"STARTTLS\"\r\n",
            false => "",
        };
        format!(
            "\"IMPLEMENTATION\" \"Dovecot Pigeonhole\"\r\n\"SIEVE\" \"fileinto\"\r\n\
             \"SASL\" \"{mechanisms}\"\r\n{starttls}\"VERSION\" \"1.0\"\r\nOK \"Ready.\"\r\n"
        )
    }

    fn imap_capabilities(&self, in_tls: bool) -> String {
        let mut list = String::from("IMAP4rev1 SASL-IR ID ENABLE IDLE LITERAL+");
        if self.can_upgrade(in_tls) {
            list.push_str(" STARTTLS");
        }
        list.push_str(match self.can_login(in_tls) {
            true => " AUTH=PLAIN AUTH=LOGIN",
            false => " LOGINDISABLED",
        });
        list
    }

    fn can_upgrade(&self, in_tls: bool) -> bool {
        self.offers_starttls && !in_tls
    }

    fn can_login(&self, in_tls: bool) -> bool {
        in_tls || self.takes_clear_login
    }
}

/// The word at that place, in upper case.
fn word(line: &str, place: usize) -> String {
    let word = line.split_ascii_whitespace().nth(place).unwrap_or_default();
    word.to_ascii_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn voice(protocol: Protocol) -> Voice {
        Voice {
            protocol,
            host: "mail.example",
            offers_starttls: true,
            takes_clear_login: false,
        }
    }

    fn said(answer: Answer) -> String {
        match answer {
            Answer::Say(words) => words,
            other => unreachable!("{other:?}"),
        }
    }

    #[test]
    fn login_is_announced_inside_tls_only() {
        let pop3 = voice(Protocol::Pop3);
        let clear = said(pop3.answer("CAPA", false));
        assert!(clear.contains("STLS") && !clear.contains("USER"));
        let tls = said(pop3.answer("capa", true));
        assert!(tls.contains("USER") && !tls.contains("STLS"));

        let imap = voice(Protocol::Imap);
        let clear = said(imap.answer("a1 CAPABILITY", false));
        assert!(clear.contains("STARTTLS LOGINDISABLED") && clear.ends_with("a1 OK Done.\r\n"));
        assert!(!said(imap.answer("a1 capability", true)).contains("LOGINDISABLED"));

        let smtp = voice(Protocol::Smtp);
        assert!(!said(smtp.answer("EHLO me", false)).contains("AUTH"));
        assert!(said(smtp.answer("EHLO me", true)).contains("AUTH PLAIN"));

        let sieve = voice(Protocol::Managesieve);
        let clear = said(sieve.answer("Capability", false));
        assert!(clear.contains("\"STARTTLS\"") && !clear.contains("PLAIN"));
        assert!(said(sieve.answer("capability", true)).contains("\"SASL\" \"PLAIN LOGIN\""));
        assert_eq!(sieve.greeting(false), clear);
    }

    #[test]
    fn every_way_of_logging_in_is_refused_and_told_apart() {
        for (protocol, line) in [
            (Protocol::Pop3, "USER ann"),
            (Protocol::Pop3, "AUTH PLAIN"),
            (Protocol::Imap, "a LOGIN ann x"),
            (Protocol::Imap, "a AUTHENTICATE PLAIN"),
            (Protocol::Smtp, "auth login"),
            (Protocol::Managesieve, "AUTHENTICATE \"PLAIN\""),
        ] {
            assert!(
                matches!(voice(protocol).answer(line, true), Answer::RefuseLogin(_)),
                "{line}"
            );
        }
    }

    #[test]
    fn an_upgrade_is_offered_once() {
        let imap = voice(Protocol::Imap);
        assert!(matches!(
            imap.answer("x STARTTLS", false),
            Answer::Upgrade(_)
        ));
        assert_eq!(
            said(imap.answer("x STARTTLS", true)),
            "x BAD Unknown command.\r\n"
        );
    }
}
