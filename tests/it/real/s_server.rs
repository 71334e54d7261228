//! `openssl s_server`, for what mail servers do not let one set; with a POP3 dialogue inside its TLS.
//!
//! It serves one connection at a time, sends what its standard input says and prints what it receives.
//! So every connection gets an `s_server` of its own, whose standard streams speak POP3, and the bytes
//! of the connection are passed on to it.

use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::authority::{Authority, Shown};
use super::place::{directory, fresh_address, material};
use super::process::program;

const PATIENCE: Duration = Duration::from_secs(30);
const CAPABILITIES: &str = "+OK\r\nUIDL\r\nTOP\r\nUSER\r\nSASL PLAIN\r\n.\r\n";

/// A port at which every connection is answered by an `openssl s_server` with the same arguments.
pub struct SServer {
    /// Where it listens.
    pub address: Ipv4Addr,
    /// POP3 inside TLS.
    pub pop3s: u16,
    stopped: Arc<AtomicBool>,
    _directory: TempDir,
}

impl SServer {
    /// Starts one. In `arguments`, `DIR/` is the place of `chain.pem`, `key.pem`, `rsa-chain.pem`,
    /// `rsa-key.pem` and `root.pem`, and `DH/` that of primes.
    pub fn start(arguments: &[&str], authority: &Authority) -> Self {
        let openssl = program("OpenSSL", &["/usr/bin/openssl"]);
        let directory = directory();
        authority.equip(directory.path(), Shown::Good);
        authority.equip_rsa(directory.path(), Shown::Good);
        let place = format!("{}/", directory.path().display());
        let primes = format!("{}/", material("dh").display());
        let arguments: Vec<String> = arguments
            .iter()
            .map(|argument| argument.replace("DIR/", &place).replace("DH/", &primes))
            .collect();
        let address = fresh_address();
        let listener = TcpListener::bind((address, 0)).expect("loopback has free ports");
        let pop3s = listener.local_addr().expect("it is bound").port();
        let own = directory.path().to_path_buf();
        let stopped = Arc::new(AtomicBool::new(false));
        let over = stopped.clone();
        thread::spawn(move || {
            for client in listener.incoming() {
                if over.load(Ordering::Relaxed) {
                    return;
                }
                let Ok(client) = client else { continue };
                let (own, openssl, arguments) = (own.clone(), openssl.clone(), arguments.clone());
                thread::spawn(move || serve(&client, &own, &openssl, &arguments));
            }
        });
        SServer {
            address,
            pop3s,
            stopped,
            _directory: directory,
        }
    }
}

impl Drop for SServer {
    fn drop(&mut self) {
        self.stopped.store(true, Ordering::Relaxed);
        // The thread sees it with the next connection, which is this one.
        let _ = TcpStream::connect((self.address, self.pop3s));
    }
}

/// One connection, from its beginning to the end of its `s_server`, which listens on a socket of its
/// own in `place`: a port could be lost to a neighbour.
fn serve(client: &TcpStream, place: &Path, openssl: &Path, arguments: &[String]) {
    static NUMBER: AtomicUsize = AtomicUsize::new(0);
    let socket = place.join(NUMBER.fetch_add(1, Ordering::Relaxed).to_string());
    let mut server = Command::new("setpriv")
        .args(["--pdeathsig", "TERM", "--"])
        .arg(openssl)
        .args(["s_server", "-brief", "-naccept", "1", "-unix"])
        .arg(&socket)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("setpriv is part of every Debian");
    let streams = (
        server.stdin.take(),
        server.stdout.take(),
        server.stderr.take(),
    );
    let (Some(input), Some(output), Some(notes)) = streams else {
        panic!("the streams are pipes");
    };
    let behind = connected(&mut server, &socket, notes);
    let Some((behind, notes)) = behind else {
        return;
    };
    thread::scope(|scope| {
        scope.spawn(move || speak(input, output, notes));
        scope.spawn(|| {
            let (mut from, mut to) = (client, &behind);
            let _ = io::copy(&mut from, &mut to);
            let _ = to.shutdown(Shutdown::Write);
        });
        let (mut from, mut to) = (&behind, client);
        let _ = io::copy(&mut from, &mut to);
        // Nothing more comes: what it may still wait for is of no use to anybody.
        let _ = client.shutdown(Shutdown::Both);
        let _ = server.kill();
        let _ = server.wait();
    });
}

/// The first connection that it accepts is the only one.
fn connected(
    server: &mut Child,
    socket: &Path,
    mut notes: ChildStderr,
) -> Option<(UnixStream, ChildStderr)> {
    let began = Instant::now();
    loop {
        if let Ok(stream) = UnixStream::connect(socket) {
            return Some((stream, notes));
        }
        let ended = server.try_wait().expect("a child can be asked");
        if ended.is_some() || began.elapsed() > PATIENCE {
            let _ = server.kill();
            let mut words = String::new();
            let _ = notes.read_to_string(&mut words);
            // The connection ends, and the test that wanted it fails; here is why.
            eprintln!("openssl s_server did not listen: {ended:?}\n{words}");
            return None;
        }
        thread::sleep(Duration::from_millis(2));
    }
}

/// POP3, from the greeting on, which is due when the handshake is done.
fn speak(mut input: ChildStdin, output: ChildStdout, notes: ChildStderr) {
    let mut notes = BufReader::new(notes);
    let mut note = String::new();
    while !note.starts_with("Ciphersuite:") {
        note.clear();
        if notes.read_line(&mut note).unwrap_or(0) == 0 {
            return;
        }
    }
    // It stops at a full pipe.
    thread::spawn(move || io::copy(&mut notes, &mut io::sink()));
    let mut say = |words: &str| input.write_all(words.as_bytes());
    let _ = say("+OK ready\r\n");
    for line in BufReader::new(output).lines() {
        let Ok(line) = line else { return };
        let said = match line.trim_end() {
            "CAPA" => say(CAPABILITIES),
            "QUIT" | "NOOP" => say("+OK\r\n"),
            _ => say("-ERR no\r\n"),
        };
        if said.is_err() {
            return;
        }
    }
}
