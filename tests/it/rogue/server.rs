//! A server that does what its script says.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{sleep, timeout};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::crypto::aws_lc_rs::sign::any_supported_type;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::server::{ClientHello, ResolvesServerCert};
use tokio_rustls::rustls::sign::CertifiedKey;

use super::script::Step;

/// A server that runs until it is dropped.
pub struct Server {
    pub at: SocketAddr,
    /// What the client did that the script did not expect.
    pub complaints: Arc<Mutex<Vec<String>>>,
    task: tokio::task::JoinHandle<()>,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Whether the conversation can go on.
enum Flow {
    On,
    Instead(Vec<Step>),
    StartTls,
    Reset,
    End,
}

/// A self-signed identity for `name`: the acceptor and the certificate's DER.
pub fn self_signed(name: &str) -> (TlsAcceptor, Vec<u8>) {
    let made = rcgen::generate_simple_self_signed([name.to_owned()]).expect("a certificate");
    let der = made.cert.der().to_vec();
    let key = made.signing_key.serialize_der();
    (acceptor(Identity::new(vec![der.clone()], key)), der)
}

/// What a server shows and how it signs; the two need not fit.
#[derive(Debug)]
pub struct Identity(Arc<CertifiedKey>, pub Arc<Mutex<Vec<Option<String>>>>);

impl Identity {
    /// Shows `chain`, signs with `key`, and may staple.
    pub fn new(chain: Vec<Vec<u8>>, key: Vec<u8>) -> Identity {
        let key = PrivateKeyDer::try_from(key).expect("a key");
        let key = any_supported_type(&key).expect("a usable key");
        let chain = chain.into_iter().map(CertificateDer::from).collect();
        Identity(Arc::new(CertifiedKey::new(chain, key)), Arc::default())
    }

    /// With this OCSP response stapled.
    pub fn stapling(self, staple: &[u8]) -> Identity {
        let mut key = (*self.0).clone();
        key.ocsp = Some(staple.to_vec());
        Identity(Arc::new(key), self.1)
    }
}

impl ResolvesServerCert for Identity {
    fn resolve(&self, hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        let name = hello.server_name().map(str::to_owned);
        self.1.lock().expect("names").push(name);
        Some(self.0.clone())
    }
}

/// A TLS server with this identity.
pub fn acceptor(identity: Identity) -> TlsAcceptor {
    let config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_cert_resolver(Arc::new(identity));
    TlsAcceptor::from(Arc::new(config))
}

impl Server {
    /// Serves `scripts` on loopback: the first on the first connection, the last one on all that
    /// are left.
    pub async fn start(scripts: Vec<Vec<Step>>, acceptor: TlsAcceptor) -> Server {
        let anywhere = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        Server::start_at(anywhere, scripts, acceptor).await
    }

    /// Serves them at that place.
    pub async fn start_at(
        at: SocketAddr,
        scripts: Vec<Vec<Step>>,
        acceptor: TlsAcceptor,
    ) -> Server {
        let listener = TcpListener::bind(at).await.expect("a port");
        let at = listener.local_addr().expect("its address");
        let complaints: Arc<Mutex<Vec<String>>> = Arc::default();
        let heard = complaints.clone();
        let task = tokio::spawn(async move {
            let mut nth = 0;
            while let Ok((stream, _)) = listener.accept().await {
                let steps = scripts[nth.min(scripts.len() - 1)].clone();
                nth += 1;
                tokio::spawn(serve(stream, steps, acceptor.clone(), heard.clone()));
            }
        });
        Server {
            at,
            complaints,
            task,
        }
    }
}

async fn serve(
    mut stream: TcpStream,
    steps: Vec<Step>,
    acceptor: TlsAcceptor,
    complaints: Arc<Mutex<Vec<String>>>,
) {
    let mut steps = steps.into_iter();
    let mut tag = String::new();
    match play(&mut stream, &mut steps, &mut tag, &complaints).await {
        Ok(Flow::StartTls) => {
            if let Ok(mut inside) = acceptor.accept(stream).await {
                let _ = play(&mut inside, &mut steps, &mut tag, &complaints).await;
                let _ = inside.shutdown().await;
            }
        }
        Ok(Flow::Reset) => stream.set_zero_linger().expect("linger"),
        _ => {}
    }
}

async fn play<S: AsyncRead + AsyncWrite + Unpin>(
    stream: &mut S,
    steps: &mut std::vec::IntoIter<Step>,
    tag: &mut String,
    complaints: &Mutex<Vec<String>>,
) -> io::Result<Flow> {
    while let Some(step) = steps.next() {
        match one(stream, step, tag, complaints).await? {
            Flow::On => {}
            Flow::Instead(others) => *steps = others.into_iter(),
            other => return Ok(other),
        }
    }
    Ok(Flow::End)
}

async fn one<S: AsyncRead + AsyncWrite + Unpin>(
    stream: &mut S,
    step: Step,
    tag: &mut String,
    complaints: &Mutex<Vec<String>>,
) -> io::Result<Flow> {
    match step {
        Step::Say(bytes) => {
            stream.write_all(&with_tag(&bytes, tag)).await?;
            stream.flush().await?;
        }
        Step::Flood(bytes) => {
            let many = with_tag(&bytes, tag).repeat(1 + 4096 / bytes.len());
            loop {
                stream.write_all(&many).await?;
            }
        }
        Step::Drip(pause, bytes) => loop {
            for byte in &bytes {
                stream.write_all(&[*byte]).await?;
                stream.flush().await?;
                sleep(pause).await;
            }
        },
        Step::AllBytes => {
            let all: Vec<u8> = (0..=255).filter(|byte| *byte != b'\n').collect();
            stream.write_all(&all).await?;
        }
        Step::Expect(verb) => {
            let line = line(stream).await?;
            if said(&line, tag) != verb {
                let complaint = format!("expected {verb}, heard {line:?}");
                complaints.lock().expect("complaints").push(complaint);
                return Ok(Flow::End);
            }
        }
        Step::Hurried(verb, instead) => {
            // It came in the same packet, or it does not come before an answer.
            if let Ok(line) = timeout(HURRY, line(stream)).await {
                // The tag stays that of the command before.
                return Ok(match said(&line?, &mut String::new()) == verb {
                    true => Flow::Instead(instead),
                    false => Flow::End,
                });
            }
        }
        Step::Read => {
            if stream.read(&mut [0; 4096]).await? == 0 {
                return Ok(Flow::End);
            }
        }
        Step::Pounce(time) => {
            if let Ok(Ok(1..)) = timeout(time, stream.read(&mut [0; 64])).await {
                return Ok(Flow::Reset);
            }
        }
        Step::Tls => return Ok(Flow::StartTls),
        Step::Hold => while stream.read(&mut [0; 4096]).await? > 0 {},
        Step::Close => return Ok(Flow::End),
        Step::Reset => return Ok(Flow::Reset),
    }
    Ok(Flow::On)
}

/// How long a server looks for a command behind another.
const HURRY: Duration = Duration::from_millis(30);

/// The verb of a line; its tag, if it has one, is kept.
fn said(line: &str, tag: &mut String) -> String {
    let words: Vec<&str> = line.split_ascii_whitespace().collect();
    match words[..] {
        [first, second, ..] if first.starts_with('m') => {
            *tag = first.to_owned();
            second.to_owned()
        }
        [first, ..] => first.to_owned(),
        [] => String::new(),
    }
}

async fn line<S: AsyncRead + Unpin>(stream: &mut S) -> io::Result<String> {
    let mut line = Vec::new();
    while !line.ends_with(b"\n") {
        let mut byte = [0];
        if stream.read(&mut byte).await? == 0 {
            break;
        }
        line.push(byte[0]);
    }
    Ok(String::from_utf8_lossy(&line).into_owned())
}

fn with_tag(bytes: &[u8], tag: &str) -> Vec<u8> {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.replace("{tag}", tag).into_bytes(),
        Err(_) => bytes.to_vec(),
    }
}
