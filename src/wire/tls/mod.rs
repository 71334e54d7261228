//! TLS without cryptography: hellos spelled out, and what a server says in the clear.
//!
//! ```text
//! Hello ─ hello, extensions, ssl2 ─▶ bytes for the server
//! bytes of the server ─ record ─ message ─▶ server, key_exchange ─ said, flight ─▶ HelloAnswer
//! ```
//!
//! Nobody means to finish these handshakes, so nothing is proven here: a signature is not checked,
//! a key not used. Numbers stay numbers, known or not.

pub mod bounds;
mod codec;
mod extensions;
mod flight;
mod hello;
mod key_exchange;
mod message;
mod primes;
mod record;
mod said;
mod server;
mod ssl2;

pub use flight::{Flight, Heard};
pub use hello::spelled;
pub use record::is_tls_record;
pub use server::server_says;

/// The polite end of a handshake in which the server has not said its version; otherwise see
/// [`Heard::farewell`].
pub fn farewell() -> &'static [u8] {
    const FAREWELL: [u8; 14] = record::farewell(0x0301);
    &FAREWELL
}

#[cfg(test)]
mod tests;
