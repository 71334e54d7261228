//! A server process that this run started, and that ends with it.

use std::fs::{self, File};
use std::net::{Ipv4Addr, TcpStream};
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// How long a server may take to start: it takes a fraction of a second, and more on a machine that is
/// busy with a build.
const PATIENCE: Duration = Duration::from_secs(30);
/// Enough to see why a server refused something; a test of many servers would bury its own words else.
const LAST_LINES: usize = 20;
const BETWEEN_LOOKS: Duration = Duration::from_millis(10);

/// A running server. Dropping it stops it, also when a test panics.
pub struct Process {
    child: Child,
    name: &'static str,
    log: PathBuf,
}

/// The server ended before it was ready, and why.
pub struct Ended(pub String);

impl Process {
    /// Starts `program` in the foreground, in a process group of its own. If this process is killed, the
    /// server is told to end.
    pub fn start(name: &'static str, program: &Path, arguments: &[&str], log: PathBuf) -> Self {
        Process::start_with(name, program, arguments, &[], log)
    }

    /// Starts `program` likewise, with these variables besides its environment.
    pub fn start_with(
        name: &'static str,
        program: &Path,
        arguments: &[&str],
        variables: &[(&str, &str)],
        log: PathBuf,
    ) -> Self {
        let output = File::create(log.with_extension("out")).expect("our directory is writable");
        let twin = output.try_clone().expect("a file can be shared");
        let child = Command::new("setpriv")
            .process_group(0)
            .args(["--pdeathsig", "TERM", "--", "env"])
            .args(
                variables
                    .iter()
                    .map(|(name, value)| format!("{name}={value}")),
            )
            .arg(program)
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(output)
            .stderr(twin)
            .spawn()
            .expect("setpriv is part of every Debian");
        Process { child, name, log }
    }

    /// Waits until something accepts connections on each of `ports`.
    pub fn listening_on(&mut self, address: Ipv4Addr, ports: &[u16]) -> Result<(), Ended> {
        for port in ports {
            self.until(|| TcpStream::connect((address, *port)).is_ok())?;
        }
        Ok(())
    }

    /// Waits until something accepts connections on the socket `path`.
    pub fn listening_at(&mut self, path: &Path) -> Result<(), Ended> {
        self.until(|| UnixStream::connect(path).is_ok())
    }

    fn until(&mut self, ready: impl Fn() -> bool) -> Result<(), Ended> {
        let began = Instant::now();
        while !ready() {
            if let Some(status) = self.child.try_wait().expect("a child can be asked") {
                return Err(Ended(format!(
                    "{} ended: {status}\n{}",
                    self.name,
                    self.words()
                )));
            }
            assert!(
                began.elapsed() < PATIENCE,
                "{} was not ready in {PATIENCE:?}\n{}",
                self.name,
                self.words()
            );
            thread::sleep(BETWEEN_LOOKS);
        }
        Ok(())
    }

    /// Waits until the server has said `word` on a line of its own.
    pub fn saying(&mut self, word: &str) -> Result<(), Ended> {
        let said = self.log.with_extension("out");
        self.until(|| {
            fs::read_to_string(&said).is_ok_and(|text| text.lines().any(|line| line == word))
        })
    }

    /// What the server said, and what it wrote to its log.
    fn words(&self) -> String {
        let said = [self.log.with_extension("out"), self.log.clone()];
        said.iter()
            .filter_map(|file| fs::read_to_string(file).ok())
            .collect()
    }

    /// Ends the server and its children at once: they keep nothing, and an orderly end takes a second.
    fn stop(&mut self) -> std::io::Result<()> {
        let group = format!("kill -KILL -{}", self.child.id());
        // A group that is gone already is no failure.
        Command::new("sh")
            .args(["-c", &group])
            .stderr(Stdio::null())
            .status()?;
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if let Err(error) = self.stop() {
            eprintln!("{} may still run: {error}", self.name);
        }
        if thread::panicking() {
            let words = self.words();
            let lines: Vec<&str> = words.lines().collect();
            let last = lines[lines.len().saturating_sub(LAST_LINES)..].join("\n");
            eprintln!("--- the last that {} wrote:\n{last}", self.name);
        }
    }
}

/// The first of `places` that is a file.
///
/// # Panics
/// If there is none: under `tests/run` a missing server is a failure, never a test left out.
pub fn program(name: &str, places: &[&str]) -> PathBuf {
    places
        .iter()
        .map(PathBuf::from)
        .find(|place| place.is_file())
        .unwrap_or_else(|| panic!("{name} is not installed: run tests/run, which installs it"))
}
