//! The measure: a policy and its waivers, valid by construction.
//!
//! A policy says which rules apply, with which thresholds and severities, and which clause each
//! serves. It never knows how facts were got.

mod values;

pub use values::{Policy, Setting, Thresholds, Waiver, WaiverSubject};
