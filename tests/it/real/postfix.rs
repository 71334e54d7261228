//! A Postfix of one test: submission with STARTTLS, and with TLS from the first byte.

use std::fs;
use std::net::Ipv4Addr;
use std::os::unix::fs::{PermissionsExt as _, chown};
use std::path::Path;

use tempfile::TempDir;

use super::authority::{Authority, Shown};
use super::dovecot::{Dovecot, retried};
use super::place::{configure, directory, free_ports, fresh_address, ids_of, material};
use super::process::{Process, program};

/// A running Postfix, and the Dovecot that it asks about logins.
pub struct Postfix {
    /// Where it listens.
    pub address: Ipv4Addr,
    /// Submission, clear text first.
    pub submission: u16,
    /// Submission inside TLS.
    pub submissions: u16,
    /// Mail from other servers, clear text first, without logins.
    pub smtp: u16,
    process: Process,
    _directory: TempDir,
    _logins: Dovecot,
}

/// Who may log in, and where.
#[derive(Clone, Copy, Debug)]
pub enum Auth {
    /// AUTH is offered inside TLS alone.
    InsideTls,
    /// AUTH is offered in the clear too.
    InTheClearToo,
    /// AUTH is not offered at all.
    Nowhere,
}

/// What it is told about TLS; the files of `tests/real/postfix`.
#[derive(Clone, Copy, Debug)]
pub enum Tls {
    /// TLS 1.2 and 1.3 with ECDHE and AEAD.
    Strict,
    /// What Postfix does by itself.
    Shipped,
    /// Everything that its OpenSSL still has.
    Lax,
    /// As [`Tls::Strict`], and a certificate of the client's is demanded.
    ClientCertificate,
}

impl Tls {
    const fn file(self) -> &'static str {
        match self {
            Tls::Strict => "strict-tls.cf",
            Tls::Shipped => "shipped-tls.cf",
            Tls::Lax => "lax-tls.cf",
            Tls::ClientCertificate => "client-certificate-tls.cf",
        }
    }
}

impl Postfix {
    /// Starts one with strict TLS. Only root can: Postfix changes between its own users.
    pub fn start(auth: Auth, authority: &Authority) -> Self {
        Postfix::start_with(auth, Tls::Strict, authority)
    }

    /// Starts one.
    pub fn start_with(auth: Auth, tls: Tls, authority: &Authority) -> Self {
        retried(|| {
            let mut postfix = Postfix::spawn(auth, tls, authority);
            let ports = [postfix.submission, postfix.submissions, postfix.smtp];
            postfix.process.listening_on(postfix.address, &ports)?;
            Ok(postfix)
        })
    }

    fn spawn(auth: Auth, tls: Tls, authority: &Authority) -> Self {
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
        let [submission, submissions, smtp] = free_ports(address);
        authority.equip(place, Shown::Good);
        authority.equip_rsa(place, Shown::Good);
        fs::copy(material("dh/1024-own.pem"), place.join("dh.pem")).expect("a file can be copied");
        make_queue(place);
        let tls = fs::read_to_string(material("postfix").join(tls.file()))
            .expect("a part of the configuration can be read");
        let values = [
            ("TLS", tls),
            ("DIR", place.display().to_string()),
            ("ADDRESS", address.to_string()),
            ("SUBMISSION", submission.to_string()),
            ("SUBMISSIONS", submissions.to_string()),
            ("LOGINS", logins.login_socket().display().to_string()),
            ("SMTP", smtp.to_string()),
            ("AUTH_ONLY", yes_or_no(!matches!(auth, Auth::InTheClearToo))),
            ("LOGINS_OFFERED", yes_or_no(!matches!(auth, Auth::Nowhere))),
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
            smtp,
            process,
            _directory: directory,
            _logins: logins,
        }
    }
}

fn yes_or_no(yes: bool) -> String {
    if yes { "yes" } else { "no" }.to_owned()
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
