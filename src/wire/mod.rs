//! Bytes and their meaning. No sockets.

pub mod cert;
pub mod crl;
mod der;
pub mod line;
pub mod ocsp;

pub use der::Unreadable;
