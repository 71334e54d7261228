//! Settings as other programs keep them, into the rows of an accounts file.
//!
//! A source names the values that it wants; what else stands in a file, passwords among it, is
//! parsed past and not kept. Whatever is not as the accounts file has it (a host that is none, an
//! address that is none) is left blank, so that reading the rows says what is wrong with them.

mod thunderbird;

use std::io::Read;
use std::path::Path;

use super::cells::read_email;
use super::{InputError, file};
use crate::model::{Host, Protocol, Security};

/// Bytes of one file of settings. A profile with a hundred accounts has a hundredth of it.
const LIMIT: u64 = 16 << 20;

/// A kind of file that settings are imported from.
#[derive(Debug)]
pub struct Source {
    /// Its name on the command line.
    pub name: &'static str,
    /// What it is, in English, for the help.
    pub what: &'static str,
    read: fn(&str) -> Vec<Service>,
}

/// Every source: to add one, write its file and name it here.
pub const SOURCES: &[Source] = &[thunderbird::SOURCE];

/// One person's use of one service, as a client is set up.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Service {
    /// The person's name.
    pub employee: String,
    /// The e-mail address; empty if what is set is none.
    pub email: String,
    /// The client.
    pub client: &'static str,
    /// The protocol.
    pub protocol: Option<Protocol>,
    /// The host; empty if what is set is none.
    pub host: String,
    /// The port; `None` where the client chooses it and which is not known.
    pub port: Option<u16>,
    /// How the connection is secured; `None` where that is not known.
    pub security: Option<Security>,
}

/// Reads one file of a source.
///
/// # Errors
///
/// If the file cannot be opened or is too large. A file without an account gives none.
pub fn import(source: &Source, path: &Path) -> Result<Vec<Service>, InputError> {
    let (opened, _) = file::open(path, LIMIT)?;
    let unreadable = |error| InputError::Unreadable {
        file: path.display().to_string(),
        error,
    };
    let mut bytes = Vec::new();
    opened
        .take(LIMIT)
        .read_to_end(&mut bytes)
        .map_err(unreadable)?;
    let mut services = (source.read)(&String::from_utf8_lossy(&bytes));
    for service in &mut services {
        if service.host.parse::<Host>().is_err() {
            service.host.clear();
        }
        if read_email(&service.email).is_err() {
            service.email.clear();
        }
    }
    Ok(services)
}

/// The services as an accounts file, in UTF-8 with a header row.
pub fn accounts_file(services: &[Service]) -> String {
    let mut file = "employee,email,client,protocol,host,port,security\n".to_owned();
    for service in services {
        let port = service.port.map_or(String::new(), |port| port.to_string());
        let cells = [
            &*no_formula(&service.employee),
            &*service.email,
            service.client,
            service.protocol.map_or("", |protocol| protocol.word()),
            &*service.host,
            &*port,
            service.security.map_or("", |security| security.word()),
        ];
        file += &cells.map(quoted).join(",");
        file.push('\n');
    }
    file
}

/// A cell as RFC 4180 has it.
fn quoted(cell: &str) -> String {
    match cell.contains([',', '"', '\r', '\n']) {
        true => format!("\"{}\"", cell.replace('"', "\"\"")),
        false => cell.to_owned(),
    }
}

/// A name that no spreadsheet takes for a formula, on one line.
fn no_formula(name: &str) -> String {
    let plain: String = name.chars().filter(|c| !c.is_control()).collect();
    match plain.trim() {
        formula if formula.starts_with(['=', '+', '-', '@']) => format!("'{formula}"),
        name => name.to_owned(),
    }
}
