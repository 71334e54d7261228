//! One connection to a server of the fleet, from greeting to goodbye.

use std::io;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::io::{
    AsyncBufReadExt as _, AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _, BufReader,
};
use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;

use super::voice::{Answer, Voice};
use crate::model::Protocol;

/// The longest that a connection may last.
const LIFETIME: Duration = Duration::from_secs(30);
/// The most commands that one connection may send.
const COMMANDS: usize = 50;
/// The longest command line, in bytes, its end included.
const LINE: u64 = 1000;
/// The most bytes that are read after everything was said.
const REST: u64 = 64 * 1024;

/// How a server meets whoever connects.
#[derive(Clone)]
pub(super) enum Conduct {
    /// TLS, then the greeting.
    Tls(Voice, TlsAcceptor),
    /// The greeting; TLS when asked. Without an acceptor, an upgrade that was promised breaks.
    ClearText(Voice, Option<TlsAcceptor>),
    /// These words and no more.
    SaysOnly(&'static str),
}

/// Whether the server speaks first: it greets once, and not again after an upgrade, except in
/// ManageSieve.
#[derive(Clone, Copy, PartialEq, Eq)]
enum First {
    Greeting,
    Silence,
}

/// Serves one connection. What the client does wrong ends it and is nobody's error.
pub(super) async fn serve(conduct: Conduct, stream: TcpStream, logins: &AtomicU64) {
    let _ = tokio::time::timeout(LIFETIME, meet(conduct, stream, logins)).await;
}

async fn meet(conduct: Conduct, mut stream: TcpStream, logins: &AtomicU64) -> io::Result<()> {
    match conduct {
        Conduct::SaysOnly(words) => {
            stream.write_all(words.as_bytes()).await?;
            hang_up(stream).await
        }
        Conduct::Tls(voice, tls) => {
            let stream = tls.accept(stream).await?;
            converse(voice, stream, true, First::Greeting, logins).await?;
            Ok(())
        }
        Conduct::ClearText(voice, tls) => {
            let Some(mut stream) = converse(voice, stream, false, First::Greeting, logins).await?
            else {
                return Ok(());
            };
            let Some(tls) = tls else {
                // Wait for the ClientHello, or the words would stand behind the reply in the clear.
                stream.read_u8().await?;
                stream.write_all(b"454 4.7.0 TLS not available\r\n").await?;
                return hang_up(stream).await;
            };
            let stream = tls.accept(stream).await?;
            let first = match voice.protocol {
                Protocol::Managesieve => First::Greeting,
                _ => First::Silence,
            };
            converse(voice, stream, true, first, logins).await?;
            Ok(())
        }
    }
}

/// Answers command after command; gives the stream back where TLS is to follow.
async fn converse<S: AsyncRead + AsyncWrite + Unpin>(
    voice: Voice,
    stream: S,
    in_tls: bool,
    first: First,
    logins: &AtomicU64,
) -> io::Result<Option<S>> {
    let mut stream = BufReader::new(stream);
    if first == First::Greeting {
        say(&mut stream, &voice.greeting(in_tls)).await?;
    }
    for _ in 0..COMMANDS {
        let mut line = Vec::new();
        (&mut stream)
            .take(LINE)
            .read_until(b'\n', &mut line)
            .await?;
        if !line.ends_with(b"\n") {
            break;
        }
        match voice.answer(&String::from_utf8_lossy(&line), in_tls) {
            Answer::Say(words) => say(&mut stream, &words).await?,
            Answer::RefuseLogin(words) => {
                logins.fetch_add(1, Ordering::Relaxed);
                say(&mut stream, &words).await?;
            }
            Answer::Upgrade(words) => {
                say(&mut stream, &words).await?;
                // What came in the clear behind the command is dropped with the buffer.
                return Ok(Some(stream.into_inner()));
            }
            Answer::Leave(words) => {
                say(&mut stream, &words).await?;
                break;
            }
        }
    }
    hang_up(stream).await?;
    Ok(None)
}

async fn say<S: AsyncWrite + Unpin>(stream: &mut S, words: &str) -> io::Result<()> {
    stream.write_all(words.as_bytes()).await?;
    stream.flush().await
}

/// Ends our side and reads on for a while: closing on unread bytes would be a reset, which can
/// take the last words with it.
async fn hang_up<S: AsyncRead + AsyncWrite + Unpin>(mut stream: S) -> io::Result<()> {
    stream.shutdown().await?;
    tokio::io::copy(&mut stream.take(REST), &mut tokio::io::sink()).await?;
    Ok(())
}
