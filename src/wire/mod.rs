//! Bytes and their meaning. No sockets.

pub mod cert;
pub mod line;
pub mod pem;
pub mod tls;
