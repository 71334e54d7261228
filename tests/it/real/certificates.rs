//! Certificates that clients refuse, shown by a real server.

use super::audit::{Audit, rules};
use super::authority::{Authority, Shown};
use super::dovecot::{Allows, Dovecot};

#[test]
#[ignore = "needs Dovecot: tests/run installs it and runs this"]
fn each_bad_certificate_is_named() {
    let authority = Authority::new();
    let cases = [
        ("mail.yourcompany.test", Shown::Good, None),
        (
            "imap.yourcompany.test",
            Shown::Expired,
            Some("cert-expired"),
        ),
        (
            "pop.yourcompany.test",
            Shown::WrongName,
            Some("cert-name-mismatch"),
        ),
        (
            "pop3.yourcompany.test",
            Shown::MissingIntermediate,
            Some("cert-chain-incomplete"),
        ),
    ];
    let servers = cases.map(|(_, shown, _)| Dovecot::start(Allows::TlsOnly, &authority, shown));
    let mut audit = Audit::trusting(&authority);
    for ((host, _, _), server) in cases.iter().zip(&servers) {
        let person = host.split('.').next().expect("a name has a first label");
        audit = audit.account(person, ("pop3", host, 995, "tls")).reach(
            host,
            995,
            server.address,
            server.pop3s,
        );
    }
    let audited = audit.run();

    for (host, shown, rule) in cases {
        let person = host.split('.').next().expect("a name has a first label");
        let mut found = audited.rules_at(&format!("{host}:995"));
        // Not about the certificate, but about the age of Dovecot's TLS library.
        found.remove("post-quantum-missing");
        let expected = rule.map_or_else(|| rules([]), |rule| rules([rule]));
        assert_eq!(found, expected, "{shown:?}");
        let verdict = if rule.is_some() {
            "non-compliant"
        } else {
            "compliant"
        };
        assert_eq!(audited.verdict(person).0, verdict, "{shown:?}");
    }
    audited.ended.must_be(1);
}

#[test]
#[ignore = "needs Dovecot: tests/run installs it and runs this"]
fn a_root_that_nobody_trusts_is_named() {
    let (trusted, other) = (Authority::new(), Authority::new());
    let server = Dovecot::start(Allows::TlsOnly, &other, Shown::Good);
    let audited = Audit::trusting(&trusted)
        .account("anna", ("imap", "mail.yourcompany.test", 993, "tls"))
        .reach("mail.yourcompany.test", 993, server.address, server.imaps)
        .run();
    let found = audited.rules_at("mail.yourcompany.test:993");
    assert!(
        found.contains("cert-untrusted") || found.contains("cert-chain-incomplete"),
        "{found:?}"
    );
    assert_eq!(audited.verdict("anna").0, "non-compliant");
    audited.ended.must_be(1);
}
