//! Runs the built program as an administrator would, and reads its report.

use std::collections::BTreeSet;
use std::fs;
use std::net::{Ipv4Addr, SocketAddrV4};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::rc::Rc;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

use super::authority::Authority;
use super::place::{directory, free_ports};

/// A run that takes longer hangs: loopback, no spacing, and at most a hundred endpoints at `deep`.
const WATCHDOG: Duration = Duration::from_secs(240);
/// Nothing ever listens here for longer than it takes to find a free port.
const NOBODY: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 4);
const DOMAIN: &str = "yourcompany.test";
const CONVENTIONAL: [&str; 5] = ["pop", "pop3", "imap", "mail", "smtp"];
/// Those of mail, and one above for a server that people should not name.
const MAIL_PORTS: [u16; 9] = [25, 110, 143, 465, 587, 993, 995, 2424, 4190];

/// An audit to be run: its accounts, and where each server really is.
pub struct Audit {
    directory: TempDir,
    rows: Vec<String>,
    names: BTreeSet<String>,
    reached: Vec<(String, u16, SocketAddrV4)>,
    options: Vec<String>,
}

impl Audit {
    /// An audit without accounts that trusts `authority` alone.
    pub fn trusting(authority: &Authority) -> Self {
        let directory = directory();
        fs::write(directory.path().join("root.pem"), authority.root_pem())
            .expect("the root can be written");
        let conventional = CONVENTIONAL.iter().map(|label| format!("{label}.{DOMAIN}"));
        Audit {
            directory,
            rows: Vec::new(),
            names: conventional.collect(),
            reached: Vec::new(),
            options: Vec::new(),
        }
    }

    /// With these further options.
    pub fn with(mut self, options: &[&str]) -> Self {
        self.options
            .extend(options.iter().map(|option| (*option).to_owned()));
        self
    }

    /// One more account. The person's address is `person@yourcompany.test`.
    pub fn account(mut self, person: &str, service: (&str, &str, u16, &str)) -> Self {
        let (protocol, host, port, security) = service;
        self.rows.push(format!(
            "{person}@{DOMAIN},{protocol},{host},{port},{security}"
        ));
        self.names.insert(host.to_owned());
        self
    }

    /// `host` and `port` lead to this server. What leads nowhere is refused.
    pub fn reach(mut self, host: &str, port: u16, address: Ipv4Addr, real: u16) -> Self {
        self.names.insert(host.to_owned());
        self.reached
            .push((host.to_owned(), port, SocketAddrV4::new(address, real)));
        self
    }

    /// Runs `mailfleet audit`.
    pub fn run(self) -> Audited {
        let place = self.directory.path();
        let accounts = place.join("accounts.csv");
        let table = format!(
            "email,protocol,host,port,security\n{}\n",
            self.rows.join("\n")
        );
        fs::write(&accounts, table).expect("the accounts can be written");
        let out = place.join("report");
        let mut command = program();
        command.arg("audit").arg(&accounts).arg("--out").arg(&out);
        command.args([
            "--allow-net",
            "127.0.0.0/8",
            "--interval",
            "0",
            "--policy",
            "rfc8314",
        ]);
        command.arg("--trust").arg(place.join("root.pem"));
        command.args(&self.options);
        for detour in self.detours() {
            command.args(["--connect-to", &detour]);
        }
        let ended = run(command, place);
        Audited {
            ended,
            report: read_report(&out),
            accounts,
            out,
            directory: Rc::new(self.directory),
        }
    }

    /// Every mail port of every name that the run may ask for, so that no name is ever looked up.
    fn detours(&self) -> Vec<String> {
        let [closed] = free_ports(NOBODY);
        let nowhere = SocketAddrV4::new(NOBODY, closed);
        let mut detours = Vec::new();
        for name in &self.names {
            for port in MAIL_PORTS {
                let real = self
                    .reached
                    .iter()
                    .find(|(host, own, _)| host == name && *own == port);
                let real = real.map_or(nowhere, |(_, _, real)| *real);
                detours.push(format!("{name}:{port}:{}:{}", real.ip(), real.port()));
            }
        }
        detours
    }
}

/// How a run of the program ended.
#[derive(Debug)]
pub struct Ended {
    status: i32,
    words: String,
}

impl Ended {
    /// It ended with this exit status; if not, what it said stands in the failure.
    pub fn must_be(&self, status: i32) {
        assert_eq!(self.status, status, "exit status; it said:\n{}", self.words);
    }
}

/// An audit that was run.
pub struct Audited {
    /// How it ended.
    pub ended: Ended,
    /// The report.
    pub report: Value,
    accounts: PathBuf,
    out: PathBuf,
    directory: Rc<TempDir>,
}

impl Audited {
    /// The directory of the run's files.
    pub fn out(&self) -> &Path {
        &self.out
    }

    /// Whether `person`'s row became an account: a row that cannot be used is rejected.
    pub fn accepted(&self, person: &str) -> bool {
        let email = format!("{person}@{DOMAIN}");
        let mut accounts = self.list("accounts").iter();
        accounts.any(|account| account["email"] == email.as_str())
    }

    /// The verdict of `person`'s account, and the reason where there is one.
    pub fn verdict(&self, person: &str) -> (String, Option<String>) {
        let account = self.account(person);
        (
            text(&account["verdict"]),
            account["reason"].as_str().map(str::to_owned),
        )
    }

    /// The rules of the findings that touch `person`'s account.
    pub fn rules(&self, person: &str) -> BTreeSet<String> {
        self.findings(person)
            .map(|finding| text(&finding["rule"]))
            .collect()
    }

    /// The rules of the findings on `endpoint` (`host:port`).
    pub fn rules_at(&self, endpoint: &str) -> BTreeSet<String> {
        self.list("findings")
            .iter()
            .filter(|finding| finding["subject"]["kind"] == "endpoint")
            .filter(|finding| finding["subject"]["id"] == endpoint)
            .map(|finding| text(&finding["rule"]))
            .collect()
    }

    /// The finding of `rule` that touches `person`'s account.
    pub fn finding(&self, person: &str, rule: &str) -> &Value {
        self.findings(person)
            .find(|finding| finding["rule"] == rule)
            .unwrap_or_else(|| panic!("no {rule} for {person}, only {:?}", self.rules(person)))
    }

    /// Judges the run's observations again by the policy it had, at `at`, and returns the bytes of the
    /// report.
    pub fn judge_again(&self, name: &str, at: &str) -> (Ended, Vec<u8>) {
        self.judge(program(), name, &["--policy", "rfc8314", "--at", at])
    }

    /// What the run's observations are by another policy, at the same time. It is judged where there is
    /// no network, loopback not either; only root can make such a place.
    pub fn by(&self, policy: &str) -> Audited {
        let at = text(&self.report["run"]["at"]);
        let mut command = Command::new("unshare");
        command.args(["--net", "--", env!("CARGO_BIN_EXE_mailfleet")]);
        let options = [
            "--policy",
            policy,
            "--at",
            &at,
            "--own-domain",
            DOMAIN,
            "--format",
            "json",
        ];
        let (ended, report) = self.judge(command, policy, &options);
        Audited {
            ended,
            report: serde_json::from_slice(&report).expect("report.json is JSON"),
            accounts: self.accounts.clone(),
            out: self.directory.path().join(policy),
            directory: Rc::clone(&self.directory),
        }
    }

    fn judge(&self, mut command: Command, name: &str, options: &[&str]) -> (Ended, Vec<u8>) {
        let place = self.directory.path();
        let out = place.join(name);
        command
            .arg("judge")
            .arg(self.out.join("observations.ndjson"));
        command
            .arg("--accounts")
            .arg(&self.accounts)
            .arg("--out")
            .arg(&out);
        command.args(options);
        command.arg("--trust").arg(place.join("root.pem"));
        let ended = run(command, place);
        let report = fs::read(out.join("report.json"))
            .unwrap_or_else(|error| panic!("no report ({error}); it said:\n{}", ended.words));
        (ended, report)
    }

    fn account(&self, person: &str) -> &Value {
        let email = format!("{person}@{DOMAIN}");
        self.list("accounts")
            .iter()
            .find(|account| account["email"] == email.as_str())
            .unwrap_or_else(|| panic!("{email} is in the input and not in the report"))
    }

    fn findings(&self, person: &str) -> impl Iterator<Item = &Value> {
        let own = self.account(person)["findings"]
            .as_array()
            .expect("a list of fingerprints");
        self.list("findings")
            .iter()
            .filter(|finding| own.contains(&finding["fingerprint"]))
    }

    fn list(&self, name: &str) -> &Vec<Value> {
        self.report[name].as_array().unwrap_or_else(|| {
            panic!(
                "report.json has no list {name:?}; it said:\n{}",
                self.ended.words
            )
        })
    }
}

/// The rule ids, as [`Audited::rules`] returns them.
pub fn rules<const N: usize>(ids: [&str; N]) -> BTreeSet<String> {
    ids.iter().map(|id| (*id).to_owned()).collect()
}

fn text(value: &Value) -> String {
    value
        .as_str()
        .unwrap_or_else(|| panic!("a word was expected: {value}"))
        .to_owned()
}

fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_mailfleet"))
}

fn run(mut command: Command, place: &Path) -> Ended {
    let words = place.join("words");
    let file = fs::File::create(&words).expect("a file for its words can be made");
    let twin = file.try_clone().expect("a file can be shared");
    let mut child = command
        .stdin(Stdio::null())
        .stdout(file)
        .stderr(twin)
        .spawn()
        .expect("cargo built the program");
    let began = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().expect("a child can be asked") {
            break status;
        }
        if began.elapsed() > WATCHDOG {
            child.kill().expect("our own child can be ended");
            child.wait().expect("a killed child ends");
            panic!(
                "{command:?} did not end in {WATCHDOG:?}:\n{}",
                spoken(&words)
            );
        }
        thread::sleep(Duration::from_millis(10));
    };
    let words = spoken(&words);
    let status = status
        .code()
        .unwrap_or_else(|| panic!("ended by a signal: {status}\n{words}"));
    Ended { status, words }
}

fn spoken(words: &Path) -> String {
    String::from_utf8_lossy(&fs::read(words).expect("we made this file")).into_owned()
}

/// The report, or null if there is none: the run's words then say why.
fn read_report(out: &Path) -> Value {
    match fs::read(out.join("report.json")) {
        Ok(bytes) => serde_json::from_slice(&bytes).expect("report.json is JSON"),
        Err(_) => Value::Null,
    }
}
