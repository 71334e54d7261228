//! Everything that waits: names are resolved, addresses dialled, servers asked. The only sockets.
//!
//! A prober hands over observations and judges nothing.

mod addresses;
mod alarming;
mod breakage;
mod certificates;
mod channel;
mod connect;
mod conversation;
mod fetch;
mod first_words;
mod handshake;
mod http;
mod inquiry;
mod intrusion;
pub mod limits;
mod metered;
mod offers;
mod open_files;
mod options;
mod pacing;
mod prober;
mod raw_hello;
mod recorder;
mod resolve;
mod route;
mod sheet;
mod survey;
mod tally;
mod tlsa;
mod vantage;
mod visit;

pub use limits::Limits;
pub use open_files::open_files_cap;
pub use options::{ConnectTo, Options, Resolve};
pub use prober::{ProbeError, Prober};
pub use tally::Tally;
