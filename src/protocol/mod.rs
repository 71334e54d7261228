//! The words and the grammar of the mail protocols, one file for each. No sockets.
//!
//! Adding a protocol is one file and the lines that the compiler asks for in [`grammar`].

mod command;
mod grammar;
pub mod greeting;
mod imap;
mod managesieve;
mod pop3;
mod smtp;
mod strangers;
mod stray;

pub use command::{Command, Mechanism, Tag};
pub use grammar::{Question, Standing, Step, capabilities, greets_again, literal};
pub use stray::Overheard;
