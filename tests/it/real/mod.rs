//! The main job against real servers: Dovecot, Postfix, Exim, nginx, and what OpenSSL and tlslite-ng can do.
//!
//! Each test starts its own servers from `tests/real`, on loopback addresses from 127.0.0.5 up and on
//! free ports, and stops them again. `tests/run` installs the servers and runs these tests; a plain
//! `cargo test` leaves them out, for they need what a developer's machine may not have.

#![allow(clippy::panic, reason = "a test fails by panicking")]

mod audit;
mod authority;
mod certificates;
mod clear_login;
mod dialogue;
mod dovecot;
mod exim;
mod fleet;
mod founding;
mod harness;
mod hellos;
mod judge_again;
mod nginx;
mod peer;
mod place;
mod postfix;
mod presets;
mod process;
mod s_server;
mod tlslite;
mod truth;
mod unseen;
