//! From what is wrong to what would be right: candidates, then fixes.
//!
//! Pure on both sides of the second round. Candidates never beget candidates, and no rule knows
//! of them. Whose host may be proposed at all is decided in `trustworthy` (threat model E9).

mod candidates;
mod lookalike;
mod settle;
mod trustworthy;

pub use candidates::{Wanted, WantedGroup, candidates};
pub use settle::settle;

#[cfg(test)]
mod tests;
