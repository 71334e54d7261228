//! Bytes and their meaning. No sockets.

pub mod line;
