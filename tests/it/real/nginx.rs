//! An nginx of one test: the proxy in front of POP3, IMAP and submission servers.
//!
//! There is nothing behind it. It asks `auth_http` only when somebody logs in, which nobody does here.

use std::fs;
use std::net::Ipv4Addr;

use tempfile::TempDir;

use super::authority::{Authority, Shown};
use super::dovecot::retried;
use super::place::{configure, directory, fresh_address, mail_ports, material};
use super::process::{Process, program};

/// A running nginx.
pub struct Nginx {
    /// Where it listens.
    pub address: Ipv4Addr,
    /// Its ports, by what is served there.
    pub ports: [(&'static str, u16); 6],
    process: Process,
    _directory: TempDir,
}

/// What it is told about TLS; the directives in `tests/real/nginx`.
#[derive(Clone, Copy, Debug)]
pub enum Manner {
    /// TLS 1.2 and 1.3 with ECDHE and AEAD. Of its two certificates the RSA one is expired.
    HalfExpired,
    /// TLS 1.0 to 1.2 with everything that its OpenSSL still has, and clear login.
    Lax,
    /// TLS 1.2 with CBC suites alone.
    CbcOnly,
    /// TLS 1.2 with static RSA alone.
    StaticOnly,
    /// As [`Manner::HalfExpired`], and a certificate of the client's is demanded.
    ClientCertificate,
}

impl Manner {
    const fn file(self) -> &'static str {
        match self {
            Manner::HalfExpired => "strict.conf",
            Manner::Lax => "lax.conf",
            Manner::CbcOnly => "cbc-only.conf",
            Manner::StaticOnly => "static-only.conf",
            Manner::ClientCertificate => "client-certificate.conf",
        }
    }

    /// Whether clear login is offered beside STARTTLS.
    const fn starttls(self) -> &'static str {
        match self {
            Manner::Lax => "on",
            _ => "only",
        }
    }
}

impl Nginx {
    /// Starts one.
    pub fn start(manner: Manner, authority: &Authority) -> Self {
        retried(|| {
            let mut nginx = Nginx::spawn(manner, authority);
            let ports = nginx.ports.map(|(_, port)| port);
            nginx.process.listening_on(nginx.address, &ports)?;
            Ok(nginx)
        })
    }

    fn spawn(manner: Manner, authority: &Authority) -> Self {
        let nginx = program("nginx", &["/usr/sbin/nginx"]);
        let module = program(
            "The mail module of nginx",
            &["/usr/lib/nginx/modules/ngx_mail_module.so"],
        );
        let directory = directory();
        let place = directory.path();
        let address = fresh_address();
        let ports = mail_ports(address);
        authority.equip(place, Shown::Good);
        let rsa = match manner {
            Manner::HalfExpired => Shown::Expired,
            _ => Shown::Good,
        };
        authority.equip_rsa(place, rsa);
        fs::copy(material("dh/1024-own.pem"), place.join("dh.pem")).expect("a file can be copied");
        let mut values = vec![
            ("MANNER", manner.file().to_owned()),
            ("MODULE", module.display().to_string()),
            ("DIR", place.display().to_string()),
            ("STARTTLS", manner.starttls().to_owned()),
            ("ADDRESS", address.to_string()),
        ];
        let names = [
            "POP_CLEAR",
            "POP_TLS",
            "IMAP_CLEAR",
            "IMAP_TLS",
            "SMTP_CLEAR",
            "SMTP_TLS",
        ];
        let places = names.into_iter().zip(ports);
        values.extend(places.map(|(name, (_, port))| (name, port.to_string())));
        configure("nginx", place, &values);
        let configuration = place.join("nginx.conf").display().to_string();
        let process = Process::start(
            "nginx",
            &nginx,
            &[
                "-c",
                &configuration,
                "-p",
                &place.display().to_string(),
                "-e",
                &place.join("nginx.log").display().to_string(),
            ],
            place.join("nginx.log"),
        );
        Nginx {
            address,
            ports,
            process,
            _directory: directory,
        }
    }
}
