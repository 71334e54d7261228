//! Bytes and their meaning. No sockets.

pub mod cert;
pub mod crl;
mod der;
pub mod line;
pub mod ocsp;
pub mod pem;
pub mod sct;
pub mod tls;

pub use der::Unreadable;
