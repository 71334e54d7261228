//! A Dovecot of one test.

use std::fs;
use std::net::Ipv4Addr;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use super::authority::{Authority, Shown};
use super::place::{configure, directory, free_ports, fresh_address, material};
use super::process::{Ended, Process, program};

/// What it is told to allow; the files of `tests/real/dovecot`.
#[derive(Clone, Copy, Debug)]
pub enum Allows {
    /// `ssl = required`.
    TlsOnly,
    /// TLS offered, clear login refused.
    NoClearLogin,
    /// TLS offered, clear login offered too.
    ClearLogin,
    /// No TLS at all: nothing listens on the two TLS ports.
    NoTls,
    /// As [`Allows::TlsOnly`], with ManageSieve and LMTP besides.
    Strict,
    /// TLS with what Debian's packages set, clear login refused.
    Shipped,
    /// Everything that its OpenSSL still has, clear login, and all services.
    Lax,
    /// TLS that asks for a certificate of the client's, without which no login is taken.
    ClientCertificate,
}

impl Allows {
    const fn file(self) -> &'static str {
        match self {
            Allows::TlsOnly => "required.conf",
            Allows::NoClearLogin => "guarded.conf",
            Allows::ClearLogin => "clear-login.conf",
            Allows::NoTls => "no-tls.conf",
            Allows::Strict => "strict.conf",
            Allows::Shipped => "shipped.conf",
            Allows::Lax => "lax.conf",
            Allows::ClientCertificate => "client-certificate.conf",
        }
    }
}

/// A running Dovecot.
pub struct Dovecot {
    /// Where it listens.
    pub address: Ipv4Addr,
    /// POP3, clear text first.
    pub pop3: u16,
    /// POP3 inside TLS.
    pub pop3s: u16,
    /// IMAP, clear text first.
    pub imap: u16,
    /// IMAP inside TLS.
    pub imaps: u16,
    /// ManageSieve, clear text first; only of those that have all services.
    pub sieve: u16,
    /// LMTP, likewise.
    pub lmtp: u16,
    process: Process,
    directory: TempDir,
}

impl Dovecot {
    /// Starts one on an address of its own.
    pub fn start(allows: Allows, authority: &Authority, shown: Shown) -> Self {
        Dovecot::start_at(fresh_address(), allows, authority, shown)
    }

    /// Starts one at `address`.
    pub fn start_at(
        address: Ipv4Addr,
        allows: Allows,
        authority: &Authority,
        shown: Shown,
    ) -> Self {
        retried(|| {
            let mut dovecot = Dovecot::spawn(address, allows.file(), authority, shown);
            let ports = match allows {
                Allows::NoTls => vec![dovecot.pop3, dovecot.imap],
                Allows::Strict | Allows::Lax => vec![
                    dovecot.pop3,
                    dovecot.imap,
                    dovecot.pop3s,
                    dovecot.imaps,
                    dovecot.sieve,
                    dovecot.lmtp,
                ],
                _ => vec![dovecot.pop3, dovecot.imap, dovecot.pop3s, dovecot.imaps],
            };
            dovecot.process.listening_on(address, &ports)?;
            Ok(dovecot)
        })
    }

    /// Starts one that serves no mail, only the logins of a submission service.
    pub fn for_logins(authority: &Authority) -> Self {
        retried(|| {
            let mut dovecot = Dovecot::spawn(fresh_address(), "auth.conf", authority, Shown::Good);
            let socket = dovecot.login_socket();
            dovecot.process.listening_at(&socket)?;
            Ok(dovecot)
        })
    }

    /// The socket at which a submission service asks about logins.
    pub fn login_socket(&self) -> PathBuf {
        self.directory.path().join("run/submission-auth")
    }

    fn spawn(address: Ipv4Addr, file: &str, authority: &Authority, shown: Shown) -> Self {
        let dovecot = program("Dovecot", &["/usr/sbin/dovecot", "/usr/local/sbin/dovecot"]);
        let directory = directory();
        let place = directory.path();
        let [pop3, pop3s, imap, imaps, sieve, lmtp] = free_ports(address);
        authority.equip(place, shown);
        authority.equip_rsa(place, shown);
        fs::copy(material("dh/1024-own.pem"), place.join("dh.pem")).expect("a file can be copied");
        fs::write(place.join("users"), "").expect("an empty list of users can be written");
        let (internal, group, login) = users(place);
        let values = [
            ("DIR", place.display().to_string()),
            ("ADDRESS", address.to_string()),
            ("POP3", pop3.to_string()),
            ("POP3S", pop3s.to_string()),
            ("IMAP", imap.to_string()),
            ("IMAPS", imaps.to_string()),
            ("SIEVE", sieve.to_string()),
            ("LMTP", lmtp.to_string()),
            ("INTERNAL_USER", internal),
            ("INTERNAL_GROUP", group),
            ("LOGIN_USER", login),
        ];
        configure(&format!("dovecot/{}", generation(&dovecot)), place, &values);
        let configuration = place.join(file).display().to_string();
        let process = Process::start(
            "Dovecot",
            &dovecot,
            &["-F", "-c", &configuration],
            place.join("dovecot.log"),
        );
        Dovecot {
            address,
            pop3,
            pop3s,
            imap,
            imaps,
            sieve,
            lmtp,
            process,
            directory,
        }
    }
}

/// Starts again, elsewhere, if another program took a port in the meantime.
pub fn retried<S>(start: impl Fn() -> Result<S, Ended>) -> S {
    let mut ends = String::new();
    for _ in 0..3 {
        match start() {
            Ok(server) => return server,
            Err(Ended(why)) => ends.push_str(&why),
        }
    }
    panic!("a server did not start, three times:\n{ends}")
}

/// Which set of configuration files its version reads.
fn generation(dovecot: &Path) -> &'static str {
    let output = Command::new(dovecot)
        .arg("--version")
        .output()
        .expect("Dovecot tells its version");
    let version = String::from_utf8_lossy(&output.stdout).into_owned();
    match version.split('.').take(2).collect::<Vec<_>>()[..] {
        ["2", "3"] => "2.3",
        ["2", minor] if minor >= "4" => "2.4",
        _ => panic!("no configuration for Dovecot {version:?}: add a set to tests/real/dovecot"),
    }
}

/// The users that it runs as, inside and at the front, and the group: root alone may change to others.
fn users(ours: &Path) -> (String, String, String) {
    let owner = fs::metadata(ours).expect("our own directory is there");
    if owner.uid() == 0 {
        return ("dovecot".into(), "dovecot".into(), "dovenull".into());
    }
    let name = |option: &str| {
        let output = Command::new("id")
            .args([option, "-n"])
            .output()
            .expect("`id` is everywhere");
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    };
    (name("-u"), name("-g"), name("-u"))
}
