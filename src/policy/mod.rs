//! The measure: a policy and its waivers, valid by construction.
//!
//! A policy says which rules apply, with which thresholds and severities, and which clause each
//! serves. It never knows how facts were got.

mod demand;
mod document;
mod load;
mod mistake;
mod raw;
mod sheet;
mod suites;
mod thresholds;
mod values;
mod waiver;

pub use demand::{Demand, Stance};
pub use document::Document;
pub use load::{PRESETS, Preset, load, read};
pub use mistake::{Mistake, Mistakes};
pub use suites::{SuiteClass, SuiteDemand, SuiteWord};
pub use values::{
    HandshakeDemand, Policy, RevocationDemand, Setting, Thresholds, Waiver, WaiverSubject,
};
pub use waiver::{read_waivers, without_end};
