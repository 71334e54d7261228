//! A plain client, which shares no code with the program: what a server says in the clear.

use std::io::{BufRead as _, BufReader, Read, Result, Write};
use std::net::{IpAddr, Ipv4Addr, TcpStream};
use std::sync::Arc;
use std::time::Duration;

use rustls::pki_types::{CertificateDer, ServerName, pem::PemObject as _};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

/// Longer than any of these servers needs, short enough to end a test that hangs.
const PATIENCE: Duration = Duration::from_secs(20);

/// Lines out, lines in, over any stream.
pub struct Dialogue<S: Read + Write> {
    stream: BufReader<S>,
}

fn connect(address: Ipv4Addr, port: u16) -> TcpStream {
    let stream = TcpStream::connect((address, port)).expect("the server accepts connections");
    stream
        .set_read_timeout(Some(PATIENCE))
        .expect("a socket takes a timeout");
    stream
        .set_write_timeout(Some(PATIENCE))
        .expect("a socket takes a timeout");
    stream
}

/// From which of this machine's addresses a connection to `address` comes.
pub fn source_of(address: Ipv4Addr, port: u16) -> IpAddr {
    connect(address, port)
        .local_addr()
        .expect("a connection has two ends")
        .ip()
}

/// Speaks in the clear.
pub fn in_the_clear(address: Ipv4Addr, port: u16) -> Dialogue<TcpStream> {
    Dialogue {
        stream: BufReader::new(connect(address, port)),
    }
}

/// Inside TLS.
type Secured = StreamOwned<ClientConnection, TcpStream>;

/// Speaks inside TLS, to a server that must prove to be `name` by the root in `root_pem`.
pub fn in_tls(address: Ipv4Addr, port: u16, name: &str, root_pem: &str) -> Dialogue<Secured> {
    secured(connect(address, port), name, root_pem)
}

fn secured(stream: TcpStream, name: &str, root_pem: &str) -> Dialogue<Secured> {
    let mut roots = RootCertStore::empty();
    let root = CertificateDer::from_pem_slice(root_pem.as_bytes()).expect("the root is PEM");
    roots.add(root).expect("the root is a certificate");
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("the provider has suites for these versions")
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = ServerName::try_from(name.to_owned()).expect("a host name");
    let client = ClientConnection::new(Arc::new(config), name).expect("a valid configuration");
    Dialogue {
        stream: BufReader::new(StreamOwned::new(client, stream)),
    }
}

impl Dialogue<TcpStream> {
    /// Goes on inside TLS, as [`in_tls`]. What was received and not read is lost.
    pub fn into_tls(self, name: &str, root_pem: &str) -> Dialogue<Secured> {
        secured(self.stream.into_inner(), name, root_pem)
    }
}

impl<S: Read + Write> Dialogue<S> {
    /// The next line, without its end.
    pub fn line(&mut self) -> String {
        self.try_line().expect("the server answers")
    }

    /// The next line, or why there is none.
    pub fn try_line(&mut self) -> Result<String> {
        let mut line = String::new();
        self.stream.read_line(&mut line)?;
        Ok(line.trim_end().to_owned())
    }

    /// Sends a line.
    pub fn say(&mut self, line: &str) {
        self.try_say(line).expect("the server reads");
    }

    /// Sends a line, if the server takes it.
    pub fn try_say(&mut self, line: &str) -> Result<()> {
        let stream = self.stream.get_mut();
        stream.write_all(format!("{line}\r\n").as_bytes())?;
        stream.flush()
    }

    /// Lines up to the end of the conversation, however it ends.
    pub fn lines_to_end(&mut self) -> Vec<String> {
        let mut lines = Vec::new();
        while let Ok(line) = self.try_line() {
            if line.is_empty() {
                break;
            }
            lines.push(line);
        }
        lines
    }

    /// Lines up to and with the first for which `last` holds.
    pub fn lines_until(&mut self, last: impl Fn(&str) -> bool) -> Vec<String> {
        let mut lines = Vec::new();
        loop {
            let line = self.line();
            assert!(
                !line.is_empty() && lines.len() < 100,
                "no end in sight: {lines:?}"
            );
            let done = last(&line);
            lines.push(line);
            if done {
                return lines;
            }
        }
    }

    /// The capabilities of a POP3 server, after its greeting.
    pub fn capa(&mut self) -> Vec<String> {
        assert!(self.line().starts_with("+OK"));
        self.say("CAPA");
        self.lines_until(|line| line == ".")
    }

    /// The words of an IMAP server's capability reply, after its greeting.
    pub fn capability(&mut self) -> Vec<String> {
        assert!(self.line().starts_with("* OK"));
        self.say("a CAPABILITY");
        let lines = self.lines_until(|line| line.starts_with("a "));
        lines[0].split(' ').map(str::to_owned).collect()
    }

    /// The keywords of a submission server, after its greeting.
    pub fn ehlo(&mut self) -> Vec<String> {
        assert!(self.line().starts_with("220 "));
        self.say("EHLO [127.0.0.1]");
        let lines = self.lines_until(|line| !line.starts_with("250-"));
        lines.iter().map(|line| line[4..].to_owned()).collect()
    }
}
