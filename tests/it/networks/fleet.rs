//! Servers of several owners in a namespace, each with an authority and an address of its own.

use std::net::IpAddr;

use tokio_rustls::TlsAcceptor;

use super::ip;
use crate::command::{Place, Ran};
use crate::dns::{Dns, Says};
use crate::rogue::script::Script;
use crate::rogue::server::{Identity, Server, acceptor};
use crate::trust::authority::{Authority, key, leaf_params};
use rcgen::date_time_ymd;

/// When everything is judged: in the middle of what the certificates say.
const AT: &str = "2026-06-15T12:00:00Z";

const POP3S: &str = "server:\n tls\n say \"+OK\\r\\n\"\n expect CAPA\n say \"+OK\\r\\nUSER\\r\\n.\\r\\n\"\n \
                     expect QUIT\n say \"+OK\\r\\n\"\nfacts:\n / = 0";
const IMAPS: &str = "server:\n tls\n say \"* OK ready\\r\\n\"\n expect CAPABILITY\n \
                     say \"* CAPABILITY IMAP4rev1\\r\\n{tag} OK\\r\\n\"\n expect LOGOUT\n \
                     say \"* BYE\\r\\n{tag} OK\\r\\n\"\nfacts:\n / = 0";

/// A fleet under construction, and the options that lead to it.
pub struct Fleet {
    pub place: Place,
    accounts: String,
    options: Vec<String>,
    servers: Vec<Server>,
    /// Knows no name, and is asked about candidates for fixes.
    dns: Dns,
    runtime: tokio::runtime::Runtime,
}

impl Fleet {
    pub fn new() -> Self {
        Fleet {
            place: Place::new(),
            accounts: "email,protocol,host,port,security\n".to_owned(),
            options: Vec::new(),
            servers: Vec::new(),
            dns: Dns::start(|_, _| Says::NoSuchName),
            runtime: tokio::runtime::Runtime::new().expect("a runtime"),
        }
    }

    /// Three owners, each in a network of its own, with POP3 and IMAP over TLS.
    pub fn of_three() -> Self {
        [
            ("mail.one.example", "198.51.100.1"),
            ("mail.two.example", "203.0.113.1"),
            ("mail.three.example", "192.0.2.1"),
        ]
        .into_iter()
        .fold(Fleet::new(), |fleet, (host, address)| {
            fleet.host(host, &[(address, true)])
        })
    }

    /// A host with these addresses, and accounts at both of its ports; at each address a server
    /// with a certificate that is good or has ended.
    pub fn host(mut self, host: &str, addresses: &[(&str, bool)]) -> Self {
        let authority = Authority::new(host);
        let root = format!("{host}.der");
        std::fs::write(self.place.path(&root), &authority.root).expect("written");
        self.option("--trust", &root);
        for (address, good) in addresses {
            self.takes(address);
            for (port, script) in [(995, POP3S), (993, IMAPS)] {
                self.serve(address, port, script, shown(&authority, host, *good));
            }
            self.leads_to(host, address);
        }
        for (protocol, port) in [("pop3", 995), ("imap", 993)] {
            self.account(protocol, host, port);
        }
        self
    }

    /// Another address for a host, where nobody listens.
    pub fn leads_to(&mut self, host: &str, address: &str) {
        for port in [995, 993] {
            self.option("--resolve", &format!("{host}:{port}:{address}"));
        }
    }

    pub fn option(&mut self, name: &str, value: &str) {
        self.options.extend([name.to_owned(), value.to_owned()]);
    }

    pub fn audit(&self, besides: &[&str]) -> Ran {
        self.place.write("accounts.csv", &self.accounts);
        let mut arguments = vec!["audit", "accounts.csv", "--out", "out", "--at", AT];
        arguments.extend(["--depth", "quick", "--interval", "0", "--retries", "0"]);
        let resolver = self.dns.at.to_string();
        arguments.extend(["--connect-timeout", "300ms", "--resolver", &resolver]);
        arguments.extend(self.options.iter().map(String::as_str));
        arguments.extend_from_slice(besides);
        self.place.run(&arguments)
    }

    /// Verdicts and reasons in the report, in the order of the accounts.
    pub fn verdicts(&self) -> Vec<(String, Option<String>)> {
        let report = self.place.report("out");
        let word = |value: &serde_json::Value| value.as_str().map(str::to_owned);
        let accounts = report["accounts"].as_array().expect("accounts");
        let verdicts = accounts.iter().map(|account| {
            let verdict = word(&account["verdict"]).expect("a verdict");
            (verdict, word(&account["reason"]))
        });
        verdicts.collect()
    }

    /// The findings of a rule.
    pub fn found(&self, rule: &str) -> Vec<serde_json::Value> {
        let report = self.place.report("out");
        let findings = report["findings"].as_array().expect("findings");
        let of_rule = findings.iter().filter(|finding| finding["rule"] == rule);
        of_rule.cloned().collect()
    }

    fn takes(&self, address: &str) {
        match address.parse().expect("an address") {
            IpAddr::V4(four) => ip(&format!("addr add {four}/32 dev lo")),
            IpAddr::V6(six) => ip(&format!("addr add {six}/128 dev lo nodad")),
        }
    }

    fn serve(&mut self, address: &str, port: u16, script: &str, acceptor: TlsAcceptor) {
        let at = (address.parse::<IpAddr>().expect("an address"), port);
        let scripts = Script::read(script).servers;
        let server = Server::start_at(at.into(), scripts, acceptor);
        self.servers.push(self.runtime.block_on(server));
    }

    fn account(&mut self, protocol: &str, host: &str, port: u16) {
        let row = format!("{protocol}@{host},{protocol},{host},{port},tls\n");
        self.accounts.push_str(&row);
    }
}

fn shown(authority: &Authority, host: &str, good: bool) -> TlsAcceptor {
    let mut params = leaf_params(&[host]);
    if !good {
        params.not_after = date_time_ymd(2026, 2, 1);
    }
    let key = key();
    let leaf = authority.leaf_with_key(&params, &key);
    let chain = vec![leaf, authority.intermediate.clone()];
    acceptor(Identity::new(chain, key.serialize_der()))
}
