//! The sheet of an endpoint says what was asked with hellos of our own, and what came.

use mailfleet::words::Language;

use super::fleet::fleet;
use super::written;
use crate::scene::visit;

const PLACE: &str = "mail.yourcompany.com:993";

/// The answers of the sheet, by their questions, as `report.md` has them.
fn sheet(words: &str) -> (String, Vec<(String, String)>) {
    let mut fleet = fleet("");
    let place = PLACE.parse().expect("an endpoint");
    let address = "192.0.2.7".parse().expect("an address");
    fleet.observations.add(visit(&place, address, words));
    let text = written(&fleet.finished(), "report.md", Language::En);
    let heading = format!("### {PLACE}");
    let sheet = text
        .lines()
        .skip_while(|line| !line.replace('`', "").contains(&heading));
    let mut lines = sheet.skip(1).take_while(|line| !line.starts_with("### "));
    let first = lines.find(|line| line.starts_with("- ")).expect("a visit");
    let rows = lines.filter_map(|line| line.strip_prefix("  - ")?.split_once(": "));
    let plain = |text: &str| text.replace(['`', '\\'], "");
    let rows = rows.map(|(question, answer)| (plain(question), plain(answer)));
    (plain(first), rows.collect())
}

fn answer<'a>(rows: &'a [(String, String)], question: &str) -> Option<&'a str> {
    let row = rows.iter().find(|(asked, _)| asked == question);
    row.map(|(_, answer)| answer.as_str())
}

#[test]
fn versions_suites_and_key_exchange_stand_by_what_became_of_them() {
    let (first, rows) = sheet(
        "good, session group X25519MLKEM768, hello 1.1 picks 1.0 TLS_RSA_WITH_AES_128_CBC_SHA, \
         hello 1.2-rest picks TLS_DHE_RSA_WITH_AES_128_GCM_SHA256 shared-dh 1024, hello ssl2 throttled",
    );
    assert!(first.contains("with 3 TLS hellos of our own"), "{first}");
    for (question, expected) in [
        ("TLS versions accepted", "TLS 1.0, TLS 1.2, TLS 1.3"),
        ("TLS versions refused", "TLS 1.1"),
        ("TLS versions without an answer", "SSL 2.0"),
        ("TLS versions not asked about", "SSL 3.0, TLCP 1.1"),
        (
            "Cipher suites accepted",
            "TLS_AES_128_GCM_SHA256 (TLS 1.3), TLS_RSA_WITH_AES_128_CBC_SHA (TLS 1.0), \
             TLS_DHE_RSA_WITH_AES_128_GCM_SHA256 (TLS 1.2)",
        ),
        ("Groups agreed on", "X25519MLKEM768"),
        ("Diffie-Hellman primes (bits)", "1024 (RFC 2409 group 2)"),
        ("Client certificate", "not asked for"),
    ] {
        assert_eq!(answer(&rows, question), Some(expected), "{question}");
    }
}

#[test]
fn what_the_depth_does_not_ask_is_said_to_be_not_asked() {
    let (first, rows) = sheet("good");
    assert!(!first.contains("hello"), "{first}");
    let versions = answer(&rows, "TLS versions accepted");
    assert_eq!(versions, Some("not asked at this depth"));
    assert_eq!(answer(&rows, "Cipher suites accepted"), None);
}

#[test]
fn early_data_is_told_of_where_a_ticket_was_seen() {
    for (words, expected) in [
        ("good, session early-data 0", "not announced"),
        (
            "good, session early-data 16384",
            "announced, up to 16384 octets; never used here",
        ),
    ] {
        let (_, rows) = sheet(words);
        let said = answer(&rows, "Early data (0-RTT)").expect("a row");
        assert_eq!(said, expected);
    }
}

#[test]
fn what_was_agreed_to_besides_is_told_where_it_was_offered() {
    let (_, rows) = sheet(
        "good, hello 1.1 picks 1.0 TLS_RSA_WITH_AES_128_CBC_SHA no-master-secret, \
         hello 1.2-fallback alert 86, \
         hello 1.2-alpn picks TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 imap",
    );
    for (question, expected) in [
        ("Secure renegotiation (RFC 5746)", "agreed to"),
        (
            "Extended master secret (RFC 7627)",
            "not agreed to at TLS 1.0",
        ),
        ("Encrypt-then-MAC (RFC 7366)", "not agreed to"),
        ("Session tickets before TLS 1.3", "not agreed to"),
        ("TLS compression", "not agreed to"),
        (
            "Order of suites (TLS 1.2)",
            "the server’s: it picks TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, which the client did \
             not name first",
        ),
        (
            "Fallback signal (RFC 7507)",
            "noticed: whoever seems to have fallen back is turned away",
        ),
        ("Application protocol (ALPN)", "imap"),
        ("Stapled OCSP response", "not sent"),
    ] {
        assert_eq!(answer(&rows, question), Some(expected), "{question}");
    }
    let (_, rows) = sheet("good");
    assert_eq!(answer(&rows, "TLS compression"), None, "it was not offered");
    assert_eq!(answer(&rows, "Application protocol (ALPN)"), None);
}

#[test]
fn the_depth_stands_once_above_the_endpoints() {
    for (language, depth) in [(Language::En, "“standard”"), (Language::ZhCn, "“标准”")] {
        let text = written(&fleet("").finished(), "report.md", language);
        let heading = text.find("## ").expect("headings");
        assert!(text[heading..].contains(depth), "{language}");
    }
}
