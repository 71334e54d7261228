//! What could not be seen is never green, and never an accusation.

use std::net::Ipv4Addr;

use super::audit::{Audit, rules};
use super::authority::{Authority, Shown};
use super::dovecot::{Allows, Dovecot};

#[test]
#[ignore = "needs Dovecot: tests/run installs it and runs this"]
fn a_server_that_is_down_is_not_verified() {
    let authority = Authority::new();
    let server = Dovecot::start(Allows::TlsOnly, &authority, Shown::Good);
    let audited = Audit::trusting(&authority)
        .account("anna", ("pop3", "mail.yourcompany.test", 995, "tls"))
        .account("ben", ("pop3", "pop.yourcompany.test", 995, "tls"))
        .reach("mail.yourcompany.test", 995, server.address, server.pop3s)
        .run();
    assert_eq!(audited.verdict("anna").0, "compliant");
    let (verdict, reason) = audited.verdict("ben");
    assert_eq!(
        (&*verdict, reason.as_deref()),
        ("not-verified", Some("unreachable"))
    );
    assert_eq!(
        audited.rules_at("pop.yourcompany.test:995"),
        rules(["unreachable"])
    );
    let summary = &audited.report["summary"];
    assert_eq!(summary["accounts"]["not_verified"], 1);
    assert_eq!(summary["endpoints"]["unreached"], 1);
    audited.ended.must_be(0);
}

#[test]
fn a_run_that_verified_nothing_is_never_a_success() {
    let audited = Audit::trusting(&Authority::new())
        .account("anna", ("pop3", "mail.yourcompany.test", 995, "tls"))
        .run();
    let (verdict, reason) = audited.verdict("anna");
    assert_eq!(
        (&*verdict, reason.as_deref()),
        ("not-verified", Some("unreachable"))
    );
    audited.ended.must_be(3);
}

/// Threat model I9: Dovecot offers clear login to whoever comes from its own address.
#[test]
#[ignore = "needs Dovecot: tests/run installs it and runs this"]
fn clear_login_is_not_judged_from_the_server_itself() {
    let authority = Authority::new();
    let home = Dovecot::start_at(
        Ipv4Addr::LOCALHOST,
        Allows::NoClearLogin,
        &authority,
        Shown::Good,
    );
    let elsewhere = Dovecot::start(Allows::NoClearLogin, &authority, Shown::Good);
    let audited = Audit::trusting(&authority)
        .account("anna", ("imap", "imap.yourcompany.test", 143, "starttls"))
        .account("ben", ("imap", "mail.yourcompany.test", 143, "starttls"))
        .reach("imap.yourcompany.test", 143, home.address, home.imap)
        .reach(
            "mail.yourcompany.test",
            143,
            elsewhere.address,
            elsewhere.imap,
        )
        .run();
    let found = audited.rules_at("imap.yourcompany.test:143");
    assert!(!found.contains("cleartext-login"), "{found:?}");
    let (verdict, reason) = audited.verdict("anna");
    assert_eq!(
        (&*verdict, reason.as_deref()),
        ("not-verified", Some("vantage-is-server"))
    );
    assert_eq!(
        audited.verdict("ben").0,
        "compliant",
        "{:?}",
        audited.rules("ben")
    );
    audited.ended.must_be(0);
}
