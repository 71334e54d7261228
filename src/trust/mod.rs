//! Roots, paths to them, and why a path fails.
//!
//! rustls-webpki says yes or no, as the clients do that are built on it; what stands here says
//! why. No sockets and no clock: the time is given, and work is counted, never timed.

mod chains;
mod dane;
mod explain;
mod name;
mod path;
mod pool;
mod revocation;
mod roots;
mod transparency;
mod walk;

pub use chains::Chains;
pub use explain::explain;
pub use roots::{Note, RootSource, Roots, TrustError};
