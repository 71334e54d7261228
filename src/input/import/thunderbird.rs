//! Thunderbird's `prefs.js`: every account of a profile, incoming and outgoing. Passwords are not
//! in it.

use std::collections::BTreeMap;

use super::{Service, Source};
use crate::model::{Protocol, Security};

pub(super) const SOURCE: Source = Source {
    name: "thunderbird",
    what: "prefs.js of a Thunderbird profile",
    read,
};

/// What is read of a profile: no setting outside of these is kept.
const WANTED: [&str; 13] = [
    ".server",
    ".identities",
    ".type",
    ".hostname",
    ".realhostname",
    ".port",
    ".socketType",
    ".useremail",
    ".fullName",
    ".smtpServer",
    ".try_ssl",
    ".accounts",
    ".defaultserver",
];

/// The wanted settings by their names, numbers as they are written.
struct Settings(BTreeMap<String, String>);

impl Settings {
    fn of(text: &str) -> Self {
        Settings(text.lines().filter_map(setting).collect())
    }

    fn text(&self, key: &str) -> Option<&str> {
        let value = self.0.get(key).map(String::as_str);
        value.filter(|value| !value.is_empty())
    }

    fn number<T: std::str::FromStr>(&self, key: &str) -> Option<T> {
        self.text(key)?.parse().ok()
    }

    /// The names in a list such as `account1,account2`.
    fn list(&self, key: &str) -> impl Iterator<Item = &str> {
        let list = self.text(key).unwrap_or_default();
        list.split(',')
            .map(str::trim)
            .filter(|name| !name.is_empty())
    }
}

/// A line such as `user_pref("mail.server.server1.port", 993);`.
fn setting(line: &str) -> Option<(String, String)> {
    let inside = line.trim().strip_prefix("user_pref(")?;
    let inside = inside.strip_suffix(");")?;
    let (key, rest) = string(inside)?;
    if !key.starts_with("mail.") || !WANTED.iter().any(|wanted| key.ends_with(wanted)) {
        return None;
    }
    let value = rest.trim_start().strip_prefix(',')?.trim();
    let value = match string(value) {
        Some((text, "")) => text,
        Some(_) => return None,
        None => value.to_owned(),
    };
    Some((key, value))
}

/// The string at the start, and what stands behind it. Mozilla escapes quotes, backslashes and
/// line ends.
fn string(text: &str) -> Option<(String, &str)> {
    let mut characters = text.strip_prefix('"')?.char_indices();
    let mut read = String::new();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return Some((read, &text[at + 2..])),
            '\\' => match characters.next()?.1 {
                'n' | 'r' => read.push(' '),
                escaped => read.push(escaped),
            },
            character => read.push(character),
        }
    }
    None
}

fn read(text: &str) -> Vec<Service> {
    let settings = Settings::of(text);
    let mut services = Vec::new();
    for account in settings.list("mail.accountmanager.accounts") {
        let server = settings.text(&format!("mail.account.{account}.server"));
        let identities: Vec<&str> = settings
            .list(&format!("mail.account.{account}.identities"))
            .collect();
        // Local folders, news and feeds are accounts to Thunderbird, and none to us.
        let incoming = server.and_then(|server| incoming(&settings, server));
        let Some(incoming) = incoming else { continue };
        for (index, identity) in identities.iter().enumerate() {
            let said = |what: &str| settings.text(&format!("mail.identity.{identity}.{what}"));
            let person = |service: Service| Service {
                employee: said("fullName").unwrap_or_default().to_owned(),
                email: said("useremail").unwrap_or_default().to_owned(),
                ..service
            };
            if index == 0 {
                services.push(person(incoming.clone()));
            }
            let server = said("smtpServer").or_else(|| settings.text("mail.smtp.defaultserver"));
            let outgoing = server.and_then(|server| outgoing(&settings, server));
            services.extend(outgoing.map(person));
        }
        if identities.is_empty() {
            services.push(incoming);
        }
    }
    services
}

/// The account's server. Without a port it is the protocol's own: the one for TLS if the
/// connection begins with it, else the one for clear text.
fn incoming(settings: &Settings, server: &str) -> Option<Service> {
    let key = |what: &str| format!("mail.server.{server}.{what}");
    let protocol = match settings.text(&key("type"))? {
        "pop3" => Protocol::Pop3,
        "imap" => Protocol::Imap,
        _ => return None,
    };
    let security = security(settings.number(&key("socketType")));
    let default = match security {
        Some(Security::Tls) => protocol.implicit_tls_port(),
        Some(_) => Some(protocol.clear_text_port()),
        None => None,
    };
    // What the user changed later stands in a setting of its own in older profiles.
    let host = settings.text(&key("realhostname"));
    let host = host.or_else(|| settings.text(&key("hostname")))?;
    Some(Service {
        client: "Thunderbird",
        protocol: Some(protocol),
        host: host.to_owned(),
        port: settings.number(&key("port")).or(default),
        security,
        ..Service::default()
    })
}

fn outgoing(settings: &Settings, server: &str) -> Option<Service> {
    let key = |what: &str| format!("mail.smtpserver.{server}.{what}");
    Some(Service {
        client: "Thunderbird",
        protocol: Some(Protocol::Smtp),
        host: settings.text(&key("hostname"))?.to_owned(),
        port: settings.number(&key("port")),
        security: security(settings.number(&key("try_ssl"))),
        ..Service::default()
    })
}

/// `socketType` and `try_ssl`. A setting that is absent has its default, which is none; 1 was
/// "STARTTLS if available", which versions of today no longer offer and old profiles still hold.
fn security(number: Option<u8>) -> Option<Security> {
    match number {
        None | Some(0) => Some(Security::None),
        Some(1) => Some(Security::Auto),
        Some(2) => Some(Security::Starttls),
        Some(3) => Some(Security::Tls),
        Some(_) => None,
    }
}
