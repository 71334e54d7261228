//! The founding case: the IMAP server's address in the POP3 field, in the clear.

use jiff::Timestamp;

use super::audit::Audit;
use super::authority::{Authority, Shown};
use super::dovecot::{Allows, Dovecot};

fn moment(value: &serde_json::Value) -> Timestamp {
    let text = value.as_str().expect("a time is a string");
    text.parse().expect("a time is written as RFC 3339 says")
}

#[test]
#[ignore = "needs Dovecot: tests/run installs it and runs this"]
fn the_right_server_is_found_and_proven() {
    let authority = Authority::new();
    let old = Dovecot::start(Allows::ClearLogin, &authority, Shown::Good);
    let good = Dovecot::start(Allows::TlsOnly, &authority, Shown::Good);
    let audited = Audit::trusting(&authority)
        .account("anna", ("pop3", "imap.yourcompany.test", 110, "none"))
        .account("ben", ("pop3", "mail.yourcompany.test", 995, "tls"))
        .account("carla", ("pop3", "imap.yourcompany.test", 143, "none"))
        .reach("imap.yourcompany.test", 110, old.address, old.pop3)
        .reach("imap.yourcompany.test", 143, old.address, old.imap)
        .reach("mail.yourcompany.test", 995, good.address, good.pop3s)
        .run();

    audited.ended.must_be(1);
    for person in ["anna", "carla"] {
        assert_eq!(audited.verdict(person).0, "non-compliant", "{person}");
        let fix = &audited.finding(person, "cleartext-configured")["fix"];
        let proof = &fix["verified"];
        assert_eq!(
            proof["endpoint"], "mail.yourcompany.test:995",
            "{person}: {fix}"
        );
        let run = &audited.report["run"];
        let at = moment(&proof["at"]);
        assert!(
            moment(&run["started"]) <= at && at <= moment(&run["finished"]),
            "{fix} {run}"
        );
    }
    assert!(
        audited.rules("anna").contains("cleartext-login"),
        "{:?}",
        audited.rules("anna")
    );
    assert!(
        audited.rules("carla").contains("wrong-protocol"),
        "{:?}",
        audited.rules("carla")
    );
    assert_eq!(audited.verdict("ben").0, "compliant");

    let summary = &audited.report["summary"];
    assert_eq!(summary["accounts"]["total"], 3);
    assert_eq!(summary["accounts"]["compliant"], 1);
    assert_eq!(summary["accounts"]["non_compliant"], 2);
    assert_eq!(
        summary["endpoints"]["total"], 3,
        "a candidate is in no count: {summary}"
    );
    assert_eq!(audited.report["run"]["complete"], true);
}

#[test]
#[ignore = "needs Dovecot: tests/run installs it and runs this"]
fn the_same_host_is_proposed_where_it_serves_pop3_over_tls() {
    let authority = Authority::new();
    let server = Dovecot::start(Allows::ClearLogin, &authority, Shown::Good);
    let audited = Audit::trusting(&authority)
        .account("anna", ("pop3", "imap.yourcompany.test", 110, "none"))
        .reach("imap.yourcompany.test", 110, server.address, server.pop3)
        .reach("imap.yourcompany.test", 995, server.address, server.pop3s)
        .run();
    audited.ended.must_be(1);
    let fix = &audited.finding("anna", "cleartext-configured")["fix"];
    assert_eq!(
        fix["verified"]["endpoint"], "imap.yourcompany.test:995",
        "{fix}"
    );
}

#[test]
#[ignore = "needs Dovecot: tests/run installs it and runs this"]
fn nothing_is_promised_where_nothing_could_be_proven() {
    let authority = Authority::new();
    let server = Dovecot::start(Allows::NoTls, &authority, Shown::Good);
    let audited = Audit::trusting(&authority)
        .account("anna", ("pop3", "imap.yourcompany.test", 110, "none"))
        .reach("imap.yourcompany.test", 110, server.address, server.pop3)
        .run();
    audited.ended.must_be(1);
    let fix = &audited.finding("anna", "cleartext-configured")["fix"];
    assert!(fix["verified"].is_null(), "nothing listens with TLS: {fix}");
    assert_eq!(fix["why_not"], "nothing-compliant", "{fix}");
}
