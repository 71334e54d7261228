//! Observations of real servers, judged again without them.

use serde_json::Value;

use super::audit::Audit;
use super::authority::{Authority, Shown};
use super::dovecot::{Allows, Dovecot};

#[test]
#[ignore = "needs Dovecot: tests/run installs it and runs this"]
fn the_same_observations_give_the_same_bytes() {
    let authority = Authority::new();
    let server = Dovecot::start(Allows::ClearLogin, &authority, Shown::Good);
    let audited = Audit::trusting(&authority)
        .account("anna", ("pop3", "mail.yourcompany.test", 110, "none"))
        .account("ben", ("imap", "mail.yourcompany.test", 993, "tls"))
        .account("carla", ("imap", "imap.yourcompany.test", 993, "tls"))
        .reach("mail.yourcompany.test", 110, server.address, server.pop3)
        .reach("mail.yourcompany.test", 995, server.address, server.pop3s)
        .reach("mail.yourcompany.test", 993, server.address, server.imaps)
        .run();
    audited.ended.must_be(1);
    let at = audited.report["run"]["at"]
        .as_str()
        .expect("the time of judgement is told");
    drop(server);

    let (first, bytes) = audited.judge_again("first", at);
    let (second, again) = audited.judge_again("second", at);
    first.must_be(1);
    second.must_be(1);
    assert!(
        bytes == again,
        "two judgements of the same observations differ"
    );

    let judged: Value = serde_json::from_slice(&bytes).expect("report.json is JSON");
    for part in ["accounts", "findings", "summary", "endpoints"] {
        assert_eq!(
            judged[part], audited.report[part],
            "{part}: audit and judge disagree"
        );
    }
    let verdicts: Vec<_> = judged["accounts"]
        .as_array()
        .expect("a list of accounts")
        .iter()
        .map(|account| account["verdict"].as_str().expect("a word"))
        .collect();
    assert_eq!(verdicts, ["non-compliant", "compliant", "not-verified"]);
}

#[test]
#[ignore = "needs Dovecot: tests/run installs it and runs this"]
fn another_time_gives_another_judgement() {
    let authority = Authority::new();
    let server = Dovecot::start(Allows::TlsOnly, &authority, Shown::Expired);
    let audited = Audit::trusting(&authority)
        .account("anna", ("imap", "mail.yourcompany.test", 993, "tls"))
        .reach("mail.yourcompany.test", 993, server.address, server.imaps)
        .run();
    audited.ended.must_be(1);
    let (then, bytes) = audited.judge_again("then", "2020-07-01T00:00:00Z");
    let judged: Value = serde_json::from_slice(&bytes).expect("report.json is JSON");
    assert_eq!(
        judged["accounts"][0]["verdict"], "compliant",
        "it was in time then"
    );
    then.must_be(0);
}
