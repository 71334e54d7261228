//! An Exim of one test, on GnuTLS: submission with STARTTLS, and with TLS from the first byte.
//!
//! Debian's package conflicts with Postfix, so `tests/run` unpacks it below the target directory. Its
//! program insists on a system user that only the package makes; `libnss_wrapper` tells it of one.

use std::fs;
use std::net::Ipv4Addr;
use std::os::unix::fs::{PermissionsExt as _, chown};
use std::path::Path;

use tempfile::TempDir;

use super::authority::{Authority, Shown};
use super::dovecot::retried;
use super::place::{configure, directory, free_ports, fresh_address, ids_of, laid_down};
use super::process::Process;

/// A running Exim.
pub struct Exim {
    /// Where it listens.
    pub address: Ipv4Addr,
    /// Submission, clear text first.
    pub submission: u16,
    /// Submission inside TLS.
    pub submissions: u16,
    process: Process,
    _directory: TempDir,
}

/// What it is told about TLS and logins; the files of `tests/real/exim`.
#[derive(Clone, Copy, Debug)]
pub enum Manner {
    /// TLS 1.2 and 1.3 with ECDHE and AEAD; AUTH inside TLS.
    Strict,
    /// TLS with what GnuTLS takes by default; the usual banner.
    Shipped,
    /// Everything that its GnuTLS still has, without RFC 5746 and RFC 7627.
    Lax,
    /// STARTTLS is announced, and its key cannot be read.
    WithoutKey,
}

impl Manner {
    const fn file(self) -> &'static str {
        match self {
            Manner::Strict => "strict.conf",
            Manner::Shipped => "shipped.conf",
            Manner::Lax => "lax.conf",
            Manner::WithoutKey => "without-key.conf",
        }
    }
}

impl Exim {
    /// Starts one. Only root can: Exim changes to its own user.
    pub fn start(manner: Manner, authority: &Authority) -> Self {
        retried(|| {
            let mut exim = Exim::spawn(manner, authority);
            let ports = [exim.submission, exim.submissions];
            exim.process.listening_on(exim.address, &ports)?;
            Ok(exim)
        })
    }

    fn spawn(manner: Manner, authority: &Authority) -> Self {
        let exim = laid_down("exim/usr/sbin/exim4");
        let directory = directory();
        let place = directory.path();
        let address = fresh_address();
        let [submission, submissions] = free_ports(address);
        authority.equip_rsa(place, Shown::Good);
        let (user, group) = ids_of("mail").expect("every Debian has the user mail");
        pretend_user(place, user, group);
        let values = [
            ("DIR", place.display().to_string()),
            ("ADDRESS", address.to_string()),
            ("SUBMISSION", submission.to_string()),
            ("SUBMISSIONS", submissions.to_string()),
        ];
        configure("exim", place, &values);
        let [passwd, groups] = ["passwd", "group"].map(|file| place.join(file));
        let process = Process::start_with(
            "Exim",
            &exim,
            &[
                "-bdf",
                "-C",
                &place.join(manner.file()).display().to_string(),
            ],
            &[
                ("LD_PRELOAD", "libnss_wrapper.so"),
                ("NSS_WRAPPER_PASSWD", &passwd.display().to_string()),
                ("NSS_WRAPPER_GROUP", &groups.display().to_string()),
            ],
            place.join("log/main"),
        );
        Exim {
            address,
            submission,
            submissions,
            process,
            _directory: directory,
        }
    }
}

/// The one user that Exim looks for besides root, with the numbers of a user that there is, and the
/// directories that it writes to.
fn pretend_user(place: &Path, user: u32, group: u32) {
    let passwd =
        format!("root:x:0:0::/:/bin/sh\nDebian-exim:x:{user}:{group}::/:/usr/sbin/nologin\n");
    let groups = format!("root:x:0:\nDebian-exim:x:{group}:\n");
    fs::write(place.join("passwd"), passwd).expect("our directory is writable");
    fs::write(place.join("group"), groups).expect("our directory is writable");
    for name in ["spool", "log"] {
        let path = place.join(name);
        fs::create_dir(&path).expect("a directory can be made in our own");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("it is ours");
        chown(&path, Some(user), Some(group))
            .expect("Exim can be started by root alone: run tests/run, which sees to it");
    }
}
