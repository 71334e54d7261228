//! What servers allow in the clear, and what they do not.

use super::audit::{Audit, Audited};
use super::authority::{Authority, Shown};
use super::dovecot::{Allows, Dovecot};
use super::postfix::{Auth, Postfix};

const HOST: &str = "mail.yourcompany.test";

fn audit_dovecot(allows: Allows) -> Audited {
    let authority = Authority::new();
    let dovecot = Dovecot::start(allows, &authority, Shown::Good);
    Audit::trusting(&authority)
        .account("anna", ("pop3", HOST, 995, "tls"))
        .account("ben", ("pop3", HOST, 110, "starttls"))
        .account("carla", ("imap", HOST, 993, "tls"))
        .account("dora", ("imap", HOST, 143, "starttls"))
        .reach(HOST, 995, dovecot.address, dovecot.pop3s)
        .reach(HOST, 110, dovecot.address, dovecot.pop3)
        .reach(HOST, 993, dovecot.address, dovecot.imaps)
        .reach(HOST, 143, dovecot.address, dovecot.imap)
        .run()
}

#[test]
#[ignore = "needs Dovecot: tests/run installs it and runs this"]
fn a_dovecot_that_refuses_clear_login_is_compliant() {
    for allows in [Allows::TlsOnly, Allows::NoClearLogin] {
        let audited = audit_dovecot(allows);
        for person in ["anna", "ben", "carla", "dora"] {
            let rules = audited.rules(person);
            assert_eq!(
                audited.verdict(person).0,
                "compliant",
                "{allows:?} {person}: {rules:?}"
            );
            assert!(
                !rules.contains("cleartext-login"),
                "{allows:?} {person}: {rules:?}"
            );
        }
        // STARTTLS where the same host offers TLS from the first byte is worth a word, not a breach.
        assert!(audited.rules("ben").contains("starttls-configured"));
        audited.ended.must_be(0);
    }
}

#[test]
#[ignore = "needs Dovecot: tests/run installs it and runs this"]
fn a_dovecot_that_takes_clear_logins_is_found() {
    let audited = audit_dovecot(Allows::ClearLogin);
    for (port, person) in [(110, "ben"), (143, "dora")] {
        let rules = audited.rules_at(&format!("{HOST}:{port}"));
        assert!(rules.contains("cleartext-login"), "{port}: {rules:?}");
        assert!(!rules.contains("no-encryption"), "{port}: {rules:?}");
        assert_eq!(audited.verdict(person).0, "non-compliant", "{person}");
    }
    for (port, person) in [(995, "anna"), (993, "carla")] {
        let rules = audited.rules_at(&format!("{HOST}:{port}"));
        assert!(!rules.contains("cleartext-login"), "{port}: {rules:?}");
        assert_eq!(audited.verdict(person).0, "compliant", "{person}");
    }
    audited.ended.must_be(1);
}

#[test]
#[ignore = "needs Dovecot: tests/run installs it and runs this"]
fn a_dovecot_without_tls_is_found() {
    let audited = audit_dovecot(Allows::NoTls);
    for (port, person) in [(110, "ben"), (143, "dora")] {
        let rules = audited.rules_at(&format!("{HOST}:{port}"));
        assert!(rules.contains("no-encryption"), "{port}: {rules:?}");
        assert!(
            audited.rules(person).contains("starttls-not-offered"),
            "{person}"
        );
        assert_eq!(audited.verdict(person).0, "non-compliant", "{person}");
    }
    for person in ["anna", "carla"] {
        let (verdict, reason) = audited.verdict(person);
        assert_eq!(
            (&*verdict, reason.as_deref()),
            ("not-verified", Some("unreachable"))
        );
    }
    audited.ended.must_be(1);
}

#[test]
#[ignore = "needs Postfix, Dovecot and root: tests/run installs them and runs this"]
fn a_postfix_offers_auth_in_the_clear_or_not() {
    let authority = Authority::new();
    for (auth, found, status) in [(Auth::InsideTls, false, 0), (Auth::InTheClearToo, true, 1)] {
        let postfix = Postfix::start(auth, &authority);
        let audited = Audit::trusting(&authority)
            .account("anna", ("smtp", HOST, 465, "tls"))
            .account("ben", ("smtp", HOST, 587, "starttls"))
            .reach(HOST, 465, postfix.address, postfix.submissions)
            .reach(HOST, 587, postfix.address, postfix.submission)
            .run();
        let rules = audited.rules_at(&format!("{HOST}:587"));
        assert_eq!(
            rules.contains("cleartext-login"),
            found,
            "{auth:?}: {rules:?}"
        );
        let rules = audited.rules_at(&format!("{HOST}:465"));
        assert!(!rules.contains("cleartext-login"), "{auth:?}: {rules:?}");
        assert_eq!(
            audited.verdict("anna").0,
            "compliant",
            "{auth:?}: {:?}",
            audited.rules("anna")
        );
        let expected = if found { "non-compliant" } else { "compliant" };
        assert_eq!(
            audited.verdict("ben").0,
            expected,
            "{auth:?}: {:?}",
            audited.rules("ben")
        );
        audited.ended.must_be(status);
    }
}
