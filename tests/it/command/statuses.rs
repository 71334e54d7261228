//! What the exit status says, and that every mistake is told at once with its cure.

use super::Place;
use super::fleet::Audited;

const ONE: &str = "email,protocol,host,port,security\na@corp.test,pop3,mail.corp.test,995,tls\n";

#[test]
fn every_mistake_is_told_at_once_and_nothing_is_visited() {
    let place = Place::new();
    place.write(
        "policy.toml",
        "extends = \"rfc8314\"\nname = 7\n[rules.no-such-rule]\nseverity = \"loud\"\n",
    );
    let ran = place.run(&[
        "audit",
        "missing.csv",
        "--policy",
        "policy.toml",
        "--trust",
        "missing.pem",
        "--waivers",
        "missing.toml",
    ]);
    assert_eq!(ran.code(), Some(2), "{}", ran.told());
    for what in ["missing.csv", "policy.toml", "missing.pem", "missing.toml"] {
        assert!(
            ran.told().contains(what),
            "{what} is not told of: {}",
            ran.told()
        );
    }
    assert!(!place.path("mailfleet-report").exists());
}

#[test]
fn a_store_without_roots_is_unusable_and_nothing_is_visited() {
    let place = Place::new();
    place.write("a.csv", ONE);
    place.write("empty.pem", "");
    place.write("words.pem", "no certificate here\n");
    place.write("chain.pem", "");
    for store in ["empty.pem", "words.pem"] {
        for command in [
            &["audit", "a.csv"][..],
            &["probe", "mail.corp.test:995"],
            &["probe", "--chain", "chain.pem", "--host", "mail.corp.test"],
        ] {
            let ran = place.run(&[command, &["--trust", store]].concat());
            assert_eq!(ran.code(), Some(2), "{command:?}: {}", ran.told());
            let cure = format!("{store} holds no certificate; give --trust");
            assert!(ran.told().contains(&cure), "{command:?}: {}", ran.told());
            assert_eq!(ran.printed(), "", "{command:?}");
        }
    }
    assert!(!place.path("mailfleet-report").exists());
}

#[test]
fn an_option_that_does_not_exist_is_unusable() {
    let place = Place::new();
    assert_eq!(
        place.run(&["audit", "a.csv", "--no-such-option"]).code(),
        Some(2)
    );
    assert_eq!(place.run(&["--help"]).code(), Some(0));
    assert_eq!(place.run(&["--version"]).code(), Some(0));
}

#[test]
fn another_count_of_rows_than_expected_is_unusable() {
    let place = Place::new();
    place.write("a.csv", ONE);
    let ran = place.run(&["audit", "a.csv", "--expect-rows", "2", "--trust", "mozilla"]);
    assert_eq!(ran.code(), Some(2));
    assert!(ran.told().contains("--expect-rows"), "{}", ran.told());
}

#[test]
fn nothing_verified_is_never_0() {
    let place = Place::new();
    let audited = Audited::start(&place);
    place.write(
        "accounts.csv",
        "email,protocol,host,port,security\na@x.test,pop3,mail.x.test,995,tls\n",
    );
    let ran = audited.audit(
        &place,
        &["--out", "out", "--min-verified", "0", "--fail-on", "none"],
    );
    assert_eq!(ran.code(), Some(3), "{}", ran.told());
    let account = &place.report("out")["accounts"][0];
    assert_eq!(account["verdict"], "not-verified");
    assert_eq!(account["reason"], "unreachable");
}

#[test]
fn the_threshold_decides_between_0_and_1() {
    let place = Place::new();
    let audited = Audited::start(&place);
    let row = "grace@yourcompany.example,pop3,mail.yourcompany.example,995,tls\n";
    place.write(
        "accounts.csv",
        &format!("email,protocol,host,port,security\n{row}"),
    );
    let ran = audited.audit(&place, &["--out", "good"]);
    assert_eq!(ran.code(), Some(0), "{}", ran.told());
    let low = "nina@yourcompany.example,imap,imap.yourcompany.example,143,starttls\n";
    place.write(
        "accounts.csv",
        &format!("email,protocol,host,port,security\n{row}{low}"),
    );
    for (fail_on, code) in [("medium", 0), ("low", 1), ("info", 1), ("none", 0)] {
        let ran = audited.audit(&place, &["--out", "low", "--fail-on", fail_on]);
        assert_eq!(
            ran.code(),
            Some(code),
            "--fail-on {fail_on}: {}",
            ran.told()
        );
    }
}

#[test]
fn an_account_that_breaks_the_policy_is_never_a_clean_run() {
    let place = Place::new();
    let audited = Audited::start(&place);
    let row = "nina@yourcompany.example,imap,imap.yourcompany.example,143,starttls\n";
    place.write(
        "accounts.csv",
        &format!("email,protocol,host,port,security\n{row}"),
    );
    let own = "name = \"own\"\nversion = \"1\"\nextends = \"rfc8314\"\nbreach_from = \"low\"\n";
    let group = "[[group]]\nname = \"mispelt\"\ndepartments = [\"Finanse\"]\n";
    place.write("own.toml", &format!("{own}{group}"));
    let ran = audited.audit(&place, &["--out", "own", "--policy", "own.toml"]);
    assert_eq!(ran.code(), Some(1), "{}", ran.told());
    assert!(
        ran.told().contains("The policy is broken"),
        "{}",
        ran.told()
    );
    assert!(ran.told().contains("mispelt"), "{}", ran.told());
    for (fail_on, code) in [("none", 0), ("medium", 0), ("low", 1)] {
        let arguments = ["--out", "own", "--policy", "own.toml", "--fail-on", fail_on];
        let ran = audited.audit(&place, &arguments);
        assert_eq!(
            ran.code(),
            Some(code),
            "--fail-on {fail_on}: {}",
            ran.told()
        );
    }
}

#[test]
fn an_account_of_loopback_is_not_dialled_unless_allowed() {
    let place = Place::new();
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.set_nonblocking(true).expect("set");
    let port = listener.local_addr().expect("an address").port();
    place.write(
        "a.csv",
        &format!("email,protocol,host,port,security\na@x.test,imap,127.0.0.1,{port},starttls\n"),
    );
    let ran = place.run(&[
        "audit",
        "a.csv",
        "--out",
        "out",
        "--trust",
        "mozilla",
        "--allow-port",
        &port.to_string(),
    ]);
    assert_eq!(ran.code(), Some(3), "{}", ran.told());
    let report = place.report("out");
    assert_eq!(report["accounts"][0]["reason"], "address-not-allowed");
    let rules: Vec<_> = report["findings"]
        .as_array()
        .expect("findings")
        .iter()
        .map(|f| f["rule"].clone())
        .collect();
    assert!(rules.contains(&"address-not-allowed".into()), "{rules:?}");
    let knocked = listener.accept().map(|_| ()).map_err(|error| error.kind());
    assert_eq!(knocked, Err(std::io::ErrorKind::WouldBlock));
}

#[test]
fn an_output_that_cannot_be_written_is_incomplete() {
    let place = Place::new();
    place.write("a.csv", ONE);
    place.write("file", "in the way");
    let ran = place.run(&["audit", "a.csv", "--out", "file", "--trust", "mozilla"]);
    assert_eq!(ran.code(), Some(3), "{}", ran.told());
    assert_eq!(place.read("file"), "in the way");
}

#[test]
fn an_input_is_never_replaced_by_an_output() {
    let place = Place::new();
    std::fs::create_dir(place.path("out")).expect("made");
    place.write("out/findings.csv", ONE);
    let ran = place.run(&[
        "audit",
        "out/findings.csv",
        "--out",
        "out",
        "--trust",
        "mozilla",
    ]);
    assert_eq!(ran.code(), Some(2), "{}", ran.told());
    assert_eq!(place.read("out/findings.csv"), ONE);
}

#[test]
fn a_journal_that_was_altered_is_refused() {
    let place = Place::new();
    assert_eq!(place.run(&["demo", "--out", "out"]).code(), Some(0));
    let journal = place.read("out/observations.ndjson");
    place.write("altered.ndjson", &journal.replacen("Dovecot", "Dovecat", 1));
    let ran = place.run(&[
        "judge",
        "altered.ndjson",
        "--out",
        "judged",
        "--trust",
        "mozilla",
    ]);
    assert_eq!(ran.code(), Some(2), "{}", ran.told());
    assert!(ran.told().contains("byte"), "{}", ran.told());
}

#[test]
fn check_rules_and_policy_print_what_they_know() {
    let place = Place::new();
    place.write("a.csv", ONE);
    let check = place.run(&["check", "a.csv"]);
    assert_eq!(check.code(), Some(0), "{}", check.told());
    assert!(check.printed().contains("mail.corp.test:995"));
    let rules = place.run(&["rules"]);
    for rule in mailfleet::rules::RULES {
        assert!(rules.printed().contains(rule.id), "{}", rule.id);
        let explained = place.run(&["rules", rule.id, "--lang", "zh-CN"]);
        assert_eq!(explained.code(), Some(0));
        assert!(
            ["RFC", "CA/B", "mailfleet"]
                .iter()
                .any(|cited| explained.printed().contains(cited))
        );
    }
    assert_eq!(place.run(&["rules", "no-such-rule"]).code(), Some(2));
    let listed = place.run(&["policy", "list"]).printed();
    for preset in mailfleet::policy::PRESETS {
        let mut lines = listed.lines().filter(|line| line.starts_with(preset.name));
        let policy = mailfleet::policy::load(preset.name, &crate::scene::known_rules());
        let title = policy.expect("a preset").document.title;
        assert!(lines.next().is_some_and(|line| line.contains(&title)));
    }
    for (name, said) in [
        ("pci-dss-4.0.1", "PCI DSS v4.0.1               2024-06 "),
        ("djbh", "(thresholds: mailfleet interpretation)"),
    ] {
        let line = listed.lines().find(|line| line.starts_with(name));
        assert!(line.is_some_and(|line| line.contains(said)), "{listed}");
    }
    let shown = place.run(&["policy", "show", "bsi-tr-02102-2"]).printed();
    for said in [
        "after BSI TR-02102-2 (2026-01), 2026-02: Cryptographic Mechanisms",
        "RSA key            3000 bits\n",
        "expiry             21 days; graver within 7  (mailfleet interpretation)\n",
        "BSI TR-02102-2 (2026-01) §3.6.1, Table 13 (states)\n",
    ] {
        assert!(shown.contains(said), "{said}: {shown}");
    }
    assert!(
        place
            .run(&["policy", "show", "rfc8314"])
            .printed()
            .contains("cert-expired")
    );
    let samples = concat!(env!("CARGO_MANIFEST_DIR"), "/samples/policy.toml");
    assert_eq!(place.run(&["policy", "check", samples]).code(), Some(0));
}

#[test]
fn check_says_why_no_row_can_be_used() {
    let place = Place::new();
    place.write("bad.csv", "email,host,port,protocol\nx@corp.test,,,\n");
    let ran = place.run(&["check", "bad.csv"]);
    assert_eq!(ran.code(), Some(2));
    assert!(ran.printed().contains("bad.csv:2: "), "{}", ran.printed());
    let ran = place.run(&["audit", "bad.csv", "--trust", "mozilla"]);
    assert_eq!(ran.code(), Some(2));
    assert!(ran.told().contains("mailfleet check"), "{}", ran.told());
}

#[test]
fn files_of_another_run_do_not_stay_beside_those_of_this_one() {
    let place = Place::new();
    assert_eq!(place.run(&["demo", "--out", "out"]).code(), Some(0));
    place.write("out/notes.txt", "mine");
    let ran = place.run(&["demo", "--out", "out", "--format", "json"]);
    assert_eq!(ran.code(), Some(0), "{}", ran.told());
    assert!(!place.path("out/report.html").exists());
    assert!(!place.path("out/findings.csv").exists());
    assert!(place.path("out/report.json").exists());
    assert_eq!(place.read("out/notes.txt"), "mine");
}

#[test]
fn the_demo_can_be_judged_again_with_its_own_root() {
    let place = Place::new();
    assert_eq!(place.run(&["demo", "--out", "out"]).code(), Some(0));
    place.write("accounts.csv", mailfleet::demo::ACCOUNTS_CSV);
    let ran = place.run(&[
        "judge",
        "out/observations.ndjson",
        "--accounts",
        "accounts.csv",
        "--trust",
        "out/demo-root.der",
        "--out",
        "again",
    ]);
    assert_eq!(ran.code(), Some(1), "{}", ran.told());
    assert_eq!(
        place.report("again")["summary"],
        place.report("out")["summary"]
    );
}

#[test]
fn what_is_no_journal_is_called_so() {
    let place = Place::new();
    place.write("a.csv", ONE);
    let ran = place.run(&["judge", "a.csv", "--trust", "mozilla"]);
    assert_eq!(ran.code(), Some(2));
    assert!(ran.told().contains("no journal"), "{}", ran.told());
}

#[test]
fn a_run_that_may_dial_nothing_names_the_option() {
    let place = Place::new();
    place.write(
        "a.csv",
        "email,protocol,host,port,security\na@x.test,imap,127.0.0.1,1143,starttls\n",
    );
    let ran = place.run(&["audit", "a.csv", "--out", "out", "--trust", "mozilla"]);
    assert_eq!(ran.code(), Some(3));
    assert!(ran.told().contains("--allow-net"), "{}", ran.told());
}

#[test]
fn a_directory_belongs_to_one_run_at_a_time() {
    let place = Place::new();
    let (_listener, mut first) = super::interrupted::waiting_run(&place, &["--max-time", "20s"]);
    let lock = place.path("out/.mailfleet.lock");
    let written = || std::fs::read_to_string(&lock).is_ok_and(|note| note.contains("since"));
    // The lock is the first file that a run makes.
    while !written() {
        assert!(
            first.try_wait().expect("asked").is_none(),
            "the first run ended"
        );
        std::thread::yield_now();
    }
    let second = place.run(&["demo", "--out", "out"]);
    assert_eq!(second.code(), Some(2), "{}", second.told());
    assert!(
        second.told().contains(&first.id().to_string()),
        "{}",
        second.told()
    );
    first.kill().expect("ended");
    first.wait().expect("gone");
    assert_eq!(place.run(&["demo", "--out", "out"]).code(), Some(0));
}

#[test]
#[cfg(target_os = "linux")]
fn data_that_cannot_be_printed_is_incomplete() {
    let place = Place::new();
    let full = || {
        std::fs::OpenOptions::new()
            .write(true)
            .open("/dev/full")
            .expect("opens")
    };
    let root = format!(
        "{}/tests/cases/chains/root-sha1.der",
        env!("CARGO_MANIFEST_DIR")
    );
    let leaf = super::chain::certificate("leaf-of-root-sha1");
    place.write("chain.pem", &leaf);
    let chain = [
        "probe",
        "--chain",
        "chain.pem",
        "--host",
        "mail.example.com",
        "--trust",
        &root,
    ];
    let at = ["--at", "2026-06-15T12:00:00Z"];
    for arguments in [
        vec!["rules"],
        vec!["policy", "list"],
        [&chain[..], &at].concat(),
    ] {
        let ran = place.command(&arguments).stdout(full()).output();
        let ran = ran.expect("runs");
        let told = String::from_utf8_lossy(&ran.stderr);
        assert_eq!(ran.status.code(), Some(3), "{arguments:?}: {told}");
        assert!(
            told.contains("standard output could not be written"),
            "{told}"
        );
    }
}

#[test]
fn an_audit_that_reached_no_server_is_never_0() {
    let place = Place::new();
    let audited = Audited::start(&place);
    place.write(
        "accounts.csv",
        "email,protocol,host,port,security\na@x.test,pop3,mail.x.test,110,none\n",
    );
    let ran = audited.audit(&place, &["--out", "out", "--fail-on", "none"]);
    assert_eq!(ran.code(), Some(3), "{}", ran.told());
}
