//! The program as people run it: files, exit statuses, sentences.

mod chain;
mod fleet;
mod interrupted;
mod large;
mod looks;
mod names;
mod policies;
mod policy_files;
mod promises;
mod redacted;
mod rendered;
mod schemas;
mod statuses;
mod verified;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

/// A directory of one test, with the program to run in it.
pub struct Place {
    directory: tempfile::TempDir,
}

impl Place {
    pub fn new() -> Self {
        let directory = tempfile::tempdir().expect("a directory");
        Place { directory }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    pub fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, text).expect("written");
        path
    }

    pub fn write_bytes(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, bytes).expect("written");
        path
    }

    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).expect("there to read")
    }

    pub fn report(&self, out: &str) -> Value {
        serde_json::from_str(&self.read(&format!("{out}/report.json"))).expect("JSON")
    }

    /// The program with these arguments, in this directory, in an environment as bare as a scheduler's.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_mailfleet"));
        command
            .args(arguments)
            .current_dir(self.directory.path())
            .env_clear();
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Ran {
        Ran(self.command(arguments).output().expect("the program runs"))
    }
}

/// How a run ended.
#[derive(Debug)]
pub struct Ran(Output);

impl Ran {
    pub fn code(&self) -> Option<i32> {
        self.0.status.code()
    }

    pub fn told(&self) -> String {
        String::from_utf8(self.0.stderr.clone()).expect("UTF-8 on standard error")
    }

    pub fn printed(&self) -> String {
        String::from_utf8(self.0.stdout.clone()).expect("UTF-8 on standard output")
    }
}

/// Every file below a directory, with its bytes.
pub fn files_below(directory: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files = Vec::new();
    let mut open = vec![directory.to_owned()];
    while let Some(directory) = open.pop() {
        for entry in std::fs::read_dir(directory).expect("lists") {
            let path = entry.expect("an entry").path();
            match path.is_dir() {
                true => open.push(path),
                false => files.push((path.clone(), std::fs::read(&path).expect("reads"))),
            }
        }
    }
    files
}
