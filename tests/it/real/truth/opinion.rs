//! What others than mailfleet see of a server: a client on tlslite-ng, and `openssl s_client`.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::process::{Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use mailfleet::model::Suite;
use serde::Deserialize;
use serde_json::{Value, json};

use super::super::fleet::Door;
use super::super::place::material;
use super::super::process::program;
use super::super::tlslite::{libraries, python};

/// Asking one server for every suite of every version takes a second or two.
const PATIENCE: Duration = Duration::from_secs(240);

/// What `tests/real/tlslite/ask.py` found; its head says what each word means.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    pub suites: BTreeMap<String, BTreeSet<u32>>,
    pub groups: BTreeSet<u16>,
    pub dh_bits: BTreeSet<u16>,
    pub leaves: BTreeSet<String>,
    pub ems: Option<bool>,
    pub renegotiation: Option<bool>,
    pub compression: bool,
    pub client_certificate: Option<bool>,
}

/// Asks servers for everything, by the client on tlslite-ng.
pub fn ask(doors: &[&Door]) -> Vec<Asked> {
    let suites: Vec<(u16, Option<&str>)> =
        Suite::all().map(|suite| (suite.0, suite.name())).collect();
    let servers: Vec<Value> = doors
        .iter()
        .map(|door| {
            let Door { address, port, service, .. } = door;
            json!({"address": address, "port": port, "protocol": service.speaks, "tls": service.tls})
        })
        .collect();
    let mut command = Command::new(python());
    command
        .arg(material("tlslite/ask.py"))
        .env("PYTHONPATH", libraries())
        .env("PYTHONDONTWRITEBYTECODE", "1");
    let wanted = json!({"suites": suites, "servers": servers});
    let output = ended(command, wanted.to_string().into_bytes());
    assert!(output.status.success(), "{}", words(&output));
    serde_json::from_slice(&output.stdout).expect("ask.py prints JSON")
}

/// What `openssl s_client` says of one version.
#[derive(Clone, Debug)]
pub struct Connected {
    /// Whether the handshake went through.
    pub completed: bool,
    /// Everything that it said.
    pub said: String,
}

/// The versions of which Debian's OpenSSL has a client.
pub const OF_OPENSSL: [(&str, &str); 4] = [
    ("TLS 1.0", "-tls1"),
    ("TLS 1.1", "-tls1_1"),
    ("TLS 1.2", "-tls1_2"),
    ("TLS 1.3", "-tls1_3"),
];

/// A full handshake by `openssl s_client`, which is told to accept everything that it still knows.
pub fn connect(door: &Door, version: &str) -> Connected {
    let openssl = program("OpenSSL", &["/usr/bin/openssl"]);
    let mut command = Command::new(openssl);
    command
        .args([
            "s_client",
            "-connect",
            &format!("{}:{}", door.address, door.port),
        ])
        .args([version, "-cipher", "ALL:COMPLEMENTOFALL:@SECLEVEL=0"])
        .args([
            "-servername",
            "mail.yourcompany.test",
            "-legacy_server_connect",
        ]);
    if !door.service.tls {
        command.args(["-starttls", door.service.speaks]);
    }
    let output = ended(command, Vec::new());
    let said = words(&output);
    let completed = said.lines().any(|line| {
        // `New, TLSv1.2, Cipher is (NONE)` where nothing was agreed on.
        line.starts_with("New, ") && !line.ends_with("(NONE)")
    });
    Connected { completed, said }
}

/// Runs it to its end, with `input`.
fn ended(mut command: Command, input: Vec<u8>) -> Output {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it is installed");
    let mut pipe = child.stdin.take().expect("it is a pipe");
    // Whoever does not read it ends all the same.
    thread::spawn(move || pipe.write_all(&input));
    let id = child.id();
    let began = Instant::now();
    let waited = thread::spawn(move || child.wait_with_output());
    while !waited.is_finished() {
        if began.elapsed() > PATIENCE {
            let _ = Command::new("kill").arg(id.to_string()).status();
            panic!("{command:?} did not end in {PATIENCE:?}");
        }
        thread::sleep(Duration::from_millis(5));
    }
    waited
        .join()
        .expect("it only waits")
        .expect("our own child can be waited for")
}

fn words(output: &Output) -> String {
    let all = [&output.stdout, &output.stderr];
    all.map(|bytes| String::from_utf8_lossy(bytes).into_owned())
        .concat()
}
