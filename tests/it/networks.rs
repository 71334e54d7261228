//! Whole runs in networks that a test makes: an exit that blocks ports, no IPv6, a machine that has run
//! out of ports, routes that change.
//!
//! A test here runs itself once more in a network namespace of its own, with `unshare`, and is alone
//! there: loopback, whatever addresses it takes, and the rules of `nft`. The namespace ends with the
//! process. Where a machine allows none of this the test says so on standard output, and passes.

mod blocked;
mod changed;
mod families;
mod fleet;
mod local;

use std::io::Write as _;
use std::process::{Command, Output};

/// Says to the second run that it is inside.
const INSIDE: &str = "MAILFLEET_TEST_IS_IN_ITS_OWN_NETWORK";

/// Seconds after which a test that hangs is ended; the longest waits a minute for a repetition.
const WATCHDOG: &str = "240";

/// A test that runs in a network of its own.
macro_rules! in_its_own_network {
    ($(#[$about:meta])* fn $name:ident() $body:block) => {
        #[test]
        $(#[$about])*
        fn $name() {
            let (_, path) = module_path!().split_once("::").expect("a crate and a module");
            crate::networks::apart(&format!("{path}::{}", stringify!($name)), || $body);
        }
    };
}
pub(crate) use in_its_own_network;

/// Runs `inside` in a namespace: at once if this process is in one, otherwise in another process.
fn apart(test: &str, inside: impl FnOnce()) {
    if std::env::var_os(INSIDE).is_some() {
        ip("link set lo up");
        return inside();
    }
    let mut out = std::io::stdout();
    let mut command = match unshare() {
        Ok(command) => command,
        Err(why) => {
            writeln!(out, "SKIPPED {test}: {why}").expect("said");
            return;
        }
    };
    let this = std::env::current_exe().expect("this program");
    let alone = [test, "--exact", "--nocapture", "--include-ignored"];
    command.args(["timeout", WATCHDOG]).arg(this).args(alone);
    let ran = command.env(INSIDE, "1").output().expect("runs");
    let said = told(&ran);
    // A test that was not found would pass as well.
    assert!(said.contains("1 passed"), "{said}");
    assert!(ran.status.success(), "{said}");
}

/// The command that makes a namespace, as root or as a user who may be root in one of their own.
fn unshare() -> Result<Command, String> {
    let ways: [&[&str]; 2] = [&["--net"], &["--map-root-user", "--net"]];
    let mut why = String::new();
    for way in ways {
        let needed = "ip link set lo up && nft add table inet trial";
        let tried = Command::new("unshare")
            .args(way)
            .args(["--", "sh", "-c", needed])
            .output();
        match tried {
            Ok(ran) if ran.status.success() => {
                let mut command = Command::new("unshare");
                command.args(way).arg("--");
                return Ok(command);
            }
            Ok(ran) => why = told(&ran),
            Err(error) => why = format!("unshare: {error}"),
        }
    }
    Err(format!(
        "no network namespace with iproute2 and nftables to be had here ({})",
        why.trim()
    ))
}

fn told(ran: &Output) -> String {
    let (out, error) = (&ran.stdout, &ran.stderr);
    String::from_utf8_lossy(out).into_owned() + &String::from_utf8_lossy(error)
}

/// Runs `ip` with these words.
fn ip(words: &str) {
    run(Command::new("ip").args(words.split(' ')));
}

/// Runs `nft` with this command.
fn nft(command: &str) {
    run(Command::new("nft").arg(command));
}

fn run(command: &mut Command) {
    let ran = command.output().expect("runs");
    assert!(ran.status.success(), "{command:?}: {}", told(&ran));
}
