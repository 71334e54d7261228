//! What was made of the small fleet.

use std::sync::Arc;

use mailfleet::model::*;

use super::{endpoint, joined, not_proven, proven, time};

pub fn findings(text: &str) -> Vec<Finding> {
    let foreign = |value: &str| Value::Foreign(joined(value, text));
    let on = |place: &str| Subject::Endpoint(endpoint(place));
    let account = |index: u8| Subject::Account(AccountId([index + 1; 32]));
    let mut next = 0x00c0_ffee;
    let mut finding = |rule, subject, severity, evidence, fix| {
        next += 1;
        Finding {
            fingerprint: Fingerprint(next),
            rule,
            subject,
            severity,
            breach: severity >= Severity::Medium,
            evidence: Arc::new(evidence),
            accounts: 1,
            waiver: None,
            fix,
        }
    };
    let wrong = || {
        Evidence::new()
            .with("server", foreign("imap.yourcompany.com:110"))
            .with("expected", Value::Term("POP3".to_owned()))
            .with("found", Value::Term("IMAP".to_owned()))
    };
    let clear = |place| Evidence::new().with("server", foreign(place));
    let expired = Evidence::new()
        .with("ended", time("2025-10-09T08:53:20Z"))
        .with("days", 410_i64)
        .with("subject", foreign("CN=smtp.old.example"));
    let missing = Evidence::new().with("missing", foreign("CN=Example Root"));
    let bare = Evidence::new()
        .with("server", foreign("old.example:110"))
        .with("protocol", Value::Term("POP3".to_owned()))
        .with(
            "logins",
            Value::List(vec![text.to_owned(), "USER".to_owned()]),
        );
    let gone = Evidence::new()
        .variant("timed-out")
        .with("server", foreign("far.example:993"))
        .with("host", foreign("far.example"))
        .with("phase", Value::Term("connect".to_owned()));
    let here = "imap.yourcompany.com:110";
    let mut findings = vec![
        finding(
            "no-encryption",
            on("old.example:110"),
            Severity::Critical,
            bare,
            None,
        ),
        finding(
            "cert-expired",
            on("smtp.old.example:465"),
            Severity::Critical,
            expired,
            None,
        ),
        finding(
            "wrong-protocol",
            account(0),
            Severity::High,
            wrong(),
            Some(proven()),
        ),
        finding(
            "wrong-protocol",
            account(1),
            Severity::High,
            wrong(),
            Some(proven()),
        ),
        finding(
            "wrong-protocol",
            account(2),
            Severity::High,
            wrong(),
            Some(proven()),
        ),
        finding(
            "cleartext-configured",
            account(0),
            Severity::High,
            clear(here),
            Some(proven()),
        ),
        finding(
            "cleartext-configured",
            account(1),
            Severity::High,
            clear(here),
            Some(proven()),
        ),
        finding(
            "cleartext-configured",
            account(2),
            Severity::High,
            clear(here),
            Some(proven()),
        ),
        finding(
            "cleartext-configured",
            account(7),
            Severity::High,
            clear("old.example:110"),
            Some(not_proven()),
        ),
        finding(
            "cert-chain-incomplete",
            on("smtp.old.example:465"),
            Severity::High,
            missing,
            None,
        ),
        finding(
            "unreachable",
            on("far.example:993"),
            Severity::Info,
            gone,
            None,
        ),
    ];
    for waived in [1, 9] {
        findings[waived].waiver = Some(WaiverNote {
            reason: joined("replaced in January", text),
            approved_by: joined("J. Doe", text),
            until: jiff::civil::date(2026, 12, 1),
        });
    }
    findings
}

pub fn waivers(text: &str) -> Vec<WaiverUse> {
    [(1, false, 2), (2, true, 0), (3, false, 0)]
        .map(|(month, expired, findings)| WaiverUse {
            rule: "cert-expired".to_owned(),
            subject: joined("smtp.old.example", text),
            reason: joined("replaced in January", text),
            approved_by: joined("J. Doe", text),
            owner: Some(joined("Mail team", text)).filter(|_| month == 1),
            ticket: Some(joined("IT-4711", text)).filter(|_| month == 1),
            until: jiff::civil::date(if expired { 2025 } else { 2027 }, month, 1),
            expired,
            findings,
        })
        .to_vec()
}
