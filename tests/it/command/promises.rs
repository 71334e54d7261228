//! The promises of the product, held against one run over the demo's fleet.

use super::fleet::Audited;
use super::{Place, files_below};

#[test]
fn nobody_is_logged_in_and_no_server_is_visited_more_than_it_must() {
    let place = Place::new();
    let audited = Audited::start(&place);
    assert_eq!(audited.audit(&place, &["--out", "out"]).code(), Some(1));
    assert_eq!(audited.fleet.login_attempts(), 0);
    let connections = audited.fleet.connections();
    assert!(!connections.is_empty());
    for (endpoint, count) in connections {
        // The conversation, in clear text and in TLS where one had to be tried, and two hellos.
        assert!(count <= 4, "{endpoint} was connected to {count} times");
    }
}

#[test]
fn every_row_is_accounted_for() {
    let place = Place::new();
    let audited = Audited::start(&place);
    audited.audit(&place, &["--out", "out"]);
    let report = place.report("out");
    let input = &report["run"]["inputs"][0];
    let number = |value: &serde_json::Value| value.as_u64().expect("a number");
    let rows = mailfleet::demo::ACCOUNTS_CSV.trim().lines().count() as u64 - 1;
    assert_eq!(number(&input["rows"]), rows);
    assert_eq!(
        number(&input["accepted"]) + number(&input["rejected"]),
        rows
    );
    let listed = report["rejected"].as_array().expect("rejected").len() as u64;
    assert_eq!(number(&input["rejected"]), listed);
    let accounts = &report["summary"]["accounts"];
    let sum: u64 = ["compliant", "non_compliant", "not_verified", "waived"]
        .iter()
        .map(|verdict| number(&accounts[*verdict]))
        .sum();
    assert_eq!(number(&accounts["total"]), sum);
    let mut lines: Vec<u64> = report["accounts"]
        .as_array()
        .expect("accounts")
        .iter()
        .flat_map(|account| account["sources"].as_array().expect("sources"))
        .chain(report["rejected"].as_array().expect("rejected"))
        .map(|place| number(&place["line"]))
        .collect();
    lines.sort_unstable();
    lines.dedup();
    assert_eq!(lines, (2..=rows + 1).collect::<Vec<_>>());
}

#[test]
fn what_was_not_seen_is_not_verified_and_says_why() {
    let place = Place::new();
    let audited = Audited::start(&place);
    audited.audit(&place, &["--out", "out"]);
    let report = place.report("out");
    let verdict_of = |host: &str, port: u64| {
        let accounts = report["accounts"].as_array().expect("accounts");
        let account = accounts
            .iter()
            .find(|account| account["host"] == host && account["port"] == port)
            .expect("the account is in the report");
        (account["verdict"].clone(), account["reason"].clone())
    };
    for (host, port, reason) in [
        ("imap.yourcompany.example", 995, "unreachable"),
        ("smtp.yourcompany.example", 587, "throttled"),
        ("mail.yourcompany.example", 3306, "port-not-allowed"),
        ("mail.yourcompany.example", 110, "settings-not-stated"),
    ] {
        let expected = ("not-verified".into(), reason.into());
        assert_eq!(verdict_of(host, port), expected, "{host}:{port}");
    }
}

#[test]
fn a_fix_that_names_a_server_was_judged_compliant_in_this_run() {
    let place = Place::new();
    let audited = Audited::start(&place);
    audited.audit(&place, &["--out", "out"]);
    let report = place.report("out");
    let candidates = report["run"]["candidates"].as_array().expect("candidates");
    let mut named = 0;
    for finding in report["findings"].as_array().expect("findings") {
        let fix = &finding["fix"];
        let settings = &fix["client"]["settings"];
        if settings.is_null() {
            assert!(fix["verified"].is_null(), "{finding}");
            continue;
        }
        named += 1;
        let tried = candidates.iter().find(|candidate| {
            ["host", "port", "protocol", "security"]
                .iter()
                .all(|key| candidate[*key] == settings[*key])
        });
        let tried = tried.unwrap_or_else(|| panic!("{settings} is no candidate of the run"));
        assert_eq!(tried["verdict"], "compliant");
        assert!(fix["verified"]["at"].is_string());
    }
    assert!(named >= 10);
}

#[test]
fn secrets_of_the_input_are_in_no_output() {
    const CANARIES: [&str; 4] = ["canary-one", "canary-two", "canary-three", "canary-four"];
    let place = Place::new();
    let [one, two, three, four] = CANARIES;
    place.write(
        "secret.csv",
        &format!(
            "email,protocol,host,port,security,password,username\n\
             a@corp.test,pop3,127.0.0.1,110,none,{one},{two}\n\
             b@corp.test,pop3,u:{three}@mail.corp.test,110,none,{one},{two}\n\
             c@corp.test,pop3,mail.corp.test,{four},none,{one},{two}\n"
        ),
    );
    let ran = place.run(&[
        "audit",
        "secret.csv",
        "--out",
        "out",
        "--trust",
        "mozilla",
        "-v",
    ]);
    assert_eq!(ran.code(), Some(3), "{}", ran.told());
    assert!(
        ran.told().contains("password"),
        "the column is named: {}",
        ran.told()
    );
    let mut texts = vec![(
        "the terminal".into(),
        format!("{}{}", ran.told(), ran.printed()),
    )];
    for (path, bytes) in files_below(&place.path("out")) {
        texts.push((path, String::from_utf8_lossy(&bytes).into_owned()));
    }
    assert!(texts.len() > 7);
    for (path, text) in texts {
        for canary in CANARIES {
            assert!(!text.contains(canary), "{canary} is in {}", path.display());
        }
    }
}

#[test]
fn the_observations_hold_no_person() {
    let place = Place::new();
    let audited = Audited::start(&place);
    audited.audit(&place, &["--out", "out"]);
    let observations = place.read("out/observations.ndjson");
    for row in mailfleet::demo::ACCOUNTS_CSV.lines().skip(1) {
        for cell in row.split(',').take(3) {
            assert!(!observations.contains(cell), "{cell}");
        }
    }
}

#[test]
#[cfg(unix)]
fn outputs_are_for_their_owner_only_whatever_the_umask() {
    use std::os::unix::fs::PermissionsExt as _;
    let place = Place::new();
    let ran = place.run(&["demo", "--out", "out"]);
    assert_eq!(ran.code(), Some(0));
    let mode = |path: &std::path::Path| {
        std::fs::metadata(path).expect("there").permissions().mode() & 0o077
    };
    assert_eq!(mode(&place.path("out")), 0);
    for (path, _) in files_below(&place.path("out")) {
        assert_eq!(mode(&path), 0, "{}", path.display());
    }
}
