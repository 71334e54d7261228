//! TLS without cryptography: hellos spelled out, and what a server says in the clear.
//!
//! ```text
//! model::Hello ─ hello, ssl2 ──▶ bytes for the server
//! its bytes ──── record ──▶ message ──▶ server, key_exchange ──▶ flight ──▶ model::HelloAnswer
//! ```
//!
//! Nobody means to finish these handshakes, so nothing is proven here: a signature is not checked,
//! a key not used. Numbers stay numbers, known or not.

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
pub use record::{farewell, is_tls_record};
pub use server::server_says;
