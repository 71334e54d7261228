//! The servers of these tests are what they are said to be.

use std::net::{IpAddr, Ipv4Addr};

use super::authority::{Authority, Shown};
use super::dialogue::{in_the_clear, in_tls, source_of};
use super::dovecot::{Allows, Dovecot};
use super::postfix::{Auth, Postfix};

const NAME: &str = "mail.yourcompany.test";

fn has(words: &[String], wanted: &str) -> bool {
    words.iter().any(|word| word == wanted)
}

fn offers_password_login(pop3: &[String]) -> bool {
    pop3.iter()
        .any(|line| line == "USER" || line.starts_with("SASL ") && line.contains("PLAIN"))
}

#[test]
#[ignore = "needs Dovecot: tests/run installs it and runs this"]
fn harness_dovecot_with_tls_required() {
    let authority = Authority::new();
    for allows in [Allows::TlsOnly, Allows::NoClearLogin] {
        let dovecot = Dovecot::start(allows, &authority, Shown::Good);
        let clear = in_the_clear(dovecot.address, dovecot.pop3).capa();
        assert!(has(&clear, "STLS"), "{allows:?}: {clear:?}");
        assert!(!offers_password_login(&clear), "{allows:?}: {clear:?}");
        let inside = in_tls(dovecot.address, dovecot.pop3s, NAME, &authority.root_pem()).capa();
        assert!(offers_password_login(&inside), "{allows:?}: {inside:?}");
        let clear = in_the_clear(dovecot.address, dovecot.imap).capability();
        assert!(
            has(&clear, "STARTTLS") && has(&clear, "LOGINDISABLED"),
            "{allows:?}: {clear:?}"
        );
        let inside =
            in_tls(dovecot.address, dovecot.imaps, NAME, &authority.root_pem()).capability();
        assert!(
            has(&inside, "AUTH=PLAIN") && !has(&inside, "LOGINDISABLED"),
            "{inside:?}"
        );
    }
}

#[test]
#[ignore = "needs Dovecot: tests/run installs it and runs this"]
fn harness_dovecot_with_clear_login() {
    let authority = Authority::new();
    let dovecot = Dovecot::start(Allows::ClearLogin, &authority, Shown::Good);
    let pop3 = in_the_clear(dovecot.address, dovecot.pop3).capa();
    assert!(
        has(&pop3, "STLS") && offers_password_login(&pop3),
        "{pop3:?}"
    );
    let imap = in_the_clear(dovecot.address, dovecot.imap).capability();
    assert!(
        has(&imap, "STARTTLS") && !has(&imap, "LOGINDISABLED"),
        "{imap:?}"
    );
    assert!(has(&imap, "AUTH=PLAIN"), "{imap:?}");
}

#[test]
#[ignore = "needs Dovecot: tests/run installs it and runs this"]
fn harness_dovecot_without_tls() {
    let authority = Authority::new();
    let dovecot = Dovecot::start(Allows::NoTls, &authority, Shown::Good);
    let pop3 = in_the_clear(dovecot.address, dovecot.pop3).capa();
    assert!(
        !has(&pop3, "STLS") && offers_password_login(&pop3),
        "{pop3:?}"
    );
    let imap = in_the_clear(dovecot.address, dovecot.imap).capability();
    assert!(
        !has(&imap, "STARTTLS") && !has(&imap, "LOGINDISABLED"),
        "{imap:?}"
    );
}

/// Why these servers listen from 127.0.0.5 up.
#[test]
#[ignore = "needs Dovecot: tests/run installs it and runs this"]
fn harness_dovecot_trusts_its_own_address() {
    let authority = Authority::new();
    let home = Ipv4Addr::LOCALHOST;
    let dovecot = Dovecot::start_at(home, Allows::NoClearLogin, &authority, Shown::Good);
    assert_eq!(source_of(home, dovecot.imap), IpAddr::V4(home));
    let imap = in_the_clear(home, dovecot.imap).capability();
    assert!(!has(&imap, "LOGINDISABLED"), "{imap:?}");

    let elsewhere = Dovecot::start(Allows::NoClearLogin, &authority, Shown::Good);
    assert_eq!(
        source_of(elsewhere.address, elsewhere.imap),
        IpAddr::V4(home)
    );
    let imap = in_the_clear(elsewhere.address, elsewhere.imap).capability();
    assert!(has(&imap, "LOGINDISABLED"), "{imap:?}");
}

#[test]
#[ignore = "needs Postfix, Dovecot and root: tests/run installs them and runs this"]
fn harness_postfix() {
    let authority = Authority::new();
    for (auth, in_the_clear_too) in [(Auth::InsideTls, false), (Auth::InTheClearToo, true)] {
        let postfix = Postfix::start(auth, &authority);
        let clear = in_the_clear(postfix.address, postfix.submission).ehlo();
        assert!(has(&clear, "STARTTLS"), "{auth:?}: {clear:?}");
        assert_eq!(
            has(&clear, "AUTH PLAIN LOGIN"),
            in_the_clear_too,
            "{auth:?}: {clear:?}"
        );
        let inside = in_tls(
            postfix.address,
            postfix.submissions,
            NAME,
            &authority.root_pem(),
        )
        .ehlo();
        assert!(has(&inside, "AUTH PLAIN LOGIN"), "{auth:?}: {inside:?}");
    }
}

#[test]
#[ignore = "needs Dovecot: tests/run installs it and runs this"]
fn harness_bad_certificates_are_bad() {
    let authority = Authority::new();
    for (shown, complaint) in [
        (Shown::Expired, "Expired"),
        (Shown::WrongName, "NotValidForName"),
        (Shown::MissingIntermediate, "UnknownIssuer"),
    ] {
        let dovecot = Dovecot::start(Allows::TlsOnly, &authority, shown);
        let error = in_tls(dovecot.address, dovecot.pop3s, NAME, &authority.root_pem())
            .try_line()
            .expect_err("no client accepts this certificate");
        let error = format!("{error:?}");
        assert!(error.contains(complaint), "{shown:?}: {error}");
    }
}
