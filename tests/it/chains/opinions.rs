//! Second opinions on every row: that of webpki, and that of OpenSSL.

use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use mailfleet::model::{Host, Severity};
use mailfleet::policy::Setting;
use rustls::RootCertStore;
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::ServerCertVerifier as _;
use rustls::crypto::aws_lc_rs::default_provider;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};

use super::made::{Made, POLICY, Row, SAME, expected};
use super::rows;

/// What a client built on rustls makes of it.
fn webpki_accepts(made: &Made) -> bool {
    let mut store = RootCertStore::empty();
    for root in &made.roots {
        let root = CertificateDer::from(root.as_slice());
        store.add(root).expect("a root of the table");
    }
    let verifier =
        WebPkiServerVerifier::builder_with_provider(Arc::new(store), Arc::new(default_provider()));
    let verifier = verifier.build().expect("a verifier");
    let ders: Vec<_> = made
        .chain
        .iter()
        .map(|der| CertificateDer::from(der.as_slice()))
        .collect();
    let Some((leaf, above)) = ders.split_first() else {
        return false;
    };
    let name = ServerName::try_from(host(made).to_string()).expect("a name");
    let second = u64::try_from(made.time().as_second()).expect("after 1970");
    let time = UnixTime::since_unix_epoch(Duration::from_secs(second));
    verifier
        .verify_server_cert(leaf, above, &name, &[], time)
        .is_ok()
}

fn host(made: &Made) -> Host {
    made.host.parse().expect("a host")
}

#[test]
fn what_webpki_rejects_is_never_accepted() {
    let mut rejected = 0;
    for row in rows::all() {
        let made = (row.make)();
        if !webpki_accepts(&made) {
            rejected += 1;
            assert!(!made.judge().accepts(), "{}", row.name);
        }
    }
    assert!(rejected >= 50, "{rejected} rejected");
}

/// Rules that name what breaks a path, so that nothing else is said of it.
const NAMING: [&str; 4] = [
    "cert-weak-key",
    "cert-weak-signature",
    "cert-wrong-usage",
    "cert-name-constraint",
];

#[test]
fn a_policy_that_does_not_mind_the_cause_still_minds_that_the_path_breaks() {
    let names = |row: &&Row, rule: &str| {
        let mut expected = row.expected.iter();
        expected.any(|entry| entry.split('/').next() == Some(rule))
    };
    for rule in NAMING {
        let mut broken = 0;
        for (off, severity) in [(true, None), (false, Some(Severity::Low))] {
            let mut policy = POLICY.clone();
            let setting = Setting {
                off,
                severity,
                ..Setting::default()
            };
            policy.rules.insert(rule, setting);
            for row in rows::all().filter(|row| names(row, rule)) {
                let made = (row.make)();
                if webpki_accepts(&made) {
                    continue;
                }
                broken += 1;
                let judged = made.judge_by(&policy, &made.seen());
                assert!(!judged.accepts(), "{} without {rule}", row.name);
            }
        }
        assert!(broken >= 4, "{rule}: {broken}");
    }
}

/// What `openssl verify` makes of it, and what it says.
fn openssl(made: &Made, directory: &Path) -> (bool, String) {
    let Some((leaf, above)) = made.chain.split_first() else {
        return (false, "nothing to verify".to_owned());
    };
    let write = |name: &str, ders: &[Vec<u8>]| {
        let path = directory.join(name);
        let text: String = ders.iter().map(|der| pem(der)).collect();
        std::fs::write(&path, text).expect("written");
        path
    };
    let host = host(made);
    let option = match host {
        Host::Name(_) => "-verify_hostname",
        Host::Ip(_) => "-verify_ip",
    };
    let mut command = Command::new("openssl");
    command
        .arg("verify")
        .args(["-no-CApath", "-no-CAstore", "-partial_chain"])
        .args(["-purpose", "sslserver", option, &host.to_string()])
        .args(["-attime", &made.time().as_second().to_string()])
        .arg("-CAfile")
        .arg(write("roots.pem", &made.roots));
    if !above.is_empty() {
        command.arg("-untrusted").arg(write("above.pem", above));
    }
    let ran = command
        .arg(write("leaf.pem", std::slice::from_ref(leaf)))
        .stdin(Stdio::null())
        .output()
        .expect("openssl runs");
    let said = [ran.stdout, ran.stderr].concat();
    let said = String::from_utf8_lossy(&said).replace('\n', "; ");
    (ran.status.success(), said)
}

fn pem(der: &[u8]) -> String {
    let text = BASE64_STANDARD.encode(der);
    let lines: Vec<&str> = (0..text.len())
        .step_by(64)
        .map(|at| &text[at..text.len().min(at + 64)])
        .collect();
    let body = lines.join("\n");
    format!("-----BEGIN CERTIFICATE-----\n{body}\n-----END CERTIFICATE-----\n")
}

#[test]
#[ignore = "needs the openssl command: tests/run installs it and runs this"]
fn openssl_agrees_or_the_difference_has_a_name() {
    let directory = tempfile::tempdir().expect("a directory");
    let (mut agreed, mut differed, mut waiting) = (0, 0, 0);
    let mut wrong = Vec::new();
    for row in rows::all() {
        if expected(row).1 > 0 {
            // What it comes to is known once the rule is there.
            waiting += 1;
            continue;
        }
        let made = (row.make)();
        let ours = made.judge().accepts();
        let (theirs, said) = openssl(&made, directory.path());
        match (ours == theirs, row.differs == SAME) {
            (true, true) => agreed += 1,
            (false, false) => differed += 1,
            (false, true) => wrong.push(format!(
                "{}: ours {ours}, OpenSSL {theirs} ({said}), and no reason is named",
                row.name
            )),
            (true, false) => wrong.push(format!(
                "{}: both say {ours}, and a difference is named",
                row.name
            )),
        }
    }
    println!("agreed {agreed}, named differences {differed}, waiting for rules {waiting}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(agreed >= 80, "{agreed} agreed");
}
