//! Handshake messages, put together from the pieces of records (RFC 9846 §4).

use super::bounds::MESSAGE;
use super::codec::u24;

/// Kind and length.
const HEADER: usize = 4;

// The kinds of message that a server sends in the clear.

pub const HELLO_REQUEST: u8 = 0;
pub const SERVER_HELLO: u8 = 2;
pub const CERTIFICATE: u8 = 11;
pub const SERVER_KEY_EXCHANGE: u8 = 12;
pub const CERTIFICATE_REQUEST: u8 = 13;
pub const SERVER_HELLO_DONE: u8 = 14;
pub const CERTIFICATE_STATUS: u8 = 22;

/// One message with its header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message(Vec<u8>);

/// A message that claims to be longer than is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLong;

impl Message {
    /// The kind.
    pub fn kind(&self) -> u8 {
        self.0[0]
    }

    /// What stands behind the header.
    pub fn body(&self) -> &[u8] {
        &self.0[HEADER..]
    }

    /// Header and body.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }
}

/// The stream of messages. What is held is what came, never what was announced.
#[derive(Debug, Default)]
pub struct Messages(Vec<u8>);

impl Messages {
    /// More of the stream.
    pub fn push(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    /// The next message, if it is whole.
    ///
    /// # Errors
    ///
    /// A message of more than [`MESSAGE`] octets, as soon as it says so.
    pub fn next(&mut self) -> Result<Option<Message>, TooLong> {
        let Some([_, length @ ..]) = self.0.first_chunk::<HEADER>() else {
            return Ok(None);
        };
        let end = HEADER + u24(*length);
        if end > MESSAGE {
            return Err(TooLong);
        }
        if self.0.len() < end {
            return Ok(None);
        }
        let rest = self.0.split_off(end);
        Ok(Some(Message(std::mem::replace(&mut self.0, rest))))
    }
}
