//! Names of services (RFC 4985): listed, and never taken for the name of a host.

use mailfleet::model::Value;

use super::der::{oid, sequence, value};
use super::made::{leaf, usual};

/// The general name of a service such as `_imaps.example.com`.
fn service(name: &str) -> Vec<u8> {
    let named = sequence(&[
        &oid("1.3.6.1.5.5.7.8.7"),
        &value(0xa0, &value(22, name.as_bytes())),
    ]);
    value(0xa0, &named[2..])
}

#[test]
fn a_service_is_listed_among_the_names_and_matches_no_host() {
    let names = [
        value(0x82, b"imap.example.com"),
        service("_imaps.example.com"),
        service("_imaps.mail.example.com"),
    ];
    let leaf = leaf()
        .subject(&["O=Example"])
        .general_names(false, &names.concat());
    for host in ["mail.example.com", "example.com"] {
        let judged = usual(&leaf).for_host(host).judge();
        let mut findings = judged.findings();
        let finding = findings.next().expect("a finding");
        assert_eq!(finding.rule, "cert-name-mismatch");
        let listed = [
            "imap.example.com",
            "_imaps.example.com",
            "_imaps.mail.example.com",
        ];
        let listed = listed.map(str::to_owned);
        assert_eq!(finding.evidence.values["names"], Value::List(listed.into()));
        assert!(findings.next().is_none());
    }
    let judged = usual(&leaf).for_host("imap.example.com").judge();
    assert!(judged.findings().next().is_none());
}
