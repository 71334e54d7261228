//! What a server does before TLS, by a plain client.

use super::super::authority::Authority;
use super::super::dialogue::in_the_clear;
use super::super::fleet::Door;
use super::Port;

/// Where the clear-text side is not as the row says.
pub fn differences(port: &Port<'_>, authority: &Authority) -> Vec<String> {
    let (row, door) = (port.row, port.door);
    if door.service.tls || !["pop3", "imap", "smtp"].contains(&door.service.speaks) {
        return Vec::new();
    }
    let checks = [
        ("cleartext-login", offers_login(door)),
        ("login-accepted-in-clear", goes_on(door)),
        (
            "starttls-injection",
            !row.no_tls && carries_out(door, authority),
        ),
        (
            "preauth-before-tls",
            greeting(door).starts_with("* PREAUTH"),
        ),
    ];
    checks
        .into_iter()
        .filter(|(rule, seen)| row.fires.contains(*rule) != *seen)
        .map(|(rule, seen)| {
            let (server, service) = (door.server, door.service.name);
            format!("{server} {service}: {rule}: {seen} by a plain client")
        })
        .collect()
}

const NAME: &str = "mail.yourcompany.test";

fn greeting(door: &Door) -> String {
    in_the_clear(door.address, door.port).line()
}

fn offers_login(door: &Door) -> bool {
    let mut dialogue = in_the_clear(door.address, door.port);
    match door.service.speaks {
        "pop3" => dialogue
            .capa()
            .iter()
            .any(|line| line == "USER" || line.starts_with("SASL") && line.contains("PLAIN")),
        "imap" if greeting(door).starts_with("* PREAUTH") => false,
        "imap" => !dialogue.capability().contains(&"LOGINDISABLED".to_owned()),
        _ => dialogue
            .ehlo()
            .iter()
            .any(|line| line.starts_with("AUTH") && line.contains("PLAIN")),
    }
}

/// Whether it asks for the password of a login that begins in the clear; none is given.
fn goes_on(door: &Door) -> bool {
    let mut dialogue = in_the_clear(door.address, door.port);
    let (command, goes_on) = match door.service.speaks {
        "pop3" => ("AUTH PLAIN", "+ "),
        "imap" => ("a AUTHENTICATE PLAIN", "+ "),
        _ => ("AUTH PLAIN", "334"),
    };
    match door.service.speaks {
        "smtp" => drop(dialogue.ehlo()),
        _ => drop(dialogue.line()),
    }
    dialogue.say(command);
    // The end of the line was cut off, and with it the only space of an empty challenge.
    let asked = format!("{} ", dialogue.line()).starts_with(goes_on);
    dialogue.say("*");
    asked
}

/// Whether a command that stood in the clear behind STARTTLS is answered inside TLS. A last command
/// follows it there, so that nothing has to be waited for.
fn carries_out(door: &Door, authority: &Authority) -> bool {
    let mut dialogue = in_the_clear(door.address, door.port);
    let (both, last) = match door.service.speaks {
        "pop3" => ("STLS\r\nCAPA", "QUIT"),
        "imap" => ("a STARTTLS\r\nx NOOP", "z LOGOUT"),
        _ => ("STARTTLS\r\nNOOP", "QUIT"),
    };
    match door.service.speaks {
        "smtp" => drop(dialogue.ehlo()),
        _ => drop(dialogue.line()),
    }
    dialogue.say(both);
    dialogue.line();
    let mut inside = dialogue.into_tls(NAME, &authority.root_pem());
    if inside.try_say(last).is_err() {
        return false;
    }
    let lines = inside.lines_to_end();
    match door.service.speaks {
        "pop3" => lines.iter().any(|line| line == "."),
        "imap" => lines.iter().any(|line| line.starts_with("x ")),
        _ => lines.first().is_some_and(|line| line.starts_with("250")),
    }
}
