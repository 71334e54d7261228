//! A socket that counts what it hears, remembers the first of it, and stops at a bound.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

/// How much is remembered: enough to tell text from TLS, and to show it.
const REMEMBERED: usize = 4 << 10;

/// A connection whose every byte is counted.
#[derive(Debug)]
pub struct Metered {
    stream: TcpStream,
    heard: Vec<u8>,
    left: usize,
}

/// The other side sent more than [`Metered::listen`] allows.
#[derive(Debug, thiserror::Error)]
#[error("the other side sent more bytes than are read")]
pub struct TooMuch;

impl Metered {
    /// Counts on `stream`; without a bound until [`Metered::listen`] sets one.
    pub fn new(stream: TcpStream) -> Self {
        Metered {
            stream,
            heard: Vec::new(),
            left: usize::MAX,
        }
    }

    /// From here on at most `bytes` are read; what was heard before is forgotten.
    pub fn listen(&mut self, bytes: usize) {
        self.heard.clear();
        self.left = bytes;
    }

    /// The first bytes since [`Metered::listen`].
    pub fn heard(&self) -> &[u8] {
        &self.heard
    }
}

impl AsyncRead for Metered {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = into.filled().len();
        ready!(Pin::new(&mut self.stream).poll_read(cx, into))?;
        let new = &into.filled()[before..];
        let room = REMEMBERED.saturating_sub(self.heard.len());
        self.heard.extend_from_slice(&new[..new.len().min(room)]);
        match self.left.checked_sub(new.len()) {
            Some(left) => {
                self.left = left;
                Poll::Ready(Ok(()))
            }
            None => Poll::Ready(Err(io::Error::other(TooMuch))),
        }
    }
}

impl AsyncWrite for Metered {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
