//! A Postfix of one test: submission with STARTTLS, and with TLS from the first byte.

use std::fs;
use std::net::Ipv4Addr;
use std::os::unix::fs::{PermissionsExt as _, chown};
use std::path::Path;

use tempfile::TempDir;

use super::authority::{Authority, Shown};
use super::dovecot::{Dovecot, retried};
use super::place::{configure, directory, free_ports, fresh_address, ids_of};
use super::process::{Process, program};

/// A running Postfix, and the Dovecot that it asks about logins.
pub struct Postfix {
    /// Where it listens.
    pub address: Ipv4Addr,
    /// Submission, clear text first.
    pub submission: u16,
    /// Submission inside TLS.
    pub submissions: u16,
    process: Process,
    _directory: TempDir,
    _logins: Dovecot,
}

/// Whether `smtpd_tls_auth_only` is set.
#[derive(Clone, Copy, Debug)]
pub enum Auth {
    /// AUTH is offered inside TLS alone.
    InsideTls,
    /// AUTH is offered in the clear too.
    InTheClearToo,
}

impl Postfix {
    /// Starts one. Only root can: Postfix changes between its own users.
    pub fn start(auth: Auth, authority: &Authority) -> Self {
        retried(|| {
            let mut postfix = Postfix::spawn(auth, authority);
            let ports = [postfix.submission, postfix.submissions];
            postfix.process.listening_on(postfix.address, &ports)?;
            Ok(postfix)
        })
    }

    fn spawn(auth: Auth, authority: &Authority) -> Self {
        let master = program(
            "Postfix",
            &[
                "/usr/lib/postfix/sbin/master",
                "/usr/libexec/postfix/master",
            ],
        );
        let logins = Dovecot::for_logins(authority);
        let directory = directory();
        let place = directory.path();
        let address = fresh_address();
        let [submission, submissions] = free_ports(address);
        authority.equip(place, Shown::Good);
        make_queue(place);
        let values = [
            ("DIR", place.display().to_string()),
            ("ADDRESS", address.to_string()),
            ("SUBMISSION", submission.to_string()),
            ("SUBMISSIONS", submissions.to_string()),
            ("LOGINS", logins.login_socket().display().to_string()),
            (
                "AUTH_ONLY",
                match auth {
                    Auth::InsideTls => "yes".to_owned(),
                    Auth::InTheClearToo => "no".to_owned(),
                },
            ),
        ];
        configure("postfix", place, &values);
        let process = Process::start(
            "Postfix",
            &master,
            &["-d", "-c", &place.display().to_string()],
            place.join("postfix.log"),
        );
        Postfix {
            address,
            submission,
            submissions,
            process,
            _directory: directory,
            _logins: logins,
        }
    }
}

/// The directories that Postfix expects, with the owners that it insists on.
fn make_queue(place: &Path) {
    let (user, _) = ids_of("postfix").expect("installing Postfix makes its user: run tests/run");
    for (name, mode) in [
        ("queue", 0o755),
        ("queue/pid", 0o755),
        ("queue/private", 0o700),
        ("queue/public", 0o710),
        ("data", 0o700),
    ] {
        let path = place.join(name);
        fs::create_dir(&path).expect("a directory can be made in our own");
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).expect("it is ours");
    }
    for name in ["queue/private", "queue/public", "data"] {
        chown(place.join(name), Some(user), None)
            .expect("Postfix can be started by root alone: run tests/run, which sees to it");
    }
}
