//! A mail server on tlslite-ng, for what the TLS libraries of Debian no longer do.

use std::fs;
use std::net::Ipv4Addr;
use std::path::PathBuf;

use serde_json::{Value, json};
use tempfile::TempDir;

use super::authority::{Authority, Shown};
use super::dovecot::retried;
use super::place::{directory, fresh_address, laid_down, mail_ports, material};
use super::process::{Process, program};

/// A running `tests/real/tlslite/server.py`.
pub struct Tlslite {
    /// Where it listens.
    pub address: Ipv4Addr,
    /// Its ports, by what is served there.
    pub ports: [(&'static str, u16); 6],
    process: Process,
    _directory: TempDir,
}

/// The interpreter of Debian's packages, which is the one that has pip.
pub fn python() -> PathBuf {
    program("Python", &["/usr/bin/python3"])
}

/// Where tlslite-ng is, for `PYTHONPATH`.
pub fn libraries() -> String {
    laid_down("python").display().to_string()
}

impl Tlslite {
    /// Starts one that has an RSA certificate; `options` as the script explains them.
    pub fn start(options: Value, authority: &Authority) -> Self {
        retried(|| {
            let mut server = Tlslite::spawn(options.clone(), authority);
            server.process.saying("ready")?;
            Ok(server)
        })
    }

    fn spawn(mut options: Value, authority: &Authority) -> Self {
        let directory = directory();
        let place = directory.path();
        let address = fresh_address();
        let ports = mail_ports(address);
        authority.equip_rsa(place, Shown::Good);
        let doors = ports.map(|(name, port)| {
            let tls = name.ends_with('s');
            let protocol = match name.trim_end_matches('s') {
                "submission" => "smtp",
                other => other,
            };
            json!({"protocol": protocol, "address": address.to_string(), "port": port, "tls": tls})
        });
        options["doors"] = json!(doors);
        if options["anonymous"] != true {
            options["chain"] = json!(place.join("rsa-chain.pem"));
            options["key"] = json!(place.join("rsa-key.pem"));
        }
        let script = material("tlslite/server.py").display().to_string();
        let process = Process::start_with(
            "tlslite-ng",
            &python(),
            &[&script, &options.to_string()],
            &[
                ("PYTHONPATH", &libraries()),
                ("PYTHONDONTWRITEBYTECODE", "1"),
            ],
            place.join("tlslite.log"),
        );
        Tlslite {
            address,
            ports,
            process,
            _directory: directory,
        }
    }
}

/// The prime of `tests/real/dh/1024-own.pem`, as the script takes it.
pub fn small_prime() -> String {
    let pem = fs::read_to_string(material("dh/1024-own.pem")).expect("it is part of the tests");
    let base64: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
    let der = base64::Engine::decode(&base64::prelude::BASE64_STANDARD, base64)
        .expect("PEM holds base64");
    // SEQUENCE (3 octets of head), INTEGER (3 octets of head) with a zero before its 128 octets.
    der[7..135]
        .iter()
        .map(|octet| format!("{octet:02x}"))
        .collect()
}
