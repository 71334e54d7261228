//! The scripts in `tests/cases/rogue/`: what a server does, then the facts that it must yield.
//!
//! ```text
//! # A comment.
//! move: listen            tls, listen, listen-then-tls or listen-only; listen if left out
//! depth: quick            quick, standard or deep; standard if left out
//! ours: yes               whether the host is in a domain of ours; no if left out
//! retries: 1              0 if left out
//! limits: reply=200ms line=64
//! server:                 what it does on each connection; `server 2:` on the second and later
//!   say "+OK hello\r\n"   {tag} is the tag of the last IMAP command
//!   hurried EHLO          if this command came right behind the last one, it does instead what
//!   | say "554 no\r\n"      stands behind the bars
//! facts:                  JSON pointers into the record of the visit
//!   /greeting/seen/spoken = "pop3"
//! ```

use std::time::Duration;

use mailfleet::model::{Depth, FirstMove};
use mailfleet::probe::Limits;

/// One thing that a server does.
#[derive(Clone, Debug)]
pub enum Step {
    /// Sends bytes.
    Say(Vec<u8>),
    /// Sends bytes again and again until the client has gone.
    Flood(Vec<u8>),
    /// Sends bytes again and again, one at a time, with a pause between.
    Drip(Duration, Vec<u8>),
    /// Sends all 256 bytes in order, without the line feed.
    AllBytes,
    /// Reads a line that must have this verb.
    Expect(String),
    /// Goes on with these steps alone if a line with this verb came right behind the last one.
    Hurried(String, Vec<Step>),
    /// Reads something.
    Read,
    /// Resets the connection if the client says anything within this time.
    Pounce(Duration),
    /// Does a handshake as a TLS server; what follows is said inside.
    Tls,
    /// Reads until the client has gone.
    Hold,
    /// Closes the connection.
    Close,
    /// Resets the connection.
    Reset,
}

/// A fact that the record must hold.
#[derive(Clone, Debug)]
pub struct Expected {
    pub pointer: String,
    pub value: serde_json::Value,
}

/// A script, read.
#[derive(Clone, Debug)]
pub struct Script {
    pub first_move: FirstMove,
    pub depth: Depth,
    pub ours: bool,
    pub retries: u32,
    pub limits: Limits,
    /// The time for one address.
    pub address: Duration,
    pub servers: Vec<Vec<Step>>,
    pub facts: Vec<Expected>,
}

enum Section {
    Head,
    Server,
    Facts,
}

impl Script {
    pub fn read(text: &str) -> Script {
        let mut script = Script {
            first_move: FirstMove::Listen,
            depth: Depth::Standard,
            ours: false,
            retries: 0,
            limits: super::limits(),
            address: Duration::from_secs(60),
            servers: Vec::new(),
            facts: Vec::new(),
        };
        let mut section = Section::Head;
        for line in text.lines().map(str::trim) {
            match (&section, line) {
                (_, "") => {}
                (_, line) if line.starts_with('#') => {}
                (_, "facts:") => section = Section::Facts,
                (_, line) if line.starts_with("server") && line.ends_with(':') => {
                    script.servers.push(Vec::new());
                    section = Section::Server;
                }
                (Section::Head, line) => script.head(line),
                (Section::Server, line) => {
                    let server = script.servers.last_mut().expect("a server");
                    match (line.strip_prefix("| "), server.last_mut()) {
                        (Some(line), Some(Step::Hurried(_, instead))) => instead.push(step(line)),
                        (Some(line), _) => panic!("nothing comes before {line}"),
                        (None, _) => server.push(step(line)),
                    }
                }
                (Section::Facts, line) => {
                    let (pointer, value) = line.split_once(" = ").expect("pointer = value");
                    script.facts.push(Expected {
                        pointer: pointer.trim().to_owned(),
                        value: serde_json::from_str(value).expect("a JSON value"),
                    });
                }
            }
        }
        assert!(
            !script.facts.is_empty(),
            "a script without facts shows nothing"
        );
        script
    }

    fn head(&mut self, line: &str) {
        let (key, value) = line.split_once(':').expect("key: value");
        let value = value.trim();
        match key {
            "move" => {
                self.first_move = match value {
                    "tls" => FirstMove::Tls,
                    "listen" => FirstMove::Listen,
                    "listen-then-tls" => FirstMove::ListenThenTls,
                    "listen-only" => FirstMove::ListenOnly,
                    other => panic!("no first move {other}"),
                }
            }
            "depth" => {
                self.depth = match value {
                    "quick" => Depth::Quick,
                    "standard" => Depth::Standard,
                    "deep" => Depth::Deep,
                    other => panic!("no depth {other}"),
                }
            }
            "ours" => self.ours = value == "yes",
            "retries" => self.retries = value.parse().expect("a number"),
            "limits" => value.split_whitespace().for_each(|limit| self.limit(limit)),
            other => panic!("no key {other}"),
        }
    }

    fn limit(&mut self, text: &str) {
        let (name, value) = text.split_once('=').expect("limit=value");
        let limits = &mut self.limits;
        match name {
            "greeting" => limits.greeting = time(value),
            "listen-first" => limits.listen_first = time(value),
            "reply" => limits.reply = time(value),
            "unasked" => limits.unasked = time(value),
            "connection" => limits.connection = time(value),
            "address" => self.address = time(value),
            "line" => limits.line = value.parse().expect("bytes"),
            "reply-lines" => limits.reply_lines = value.parse().expect("lines"),
            "reply-bytes" => limits.reply_bytes = value.parse().expect("bytes"),
            "connection-bytes" => limits.connection_bytes = value.parse().expect("bytes"),
            "handshake-bytes" => limits.handshake_bytes = value.parse().expect("bytes"),
            other => panic!("no limit {other}"),
        }
    }
}

fn time(text: &str) -> Duration {
    let millis = text.strip_suffix("ms").expect("a time in ms");
    Duration::from_millis(millis.parse().expect("a number"))
}

fn step(line: &str) -> Step {
    let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
    match verb {
        "say" => Step::Say(bytes(rest)),
        "flood" => Step::Flood(bytes(rest)),
        "drip" => {
            let (pause, text) = rest.split_once(' ').expect("drip TIME TEXT");
            Step::Drip(time(pause), bytes(text))
        }
        "all-bytes" => Step::AllBytes,
        "expect" => Step::Expect(rest.to_owned()),
        "hurried" => Step::Hurried(rest.to_owned(), Vec::new()),
        "read" => Step::Read,
        "pounce" => Step::Pounce(time(rest)),
        "tls" => Step::Tls,
        "hold" => Step::Hold,
        "close" => Step::Close,
        "reset" => Step::Reset,
        other => panic!("no step {other}"),
    }
}

/// The bytes of a quoted text with `\r`, `\n`, `\\`, `\"` and `\xNN`.
fn bytes(text: &str) -> Vec<u8> {
    let inner = text
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
        .expect("a text in quotes");
    let mut bytes = Vec::new();
    let mut rest = inner.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'\\' {
            bytes.push(byte);
            continue;
        }
        match rest.next().expect("an escape") {
            b'r' => bytes.push(b'\r'),
            b'n' => bytes.push(b'\n'),
            b'x' => {
                let digits = [rest.next(), rest.next()].map(|digit| digit.expect("two digits"));
                let digits = std::str::from_utf8(&digits).expect("digits");
                bytes.push(u8::from_str_radix(digits, 16).expect("hexadecimal"));
            }
            other => bytes.push(other),
        }
    }
    bytes
}
